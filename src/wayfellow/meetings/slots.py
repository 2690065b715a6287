"""Times at which everybody can: a pure module over stretches of time, each a pair of moments."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from wayfellow.core.week import zone_of
from wayfellow.meetings.local_time import earliest_of, latest_of

Stretch = tuple[datetime, datetime]
STEP = timedelta(minutes=30)
# When nobody said when they are free: not at night, and not at the weekend.
ORDINARY = [{"weekday": weekday, "start": 8 * 60, "end": 20 * 60} for weekday in range(5)]


def free_stretches(
    blocks: Iterable[Mapping[str, Any]], zone: str, *, since: datetime, until: datetime
) -> list[Stretch]:
    """The weekly blocks of somebody's local time as stretches between two moments; those that touch made one."""
    days: dict[int, list[tuple[int, int]]] = {}
    for block in blocks:
        days.setdefault(int(block["weekday"]), []).append((int(block["start"]), int(block["end"])))
    place = zone_of(zone)
    day, last = since.astimezone(place).date() - timedelta(days=1), until.astimezone(place).date()
    found: list[Stretch] = []
    while day <= last:
        for start, end in days.get(day.weekday(), ()):
            begins, ends = max(latest_of(day, start, zone), since), min(earliest_of(day, end, zone), until)
            if begins < ends:
                found.append((begins, ends))
        day += timedelta(days=1)
    return joined(found)


def joined(stretches: Iterable[Stretch]) -> list[Stretch]:
    """Sorted, with those that overlap or touch made one."""
    found: list[Stretch] = []
    for begins, ends in sorted(stretches):
        if found and begins <= found[-1][1]:
            found[-1] = (found[-1][0], max(found[-1][1], ends))
        else:
            found.append((begins, ends))
    return found


def shared(one: Sequence[Stretch], other: Sequence[Stretch]) -> list[Stretch]:
    """What lies in both."""
    found = []
    i = j = 0
    while i < len(one) and j < len(other):
        begins, ends = max(one[i][0], other[j][0]), min(one[i][1], other[j][1])
        if begins < ends:
            found.append((begins, ends))
        if one[i][1] < other[j][1]:
            i += 1
        else:
            j += 1
    return found


def without(free: Sequence[Stretch], busy: Iterable[Stretch]) -> list[Stretch]:
    """What is left of free time when busy times are taken out."""
    found = list(free)
    for begins, ends in joined(busy):
        left: list[Stretch] = []
        for start, end in found:
            if ends <= start or end <= begins:
                left.append((start, end))
                continue
            if start < begins:
                left.append((start, begins))
            if ends < end:
                left.append((ends, end))
        found = left
    return found


def starts_in(free: Iterable[Stretch], *, minutes: int) -> list[datetime]:
    """Each half-hour at which something of this length can begin and still end in time."""
    length, found = timedelta(minutes=minutes), []
    for begins, ends in free:
        start = _next_half_hour(begins)
        while start + length <= ends:
            found.append(start)
            start += STEP
    return found


def _next_half_hour(moment: datetime) -> datetime:
    over = timedelta(minutes=moment.minute % 30, seconds=moment.second, microseconds=moment.microsecond)
    return moment if not over else moment - over + STEP


def spread(
    starts: Sequence[datetime], *, zone: str, most: int, a_day: int = 1, usual: datetime | None = None
) -> list[datetime]:
    """Some of many times: the usual hour of the week first, then few a day, early days before late ones."""
    place = zone_of(zone)

    def hour(moment: datetime) -> tuple[int, int, int]:
        local = moment.astimezone(place)
        return local.weekday(), local.hour, local.minute

    chosen = [start for start in starts if usual is not None and hour(start) == hour(usual)][:1]
    counts: dict[Any, int] = {}
    for start in chosen:
        counts[start.astimezone(place).date()] = a_day
    for start in starts:
        day = start.astimezone(place).date()
        if len(chosen) < most and counts.get(day, 0) < a_day and start not in chosen:
            counts[day] = counts.get(day, 0) + 1
            chosen.append(start)
    return sorted(chosen)
