"""Circles in whole numbers: what prices bound them by, and the models in floats that good prices come from.

The problem is max Σ c·x over mentees in at most one circle each, a circle being closed (z = 0) or open (z = 1) with
between `least` and `most` mentees; with z fixed it is a flow. Prices u ≥ 0 of the mentees bound it from above
(Lagrange):

    bound(u) = Σ u  +  Σ over circles of max(0 if it may close, the best least … most of its c - u),

which whole numbers evaluate exactly, whatever gave the prices. HiGHS finds them as duals of the linear relaxation with
x ≤ z for each pair, the strongest there is of this kind. It works in floats, so each round passes only what is still
in doubt, the penalties against the bound: with every round they shrink and the floats see finer digits.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from time import monotonic
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from wayfellow.matching.errors import CannotSolve

if TYPE_CHECKING:
    from scipy.sparse import csr_matrix

Exact = NDArray[np.object_]  # Python integers: costs of all levels in one number pass 64 bits
Rows = NDArray[np.int64]

# The largest cost handed to HiGHS; its tolerance is 1e-7, so a round sees eleven to twelve digits.
LARGEST_FLOAT = 2.0**16
# Seconds that filling the pinned circles may take: a flow, so it never does.
LONGEST = 600


@dataclass(frozen=True, eq=False)
class Places:
    """Who may join which circle, after pins have taken their places. Pairs are sorted by circle.

    Args:
        mentees: how many mentees there are.
        mentee, circle: positions of the two sides of each pair, (p,).
        worth: what each pair adds, (p,).
        least, most: sizes of an open circle, (c,).
        must_open: circles that a pin opens, (c,).
        unit: what one unit of the objective counts in `worth`: values closer than that are the same.
    """

    mentees: int
    mentee: Rows
    circle: Rows
    worth: Exact
    least: Rows
    most: Rows
    must_open: NDArray[np.bool_]
    unit: int

    def only(self, pairs: Rows) -> Places:
        """The same circles with some of the pairs."""
        return replace(self, mentee=self.mentee[pairs], circle=self.circle[pairs], worth=self.worth[pairs])

    @property
    def starts(self) -> Rows:
        """Where each circle's pairs begin, and the end."""
        return np.searchsorted(self.circle, np.arange(self.least.size + 1))


@dataclass(frozen=True, eq=False)
class Penalties:
    """What each departure from the bound costs, all 0 or more: bound - worth of a choice = the penalties it meets.

    Args:
        bound: the bound itself.
        join: of x, for pairs that the bound's own choice leaves out.
        miss: of z - x, for pairs that it takes.
        shut, run: of 1 - z and of z.
        short, room: of the mentees above `least`, and of the places left under `most`.
    """

    bound: int
    join: Exact
    miss: Exact
    shut: Exact
    run: Exact
    short: Exact
    room: Exact

    def possible(self, places: Places, doubt: int) -> Rows:
        """Pairs that a choice can have whose penalties are not more than `doubt`."""
        return np.flatnonzero(np.asarray(self.join + self.run[places.circle] <= doubt, dtype=bool))


FREE, OPEN, CLOSED = 0, 1, 2


def penalties(places: Places, state: NDArray[np.int8], prices: Exact) -> Penalties | None:
    """The bound that prices give on a part of the search, or None if an open circle has too few candidates."""
    rest = places.worth - prices[places.mentee]
    starts = places.starts
    circles = places.least.size
    join, miss = _zeros(rest.size), _zeros(rest.size)
    shut, run, short, room = (_zeros(circles) for _ in range(4))
    bound = int(prices.sum()) if prices.size else 0
    for k in range(circles):
        begin, end = starts[k], starts[k + 1]
        least, most = int(places.least[k]), min(int(places.most[k]), int(end - begin))
        if state[k] == CLOSED or least > most:
            if state[k] == OPEN:
                return None
            continue
        own = rest[begin:end]
        best = np.sort(own)[::-1]
        taken = min(max(int((best > 0).sum()), least), most)
        worth = int(best[:taken].sum()) if taken else 0
        # The last member has a price where the circle would rather be smaller, or larger, than it may.
        last = int(best[taken - 1]) if taken else 0
        tight = (taken == least and last < 0) or (taken == places.most[k] and last > 0)
        price = last if tight else 0
        own = own - price
        join[begin:end] = np.maximum(-own, 0)
        miss[begin:end] = np.maximum(own, 0)
        room[k], short[k] = max(price, 0), max(-price, 0)
        if state[k] == OPEN:
            bound += worth
        else:
            bound += max(worth, 0)
            shut[k], run[k] = max(worth, 0), max(-worth, 0)
    return Penalties(bound, join, miss, shut, run, short, room)


