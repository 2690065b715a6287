"""The flow of a result, kept the best while the cohort changes a little: one shortest path per place that changes.

The network is that of `wayfellow.matching.flow.network`. The levels participation, pairs, score and ties are kept apart
as tuples in lexicographic order: all that shortest paths and prices need is an order that adding keeps, so the
classical argument (Ahuja, Magnanti and Orlin 1993, chapter 9.7, successive shortest paths) holds for tuples as it does
for numbers. A path is found on the first three levels as one exact floating-point number, and among the paths that are
equal there by the fourth, in 64-bit integers. Only nodes nearer than the end of the path change their price.
"""

from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from wayfellow.matching.flow.levels import exact_sum
from wayfellow.matching.flow.ties import hash_pairs, tie_bits
from wayfellow.matching.problem import Flags, Ints, Problem
from wayfellow.matching.result import Certificate, Level, Result

LEVELS = ("participation", "pairs", "score", "ties")
LARGEST_EXACT = 2**53
# Prices of ties beyond this could overflow when a path is added.
LARGEST_TIE_PRICE = 2**61

Value = tuple[int, int, int, int]
NOTHING: Value = (0, 0, 0, 0)


class TooLarge(ArithmeticError):
    """Numbers grow beyond what is exact here: match anew."""


class NoWay(RuntimeError):
    """The network is broken: there is no path where there must be one."""


@dataclass(frozen=True, eq=False)
class Found:
    """A shortest path.

    Args:
        length: its length above the prices, level by level.
        pairs: positions of the pairs on it.
        exits: the nodes between which and the sink it runs: (node, +1) into the sink, (node, -1) out of it.
    """

    length: Value
    pairs: Ints
    exits: list[tuple[int, int]]


