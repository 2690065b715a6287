"""The people of a file, as arrays."""

from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Groups:
    """A column of labels.

    Attributes:
        labels: the labels that occur, sorted; a missing cell has none.
        codes: position of each row's label, shape (rows,); -1 where the cell is empty.
    """

    labels: tuple[str, ...]
    codes: Ints


@dataclass(frozen=True, slots=True)
class Times:
    """Times until an event.

    Attributes:
        time: from the index date, in the unit of the outcome, shape (rows,).
        event: 0 still waiting, 1 it happened, 2 something else made it impossible, shape (rows,).
    """

    time: Floats
    event: Ints


@dataclass(frozen=True, slots=True)
class People:
    """The rows of a file, sorted by id, and by period within one.

    Attributes:
        file: the file as it was named.
        data_sha256: hexadecimal digest of the file's bytes.
        size: number of rows.
        person: which person a row is about, shape (size,), counted from 0 in the order of the ids. The ids
            themselves are not kept: nothing that is made from people can hold one.
        arm, took_part, period, first_period: as the plan's columns say; None where it names none. A
            `first_period` of 0 means never.
        clusters, strata, sites: None where the plan names none.
        breakdown: by column.
        numbers: every covariate, outcome and baseline that is a number, by column; nan where the cell is empty.
        categories: every covariate that is a category, by column.
        times: by name of the outcome.
    """

    file: str
    data_sha256: str
    size: int
    person: Ints
    arm: Ints | None = None
    took_part: Ints | None = None
    period: Ints | None = None
    first_period: Ints | None = None
    clusters: Groups | None = None
    strata: Groups | None = None
    sites: Groups | None = None
    breakdown: Mapping[str, Groups] = field(default_factory=dict)
    numbers: Mapping[str, Floats] = field(default_factory=dict)
    categories: Mapping[str, Groups] = field(default_factory=dict)
    times: Mapping[str, Times] = field(default_factory=dict)

    @property
    def count(self) -> int:
        """How many people the rows are about."""
        return int(self.person.max()) + 1 if self.size else 0