def _zeros(size: int) -> Exact:
    return np.zeros(size, dtype=np.int64).astype(object)


@dataclass(frozen=True, eq=False)
class Relaxed:
    """What the linear relaxation gave: the part of each pair and circle, and the mentees' prices."""

    pair: NDArray[np.float64]
    circle: NDArray[np.float64]
    prices: Exact


class OutOfTime(Exception):
    """The time limit passed."""


@dataclass(frozen=True, eq=False)
class Model:
    """The choice of members and circles as the least sum of penalties, in floats.

    Args:
        pairs: positions of the pairs that are variables, the first ones; one for each circle follows, then slacks.
        circles: positions of the variables of circles.
        costs: cost of each variable.
        unit: what a cost of 1 is worth.
        equal, most: rules as (matrix, right-hand side); the first of `equal` are those of the mentees.
        low, high: bounds of the variables.
    """

    pairs: Rows
    circles: Rows
    costs: NDArray[np.float64]
    unit: int
    equal: tuple[csr_matrix, NDArray[np.float64]]
    most: tuple[csr_matrix, NDArray[np.float64]]
    low: NDArray[np.float64]
    high: NDArray[np.float64]


def model_of(
    places: Places, state: NDArray[np.int8], prices: Exact, penalty: Penalties, *, doubt: int, cut: bool
) -> Model:
    """Write the choice down for HiGHS.

    Args:
        places: the circles.
        state: which are open, closed or free.
        prices: the mentees' prices so far.
        penalty: what they give.
        doubt: penalties beyond this cannot be part of a choice worth looking for.
        cut: leave such penalties out; otherwise they are lowered to a little more than `doubt`, so that prices come
            out even where every choice meets one.
    """
    from scipy.sparse import csr_matrix

    n, circles = places.mentees, places.least.size
    alive = state != CLOSED
    if cut:
        alive = alive & np.asarray(penalty.run <= doubt, dtype=bool)
    pairs = np.flatnonzero(alive[places.circle])
    join = (penalty.join + penalty.run[places.circle])[pairs]
    if cut:
        pairs = pairs[np.asarray(join <= doubt, dtype=bool)]
    mentee, circle = places.mentee[pairs], places.circle[pairs]
    highest = max(2 * doubt, 1)
    z = pairs.size + np.arange(circles)
    width = pairs.size + circles
    low, high = np.zeros(width), np.ones(width)
    low[z[state == OPEN]] = 1
    high[z[~alive]] = 0
    if cut:
        low[z[np.asarray(penalty.shut > doubt, dtype=bool) & alive]] = 1
    settled = low[z] == high[z]
    columns: list[Exact] = [
        np.minimum(penalty.join[pairs], highest),
        np.where(settled, 0, np.maximum(np.minimum(penalty.run - penalty.shut, highest), -highest)),
    ]
    blocks = [
        # (row of each entry, column, value, cost of the slack per row, right-hand side); row + slack = right-hand side
        (mentee, np.arange(pairs.size), np.ones(pairs.size), prices, np.ones(n)),
        (
            np.concatenate([np.arange(pairs.size)] * 2),
            np.concatenate([np.arange(pairs.size), z[circle]]),
            np.concatenate([np.ones(pairs.size), -np.ones(pairs.size)]),
            penalty.miss[pairs],
            np.zeros(pairs.size),
        ),
        (
            np.concatenate([circle, np.arange(circles)]),
            np.concatenate([np.arange(pairs.size), z]),
            np.concatenate([np.ones(pairs.size), -places.most.astype(float)]),
            penalty.room,
            np.zeros(circles),
        ),
        (
            np.concatenate([circle, np.arange(circles)]),
            np.concatenate([np.arange(pairs.size), z]),
            np.concatenate([-np.ones(pairs.size), places.least.astype(float)]),
            penalty.short,
            np.zeros(circles),
        ),
    ]
    loose: list[tuple[Rows, Rows, NDArray[np.float64]]] = []
    tight: list[tuple[Rows, Rows, NDArray[np.float64]]] = []
    loose_side: list[NDArray[np.float64]] = []
    tight_side: list[NDArray[np.float64]] = []
    loose_rows = tight_rows = 0
    for at, (row, column, value, cost, side) in enumerate(blocks):
        # The mentees' rows stay equations, so that their duals are read from one place.
        costly = np.ones(n, dtype=bool) if at == 0 else np.asarray(cost > 0, dtype=bool)
        number = np.where(costly, np.cumsum(costly) - 1 + tight_rows, np.cumsum(~costly) - 1 + loose_rows)
        entry = costly[row]
        tight.append((number[row[entry]], column[entry], value[entry]))
        loose.append((number[row[~entry]], column[~entry], value[~entry]))
        slack = np.flatnonzero(costly & np.asarray(cost <= doubt, dtype=bool) if cut else costly)
        tight.append((number[slack], width + np.arange(slack.size), np.ones(slack.size)))
        columns.append(np.minimum(cost[slack], highest))
        width += slack.size
        tight_side.append(side[costly])
        loose_side.append(side[~costly])
        tight_rows += int(costly.sum())
        loose_rows += int((~costly).sum())
    costs = np.concatenate(columns)
    largest = max((abs(int(cost)) for cost in costs), default=0) or 1
    low = np.concatenate([low, np.zeros(width - low.size)])
    high = np.concatenate([high, np.full(width - high.size, np.inf)])

    def matrix(parts: list[tuple[Rows, Rows, NDArray[np.float64]]], rows: int) -> csr_matrix:
        row, column, value = (np.concatenate(part) for part in zip(*parts, strict=True))
        return csr_matrix((value, (row, column)), shape=(rows, width))

    return Model(
        pairs=pairs,
        circles=z,
        costs=np.array([cost / largest for cost in costs], dtype=float) * LARGEST_FLOAT,
        unit=largest,
        equal=(matrix(tight, tight_rows), np.concatenate(tight_side)),
        most=(matrix(loose, loose_rows), np.concatenate(loose_side)),
        low=low,
        high=high,
    )


