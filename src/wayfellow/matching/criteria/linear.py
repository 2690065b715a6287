"""A criterion as a product: features of mentees times features of mentors, in whole numbers.

Each product and each partial sum is a whole number below 2**24, so float32 holds it exactly: the result does not depend
on the order of adding, and hence neither on the size of the blocks nor on the order of the people.
"""

from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]
Whole = NDArray[np.int64]
Flags = NDArray[np.bool_]
Value = TypeVar("Value", bound=Hashable)


@dataclass(frozen=True, eq=False)
class Linear:
    """Features whose product is a criterion's part of the score, in units.

    Args:
        row, column, value: the mentees' features, sparse: mentee, feature and amount of each entry.
        mentors: the mentors' features, (features, m).
    """

    row: Whole
    column: Whole
    value: Floats
    mentors: Floats


@dataclass(frozen=True, eq=False)
class Classes(Generic[Value]):
    """People by what they state: `of` is each person's class, -1 where nothing is stated."""

    of: Whole
    values: tuple[Value, ...]

    @property
    def stated(self) -> Flags:
        return self.of >= 0


def classes_of(values: Sequence[Value | None]) -> Classes[Value]:
    """Number what people state in the order in which it first comes; None is nothing stated."""
    numbers: dict[Value, int] = {}
    of = [-1 if value is None else numbers.setdefault(value, len(numbers)) for value in values]
    return Classes(np.array(of, dtype=np.int64), tuple(numbers))


def by_class(mentees: Classes[Value], table: NDArray[np.generic], mentors: Classes[Value]) -> Linear:
    """What pairs get by the classes of the two, counting 0 where one states nothing.

    Args:
        table: units for each class of mentees and class of mentors.
    """
    row = np.flatnonzero(mentees.stated)
    padded = np.concatenate([table, np.zeros((len(table), 1), table.dtype)], axis=1).astype(np.float32)
    return Linear(row, mentees.of[row], np.ones(len(row), np.float32), padded[:, mentors.of])


def mean_of(linear: Linear, *, mentees: Flags, mentors: Flags) -> int:
    """Mean units over the pairs of those who state something, rounded down."""
    pairs = int(mentees.sum()) * int(mentors.sum())
    if not pairs:
        return 0
    amounts = np.bincount(linear.column, weights=linear.value, minlength=len(linear.mentors))
    sums = linear.mentors[:, mentors].sum(axis=1, dtype=np.float64)
    return sum(int(a) * int(b) for a, b in zip(amounts, sums, strict=True)) // pairs


def filled(units: int, *, mentees: Flags, mentors: Flags) -> Linear | None:
    """Units for every pair in which one of the two states nothing; None when all state something."""
    if mentees.all() and mentors.all():
        return None
    silent, heard = np.flatnonzero(~mentees), np.flatnonzero(mentees)
    features = np.zeros((2, len(mentors)), np.float32)
    features[0] = units
    features[1, ~mentors] = units
    return Linear(
        np.concatenate([silent, heard]),
        np.repeat(np.array([0, 1]), [len(silent), len(heard)]),
        np.ones(len(mentees), np.float32),
        features,
    )


def with_mean(linear: Linear, *, mentees: Flags, mentors: Flags) -> list[Linear]:
    """A criterion in which whoever states nothing counts as the mean of those who do."""
    mean = mean_of(linear, mentees=mentees, mentors=mentors)
    rest = filled(mean, mentees=mentees, mentors=mentors)
    return [linear] if rest is None else [linear, rest]


# Up to so many products a dense matrix is multiplied, without loading scipy. Either way gives the same whole numbers.
_DENSE = 4 * 10**9


class Product:
    """Several products added up, with what each feature counts towards.

    Args:
        parts: products, each with the number of what it counts towards; a negative number marks a hard rule.
        mentees, mentors: how many there are.
    """

    def __init__(self, parts: Sequence[tuple[int, Linear]], *, mentees: int, mentors: int) -> None:
        offsets = np.cumsum([0, *(len(part.mentors) for _, part in parts)])
        row = np.concatenate([np.zeros(0, np.int64), *(part.row for _, part in parts)])
        order = np.argsort(row, kind="stable")
        column = [part.column + at for (_, part), at in zip(parts, offsets, strict=False)]
        self.start = np.concatenate([[0], np.cumsum(np.bincount(row, minlength=mentees))])
        self.row = row[order]
        self.column = np.concatenate([np.zeros(0, np.int64), *column])[order]
        self.value = np.concatenate([np.zeros(0, np.float32), *(part.value for _, part in parts)])[order]
        self.mentors = np.concatenate([np.zeros((0, mentors), np.float32), *(part.mentors for _, part in parts)])
        self.kind = np.repeat([kind for kind, _ in parts], np.diff(offsets)).astype(np.int64)
        self._sparse = None
        if mentees * self.mentors.size > _DENSE:
            from scipy.sparse import csr_array

            self._sparse = csr_array((self.value, self.column, self.start), shape=(mentees, len(self.mentors)))

    def rows(self, start: int, stop: int) -> Floats:
        """The sums for these mentees and every mentor, (stop - start, m)."""
        if self._sparse is not None:
            return self._sparse[start:stop] @ self.mentors
        entries = slice(self.start[start], self.start[stop])
        features = np.zeros((stop - start, len(self.mentors)), np.float32)
        features[self.row[entries] - start, self.column[entries]] = self.value[entries]
        return features @ self.mentors

    def at_pairs(self, mentee: NDArray[np.integer], mentor: NDArray[np.integer], kinds: int) -> Whole:
        """What single pairs get towards each thing, (pairs, kinds)."""
        entries = self.start[mentee + 1] - self.start[mentee]
        total = np.zeros((len(mentee), kinds), np.int64)
        for turn in range(int(entries.max(initial=0))):
            pair = np.flatnonzero(entries > turn)
            at = self.start[mentee[pair]] + turn
            counts = self.kind[self.column[at]] >= 0
            pair, column, value = pair[counts], self.column[at[counts]], self.value[at[counts]]
            total[pair, self.kind[column]] += (value * self.mentors[column, mentor[pair]]).astype(np.int64)
        return total
