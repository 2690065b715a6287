"""Closeness of time zones, where nobody's availability is known."""

from collections.abc import Sequence

import numpy as np

from wayfellow.matching.criteria.linear import Linear, by_class, classes_of, with_mean
from wayfellow.matching.criteria.person import Person

DAY = 24
WORKING_DAY = 8


def has_data(mentees: Sequence[Person], mentors: Sequence[Person]) -> bool:
    """Whether anybody on both sides states a time zone."""
    return any(p.utc_offset is not None for p in mentees) and any(p.utc_offset is not None for p in mentors)


def encode(mentees: Sequence[Person], mentors: Sequence[Person], units: int) -> list[Linear]:
    """max(0, 8 - hours apart on the clock) / 8."""
    ours = classes_of([person.utc_offset for person in mentees])
    theirs = classes_of([person.utc_offset for person in mentors])
    apart = np.array([[hours_apart(a, b) for b in theirs.values] for a in ours.values])
    # Zones differ by quarters of an hour at the finest, so that the share of a day is a whole number of 32nds.
    table = np.rint(np.maximum(WORKING_DAY - apart, 0) * 4) * (units // (4 * WORKING_DAY))
    return with_mean(by_class(ours, table, theirs), mentees=ours.stated, mentors=theirs.stated)


def hours_apart(one: float, other: float) -> float:
    """How far apart two clocks are; +13 and -11 hours are the same clock a day apart."""
    apart = abs(one - other) % DAY
    return min(apart, DAY - apart)


def sentence(mentee: Person, mentor: Person) -> str | None:
    """How far apart the two clocks are, when a working day overlaps."""
    if mentee.utc_offset is None or mentor.utc_offset is None:
        return None
    apart = hours_apart(mentee.utc_offset, mentor.utc_offset)
    if apart >= WORKING_DAY:
        return None
    return "Same time on the clock" if apart == 0 else f"{apart:g} hour{'' if apart == 1 else 's'} apart on the clock"
