"""What the worker of an installation does every day, as far as a story needs it."""

from datetime import datetime, timedelta

from wayfellow.core import clock
from wayfellow.jobs.models import Job
from wayfellow.notifications.sending import send_notice_mail, send_plain_mail
from wayfellow.relationships.actions import (
    complete_relationships,
    lapse_waiting_offers,
    open_due_reviews,
    remind_and_expire_requests,
    resume_relationships,
)
from wayfellow.relationships.models import MentoringRequest, WaitingEntry

OUTBOX_BEGINS = timedelta(days=30)
MAILS = (send_notice_mail.module_path, send_plain_mail.module_path)


def look_after_requests() -> None:
    """The schedules of relationships, on days on which they would find something."""
    if MentoringRequest.objects.open().exists():
        remind_and_expire_requests()
    if WaitingEntry.objects.in_line().exists():
        lapse_waiting_offers()


def look_after_together() -> None:
    """What ends today, what comes back from a pause, what is due to be looked back at."""
    complete_relationships()
    resume_relationships()
    open_due_reviews()


def forget_old_mails(*, now: datetime) -> None:
    """The outbox begins some days before now. What left earlier is not kept: composing it would take half the time."""
    if clock.now() < now - OUTBOX_BEGINS:
        Job.objects.filter(task__in=MAILS, state=Job.State.WAITING).delete()
