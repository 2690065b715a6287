"""The job of `jobs_throughput`: an addition."""

from wayfellow.jobs.tasks import task


@task()
def add(*, one: int, other: int) -> int:
    """Their sum."""
    return one + other
