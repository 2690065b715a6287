"""Search for the best circles: exact branch and bound over which circles take place."""

from dataclasses import dataclass, replace
from time import monotonic

import numpy as np
from numpy.typing import NDArray

from wayfellow.matching.errors import CannotSolve
from wayfellow.matching.objectives.circle_model import (
    CLOSED,
    FREE,
    OPEN,
    Exact,
    OutOfTime,
    Penalties,
    Places,
    Rows,
    feasible,
    model_of,
    penalties,
    relax,
    too_few,
    whole_circles,
)

# Rounds that prices of one part are refined for.
ROUNDS = 12
# Bits that a round is sure to bring.
DIGITS = 18


@dataclass(frozen=True, eq=False)
class Leaf:
    """A part of the search that holds nothing better, and the prices that prove it.

    Args:
        opened, closed: positions of the circles that the part fixes.
        prices: price of each mentee.
        bound: what no choice in the part exceeds.
    """

    opened: tuple[int, ...]
    closed: tuple[int, ...]
    prices: Exact
    bound: int


@dataclass(frozen=True, eq=False)
class Found:
    """The best choice found, and the proof.

    Args:
        pairs: positions of the chosen pairs, ascending.
        value: what they are worth.
        base: prices that leave pairs out of all leaves: those that no choice this good can have; None when no pair was.
        leaves: parts of the search, together all of it.
    """

    pairs: Rows
    value: int
    base: Leaf | None
    leaves: tuple[Leaf, ...]

    @property
    def bound(self) -> int:
        """What no choice exceeds."""
        return max(leaf.bound for leaf in self.leaves)


@dataclass(eq=False)
class Best:
    """The best choice so far."""

    pairs: Rows
    value: int

    def offer(self, places: Places, state: NDArray[np.int8], pairs: Rows) -> None:
        """Take a choice if it keeps the rules and is better."""
        if feasible(places, state, pairs):
            worth = int(places.worth[pairs].sum()) if pairs.size else 0
            if worth > self.value:
                self.pairs, self.value = pairs, worth


@dataclass(frozen=True, eq=False)
class Part:
    """A part of the search after its prices were refined.

    Args:
        state: which circles are open, closed or free.
        prices: the mentees' prices.
        penalty: what they give; None where the open circles cannot all be filled.
        split: a circle that is neither quite open nor quite closed, or None.
        nearly_open: whether that circle is rather open.
        late: whether time ran out.
    """

    state: NDArray[np.int8]
    prices: Exact
    penalty: Penalties | None
    split: int | None = None
    nearly_open: bool = False
    late: bool = False


def search(places: Places, start: Rows, *, time_limit: float) -> Found:
    """The best choice of pairs, with leaves that prove it as far as time allowed.

    Args:
        places: the circles.
        start: any choice that keeps the rules.
        time_limit: seconds.

    Raises:
        CannotSolve: the linear solver failed.
    """
    deadline = monotonic() + time_limit
    best = Best(start, int(places.worth[start].sum()) if start.size else 0)
    state = _at_first(places)
    part = refine(places, state, np.zeros(places.mentees, dtype=np.int64).astype(object), best, deadline, cut=True)
    if part.penalty is None:
        raise CannotSolve("the circles that pins open cannot be filled after all")
    if part.late or part.penalty.bound - best.value < places.unit:
        return Found(best.pairs, best.value, None, (_leaf(places, part, part.penalty.bound),))
    # A good choice to begin with keeps the search small.
    doubt = part.penalty.bound - best.value
    model = model_of(places, state, part.prices, part.penalty, doubt=doubt, cut=True)
    best.offer(places, state, whole_circles(model, deadline=deadline))
    base = Leaf((), (), part.prices, part.penalty.bound)
    left = part.penalty.possible(places, part.penalty.bound - best.value)
    fewer = places.only(left)
    at = np.full(places.mentee.size, -1, dtype=np.int64)
    at[left] = np.arange(left.size)
    inner = Best(at[best.pairs], best.value)
    leaves = divide(fewer, part.prices, inner, deadline)
    return Found(left[inner.pairs], inner.value, base, leaves)


