"""What a clock on a wall means: local days and hours as moments, where clocks are put forward and back.

When clocks go forward an hour is missing, and no meeting can be put there by hand; when they go back an hour comes
twice, and who means it says which. A series never fails: it goes on after the missing hour, and takes the first of two,
as calendars do (RFC 5545, 3.3.5).
"""

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta

from django.utils.translation import gettext as _

from wayfellow.core.errors import InvalidInput
from wayfellow.core.week import zone_of

MINUTE = timedelta(minutes=1)


def city_of(zone: str) -> str:
    """Lisbon, for Europe/Lisbon."""
    return zone.rsplit("/", 1)[-1].replace("_", " ")


def moment_of(day: date, at: time, zone: str, *, second: bool | None = None, field: str = "at") -> datetime:
    """The moment at which the clocks of a zone show this hour on this day.

    Args:
        second: which of two, where the hour comes twice; None when nobody said.
        field: the field that an error belongs to.

    Raises:
        InvalidInput: `missing_hour` or `doubled_hour`.
    """
    first, other = _both(day, at, zone)
    facts = {"day": day, "city": city_of(zone), "at": f"{at:%H:%M}"}
    if first > other:  # read with the clock of before it lies later: the hour was left out
        before, after = _edges(other, zone)
        words = _("On this day the clocks of %(city)s go from %(before)s to %(after)s, so %(at)s does not come.")
        raise InvalidInput("missing_hour", words % {**facts, "before": before, "after": after}, field=field)
    if first == other:
        return first
    if second is None:
        words = _("On this day the clocks of %(city)s go back, so %(at)s comes twice. Say which one you mean.")
        raise InvalidInput("doubled_hour", words % facts, field=field)
    return other if second else first


def moments_of_series(*, first_on: date, last_on: date, at: time, zone: str, every_weeks: int) -> Iterator[datetime]:
    """The moments of something that comes back every few weeks at one hour of a zone's clocks."""
    day = first_on
    while day <= last_on:
        yield _both(day, at, zone)[0]
        day += timedelta(weeks=every_weeks)


def latest_of(day: date, minutes: int, zone: str) -> datetime:
    """The moment from which on a block of local time has surely begun."""
    return max(_both(*_wall(day, minutes), zone))


def earliest_of(day: date, minutes: int, zone: str) -> datetime:
    """The moment until which a block of local time has surely not ended."""
    return min(_both(*_wall(day, minutes), zone))


def _wall(day: date, minutes: int) -> tuple[date, time]:
    return day + timedelta(days=minutes // 1440), time(minutes % 1440 // 60, minutes % 60)


def _both(day: date, at: time, zone: str) -> tuple[datetime, datetime]:
    """The moment as the clock of before a change has it, and as the clock of after."""
    wall = datetime.combine(day, at, tzinfo=zone_of(zone))
    return wall.replace(fold=0).astimezone(UTC), wall.replace(fold=1).astimezone(UTC)


def _edges(near: datetime, zone: str) -> tuple[str, str]:
    """What a zone's clocks show before and after they are put forward, within half a day after a moment."""
    place = zone_of(zone)
    low, high = near, near + timedelta(hours=12)
    start = low.astimezone(place).utcoffset()
    while high - low > MINUTE:
        middle = low + (high - low) / 2
        middle -= timedelta(seconds=middle.second, microseconds=middle.microsecond)
        if middle <= low:
            break
        if middle.astimezone(place).utcoffset() == start:
            low = middle
        else:
            high = middle
    before = high.astimezone(UTC) + (start or timedelta())
    return f"{before:%H:%M}", f"{high.astimezone(place):%H:%M}"
