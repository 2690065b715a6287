"""Jobs leave the queue, and who carries them."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

from wayfellow.cli.doctor.finding import Finding


def check_queue() -> Iterator[Finding]:
    """Jobs leave the queue, and none has failed for good."""
    from wayfellow.jobs.queries import LATE, health

    now = datetime.now(UTC)
    state = health(now)
    if state["dead_letters"]:
        words = f"{state['dead_letters']} jobs have failed for good"
        yield Finding("queue", words, "See `wayfellow jobs list`, then `wayfellow jobs run-again ID`.", is_wrong=True)
    if state["oldest"] is not None and now - state["oldest"] > LATE:
        words = f"the oldest job has waited {(now - state['oldest']) // timedelta(minutes=1)} minutes"
        yield Finding("queue", words, "Is a worker running? Run: wayfellow serve, or wayfellow worker", is_wrong=True)
    elif not state["dead_letters"]:
        yield Finding("queue", f"{state['waiting']} jobs wait, none for long")


def check_carrier() -> Iterator[Finding]:
    """Which promises are only as good as another backend, where one is set."""
    from django.conf import settings
    from django_tasks import task_backends
    from django_tasks.exceptions import InvalidTaskBackendError

    from wayfellow.jobs import carrying

    if not carrying.is_set():
        yield Finding("jobs", "run by our own worker, from the database")
        return
    path = settings.TASKS[carrying.ALIAS]["BACKEND"]
    try:
        carrier = task_backends[carrying.ALIAS]
    except (InvalidTaskBackendError, TypeError) as error:
        mend = "Correct WAYFELLOW_JOBS_BACKEND, or leave it out: our own worker needs no other backend."
        yield Finding("jobs", f"{path} cannot be used: {error}", mend, is_wrong=True)
        return
    order = "" if carrier.supports_priority else " It does not know priorities: sign-in codes wait with the rest."
    yield Finding(
        "jobs",
        f"carried by {path}, so when and in which order they run is only as good as that.{order}",
        "Nothing is lost or done twice in the database either way, as long as `wayfellow worker` runs beside it: it "
        "keeps the schedules, and gives again after a minute what that backend lost. To be rid of it, leave out "
        "WAYFELLOW_JOBS_BACKEND.",
    )