class Warm:
    """A flow of least cost and its prices, both of which change in place.

    Nodes are those of `network.Network`: mentees 0 … n-1, mentors n … n+m-1, and the sink.
    """

    def __init__(self, problem: Problem, chosen: Flags, prices: Ints, *, seed: int) -> None:
        n, m = len(problem.mentee_ids), len(problem.mentor_ids)
        self.problem, self.seed = problem, seed
        self.mentees, self.mentors, self.sink = n, m, n + m
        self.degree = np.bincount(problem.mentee, minlength=n)
        self.alive = np.ones(problem.score.size, dtype=bool)
        self.chosen, self.chosen_before, self.pinned = chosen, chosen.copy(), problem.pinned.copy()
        self.prices = prices
        at = np.flatnonzero(self.chosen)
        loose, pins = at[~self.pinned[at]], np.flatnonzero(self.pinned)
        pinned_want = np.bincount(problem.mentee[pins], minlength=n)
        self.lonely = pinned_want == 0
        self.wishes = problem.want - pinned_want
        self.unmet = self.wishes - np.bincount(problem.mentee[loose], minlength=n)
        self.seats = problem.capacity - np.bincount(problem.mentor[pins], minlength=m)
        self.taken = np.bincount(problem.mentor[loose], minlength=m).astype(np.int64)
        score = problem.score
        self.least, self.most = (int(score.min()), int(score.max())) if score.size else (0, 0)
        self.bits = tie_bits(self.sink + 1)
        self._settle()

    def _settle(self) -> None:
        """Prices of people outside the network are nothing; so is a place where some are free."""
        outside = np.concatenate([self.wishes <= 0, self.seats <= 0, [True]])
        # A mentor who has all that may come to them has free places and yet, with the seats cut to match, a price.
        outside[self.mentees : self.sink] |= self.taken < self.seats
        self.prices[:, outside] = 0

    def price(self, node: int) -> Value:
        """A node's price."""
        one, two, three, four = self.prices[:, node].tolist()
        return one, two, three, four

    def set_price(self, node: int, value: Value) -> None:
        """Set a node's price."""
        self.prices[:, node] = value

    def unmet_cost(self, mentee: int) -> Value:
        """What the mentee's next unmet wish costs."""
        last = self.lonely[mentee] and self.unmet[mentee] == self.wishes[mentee] - 1
        return int(last), 1, 0, 0

    def open_pairs_of_mentee(self, mentee: int) -> Ints:
        """Pairs of a mentee that a path may take."""
        start = int(self.degree[:mentee].sum())
        pairs = np.arange(start, start + int(self.degree[mentee]))
        return self._open(pairs)

    def open_pairs_of_mentor(self, mentor: int) -> Ints:
        """Pairs of a mentor that a path may take."""
        return self._open(np.flatnonzero(self.problem.mentor == mentor))

    def _open(self, pairs: Ints) -> Ints:
        problem = self.problem
        free = self.alive[pairs] & ~self.chosen[pairs]
        free &= (self.wishes > 0)[problem.mentee[pairs]] & (self.seats > 0)[problem.mentor[pairs]]
        return pairs[free]

    def tie_costs(self, pairs: Ints) -> Ints:
        """Costs of some pairs at level "ties"."""
        problem = self.problem
        hashes = hash_pairs(
            problem.mentee_ids,
            problem.mentor_ids,
            seed=self.seed,
            mentee=problem.mentee[pairs],
            mentor=problem.mentor[pairs],
        )
        return (hashes >> np.uint64(64 - self.bits)).astype(np.int64) + 1

    def pair_values(self, pairs: Ints) -> list[Value]:
        """Costs of some pairs, level by level."""
        scores, ties = self.problem.score[pairs].tolist(), self.tie_costs(pairs).tolist()
        return [(0, 0, -score, tie) for score, tie in zip(scores, ties, strict=True)]

    def push(self, path: Found) -> None:
        """Send one unit along a path."""
        self.chosen[path.pairs] ^= True
        for node, way in path.exits:
            if node < self.mentees:
                self.unmet[node] += way
            else:
                self.taken[node - self.mentees] += way

    def send(self, start: int, end: int) -> None:
        """Send one unit from a node to another along the shortest path there is."""
        path = self.search(start, end)
        if path is None:
            raise NoWay
        self.push(path)

    def search(self, start: int, end: int, *, below: Value | None = None) -> Found | None:
        """The shortest path, with prices mended so that all along it cost nothing; None if it is not below a length.

        Raises:
            TooLarge: the numbers are not exact any more.
        """
        weights = self._weights()
        price = np.zeros(self.sink + 1)
        for weight, level in zip(weights, self.prices[:3], strict=True):
            price += float(weight) * level
        cost = self._pair_costs(price)
        limit = np.inf if below is None else float(sum(w * b for w, b in zip(weights, below[:3], strict=True)))
        bounds = [(self.most - self.least) / 128, (self.most - self.least) / 8, 2.0 * weights[1], np.inf]
        for bound in [*(bound for bound in bounds if bound < limit), limit]:
            arcs = _Arcs.within(self, cost, price, weights, bound)
            distance = arcs.distances(start, bound)
            if distance[end] <= bound or bound == limit:
                break
        far = distance[end]
        if far == np.inf and below is None:
            raise NoWay
        at_most = min(far, limit)
        arcs = arcs.tight(distance, at_most)
        ties, before = arcs.ties(self, start)
        near = np.flatnonzero(distance <= at_most)
        lengths = self._apart(distance[near], near, price, start, weights)
        lengths = np.vstack([lengths, ties[near]])
        found = None
        length = below
        if far <= limit:
            one, two, three, four = lengths[:, np.searchsorted(near, end)].tolist()
            if below is None or (one, two, three, four) < below:
                length = (one, two, three, four)
                found = arcs.path(self, start, end, before, length)
        if length is None:
            raise NoWay
        nearer = (distance[near] < at_most) | (lengths[3] < length[3])
        self.prices[:, near[nearer]] += np.array(length)[:, None] - lengths[:, nearer]
        if self.prices[:, self.sink].any():
            self.prices -= self.prices[:, self.sink : self.sink + 1].copy()
        return found

    def _weights(self) -> tuple[int, int, int]:
        """Weights that put the first three levels into one number; exact, whatever the prices."""
        largest = np.abs(self.prices).max(axis=1).tolist()
        if largest[3] > LARGEST_TIE_PRICE:
            raise TooLarge
        score = (self.mentors + 2) * (self.most - self.least) + 4 * max(abs(self.least), abs(self.most))
        pair = 4 * (score + largest[2] + 1)
        person = pair * 4 * (4 + largest[1])
        if person * (8 + 4 * largest[0]) >= LARGEST_EXACT:
            raise TooLarge
        return person, pair, 1

    def _pair_costs(self, price: NDArray[np.float64]) -> NDArray[np.float64]:
        """Length of each pair's arc from mentee to mentor; infinite where a path may not take it."""
        problem = self.problem
        ahead = np.where(self.seats > 0, price[self.mentees : -1], np.inf)
        cost = ahead[problem.mentor]
        cost -= problem.score
        cost -= np.repeat(np.where(self.wishes > 0, price[: self.mentees], -np.inf), self.degree)
        cost[self.chosen | ~self.alive] = np.inf
        return cost

    def _apart(
        self,
        distance: NDArray[np.float64],
        nodes: Ints,
        price: NDArray[np.float64],
        start: int,
        weights: tuple[int, ...],
    ) -> Ints:
        """Distances taken apart into levels: what a path costs is small at each level, whatever the prices."""
        cost = (distance - price[nodes] + price[start]).astype(np.int64)
        pair, person = weights[1], weights[0] // weights[1]
        score = (cost + pair // 2) % pair - pair // 2
        rest = (cost - score) // pair
        pairs = (rest + person // 2) % person - person // 2
        paths = np.vstack([(rest - pairs) // person, pairs, score])
        return paths + self.prices[:3, nodes] - self.prices[:3, start : start + 1]

    def result(self, problem: Problem, result: Result, *, without: int | None = None) -> Result:
        """The result of the changed cohort.

        Args:
            problem: the changed cohort.
            result: that of the cohort before.
            without: the node that the changed cohort has not.
        """
        chosen = np.flatnonzero(self.chosen[self.alive])
        self._settle()
        prices = self.prices if without is None else np.delete(self.prices, without, axis=1)
        now = self.chosen & self.alive
        come, gone = np.flatnonzero(now & ~self.chosen_before), np.flatnonzero(self.chosen_before & ~now)
        ties = result.certificate.levels[-1].value + sum(self.tie_costs(come).tolist())
        values = (
            int(np.count_nonzero(np.bincount(problem.mentee[chosen]))),
            int(chosen.size),
            exact_sum(problem.score[chosen]),
            ties - sum(self.tie_costs(gone).tolist()),
        )
        levels = tuple(
            Level(name, value, prices[k].copy()) for k, (name, value) in enumerate(zip(LEVELS, values, strict=True))
        )
        return replace(result, problem=problem, chosen=chosen, certificate=Certificate("prices", levels, gap=0))


@dataclass(frozen=True, eq=False)
class _Arcs:
    """Residual arcs: `pair` is the position of their pair, or -1 for an exit."""

    tail: Ints
    head: Ints
    length: NDArray[np.float64]
    pair: Ints
    nodes: int

    @staticmethod
    def within(
        warm: Warm, cost: NDArray[np.float64], price: NDArray[np.float64], weights: tuple[int, ...], bound: float
    ) -> "_Arcs":
        """All arcs no longer than a bound."""
        problem, n, sink = warm.problem, warm.mentees, warm.sink
        ahead = np.flatnonzero(cost <= bound) if bound < np.inf else np.flatnonzero(cost < np.inf)
        back = np.flatnonzero(warm.chosen & warm.alive & ~warm.pinned)
        back_tail, back_head = problem.mentor[back] + n, problem.mentee[back].astype(np.int64)
        back_length = problem.score[back] - price[back_tail] + price[back_head]
        person, pair = float(weights[0]), float(weights[1])
        unmet = np.flatnonzero(warm.unmet < warm.wishes)
        next_cost = pair + person * (warm.lonely[unmet] & (warm.unmet[unmet] == warm.wishes[unmet] - 1))
        met = np.flatnonzero(warm.unmet > 0)
        last_cost = pair + person * (warm.lonely[met] & (warm.unmet[met] == warm.wishes[met]))
        free = np.flatnonzero(warm.taken < warm.seats) + n
        full = np.flatnonzero(warm.taken > 0) + n
        parts: list[tuple[Any, ...]] = [(problem.mentee[ahead], problem.mentor[ahead] + n, cost[ahead], ahead)]
        for tails, heads, length, at in (
            (back_tail, back_head, back_length, back),
            (unmet, sink, next_cost - price[unmet], -1),
            (sink, met, price[met] - last_cost, -1),
            (free, sink, -price[free], -1),
            (sink, full, price[full], -1),
        ):
            if length.size and length.min() < 0:
                raise TooLarge
            short = np.flatnonzero(length <= bound)
            parts.append(
                tuple(
                    part[short] if isinstance(part, np.ndarray) else np.full(short.size, part)
                    for part in (tails, heads, length, at)
                )
            )
        tail, head, length, at = (np.concatenate([part[k] for part in parts]) for k in range(4))
        if length.size and length.min() < 0:
            raise TooLarge
        order = np.argsort(tail, kind="stable")
        return _Arcs(tail[order].astype(np.int64), head[order].astype(np.int64), length[order], at[order], sink + 1)

    def distances(self, start: int, limit: float) -> NDArray[np.float64]:
        """Distances from a node, infinite beyond a limit."""
        from scipy.sparse import csr_array
        from scipy.sparse.csgraph import dijkstra

        begins = np.searchsorted(self.tail, np.arange(self.nodes + 1)).astype(np.int32)
        graph = csr_array((self.length, self.head.astype(np.int32), begins), shape=(self.nodes, self.nodes))
        distance: NDArray[np.float64] = dijkstra(graph, indices=start, limit=limit)
        return distance

    def tight(self, distance: NDArray[np.float64], at_most: float) -> "_Arcs":
        """Arcs that lie on shortest paths no longer than a bound, sorted by head."""
        head = distance[self.head]
        keep = np.flatnonzero((head <= at_most) & (distance[self.tail] + self.length == head))
        keep = keep[np.argsort(self.head[keep], kind="stable")]
        return _Arcs(self.tail[keep], self.head[keep], self.length[keep], self.pair[keep], self.nodes)

    def ties(self, warm: Warm, start: int) -> tuple[Ints, Ints]:
        """Shortest distances at level "ties" over these arcs, and the arc by which each node is reached.

        Arcs may be below 0 here (they lead on at the other levels), circles are not: label correction.
        """
        distance = np.full(self.nodes, 2**62, dtype=np.int64)
        before = np.full(self.nodes, -1, dtype=np.int64)
        distance[start] = 0
        if not self.head.size:
            return distance, before
        length = warm.prices[3][self.head] - warm.prices[3][self.tail]
        pairs = np.flatnonzero(self.pair >= 0)
        costs = warm.tie_costs(self.pair[pairs])
        length[pairs] += np.where(self.tail[pairs] < warm.mentees, costs, -costs)
        begins = np.flatnonzero(np.diff(self.head, prepend=-1))
        heads = self.head[begins]
        sizes = np.diff(begins, append=self.head.size)
        while True:
            reached = distance[self.tail]
            offer = np.where(reached < 2**62, reached + length, 2**62)
            best = np.minimum.reduceat(offer, begins)
            better = best < distance[heads]
            if not better.any():
                return distance, before
            by = np.flatnonzero((offer == np.repeat(best, sizes)) & np.repeat(better, sizes))
            before[self.head[by]] = by
            distance[heads[better]] = best[better]

    def path(self, warm: Warm, start: int, end: int, before: Ints, length: Value) -> Found:
        """The path from start to end that the arcs before each node make."""
        pairs: list[int] = []
        exits: list[tuple[int, int]] = []
        node = end
        for _ in range(self.nodes):
            if node == start:
                return Found(length, np.array(pairs, dtype=np.int64), exits)
            arc = before[node]
            tail = int(self.tail[arc])
            if self.pair[arc] >= 0:
                pairs.append(int(self.pair[arc]))
            else:
                exits.append((tail, 1) if node == warm.sink else (node, -1))
            node = tail
        raise NoWay


def warm_of(result: Result) -> Warm:
    """The flow and prices of a result.

    Raises:
        TooLarge: the result has no prices of the levels of "participation_score".
    """
    levels = result.certificate.levels
    if result.objective != "participation_score" or tuple(level.name for level in levels) != LEVELS:
        raise TooLarge
    prices = [level.prices for level in levels if level.prices is not None]
    if len(prices) != len(LEVELS):
        raise TooLarge
    chosen = np.zeros(result.problem.score.size, dtype=bool)
    chosen[result.chosen] = True
    return Warm(result.problem, chosen, np.vstack(prices), seed=result.seed)
