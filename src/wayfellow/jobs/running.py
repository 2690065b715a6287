"""Running one claimed job, and what a job is given to do it with.

@task(takes_context=True)
def match_people(context, *, run_id):
    inputs = read(run_id)                        # no transaction is open
    for done, part in enumerate(inputs):
        if context.should_stop():
            return                               # asked to stop: it is cancelled, or given back to the queue
        work(part)
        context.progress(done + 1, len(inputs))
    with context.finish():                       # one transaction: the effect and the job's end, or neither
        store(results)
"""

import contextlib
import logging
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db import Error, connection, transaction
from django.utils import timezone, translation
from django.utils.module_loading import import_string
from django_tasks.base import TaskContext
from django_tasks.utils import normalize_json

from wayfellow.audit.actions import JOB, came_by
from wayfellow.core import clock
from wayfellow.jobs import claims
from wayfellow.jobs.backend import result_of
from wayfellow.jobs.errors import LostLease, NotYet, Permanent
from wayfellow.jobs.models import Job

log = logging.getLogger("wayfellow.jobs")
LOOK_EVERY = 0.5


@dataclass
class Run:
    """What changes while a job runs. The heartbeat sets `lost`, the worker's end sets `going_home`."""

    job: Job
    going_home: threading.Event = field(default_factory=threading.Event)
    lost: threading.Event = field(default_factory=threading.Event)
    finished: bool = False
    told_to_stop: bool = False
    cancelled: bool = False
    looked_at: float = 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class JobContext(TaskContext):
    """What a task with `takes_context=True` gets as its first argument."""

    run: Run

    @property
    def job_key(self) -> str:
        """The same at every attempt: what an outside effect carries, so that the other end can know it again."""
        return self.run.job.key or str(self.run.job.pk)

    @contextlib.contextmanager
    def finish(self, result: Any = None) -> Iterator[None]:
        """Commit what the block writes together with the job's end.

        Raises:
            LostLease: somebody else has the job; nothing of the block is written.
        """
        with transaction.atomic():
            if claims.held(self.run.job).select_for_update().first() is None:
                raise LostLease(f"job {self.run.job.pk} was taken over")
            yield
            claims.complete(self.run.job, result=normalize_json(result))
        self.run.finished = True

    def progress(self, done: int, total: int, words: str = "") -> None:
        """Say how far it is.

        Raises:
            LostLease: somebody else has the job.
        """
        changes = {"progress_done": done, "progress_total": total, "progress_words": words[:200]}
        if not claims.held(self.run.job).update(**changes):
            raise LostLease(f"job {self.run.job.pk} was taken over")

    def should_stop(self) -> bool:
        """Whether to return now: it was cancelled, taken over, or the worker goes home. Cheap; ask between items."""
        run = self.run
        if not run.told_to_stop and time.monotonic() - run.looked_at >= LOOK_EVERY:
            run.looked_at = time.monotonic()
            run.cancelled = not claims.held(run.job).filter(cancel_asked=False).exists()
            run.told_to_stop = run.cancelled
        run.told_to_stop = run.told_to_stop or run.going_home.is_set() or run.lost.is_set()
        return run.told_to_stop


def run_job(run: Run) -> None:
    """Run a claimed job to its end and write down how it ended. Raises nothing of the task's own."""
    job = run.job
    started = time.monotonic()
    try:
        with came_by(JOB), translation.override(None), timezone.override(None):
            result = _call(run)
    except LostLease:
        log.warning("job %s %s: taken over by another worker", job.pk, job.task)
        return
    except NotYet as error:
        claims.release(job, wait=error.wait)
        log.info("job %s %s: waits, %s", job.pk, job.task, claims.words_of(error))
        return
    except Exception as error:
        state = claims.fail(job, error, permanent=isinstance(error, Permanent | ImportError))
        words = f"{type(error).__name__}: {claims.words_of(error)}"
        log.log(
            logging.ERROR if state == Job.State.FAILED else logging.WARNING,
            "job %s %s: attempt %s of %s failed, %s. %s",
            job.pk, job.task, job.attempts, job.max_attempts, state or "taken over", words,
        )  # fmt: skip
        return
    if run.finished:
        kept = True
    elif run.told_to_stop and not run.lost.is_set():
        kept = claims.give_back_cancelled(job) if run.cancelled else claims.release(job)
    else:
        kept = claims.complete(job, result=result)
    if not kept:
        log.warning("job %s %s: taken over by another worker", job.pk, job.task)
        return
    log.info("job %s %s: over in %.0f ms", job.pk, job.task, (time.monotonic() - started) * 1000)


def _call(run: Run) -> Any:
    task = import_string(run.job.task)
    arguments = list(run.job.args)
    if task.takes_context:
        arguments.insert(0, JobContext(task_result=result_of(run.job, task=task), run=run))
    with _unbroken():
        return normalize_json(task.call(*arguments, **run.job.kwargs))


@contextlib.contextmanager
def _unbroken() -> Iterator[None]:
    """Inside a transaction of the caller (a test, a scene), keep a database error from breaking that transaction."""
    if not connection.in_atomic_block:
        yield
        return
    before = transaction.savepoint()
    try:
        yield
    except Error:
        transaction.savepoint_rollback(before)
        raise
    except BaseException:
        transaction.savepoint_commit(before)
        raise
    transaction.savepoint_commit(before)


def run_pending(*, until_idle: bool = True, now: datetime | None = None) -> int:
    """Run what is due, in this thread: for the command line, scenes and tests.

    Args:
        until_idle: go on until nothing is due, jobs included that jobs enqueue; otherwise one job.
        now: what counts as due.

    Returns:
        How many attempts were made. A job that failed waits for its next attempt; it is not tried twice here.
    """
    count = 0
    while job := claims.claim("here", now=now or clock.now()):
        run_job(Run(job))
        count += 1
        if not until_idle:
            break
    return count
