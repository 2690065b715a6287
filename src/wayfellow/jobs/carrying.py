"""Another `django.tasks` backend as the carrier of our jobs (`WAYFELLOW_JOBS_BACKEND`).

The row in our table stays the job: it commits with what asked for it, and whoever runs it holds its lease and token. A
carrier is given the number of the row, after the commit, and whoever it wakes runs that row. So nothing is done twice
because a carrier brings a number twice. When and in which order a job runs is up to the carrier; a number that it loses
is given to it again by `wayfellow worker`, which runs no jobs itself then.
"""

import logging
from datetime import datetime, timedelta
from uuid import UUID

import django_tasks
from django.conf import settings
from django.db.models import F, Q

from wayfellow.core import clock
from wayfellow.jobs.models import Job

ALIAS = "carrier"
AGAIN = timedelta(seconds=60)
AT_ONCE = 500

log = logging.getLogger("wayfellow.jobs")


def is_set() -> bool:
    """Whether another backend carries the jobs."""
    return ALIAS in settings.TASKS


def give(job_id: UUID, *, priority: int = 0) -> None:
    """Give the number of a due job to the carrier. If that fails, the log says so and `give_due` tries again."""
    from wayfellow.jobs.carried import run_carried  # this task exists only where there is a carrier

    Job.objects.filter(pk=job_id).update(carried_at=clock.now())
    carrier = django_tasks.task_backends[ALIAS]
    task = run_carried.using(priority=priority) if carrier.supports_priority else run_carried
    try:
        task.enqueue(str(job_id))
    except Exception as error:
        log.warning("job %s could not be given to the carrier: %s", job_id, type(error).__name__)


def give_due(now: datetime) -> int:
    """Give what is due and not on its way: retries, what was put off, what was left behind, what the carrier has had
    for a minute. Returns how many."""
    lies_still = (
        Q(carried_at=None)
        | Q(carried_at__lt=F("run_after"))
        | Q(carried_at__lt=F("lease_until"))
        | Q(carried_at__lt=now - AGAIN)
    )
    rows = Job.objects.due(now).filter(lies_still).order_by("-priority", "run_after")
    found = list(rows.values_list("pk", "priority")[:AT_ONCE])
    for job_id, priority in found:
        give(job_id, priority=priority)
    return len(found)
