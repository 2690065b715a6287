"""Weekly availability: blocks of local time, checked and said in words. Bits and comparisons are in `core.week`."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from wayfellow.core import week
from wayfellow.core.errors import InvalidInput

MOST_A_DAY = 3
DAY = 24 * 60
WEEKDAYS = (
    gettext_lazy("Monday"),
    gettext_lazy("Tuesday"),
    gettext_lazy("Wednesday"),
    gettext_lazy("Thursday"),
    gettext_lazy("Friday"),
    gettext_lazy("Saturday"),
    gettext_lazy("Sunday"),
)
BACKWARDS = gettext_lazy("The end must be after the beginning.")
OVERLAP = gettext_lazy("This overlaps another time of the day, %(times)s.")
NOT_A_BLOCK = gettext_lazy("A time needs a weekday, a beginning and an end in half-hours of one day.")
TOO_MANY = gettext_lazy("At most %(most)d times a day, please. %(day)s has more.")
Block = dict[str, int]


@dataclass(frozen=True)
class Fault:
    """What is wrong with a block: its position in what was given, which end, and why."""

    position: int
    end: str
    message: Any


def faults(blocks: Sequence[Mapping[str, int]]) -> list[Fault]:
    """Blocks that end before they begin, or overlap an earlier one of their day. They may touch."""
    found = []
    good: list[Mapping[str, int]] = []
    for position, block in enumerate(blocks):
        if block["end"] <= block["start"]:
            found.append(Fault(position, "end", BACKWARDS))
            continue
        others = (other for other in good if other["weekday"] == block["weekday"])
        clash = next((o for o in others if block["start"] < o["end"] and o["start"] < block["end"]), None)
        if clash is not None:
            found.append(Fault(position, "start", OVERLAP % {"times": from_to(clash["start"], clash["end"])}))
            continue
        good.append(block)
    return found


def checked(blocks: Iterable[Mapping[str, Any]]) -> list[Block]:
    """The blocks in the order of the week, those that touch made one.

    Raises:
        InvalidInput: one is no block, ends before it begins, overlaps another, or there are too many in a day.
    """
    given = [_block(block) for block in blocks]
    for fault in faults(given):
        raise InvalidInput("availability_wrong", fault.message, field="availability")
    joined: list[Block] = []
    for block in sorted(given, key=lambda each: (each["weekday"], each["start"])):
        last = joined[-1] if joined else None
        if last is not None and last["weekday"] == block["weekday"] and last["end"] == block["start"]:
            last["end"] = block["end"]
        else:
            joined.append(block)
    for weekday, name in enumerate(WEEKDAYS):
        if sum(block["weekday"] == weekday for block in joined) > MOST_A_DAY:
            raise InvalidInput("availability_full", TOO_MANY % {"most": MOST_A_DAY, "day": name}, field="availability")
    return joined


def _block(given: Mapping[str, Any]) -> Block:
    values = {name: given.get(name) for name in ("weekday", "start", "end")}
    right = all(isinstance(value, int) and not isinstance(value, bool) for value in values.values())
    block: Block = {name: int(value or 0) for name, value in values.items()} if right else {}
    if not right or not 0 <= block["weekday"] <= 6 or not _in_a_day(block["start"]) or not _in_a_day(block["end"]):
        raise InvalidInput("availability_wrong", NOT_A_BLOCK, field="availability")
    return block


def _in_a_day(minutes: int) -> bool:
    return 0 <= minutes <= DAY and minutes % week.SLOT == 0


def clock_time(minutes: int) -> str:
    """18:30; 24:00 for the end of the day."""
    return f"{minutes // 60:02}:{minutes % 60:02}"


def from_to(start: int, end: int) -> str:
    """18:00–21:00."""
    return f"{clock_time(start)}–{clock_time(end)}"


def in_words(blocks: Iterable[Mapping[str, int]]) -> list[tuple[str, str]]:
    """(days, times): Mondays and Thursdays, 12:00–13:00 and 18:00–21:00. Days with the same times stand together."""
    times: dict[int, list[str]] = {}
    for block in sorted(blocks, key=lambda each: (each["weekday"], each["start"])):
        times.setdefault(block["weekday"], []).append(from_to(block["start"], block["end"]))
    days: dict[tuple[str, ...], list[int]] = {}
    for weekday, these in times.items():
        days.setdefault(tuple(these), []).append(weekday)
    return [(weekdays(these), listed(list(words))) for words, these in days.items()]


def for_reader(
    blocks: Sequence[Mapping[str, int]], *, zone: str, reader_zone: str, now: datetime
) -> list[tuple[str, str]]:
    """(days, times) of somebody's blocks in the time of who reads them, as the clocks stand now."""
    if zone == reader_zone:
        return in_words(blocks)
    spans = week.spans(week.slots_of(blocks, zone, now), week.offset_of(reader_zone, now))
    days: dict[str, list[int]] = {}
    for span in sorted(spans, key=lambda each: (each.start, each.end)):
        days.setdefault(span.from_to, []).append(span.weekday)
    return [(weekdays(sorted(these)), times) for times, these in days.items()]


def weekdays(numbers: Sequence[int]) -> str:
    """Mondays to Fridays; Tuesdays and Thursdays."""
    names = (
        _("Mondays"), _("Tuesdays"), _("Wednesdays"), _("Thursdays"), _("Fridays"), _("Saturdays"), _("Sundays"),
    )  # fmt: skip
    if len(numbers) > 2 and list(numbers) == list(range(numbers[0], numbers[-1] + 1)):
        return _("%(first)s to %(last)s") % {"first": names[numbers[0]], "last": names[numbers[-1]]}
    return listed([names[number] for number in numbers])


def listed(names: Sequence[Any]) -> str:
    """One, two and three."""
    if len(names) < 2:
        return str(names[0]) if names else ""
    return _("%(most)s and %(last)s") % {"most": ", ".join(str(name) for name in names[:-1]), "last": names[-1]}


def count_of_hours(hours: float) -> str:
    """one hour, 2 hours, half an hour, 1½ hours."""
    if hours == 0.5:
        return _("half an hour")
    if hours == 1:
        return _("one hour")
    whole = int(hours)
    return ngettext("%(n)s hour", "%(n)s hours", whole + 1) % {"n": f"{whole}½" if hours % 1 else whole}
