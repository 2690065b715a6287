"""A meeting as somebody of it reads it: when for each, who comes, and what can be done with it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from wayfellow.core.week import zone_of
from wayfellow.meetings.local_time import city_of
from wayfellow.meetings.models import Attendance, Meeting
from wayfellow.meetings.queries.people import LocalTime, local_times, names_of
from wayfellow.meetings.slots import Stretch
from wayfellow.people.models import Member

CELLS, BEFORE = 12, 7
FARTHEST = timedelta(hours=12)
Answer, State = Attendance.Answer, Meeting.State


@dataclass(frozen=True)
class AnswerShown:
    """What one of the others answered."""

    member: Member
    answer: str
    words: Any
    by: Any
    status: str


@dataclass(frozen=True)
class Cell:
    """An hour of the strip."""

    label: str
    kind: str


@dataclass(frozen=True)
class ShownMeeting:
    """What a page says of a meeting.

    Attributes:
        times: when it is for the others, by zone; empty when all share the reader's.
        answers: what the others answered.
        mine: what the reader answered.
        all_yes: whether everybody said yes.
        is_now, is_over: how it lies to the present moment.
        asks_outcome: it is over, and nobody said whether it took place.
        can_answer, can_change, can_mark: what the reader may do with it.
    """

    meeting: Meeting
    names: str
    city: str
    starts: datetime
    times: list[LocalTime]
    answers: list[AnswerShown]
    mine: str
    all_yes: bool
    declined: str
    is_now: bool
    is_over: bool
    asks_outcome: bool
    can_answer: bool
    can_change: bool
    can_mark: bool

    @property
    def same_zone(self) -> bool:
        """Whether everybody's clocks show the same."""
        return not self.times


STATUS = {"yes": "good", "no": "warn", "maybe": "none", "waiting": "none"}


def show_meeting(
    meeting: Meeting,
    reader: Member,
    people: Sequence[Member],
    attendances: Sequence[Attendance],
    *,
    may_write: bool,
    now: datetime,
) -> ShownMeeting:
    """Asks nothing of the database: the caller has read the people and their answers.

    Args:
        may_write: whether the reader may plan in this relationship now (`why_not_meet` says nothing).
    """
    others = [person for person in people if person.pk != reader.pk]
    by_member = {row.member_id: row for row in attendances}
    answers = []
    for person in others:
        row = by_member.get(person.pk)
        answer: Any = Answer(row.answer) if row is not None else Answer.WAITING
        by = row.get_answered_by_display() if row is not None and row.answered_by else ""
        answers.append(AnswerShown(person, str(answer), answer.label, by, STATUS[str(answer)]))
    own = by_member.get(reader.pk)
    mine = str(own.answer) if own is not None else "waiting"
    no = [each.member for each in answers if each.answer == "no"]
    planned, over = meeting.is_planned, meeting.ends_at <= now
    return ShownMeeting(
        meeting=meeting,
        names=names_of(others),
        city=city_of(reader.zone),
        starts=meeting.starts_at.astimezone(zone_of(reader.zone)),
        times=local_times(reader, others, meeting.starts_at, meeting.ends_at),
        answers=answers,
        mine=mine,
        all_yes=planned and mine == "yes" and all(each.answer == "yes" for each in answers),
        declined=names_of(no),
        is_now=planned and meeting.starts_at <= now < meeting.ends_at,
        is_over=over,
        asks_outcome=planned and over,
        can_answer=may_write and planned and meeting.starts_at > now,
        can_change=planned and not over,
        can_mark=may_write and meeting.state != State.CANCELLED and meeting.starts_at <= now and not meeting.logged,
    )


def hour_strip(
    reader: Member,
    others: Sequence[Member],
    *,
    starts_at: datetime,
    minutes: int,
    free: dict[int, list[Stretch]],
) -> list[tuple[str, list[Cell]]]:
    """Two rows of hours, the same instant above each other; nothing for one zone, or zones far apart."""
    other = next((one for one in others if one.zone != reader.zone), None)
    if other is None:
        return []
    here, there = starts_at.astimezone(zone_of(reader.zone)), starts_at.astimezone(zone_of(other.zone))
    apart = abs((here.utcoffset() or timedelta()) - (there.utcoffset() or timedelta()))
    if apart > FARTHEST or apart % timedelta(hours=1):
        return []
    first = starts_at - timedelta(minutes=here.minute, hours=BEFORE)
    ends_at = starts_at + timedelta(minutes=minutes)
    rows = []
    for person in (reader, other):
        cells = []
        for number in range(CELLS):
            begins = first + timedelta(hours=number)
            ends = begins + timedelta(hours=1)
            label = f"{begins.astimezone(zone_of(person.zone)):%H}"
            if begins < ends_at and starts_at < ends:
                kind = "slot"
            else:
                can = any(start < ends and begins < end for start, end in free.get(person.pk, ()))
                kind = "" if can else "off"
            cells.append(Cell(label, kind))
        rows.append((city_of(person.zone), cells))
    return rows