def relax(places: Places, model: Model, prices: Exact, *, deadline: float) -> Relaxed | None:
    """Solve a model with parts of circles allowed, or give None if it has no solution.

    Raises:
        OutOfTime: the deadline passed.
        CannotSolve: the solver failed.
    """
    from scipy.optimize import linprog

    left = deadline - monotonic()
    if left <= 0:
        raise OutOfTime
    answer = linprog(
        model.costs,
        A_ub=model.most[0],
        b_ub=model.most[1],
        A_eq=model.equal[0],
        b_eq=model.equal[1],
        bounds=np.column_stack([model.low, model.high]),
        method="highs-ds",
        options={"time_limit": left},
    )
    if answer.status == 1:
        raise OutOfTime
    if answer.status == 2:
        return None
    if answer.status != 0:
        raise CannotSolve(f"the linear relaxation of the circles ended with status {answer.status}: {answer.message}")
    duals = answer.eqlin.marginals[: places.mentees].tolist()
    moved = np.array([round(dual * model.unit / LARGEST_FLOAT) for dual in duals], dtype=object)
    part = np.zeros(places.mentee.size)
    part[model.pairs] = answer.x[: model.pairs.size]
    return Relaxed(part, answer.x[model.circles], np.maximum(prices - moved, 0) if duals else prices)


