"""What the host asks of the queue."""

from datetime import datetime
from typing import Any

from django.db.models import Count, Min, Q, QuerySet

from wayfellow.jobs.models import Job


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
