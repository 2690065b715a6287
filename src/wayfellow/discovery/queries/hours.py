"""The hour strip: twelve hours of one day, the same instants above each other in two zones."""

from dataclasses import dataclass

from wayfellow.core import week

HOURS = 12
WIDEST = 12 * 60


@dataclass(frozen=True)
class Hour:
    """One hour of a row: `slot` when both are free, `off` when its person is not."""

    label: str
    kind: str


@dataclass(frozen=True)
class Strip:
    """Two rows for the day on which the two share most time."""

    weekday: int
    mine: list[Hour]
    theirs: list[Hour]


def strip(mine: int, theirs: int, *, my_offset: int, their_offset: int) -> Strip | None:
    """The strip for two weeks of bits; None when they share nothing, or live more than twelve hours apart."""
    shared = week.spans(mine & theirs, my_offset)
    if not shared or abs(my_offset - their_offset) > WIDEST:
        return None
    best = shared[0]
    first = max(best.start // 60 - (HOURS - min(best.minutes // 60, HOURS)) // 2, 0)
    start = best.weekday * 24 * 60 + first * 60
    rows: tuple[list[Hour], list[Hour]] = ([], [])
    for hour in range(HOURS):
        utc = start + hour * 60 - my_offset
        both = _is_free(mine & theirs, utc)
        for row, bits, offset in zip(rows, (mine, theirs), (my_offset, their_offset), strict=True):
            label = f"{(utc + offset) // 60 % 24:02}"
            row.append(Hour(label, "slot" if both else "" if _is_free(bits, utc) else "off"))
    return Strip(best.weekday, *rows)


def _is_free(bits: int, minute: int) -> bool:
    """Whether the whole hour from this minute of the UTC week is free."""
    first = minute // week.SLOT
    return all(bits >> ((first + half) % week.SLOTS) & 1 for half in (0, 1))
