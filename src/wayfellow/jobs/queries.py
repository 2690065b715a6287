"""What the host and an organisation's administrators ask of the queue."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Count, Min, Q, QuerySet

from wayfellow.core import clock
from wayfellow.jobs import policy
from wayfellow.jobs.models import Job
from wayfellow.jobs.words import error_in_words, task_in_words

LATE = timedelta(minutes=10)
LOOKS = {"waiting": "info", "running": "info", "done": "good", "failed": "stop", "cancelled": "none"}


@dataclass(frozen=True)
class Line:
    """A job as an administrator sees it.

    Attributes:
        job: the row.
        what: what it does, in words.
        why: how it went wrong, when it did.
        look: the kind of status it is shown with.
        may_run_again, may_cancel: what the administrator can do about it.
    """

    job: Job
    what: str
    why: str
    look: str
    may_run_again: bool
    may_cancel: bool


def health(now: datetime) -> dict[str, Any]:
    """How the queue is.

    Returns:
        `waiting`, `due`, `running`, `dead_letters`: counts; `oldest`: since when the oldest due job could have run, or
        None; `abandoned`: running jobs whose worker does not renew its lease.
    """
    due = Q(state=Job.State.WAITING, run_after__lte=now)
    return Job.objects.aggregate(
        waiting=Count("pk", filter=Q(state=Job.State.WAITING)),
        due=Count("pk", filter=due),
        oldest=Min("run_after", filter=due),
        running=Count("pk", filter=Q(state=Job.State.RUNNING)),
        abandoned=Count("pk", filter=Q(state=Job.State.RUNNING, lease_until__lt=now)),
        dead_letters=Count("pk", filter=Q(state=Job.State.FAILED)),
    )


def jobs_listed(*, state: str = "") -> QuerySet[Job]:
    """Jobs, newest first."""
    rows = Job.objects.order_by("-created_at")
    return rows.filter(state=state) if state else rows


def counts(member: Any) -> dict[str, Any]:
    """How many of the organisation's jobs are in each state, and `oldest`: since when the oldest due one could run."""
    rows = Job.objects.visible_to(member)
    due = Q(state=Job.State.WAITING, run_after__lte=clock.now())
    by_state = {str(state): Count("pk", filter=Q(state=state)) for state in Job.State.values}
    return rows.aggregate(oldest=Min("run_after", filter=due), **by_state)


def jobs_seen(member: Any, *, state: str, search: str = "") -> QuerySet[Job]:
    """The organisation's jobs in a state, newest first; every word is looked for in what a job does."""
    rows = Job.objects.visible_to(member).filter(state=state).order_by("-created_at", "-pk")
    wanted = search.casefold().split()
    if wanted:
        tasks = Job.objects.visible_to(member).order_by().values_list("task", flat=True).distinct()
        said = {task: task_in_words(task).casefold() for task in tasks}
        rows = rows.filter(task__in=[task for task, words in said.items() if all(word in words for word in wanted)])
    return rows.defer("args", "kwargs", "result", "traceback")


def line_of(job: Job, member: Any) -> Line:
    """A job in words, and what this administrator can do about it."""
    return Line(
        job=job,
        what=task_in_words(job.task),
        why=error_in_words(job.error_type),
        look=LOOKS[job.state],
        may_run_again=policy.why_not_run_again(job) is None,
        may_cancel=policy.why_not_cancel_job(job, by=member) is None,
    )
