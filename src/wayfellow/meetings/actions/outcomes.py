"""What became of a meeting: held, missed, or one that nobody had planned here."""

from datetime import datetime
from typing import Any

from django.db import transaction

from wayfellow.audit.actions import record
from wayfellow.core import clock
from wayfellow.core.errors import enforce
from wayfellow.meetings import policy
from wayfellow.meetings.actions.planning import lock_meeting, lock_people
from wayfellow.meetings.actions.telling import tell_of_meeting
from wayfellow.meetings.models import Meeting
from wayfellow.meetings.queries.people import people_of
from wayfellow.meetings.words import checked_minutes, checked_text
from wayfellow.people.models import Member
from wayfellow.relationships.models import Relationship

State = Meeting.State


@transaction.atomic
def mark_held(actor: Member, meeting: Meeting, *, minutes: int | None = None, now: datetime | None = None) -> Meeting:
    """Say that a meeting took place, and how long it was if that was not as planned.

    Raises:
        Refused: see `why_not_mark_held`.
        InvalidInput: a wrong length.
    """
    now = now or clock.now()
    meeting = lock_meeting(meeting)
    enforce(policy.why_not_mark_held(actor, meeting, now))
    if minutes is not None:
        meeting.put_at(meeting.starts_at, checked_minutes(minutes))
    _close(actor, meeting, State.HELD, now)
    record("meeting_held", actor=actor, organisation=meeting.organisation, about=meeting)
    return meeting


@transaction.atomic
def mark_missed(actor: Member, meeting: Meeting, *, now: datetime | None = None) -> Meeting:
    """Say that a meeting did not take place. Nobody is asked why; the others are offered to find another time.

    Raises:
        Refused: see `why_not_mark_missed`.
    """
    now = now or clock.now()
    meeting = lock_meeting(meeting)
    enforce(policy.why_not_mark_missed(actor, meeting, now))
    _close(actor, meeting, State.MISSED, now)
    people = people_of(meeting.relationship)
    others = [person for person in people if person.pk != actor.pk]
    tell_of_meeting("meeting_missed", meeting, people, by=actor, to=others)
    record("meeting_missed", actor=actor, organisation=meeting.organisation, about=meeting)
    return meeting


def _close(actor: Member, meeting: Meeting, state: Any, now: datetime) -> None:
    meeting.state, meeting.closed_by, meeting.closed_at = state, actor, now
    meeting.save(update_fields=["state", "closed_by", "closed_at", "minutes", "ends_at"])


@transaction.atomic
def log_meeting(
    actor: Member,
    relationship: Relationship,
    *,
    starts_at: datetime,
    minutes: int,
    title: str = "",
    now: datetime | None = None,
) -> Meeting:
    """Write down a meeting that took place without being planned here. Nobody's calendar changes.

    Raises:
        Refused: see `why_not_log_meeting`.
        InvalidInput: a wrong length or title.
    """
    now = now or clock.now()
    relationship = lock_people(relationship)
    enforce(policy.why_not_log_meeting(actor, relationship, now, starts_at=starts_at))
    meeting = Meeting(
        organisation=relationship.organisation,
        relationship=relationship,
        state=State.HELD,
        title=checked_text(title, most=160, field="title"),
        zone=actor.zone,
        logged=True,
        closed_by=actor,
        closed_at=now,
        created_by=actor,
        created_at=now,
    )
    meeting.put_at(starts_at, checked_minutes(minutes))
    meeting.save()
    record("meeting_logged", actor=actor, organisation=relationship.organisation, about=meeting)
    return meeting
