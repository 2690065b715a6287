"""When a relationship ends, or two of its people are kept apart: what was planned is called off."""

from datetime import datetime

from django_tasks import task

from wayfellow.audit.actions import record
from wayfellow.audit.models import Event
from wayfellow.core import clock
from wayfellow.jobs.batches import each_alone
from wayfellow.meetings.actions.planning import call_off, lock_meeting
from wayfellow.meetings.models import Attendance, Meeting, Proposal
from wayfellow.meetings.queries.people import people_of
from wayfellow.relationships.models import Relationship
from wayfellow.safety.models import Block


def call_off_rest(relationship: Relationship, *, now: datetime | None = None) -> None:
    """Call off what lies ahead in a relationship in which nobody can meet any more. Safe to repeat; each by itself."""
    now = now or clock.now()
    ahead = Meeting.objects.filter(relationship=relationship, state=Meeting.State.SCHEDULED, starts_at__gt=now)
    each_alone(
        list(ahead.select_related("relationship").order_by("recurs_at", "pk")),
        lambda meeting: _call_off(meeting, now),
        "a meeting that was planned",
    )
    Proposal.objects.filter(relationship=relationship).open().update(state=Proposal.State.CLOSED, closed_at=now)


def _call_off(meeting: Meeting, now: datetime) -> None:
    meeting = lock_meeting(meeting)
    if meeting.is_planned:
        call_off(meeting, by=None, word="", rest=meeting.series is not None, now=now)
        record("meeting_cancelled", actor=None, organisation=meeting.organisation, about=meeting)


@task()
def call_off_after_ending_job(event_id: int) -> None:
    """Runs when a relationship ended or was completed."""
    event = Event.objects.filter(pk=event_id, about_type=Relationship._meta.label).first()
    found = Relationship.objects.filter(pk=event.about_id).first() if event is not None else None
    if found is not None and not found.is_open:
        call_off_rest(found)


@task()
def call_off_after_block_job(event_id: int) -> None:
    """Runs for each block, unless it was taken back meanwhile: what two people alone had planned is off.

    In a group the others go on; each of the two may say no, and plans nothing there.
    """
    event = Event.objects.filter(pk=event_id, about_type=Block._meta.label).first()
    block = Block.objects.filter(pk=event.about_id).first() if event is not None else None
    if block is None:
        return
    one = Relationship.objects.filter(participants__enrolment__member=block.blocker_id)
    both = one.filter(participants__enrolment__member=block.blocked_id).distinct()
    for found in both.order_by("pk"):
        if len(people_of(found)) <= 2:
            call_off_rest(found)


@task()
def forget_after_leaving_job(event_id: int) -> None:
    """Runs when somebody left a group that goes on: they are not expected any more."""
    event = Event.objects.filter(pk=event_id, about_type=Relationship._meta.label).first()
    found = Relationship.objects.filter(pk=event.about_id).first() if event is not None else None
    if found is not None:
        ahead = Meeting.objects.filter(relationship=found, state=Meeting.State.SCHEDULED, starts_at__gt=clock.now())
        Attendance.objects.filter(meeting__in=ahead).exclude(member__in=people_of(found)).delete()
