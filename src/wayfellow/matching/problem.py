"""A cohort to be matched: who takes part, who may work with whom, and what each pair is worth."""

from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

Ints = NDArray[np.int64]
Positions = NDArray[np.int32]
Flags = NDArray[np.bool_]

# Scores beyond this are refused: sums over a million pairs then still fit in 64 bits.
LARGEST_SCORE = 10**12
LARGEST_COUNT = 10**6
# Points of a criterion are kept in 32 bits.
LARGEST_POINTS = 2**31 - 1


@dataclass(frozen=True, eq=False)
class Preferences:
    """Who would like whom: one row per person and choice, sorted by (chooser, rank, choice).

    A mentee's rows name mentors and a mentor's rows mentees; rank 1 is the best, equal ranks are a tie.

    Args:
        mentee_chooser, mentee_choice, mentee_rank: positions of mentee and mentor, and the rank, (a,) each.
        mentor_chooser, mentor_choice, mentor_rank: positions of mentor and mentee, and the rank, (b,) each.
    """

    mentee_chooser: Positions
    mentee_choice: Positions
    mentee_rank: Ints
    mentor_chooser: Positions
    mentor_choice: Positions
    mentor_rank: Ints


@dataclass(frozen=True, eq=False)
class Circles:
    """Group circles, one per mentor who leads one, sorted by mentor.

    Args:
        mentor: position of the mentor who leads it, (c,).
        min_size, max_size: fewest and most mentees of a circle that takes place, (c,).
    """

    mentor: Positions
    min_size: Ints
    max_size: Ints


@dataclass(frozen=True, eq=False)
class Problem:
    """A cohort in canonical form: people sorted by id, allowed pairs sorted by (mentee, mentor).

    Build it with `problem_from_pairs`, `problem_from_arrays` or `problem_from_people`, which check it.

    Args:
        mentee_ids, mentor_ids: ids of the n mentees and m mentors, ascending by code point. The same id on both sides
            is one person.
        want: mentors wanted by each mentee, (n,), 0 or more.
        capacity: mentees each mentor can take, (m,), 0 or more.
        minimum: mentees each mentor should have at least, (m,); it counts only under the objective "minimums".
        mentee, mentor: positions of each of the p allowed pairs, (p,).
        score: worth of each allowed pair, (p,), may be negative.
        pinned: pairs that must be in the result, (p,).
        circles: group circles; they count only under the objective "circles".
        preferences: ranked lists; they count only under the objective "stable".
        stratum: stratum of each mentee as a position in `strata`, (n,); it counts only under the objective "lottery".
        strata: names of the strata, ascending.
        removed: for each hard rule, how many pairs of each mentee it took out, {rule: (n,)}. A pair that several rules
            forbid counts for each. Rule "forbidden" holds the forbids, "not_allowed" the pairs listed as not allowed.
        names: names to show instead of ids, where there are any.
        criteria: names of the criteria that `points` holds.
        points: what each criterion adds to a pair's score, (p, len(criteria)), or None when scores came ready.
    """

    mentee_ids: tuple[str, ...]
    mentor_ids: tuple[str, ...]
    want: Ints
    capacity: Ints
    minimum: Ints
    mentee: Positions
    mentor: Positions
    score: Ints
    pinned: Flags
    circles: Circles | None = None
    preferences: Preferences | None = None
    stratum: Positions | None = None
    strata: tuple[str, ...] = ()
    removed: Mapping[str, Ints] = field(default_factory=dict)
    names: Mapping[str, str] = field(default_factory=dict)
    criteria: tuple[str, ...] = ()
    points: NDArray[np.int32] | None = None

    def name(self, person_id: str) -> str:
        """What to call a person in a sentence."""
        return self.names.get(person_id) or person_id

    def pair_at(self, mentee: int, mentor: int) -> int | None:
        """Position of an allowed pair by the positions of its two people, or None if the pair is not allowed."""
        # In the array's own type, else all of it would be converted first.
        start, end = np.searchsorted(self.mentee, np.array([mentee, mentee + 1], dtype=self.mentee.dtype))
        at = start + int(np.searchsorted(self.mentor[start:end], mentor))
        return int(at) if at < end and self.mentor[at] == mentor else None
