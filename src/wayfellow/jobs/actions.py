"""What a person, or the subject that enqueued it, does with a job."""

from datetime import timedelta
from functools import partial
from typing import Any

from django.db import transaction

from wayfellow.audit.actions import record
from wayfellow.core import clock
from wayfellow.core.errors import enforce
from wayfellow.jobs import carrying, policy
from wayfellow.jobs.models import Job
from wayfellow.jobs.tasks import task

KEEP_DONE = timedelta(days=30)
KEEP_FAILED = timedelta(days=90)


@transaction.atomic
def run_again(job: Job, *, by: Any | None = None) -> Job:
    """Put a dead letter or a cancelled job back in the queue, with all its attempts.

    Args:
        by: the administrator who does; None for the host.

    Raises:
        Refused: `job_not_over`.
    """
    job = Job.objects.select_for_update().get(pk=job.pk)
    enforce(policy.why_not_run_again(job))
    job.state = Job.State.WAITING
    job.attempts = 0
    job.run_after = clock.now()
    job.finished_at = None
    job.cancel_asked = False
    job.error_type = job.error = job.traceback = ""
    job.save()
    if carrying.is_set():
        transaction.on_commit(partial(carrying.give, job.pk, priority=job.priority))
    _record("job_run_again", job, by)
    return job


@transaction.atomic
def cancel_job(job: Job, *, by: Any | None = None) -> Job:
    """Cancel a job: at once when it waits; one that runs is asked to stop and does at its next `should_stop()`.

    Args:
        by: the administrator who does; None for the host.

    Raises:
        Refused: `job_over`; or `job_not_yours`, for what is between two people.
    """
    job = Job.objects.select_for_update().get(pk=job.pk)
    enforce(policy.why_not_cancel_job(job, by=by))
    job.cancel_asked = True
    if job.state == Job.State.WAITING:
        job.state = Job.State.CANCELLED
        job.finished_at = clock.now()
    job.save(update_fields=["cancel_asked", "state", "finished_at"])
    _record("job_cancelled", job, by)
    return job


def _record(verb: str, job: Job, by: Any | None) -> None:
    """Jobs of the server itself belong to no organisation's record."""
    if job.organisation is not None:
        details = {"job": job.task.rpartition(".")[2]}
        record(verb, actor=by, organisation=job.organisation, details=details)


def clear_jobs() -> int:
    """Delete what is long over: done and cancelled jobs after 30 days, dead letters after 90."""
    now = clock.now()
    over = Job.objects.filter(state__in=[Job.State.DONE, Job.State.CANCELLED], finished_at__lt=now - KEEP_DONE)
    dead = Job.objects.filter(state=Job.State.FAILED, finished_at__lt=now - KEEP_FAILED)
    return over.delete()[0] + dead.delete()[0]


@task()
def clear_jobs_job() -> None:
    """`clear_jobs`, once a day."""
    clear_jobs()
