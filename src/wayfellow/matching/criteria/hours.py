"""Free hours of the week in common."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from wayfellow.matching.criteria.linear import Flags, Linear, filled
from wayfellow.matching.criteria.person import HOURS_OF_A_WEEK, Person

# Three hours a week are all that a mentoring relationship can use; more in common is no better.
ENOUGH = 3
MOST_REQUIRED = 12
_BLOCK = 256
_WORDS = 3
# The 24 bits that three words have beyond a week let whoever states nothing share 12 "hours" with everybody.
_MENTEE_SILENT = ((1 << MOST_REQUIRED) - 1) << HOURS_OF_A_WEEK
_MENTOR_SILENT = _MENTEE_SILENT << MOST_REQUIRED


@dataclass(frozen=True, eq=False)
class Hours:
    """The week of each person as three words of 64 bits.

    Args:
        mentees: (n, 3).
        mentors: (3, m).
        unit: units for each hour in common, up to `ENOUGH`.
    """

    mentees: NDArray[np.uint64]
    mentors: NDArray[np.uint64]
    unit: int

    def in_common(self, start: int, stop: int) -> NDArray[np.uint8]:
        """Hours that these mentees share with each mentor, (stop - start, m)."""
        rows = self.mentees[start:stop]
        counts = np.bitwise_count(rows[:, 0, None] & self.mentors[0])
        for word in range(1, _WORDS):
            counts += np.bitwise_count(rows[:, word, None] & self.mentors[word])
        return counts

    def at_pairs(self, mentee: NDArray[np.integer], mentor: NDArray[np.integer]) -> NDArray[np.int64]:
        """Hours in common of single pairs."""
        return np.bitwise_count(self.mentees[mentee] & self.mentors[:, mentor].T).sum(axis=1, dtype=np.int64)


def has_data(mentees: Sequence[Person], mentors: Sequence[Person]) -> bool:
    """Whether anybody on both sides states when they are free."""
    return any(person.hours is not None for person in mentees) and any(person.hours is not None for person in mentors)


def encode(mentees: Sequence[Person], mentors: Sequence[Person], units: int) -> tuple[Hours, list[Linear]]:
    """min(hours in common, 3) / 3, and what sets pairs right of whom one states nothing: they count as the mean."""
    hours = Hours(
        _words([_bits(person.hours, _MENTEE_SILENT, _MENTOR_SILENT) for person in mentees]),
        np.ascontiguousarray(_words([_bits(person.hours, _MENTOR_SILENT, _MENTEE_SILENT) for person in mentors]).T),
        units // ENOUGH,
    )
    stating = np.array([person.hours is not None for person in mentees], np.bool_)
    stated = np.array([person.hours is not None for person in mentors], np.bool_)
    mean = 0 if stating.all() and stated.all() else _mean(hours, stating, stated)
    rest = filled(mean - ENOUGH * hours.unit, mentees=stating, mentors=stated)
    return hours, [] if rest is None else [rest]


def sentence(mentee: Person, mentor: Person) -> str | None:
    """How many hours a week are in common."""
    if mentee.hours is None or mentor.hours is None:
        return None
    count = (mentee.hours & mentor.hours).bit_count()
    return f"{count} hour{'' if count == 1 else 's'} a week in common" if count else None


def _bits(hours: int | None, silent: int, other_silent: int) -> int:
    return (silent if hours is None else hours) | other_silent


def _words(bits: Sequence[int]) -> NDArray[np.uint64]:
    data = b"".join(week.to_bytes(8 * _WORDS, "little") for week in bits)
    return np.frombuffer(data, dtype="<u8").astype(np.uint64).reshape(-1, _WORDS)


def _mean(hours: Hours, mentees: Flags, mentors: Flags) -> int:
    pairs = int(mentees.sum()) * int(mentors.sum())
    heard = Hours(hours.mentees[mentees], np.ascontiguousarray(hours.mentors[:, mentors]), hours.unit)
    total = 0
    for start in range(0, len(heard.mentees), _BLOCK):
        counts = heard.in_common(start, start + _BLOCK)
        total += int(np.minimum(counts, ENOUGH).sum(dtype=np.int64))
    return total * hours.unit // pairs if pairs else 0
