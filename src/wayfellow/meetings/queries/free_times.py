"""Times that suit everybody: from the hours each gave, less what their calendars and meetings take."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from wayfellow.core.week import zone_of
from wayfellow.meetings.models import Meeting
from wayfellow.meetings.queries.overlaps import busy_between
from wayfellow.meetings.slots import ORDINARY, Stretch, free_stretches, shared, spread, starts_in, without
from wayfellow.people.models import Member, Profile
from wayfellow.relationships.models import Relationship

NOTICE = timedelta(hours=18)
AHEAD = timedelta(days=28)
OFFERED = 6


@dataclass(frozen=True)
class FreeTimes:
    """Times to offer, and what they stand on.

    Attributes:
        starts: some times at which all can.
        usual: the one among them that is at the hour of the last meeting.
        guessed: people who gave no hours, for whom ordinary ones are assumed.
        free: by member, the stretches in which each can.
    """

    starts: list[datetime]
    usual: datetime | None
    guessed: list[Member]
    free: dict[int, list[Stretch]]


def free_times(
    relationship: Relationship,
    people: Sequence[Member],
    reader: Member,
    *,
    minutes: int,
    now: datetime,
    beside: Meeting | None = None,
    most: int = OFFERED,
) -> FreeTimes:
    """Times for a meeting in the next four weeks. Four queries, however many people and meetings.

    Args:
        beside: the meeting that is to be moved: its own time is no obstacle.
    """
    since, until = now + NOTICE, now + AHEAD
    hours = dict(Profile.objects.filter(member__in=people).values_list("member", "availability"))
    busy = busy_between(people, since, until, beside=beside)
    free: dict[int, list[Stretch]] = {}
    together: list[Stretch] | None = None
    for person in people:
        blocks = hours.get(person.pk) or ORDINARY
        said = free_stretches(blocks, person.zone, since=since, until=until)
        free[person.pk] = without(said, busy.get(person.pk, ()))
        together = free[person.pk] if together is None else shared(together, free[person.pk])
    starts = starts_in(together or [], minutes=minutes)
    last = _last_time(relationship)
    chosen = spread(starts, zone=reader.zone, most=most, usual=last)
    return FreeTimes(
        starts=chosen,
        usual=next((start for start in chosen if last is not None and _same_hour(start, last, reader.zone)), None),
        guessed=[person for person in people if not hours.get(person.pk)],
        free=free,
    )


def _last_time(relationship: Relationship) -> datetime | None:
    held = Meeting.objects.filter(relationship=relationship, state=Meeting.State.HELD, logged=False)
    return held.order_by("-starts_at").values_list("starts_at", flat=True).first()


def _same_hour(one: datetime, other: datetime, zone: str) -> bool:
    here, there = one.astimezone(zone_of(zone)), other.astimezone(zone_of(zone))
    return (here.weekday(), here.hour, here.minute) == (there.weekday(), there.hour, there.minute)
