"""What a match run gives: the pairs, and the proof that none better exist."""

from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from wayfellow.matching.problem import Ints, Problem

ObjectiveName = Literal[
    "participation_score",
    "free_score",
    "min_pair_score",
    "worst_first",
    "leximin",
    "balanced",
    "minimums",
    "stable",
    "circles",
    "lottery",
]


@dataclass(frozen=True, slots=True)
class Caution:
    """Something that the person who runs the match should know.

    Args:
        code: what kind, as `pin_below_minimum`.
        text: it in words.
    """

    code: str
    text: str


@dataclass(frozen=True, eq=False)
class Level:
    """One level of a lexicographic objective.

    Args:
        name: what it optimises: "participation", "pairs", "lowest_score", "score", "load", "minimums", "ties", …
        value: what was reached, in the level's own unit (people, pairs, points, …).
        prices: node prices that prove it, (nodes,), of any signed width, or None where the proof is of another kind.
        threshold: lowest score of the pairs that this level may use, where it restricts them.
    """

    name: str
    value: int
    prices: NDArray[np.signedinteger] | None = None
    threshold: int | None = None


@dataclass(frozen=True, slots=True)
class Leaf:
    """A part of a branch and bound over circles that holds nothing better, and the prices that prove it.

    Args:
        opened, closed: positions of the circles that take place in this part, and of those that do not.
        prices: price of a place for each mentee, (n,).
        denominator: what the prices are fractions of.
    """

    opened: tuple[int, ...]
    closed: tuple[int, ...]
    prices: tuple[int, ...]
    denominator: int


@dataclass(frozen=True, eq=False)
class Certificate:
    """Why nothing better exists. `verify` checks it without the solver.

    Args:
        kind: "prices" (linear programming duality, level by level), "stability" (no blocking pair) or "bound" (branch
            and bound: the best bound of the integer program).
        levels: the levels in order of importance.
        gap: how far the result may be from the optimum, in the unit of the first level not proven; 0 when proven.
        leaves: the parts of a branch and bound, together all of it, under "bound".
        base: prices that prove of some pairs that no better choice has them; the leaves then do without those.
    """

    kind: Literal["prices", "stability", "bound"]
    levels: tuple[Level, ...]
    gap: int
    leaves: tuple[Leaf, ...] = ()
    base: Leaf | None = None

    @property
    def optimal(self) -> bool:
        """Whether the result is proven to be the best."""
        return self.gap == 0


@dataclass(frozen=True, eq=False)
class Result:
    """One match run.

    Args:
        problem: what was matched.
        objective: the objective by name.
        seed: what ties (and the lottery) were drawn with.
        chosen: positions of the chosen pairs in the problem's pairs, ascending, (k,).
        certificate: the proof.
        min_score: lowest score a pair may have, under "min_pair_score".
        cautions: what to know about this run.
        admission: each mentee's probability to be admitted, (n,), under "lottery".
        admitted: who was admitted, (n,), under "lottery".
    """

    problem: Problem
    objective: ObjectiveName
    seed: int
    chosen: NDArray[np.int64]
    certificate: Certificate
    min_score: int | None = None
    cautions: tuple[Caution, ...] = ()
    admission: NDArray[np.float64] | None = None
    admitted: NDArray[np.bool_] | None = None

    @property
    def pairs(self) -> list[tuple[str, str]]:
        """The pairs as (mentee id, mentor id), sorted."""
        problem = self.problem
        return [
            (problem.mentee_ids[i], problem.mentor_ids[j])
            for i, j in zip(problem.mentee[self.chosen], problem.mentor[self.chosen], strict=True)
        ]

    @property
    def participation(self) -> int:
        """Mentees who have at least one mentor."""
        return int(np.unique(self.problem.mentee[self.chosen]).size)

    @property
    def total_score(self) -> int:
        """Sum of the scores of the chosen pairs."""
        return sum(self.problem.score[self.chosen].tolist())

    @property
    def load(self) -> Ints:
        """Mentees of each mentor, (m,)."""
        return np.bincount(self.problem.mentor[self.chosen], minlength=len(self.problem.mentor_ids)).astype(np.int64)

    @property
    def unmatched(self) -> NDArray[np.int64]:
        """Positions of the mentees who wanted a mentor and have none."""
        found = np.bincount(self.problem.mentee[self.chosen], minlength=len(self.problem.mentee_ids))
        return np.flatnonzero((found == 0) & (self.problem.want > 0))