def divide(places: Places, prices: Exact, best: Best, deadline: float) -> tuple[Leaf, ...]:
    """Branch on circles until nothing better can be left, or time runs out."""
    waiting: list[tuple[NDArray[np.int8], Exact]] = [(_at_first(places), prices)]
    leaves: list[Leaf] = []
    while waiting:
        state, prices = waiting.pop()
        part = refine(places, state, prices, best, deadline, cut=False)
        if part.penalty is None:
            leaves.append(_impossible(places, part, best.value))
            continue
        if part.late or part.penalty.bound - best.value < places.unit:
            leaves.append(_leaf(places, part, part.penalty.bound))
            continue
        split = part.split
        if split is None:
            free = np.flatnonzero(state == FREE)
            if not free.size:
                raise CannotSolve("prices of the circles do not close on the best choice")
            split = int(free[0])
        for side in (CLOSED, OPEN) if part.nearly_open else (OPEN, CLOSED):
            child = state.copy()
            child[split] = side
            waiting.append((child, part.prices))
    return tuple(leaves)


def refine(places: Places, state: NDArray[np.int8], prices: Exact, best: Best, deadline: float, *, cut: bool) -> Part:
    """Better prices of a part, until they close on the best choice or a circle has to be decided.

    Args:
        cut: begin with what cannot matter left out; that is faster where it works.
    """
    penalty = penalties(places, state, prices)
    split: int | None = None
    nearly_open = False
    for _ in range(ROUNDS):
        if penalty is None:
            break
        doubt = penalty.bound - best.value
        if doubt < places.unit:
            break
        try:
            model = model_of(places, state, prices, penalty, doubt=doubt, cut=cut)
            relaxed = relax(places, model, prices, deadline=deadline)
        except OutOfTime:
            return Part(state, prices, penalty, late=True)
        if relaxed is None and not cut:
            # Nothing was left out, so the open circles cannot all be filled.
            return Part(state, prices, None)
        if relaxed is None:
            cut = False
            continue
        best.offer(places, state, np.flatnonzero(relaxed.pair > 0.5))
        again = penalties(places, state, relaxed.prices)
        if again is not None and again.bound < penalty.bound:
            prices, penalty = relaxed.prices, again
        unsure = np.where(state == FREE, np.abs(relaxed.circle - 0.5), 1.0)
        split = int(np.argmin(unsure)) if (unsure < 0.5 - 1e-6).any() else None
        nearly_open = split is not None and bool(relaxed.circle[split] >= 0.5)
        left = penalty.bound - best.value
        if split is not None and not cut and left << DIGITS > doubt:
            # More than floats leave unseen: the relaxation has no better price.
            break
        # Prices of a problem that was cut need not hold for the whole.
        cut = 2 * left <= doubt
    return Part(state, prices, penalty, split, nearly_open)


def _at_first(places: Places) -> NDArray[np.int8]:
    state = np.where(places.must_open, OPEN, FREE).astype(np.int8)
    state[_never(places)] = CLOSED
    return state


def _never(places: Places) -> NDArray[np.bool_]:
    """Circles that cannot be filled."""
    return (places.least > np.minimum(places.most, np.diff(places.starts))) & ~places.must_open


def _leaf(places: Places, part: Part, bound: int) -> Leaf:
    return Leaf(
        tuple(np.flatnonzero(part.state == OPEN).tolist()),
        tuple(np.flatnonzero((part.state == CLOSED) & ~_never(places)).tolist()),
        part.prices,
        bound,
    )


def _impossible(places: Places, part: Part, value: int) -> Leaf:
    """A leaf whose open circles cannot all be filled: the mentees in dispute cost more than everything is worth."""
    reason = too_few(places, np.flatnonzero(part.state == OPEN))
    if reason is None:
        raise CannotSolve("the linear relaxation of the circles contradicts their sizes")
    dear = max((abs(int(worth)) for worth in places.worth), default=0)
    most = int(places.most.sum()) + places.mentees + 1
    prices = reason[0] * (4 * dear * most + abs(value) + 1)
    penalty = penalties(places, part.state, prices)
    return _leaf(places, replace(part, prices=prices), value if penalty is None else penalty.bound)
