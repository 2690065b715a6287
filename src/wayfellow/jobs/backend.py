"""The `django.tasks` backend: `enqueue` writes a `Job` row in the caller's transaction, and that is the outbox.

Besides what `django_tasks` offers, a task of ours can be enqueued under a key, once however often it is asked for:

    send_digest.using(key=f"digest:{member.pk}:{week}", organisation=organisation).enqueue(member_id=member.pk)

and can say how often it is tried: `@task(max_attempts=3)`.
"""

from dataclasses import dataclass, replace
from functools import partial
from typing import Any, Self

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.module_loading import import_string
from django_tasks.backends.base import BaseTaskBackend
from django_tasks.base import Task, TaskError, TaskResult, TaskResultStatus
from django_tasks.exceptions import TaskResultDoesNotExist
from django_tasks.utils import normalize_json

from wayfellow.core import clock
from wayfellow.jobs import carrying
from wayfellow.jobs.models import MAX_ATTEMPTS, Job

STATUS: dict[str, TaskResultStatus] = {
    str(Job.State.WAITING): TaskResultStatus("READY"),
    str(Job.State.RUNNING): TaskResultStatus("RUNNING"),
    str(Job.State.DONE): TaskResultStatus("SUCCESSFUL"),
    str(Job.State.FAILED): TaskResultStatus("FAILED"),
    str(Job.State.CANCELLED): TaskResultStatus("FAILED"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class JobTask(Task):
    """A task that knows its key, its organisation and how often it is tried."""

    max_attempts: int = MAX_ATTEMPTS
    key: str | None = None
    organisation_id: int | None = None

    def using(self, *, key: str | None = None, organisation: Any = None, **changes: Any) -> Self:
        """The task with other settings: priority, queue_name, run_after, backend as in `django_tasks`.

        Args:
            key: enqueue at most once under this name.
            organisation: whose job it is; it goes when the organisation goes.
        """
        task = Task.using(self, **changes)
        if key is not None:
            task = replace(task, key=key)
        if organisation is not None:
            task = replace(task, organisation_id=organisation.pk)
        return task


class TableBackend(BaseTaskBackend):
    """Keeps jobs in the database that everything else is in."""

    task_class = JobTask
    supports_defer = True
    supports_get_result = True
    supports_priority = True

    def enqueue(self, task: Any, args: Any, kwargs: Any) -> TaskResult:
        """Write the job. With a key that is known already, the job of that key is returned and nothing written."""
        self.validate_task(task)
        now = clock.now()
        job = Job(
            task=task.module_path,
            args=normalize_json(args),
            kwargs=normalize_json(kwargs),
            queue=task.queue_name,
            priority=task.priority,
            run_after=task.run_after or now,
            max_attempts=task.max_attempts,
            created_at=now,
            key=task.key,
            organisation_id=task.organisation_id,
        )
        if task.key is None:
            job.save(force_insert=True)
        else:
            Job.objects.bulk_create([job], ignore_conflicts=True)
            job = Job.objects.get(key=task.key)
        if carrying.is_set() and job.state == Job.State.WAITING and job.run_after <= now:
            transaction.on_commit(partial(carrying.give, job.pk, priority=job.priority))
        return result_of(job, task=task, backend=self.alias)

    def get_result(self, result_id: str) -> TaskResult:
        """The state of a job by its id.

        Raises:
            TaskResultDoesNotExist: there is no such job, or it was cleared away.
        """
        try:
            job = Job.objects.get(pk=result_id)
        except (Job.DoesNotExist, ValidationError):
            raise TaskResultDoesNotExist(result_id) from None
        return result_of(job, task=import_string(job.task), backend=self.alias)


def result_of(job: Job, *, task: Task, backend: str = "default") -> TaskResult:
    """A job in the words of `django_tasks`."""
    failed = job.error_type and job.state != Job.State.DONE
    result: TaskResult = TaskResult(
        task=task,
        id=str(job.pk),
        status=STATUS[job.state],
        enqueued_at=job.created_at,
        started_at=job.started_at,
        finished_at=job.finished_at,
        last_attempted_at=job.started_at,
        args=job.args,
        kwargs=job.kwargs,
        backend=backend,
        errors=[TaskError(exception_class_path=job.error_type, traceback=job.traceback)] if failed else [],
        worker_ids=[job.worker] * job.attempts,
    )
    object.__setattr__(result, "_return_value", job.result)
    return result
