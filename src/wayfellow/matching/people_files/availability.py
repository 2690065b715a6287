"""When somebody is free: readable forms such as "Mon 9-12; Thu 16-18" become hours of the week.

Times are rounded to whole hours, half an hour up, at both ends; so two people who write the same time always share it.
"""

import datetime as dt
import re
from functools import cache
from zoneinfo import ZoneInfo

from wayfellow.matching.people_files.messages import reason
from wayfellow.matching.people_files.vocabulary import WORDS
from wayfellow.tables.errors import Reason, shown
from wayfellow.tables.values.remembered import remembered
from wayfellow.tables.words import fold

HOURS = 168
_DAYS = {word: day for day in range(7) for word in WORDS[f"day {day}"]}
_WORKDAYS = range(5)
_GROUPS = {
    **dict.fromkeys(WORDS["working days"], _WORKDAYS),
    **dict.fromkeys(WORDS["every day"], range(7)),
    **dict.fromkeys(WORDS["weekend"], range(5, 7)),
}
_PARTS = {
    word: (start, end) for start, end in ((9, 12), (12, 13), (13, 17), (17, 20)) for word in WORDS[f"{start}-{end}"]
}
_OFFICE = (8, 18)
_NAMED = _DAYS.keys() | _GROUPS.keys()
_NUMBERED = re.compile(r"(span|range)(\d+)")
_TIME = r"(\d{1,2})(?:[:.h](\d{2}))?\s*(?:h|uhr|hs)?\s*(am|pm|a\.m\.|p\.m\.)?"
_SPAN = re.compile(
    rf"{_TIME}\s*(?:-|to|bis|until|till|a(?:\s+las)?|à|até|hasta|y|and|und|as|às)\s*{_TIME}(?!\d)", re.IGNORECASE
)
_DASHES = str.maketrans("–—−‒~", "-----")
_JOINED = re.compile(r"\b(?:and|und|y|et|e|&)\b|&", re.IGNORECASE)
# Of several words, what they mean as one.
_MEANS = {
    "apres midi": "afternoon",
    **dict.fromkeys(
        ("week end", "week ends", "fin de semana", "fines de semana", "fim de semana", "fins de semana"), "weekend"
    ),
}
_TOGETHER = re.compile("|".join(rf"\b{words}\b" for words in _MEANS))
_SEPARATOR = re.compile(r"[;,|\n/]")
_DAY_RANGE = re.compile(r"([^\W\d_]+)\.?\s*(?:-|to|bis|a|à|until|through)\s*([^\W\d_]+)\.?", re.IGNORECASE)


@remembered
def parse_availability(text: str) -> int | Reason:
    """The hours of a week, on the person's own clock, as a bitmap: bit 0 is Monday 00:00 to 01:00."""
    if fold(text) in WORDS["any time"]:
        return _bits(_WORKDAYS, [_OFFICE])
    hours = 0
    waiting: list[int] = []  # days named before their time: "Mon, Wed 9-12"
    last_days: list[int] = []
    last_spans: list[tuple[int, int]] = []
    for part in _SEPARATOR.split(text.translate(_DASHES)):
        for days, spans in _segments(part) or [([], [])] if part.strip() else ():
            if not days and not spans:
                return reason("hours_unreadable", value=shown(text))
            if not spans:
                waiting += days
                continue
            # A time alone is that of the days before it; when no day was named at all, of each working day.
            last_days, waiting, last_spans = [*waiting, *days] or last_days or list(_WORKDAYS), [], spans
            hours |= _bits(last_days, spans)
    if waiting:
        # Days alone: the last times named hold for them, else office hours.
        hours |= _bits(waiting, last_spans or [_OFFICE])
    return hours or reason("hours_unreadable", value=shown(text))


def looks_like_availability(text: str) -> bool:
    """Whether a cell says when somebody is free."""
    return not isinstance(parse_availability(text), Reason)


def in_utc(hours: int, offset: float) -> int:
    """Turn hours on a clock that is `offset` hours ahead of UTC into hours in UTC. Half hours are rounded up."""
    shift = -int((offset + 0.5) // 1) % HOURS
    whole = (1 << HOURS) - 1
    return ((hours << shift) | (hours >> (HOURS - shift))) & whole


@cache
def utc_offset(zone: str, day: dt.date) -> float:
    """Hours that a time zone is ahead of UTC at noon of a day."""
    ahead = dt.datetime.combine(day, dt.time(12), tzinfo=ZoneInfo(zone)).utcoffset()
    return ahead.total_seconds() / 3600 if ahead else 0.0


def _segments(part: str) -> list[tuple[list[int], list[tuple[int, int]]]] | None:
    """Days with their times, one after the other; None when the part holds anything else."""
    spans: list[tuple[int, int]] = []
    ranges: list[list[int]] = []

    def take_span(found: re.Match[str]) -> str:
        spans.append(_span(found) or (-1, -1))
        return f" span{len(spans) - 1} "

    def take_range(found: re.Match[str]) -> str:
        first, last = (_DAYS.get(fold(name)) for name in found.groups())
        if first is None or last is None:
            return found.group()
        ranges.append([(first + step) % 7 for step in range((last - first) % 7 + 1)])
        return f" range{len(ranges) - 1} "

    text = _DAY_RANGE.sub(take_range, _SPAN.sub(take_span, part))
    if (-1, -1) in spans:
        return None
    segments: list[tuple[list[int], list[tuple[int, int]]]] = [([], [])]
    for word in _TOGETHER.sub(lambda found: _MEANS[found.group()], fold(_JOINED.sub(" ", text))).split():
        numbered = _NUMBERED.fullmatch(word)
        kind, number = numbered.groups() if numbered else (word, "")
        if kind == "range" or word in _NAMED:
            days = ranges[int(number)] if kind == "range" else _GROUPS.get(word) or [_DAYS[word]]
            if segments[-1][1]:
                segments.append(([], []))
            segments[-1][0].extend(days)
        elif kind == "span":
            segments[-1][1].append(spans[int(number)])
        elif word in _PARTS:
            segments[-1][1].append(_PARTS[word])
        elif word not in WORDS["around a time"]:
            return None
    return segments


def _span(found: re.Match[str]) -> tuple[int, int] | None:
    """A time from and to in whole hours; the second may be on the next day."""
    hour_a, minute_a, half_a, hour_b, minute_b, half_b = found.groups()
    half_a, half_b = ((half or "").lower().replace(".", "") for half in (half_a, half_b))
    if half_b and not half_a and int(hour_a) <= 12:
        half_a = half_b if int(hour_a) % 12 <= int(hour_b) % 12 else "am"
    first, last = _minutes(hour_a, minute_a, half_a), _minutes(hour_b, minute_b, half_b)
    if first is None or last is None or first == last:
        return None
    if last < first:
        last += 24 * 60
    start, end = (first + 30) // 60, (last + 30) // 60
    if start == end:
        start = first // 60
        end = start + 1
    return start, end


def _minutes(hour: str, minute: str | None, half: str) -> int | None:
    hours, minutes = int(hour), int(minute or 0)
    if half:
        if not 1 <= hours <= 12:
            return None
        hours = hours % 12 + (12 if half == "pm" else 0)
    return hours * 60 + minutes if hours * 60 + minutes <= 24 * 60 and minutes < 60 else None


def _bits(days: "list[int] | range", spans: list[tuple[int, int]]) -> int:
    hours = 0
    for day in days:
        for start, end in spans:
            for hour in range(start, end):
                hours |= 1 << (day * 24 + hour) % HOURS
    return hours