def whole_circles(model: Model, *, deadline: float) -> Rows:
    """Pairs of a good choice of whole circles, by HiGHS's own branch and bound; none when it finds none in time."""
    from scipy.optimize import Bounds, LinearConstraint, milp

    whole = np.zeros(model.costs.size)
    whole[model.circles] = 1
    answer = milp(
        model.costs,
        integrality=whole,
        bounds=Bounds(model.low, model.high),
        constraints=[
            LinearConstraint(model.equal[0], model.equal[1], model.equal[1]),
            LinearConstraint(model.most[0], -np.inf, model.most[1]),
        ],
        options={"time_limit": max((deadline - monotonic()) / 4, 0.01), "mip_rel_gap": 0},
    )
    if answer.x is None:
        return np.zeros(0, dtype=np.int64)
    return model.pairs[answer.x[: model.pairs.size] > 0.5]


def feasible(places: Places, state: NDArray[np.int8], pairs: Rows) -> bool:
    """Whether pairs keep every rule of the circles."""
    load = np.bincount(places.circle[pairs], minlength=places.least.size)
    twice = np.bincount(places.mentee[pairs], minlength=places.mentees) > 1
    open_ = (load > 0) | (state == OPEN)
    sized = (load >= places.least) & (load <= places.most)
    return not twice.any() and bool(sized[open_].all()) and not (load[state == CLOSED] > 0).any()


def too_few(places: Places, opened: Rows) -> tuple[Exact, Rows] | None:
    """Why circles cannot all be opened: mentees whom too many of them need, and the circles that fall short.

    Gives None when they can. The mentees come as flags (1 or 0); by Hall's theorem some set of them proves it.
    """
    from scipy.optimize import linprog
    from scipy.sparse import csr_matrix

    chosen = np.zeros(places.least.size, dtype=bool)
    chosen[opened] = True
    pairs = np.flatnonzero(chosen[places.circle] & (places.least[places.circle] > 0))
    needed = np.where(chosen, places.least, 0)
    flags = np.zeros(places.mentees, dtype=np.int64)
    if pairs.size:
        rows = np.concatenate([places.mentee[pairs], places.mentees + places.circle[pairs]])
        matrix = csr_matrix(
            (np.ones(rows.size), (rows, np.concatenate([np.arange(pairs.size)] * 2))),
            shape=(places.mentees + places.least.size, pairs.size),
        )
        answer = linprog(
            -np.ones(pairs.size),
            A_ub=matrix,
            b_ub=np.concatenate([np.ones(places.mentees), needed.astype(float)]),
            bounds=(0, None),
            method="highs-ds",
        )
        if answer.status != 0:
            raise CannotSolve(f"the sizes of circles could not be checked: {answer.message}")
        flags = np.rint(-answer.ineqlin.marginals[: places.mentees]).astype(np.int64)
    outside = np.bincount(places.circle[pairs][flags[places.mentee[pairs]] == 0], minlength=places.least.size)
    reachable = int(flags.sum()) + int(np.minimum(needed, outside).sum())
    if reachable >= needed.sum():
        return None
    return flags.astype(object), np.flatnonzero(outside < needed)


def filled(places: Places) -> Rows | None:
    """Pairs that open just the circles that pins open, or None when they cannot all be filled."""
    state = np.where(places.must_open, OPEN, CLOSED).astype(np.int8)
    prices = _zeros(places.mentees)
    penalty = penalties(places, state, prices)
    if penalty is None or too_few(places, np.flatnonzero(places.must_open)) is not None:
        return None
    if not places.must_open.any() or not places.least[places.must_open].any():
        return np.zeros(0, dtype=np.int64)
    model = model_of(places, state, prices, penalty, doubt=max(penalty.bound, 1), cut=False)
    relaxed = relax(places, model, prices, deadline=monotonic() + LONGEST)
    if relaxed is None:
        return None
    pairs = np.flatnonzero(relaxed.pair > 0.5)
    if not feasible(places, state, pairs):
        raise CannotSolve("the circles that pins open could not be filled")
    return pairs
