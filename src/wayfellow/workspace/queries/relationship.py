"""What the page of a relationship gathers from the subjects, in a fixed number of queries however long the history."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from wayfellow.conversations.queries.panel import read_panel as read_talk
from wayfellow.goals.queries import panel as goals
from wayfellow.meetings.queries.notes import read_notes_panel
from wayfellow.meetings.queries.panel import read_panel as read_meetings
from wayfellow.meetings.queries.trail import steps_of as steps_of_meetings
from wayfellow.people.availability import listed
from wayfellow.people.models import Member
from wayfellow.relationships.models import Participant, PrivateReason, Relationship
from wayfellow.relationships.queries import panel as agreements
from wayfellow.relationships.queries.trail import Step, trail_of
from wayfellow.surveys.queries.panel import read_panel as read_pulse

IS_NEW_FOR = timedelta(days=14)
MOST_STEPS = 12


@dataclass(frozen=True)
class Page:
    """The page of a relationship as one of its people reads it.

    Attributes:
        me: the reader's place in it.
        others: everybody else who is in it now; of one that is over, who was in it last.
        names: their first names.
        everybody: faces for the head, mentors first.
        trail: what happened, newest first; before it the next thing that is planned.
        reason: why the reader stopped, for themselves.
        meetings, notes, agreement, goals, talk, pulse: what the subjects show.
    """

    found: Relationship
    me: Participant
    others: list[Participant]
    names: str
    everybody: list[Participant]
    is_new: bool
    trail: list[Step]
    reason: PrivateReason | None
    meetings: Any
    notes: Any
    agreement: agreements.Panel
    goals: Any
    talk: Any
    pulse: Any
    now: datetime

    @property
    def is_here(self) -> bool:
        """Whether the reader is in it still."""
        return self.me.left_at is None


def read_page(found: Relationship, member: Member, *, now: datetime) -> Page:
    """Everything the page says. The relationship comes with its participants, their members and organisation."""
    people = sorted(found.participants.all(), key=lambda row: (row.role != Participant.Role.MENTOR, row.pk))
    me = next(row for row in people if row.enrolment.member_id == member.pk)
    others = [row for row in people if row.pk != me.pk and row.left_at is None]
    steps: list[Any] = [
        *trail_of(found, reader=member),
        *agreements.steps_of(found, member, MOST_STEPS),
        *steps_of_meetings(found, member, MOST_STEPS),
        *goals.steps_of(found, member, MOST_STEPS),
    ]
    return Page(
        found=found,
        me=me,
        others=others,
        names=listed([row.enrolment.member.short_name for row in others]),
        everybody=[row for row in people if row.left_at is None],
        is_new=found.opened_at >= now - IS_NEW_FOR,
        trail=_newest(steps, now),
        reason=PrivateReason.objects.visible_to(member).filter(relationship=found).first(),
        meetings=read_meetings(found, member, now=now),
        notes=read_notes_panel(found, member, now=now),
        agreement=agreements.read_panel(found, member, now=now),
        goals=goals.read_panel(found, member, now=now),
        talk=read_talk(found, member, now=now),
        pulse=read_pulse(found, member, now=now),
        now=now,
    )


def _newest(steps: list[Any], now: datetime) -> list[Step]:
    ahead = sorted((step for step in steps if step.at > now), key=lambda step: step.at)[:1]
    past = sorted((step for step in steps if step.at <= now), key=lambda step: step.at, reverse=True)
    return [*ahead, *past][:MOST_STEPS]
