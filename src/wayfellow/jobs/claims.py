"""Who has a job: claims with a lease and a fencing token. Every write after a claim names its token."""

import random
import re
import traceback
from datetime import datetime, timedelta
from itertools import takewhile
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import F

from wayfellow.core import clock
from wayfellow.jobs.models import Job

LEASE = timedelta(seconds=60)
FIRST_WAIT = timedelta(seconds=15)
LONGEST_WAIT = timedelta(hours=6)
TRACEBACK_LINES = 12


def claim(worker: str, *, now: datetime | None = None, only: UUID | None = None) -> Job | None:
    """Take the next due job for this worker, or None.

    A job whose worker vanished is taken over; one that took its worker with it on every attempt is given up.

    Args:
        worker: who takes it.
        now: what counts as due.
        only: this job and no other.
    """
    now = now or clock.now()
    rows = Job.objects.due(now) if only is None else Job.objects.due(now).filter(pk=only)
    if not rows.exists():  # a plain read: an idle worker takes no write lock
        return None
    rows = rows.order_by("-priority", "run_after", "created_at")
    with transaction.atomic():
        while job := rows.select_for_update(skip_locked=True).first():
            if job.state == Job.State.RUNNING and job.attempts >= job.max_attempts:
                _give_up(job, now)
                continue
            job.state = Job.State.RUNNING
            job.fence += 1
            job.attempts += 1
            job.worker = worker
            job.started_at = now
            job.lease_until = clock.now() + LEASE
            job.save(update_fields=["state", "fence", "attempts", "worker", "started_at", "lease_until"])
            return job
    return None


def claim_some(worker: str, most: int) -> list[Job]:
    """Take the next due jobs, in the order in which they are due; one at most when the first was begun before.

    A job that took its worker with it once is taken alone from then on, so that it costs no other an attempt.
    """
    now = clock.now()
    if most > 1 and Job.objects.due(now).exists():
        with transaction.atomic():
            rows = Job.objects.due(now).order_by("-priority", "run_after", "created_at")
            found = rows.select_for_update(skip_locked=True)[:most]
            new = list(takewhile(lambda job: job.state == Job.State.WAITING and not job.attempts, found))
            claimed = {"state": Job.State.RUNNING, "attempts": 1, "worker": worker, "started_at": now}
            claimed["lease_until"] = clock.now() + LEASE
            Job.objects.filter(pk__in=[job.pk for job in new]).update(fence=F("fence") + 1, **claimed)
            for job in new:
                job.fence += 1
                for name, value in claimed.items():
                    setattr(job, name, value)
        if new:
            return new
    job = claim(worker, now=now)
    return [job] if job else []


def _give_up(job: Job, now: datetime) -> None:
    job.state = Job.State.FAILED
    job.finished_at = now
    job.lease_until = None
    job.error_type = "wayfellow.jobs.errors.LostLease"
    job.error = "Its worker vanished on every attempt."
    job.save(update_fields=["state", "finished_at", "lease_until", "error_type", "error"])


def held(job: Job) -> Any:
    """The row of a claimed job as a query set: empty when the token does not hold any more."""
    return Job.objects.filter(pk=job.pk, fence=job.fence, state=Job.State.RUNNING)


def renew(jobs: list[Job]) -> list[Job]:
    """Extend the leases of these claims. Returns the ones that are lost."""
    until = clock.now() + LEASE
    return [job for job in jobs if not held(job).update(lease_until=until)]


def complete(job: Job, *, result: Any = None) -> bool:
    """Mark a claimed job done and erase its arguments. False when the token does not hold any more."""
    return bool(
        held(job).update(
            state=Job.State.DONE,
            finished_at=clock.now(),
            lease_until=None,
            result=result,
            args=[],
            kwargs={},
            error_type="",
            error="",
            traceback="",
        )
    )


def release(job: Job, *, wait: timedelta = timedelta(0)) -> bool:
    """Give a claimed job back as if it had not been begun: the worker goes home, or it is to wait a while."""
    again = clock.now() + wait
    return bool(
        held(job).update(state=Job.State.WAITING, lease_until=None, attempts=F("attempts") - 1, run_after=again)
    )


def give_back_cancelled(job: Job) -> bool:
    """Mark a claimed job as cancelled: it stopped because it was asked to."""
    return bool(held(job).update(state=Job.State.CANCELLED, lease_until=None, finished_at=clock.now()))


def fail(job: Job, error: BaseException, *, permanent: bool = False) -> str:
    """Note a failed attempt: wait and try again, or, after the last one, leave it as a dead letter.

    Returns:
        The new state, or nothing when the token does not hold any more.
    """
    now = clock.now()
    told = {
        "lease_until": None,
        "error_type": f"{type(error).__module__}.{type(error).__qualname__}"[:200],
        "error": words_of(error),
        "traceback": tail_of(error),
    }
    if permanent or job.attempts >= job.max_attempts:
        written = held(job).update(state=Job.State.FAILED, finished_at=now, **told)
        return str(Job.State.FAILED) if written else ""
    written = held(job).update(state=Job.State.WAITING, run_after=now + wait_before(job.attempts + 1), **told)
    return str(Job.State.WAITING) if written else ""


def wait_before(attempt: int) -> timedelta:
    """How long to wait before an attempt: 15 s, 1 min, 4 min, … at most 6 h, each up to a quarter more or less."""
    base = min(FIRST_WAIT * 4 ** max(attempt - 2, 0), LONGEST_WAIT)
    return base * random.uniform(0.75, 1.25)  # noqa: S311  spreads retries, guards nothing


def words_of(error: BaseException) -> str:
    """The first line of an error, without addresses and without what stands in quotation marks: those are people's."""
    lines = str(error).strip().splitlines()
    line = re.sub(r"[^\s<>()]+@[^\s<>()]+", "…", lines[0]) if lines else ""
    line = re.sub(r"'[^']*'|\"[^\"]*\"|“[^”]*”", "…", line)
    return line[:500]


def tail_of(error: BaseException) -> str:
    """Where it happened: files, lines and functions, no values."""
    frames = traceback.extract_tb(error.__traceback__)[-TRACEBACK_LINES:]
    return "\n".join(f"{frame.filename}:{frame.lineno} {frame.name}" for frame in frames)
