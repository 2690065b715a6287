"""Weekly free time as bits: the half-hours of a week in UTC, Monday 00:00 first, as they lie at one moment.

A pure module. Two people's shared time is the AND of their bits. When a zone's offset changes, the bits are made again.
Zones whose offset is no multiple of 30 minutes lose the odd quarter of an hour at the ends of a block.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

SLOT = 30
SLOTS = 7 * 24 * 60 // SLOT
WEEK = SLOTS * SLOT
BYTES = SLOTS // 8
NOTICE = timedelta(days=1)


@dataclass(frozen=True)
class Span:
    """A stretch of the week in local time; `end` may lie beyond midnight."""

    weekday: int
    start: int
    end: int

    @property
    def minutes(self) -> int:
        return self.end - self.start

    @property
    def from_to(self) -> str:
        """18:00–21:00."""
        return f"{_hh_mm(self.start)}–{_hh_mm(self.end)}"


def zone_of(name: str) -> ZoneInfo:
    """The zone of this name; UTC when nobody knows it."""
    try:
        return ZoneInfo(name or "UTC")
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return ZoneInfo("UTC")


def offset_of(zone: str, now: datetime) -> int:
    """Minutes that a zone is ahead of UTC at a moment."""
    offset = now.astimezone(zone_of(zone)).utcoffset() or timedelta()
    return int(offset.total_seconds() // 60)


def slots_of(blocks: Iterable[Mapping[str, Any]], zone: str, now: datetime) -> int:
    """The bits of weekly blocks (weekday 0 to 6, start and end in minutes of local time)."""
    offset = offset_of(zone, now)
    bits = 0
    for block in blocks:
        try:
            weekday, start, end = int(block["weekday"]), int(block["start"]), int(block["end"])
        except (KeyError, TypeError, ValueError):
            continue
        if not (0 <= weekday <= 6 and 0 <= start < end <= 24 * 60):
            continue
        first = -(-(weekday * 24 * 60 + start - offset) // SLOT)
        last = (weekday * 24 * 60 + end - offset) // SLOT
        for slot in range(first, last):
            bits |= 1 << (slot % SLOTS)
    return bits


def to_bytes(bits: int) -> bytes:
    """Bits as they are stored; nothing for no free time."""
    return bits.to_bytes(BYTES, "little") if bits else b""


def from_bytes(stored: bytes) -> int:
    """Stored bits."""
    return int.from_bytes(stored, "little")


def hours(bits: int) -> float:
    """Hours a week."""
    return bits.bit_count() * SLOT / 60


def spans(bits: int, offset: int) -> list[Span]:
    """The stretches of these bits in the local time of a zone with this offset, longest first, then by weekday."""
    if not bits:
        return []
    found = []
    if bits.bit_count() == SLOTS:
        return [Span(0, 0, WEEK)]
    for slot in range(SLOTS):
        if bits >> slot & 1 and not bits >> ((slot - 1) % SLOTS) & 1:
            length = 0
            while bits >> ((slot + length) % SLOTS) & 1:
                length += 1
            local = (slot * SLOT + offset) % WEEK
            start = local % (24 * 60)
            found.append(Span(local // (24 * 60), start, start + length * SLOT))
    return sorted(found, key=lambda span: (-span.minutes, span.weekday, span.start))


def first_time(bits: int, now: datetime, *, notice: timedelta = NOTICE) -> datetime | None:
    """The first half-hour of these bits that begins at least a notice from now."""
    if not bits:
        return None
    monday, passed = _first_slot(now, notice)
    for ahead in range(SLOTS):
        slot = passed + ahead
        if bits >> (slot % SLOTS) & 1:
            return monday + timedelta(minutes=slot * SLOT)
    return None


def first_slot(now: datetime, *, notice: timedelta = NOTICE) -> int:
    """The first half-hour of the week that begins at least a notice from now."""
    return _first_slot(now, notice)[1] % SLOTS


def _first_slot(now: datetime, notice: timedelta) -> tuple[datetime, int]:
    earliest = now + notice
    monday = (earliest - timedelta(days=earliest.weekday())).replace(hour=0, minute=0, second=0, microsecond=0)
    return monday, int(-(-(earliest - monday).total_seconds() // (SLOT * 60)))


def _hh_mm(minutes: int) -> str:
    return f"{minutes // 60 % 24:02}:{minutes % 60:02}"
