"""Who would have to move: the graph of mentors along which people can change places, built once per result.

Node b is a mentor, and node S (the last) is "no mentor at all". An arc b → c says that one mentee of b can go to c
instead, at the change in the objective that this makes; S → c is a mentee with an unmet wish who takes a place with c,
and b → S one who gives a place with b up. Free places join both ends: a place that is free takes whoever comes (b → S,
nobody moves), and a mentor who has somebody can be left with one fewer (S → b, nobody moves).

This is the residual network of the flow with the mentees contracted. Two arcs of one mentee on a shortest path would
have a short cut that is no dearer and has fewer moves (the mentee could go straight from the first mentor to the last),
so that shortest paths pass each mentee at most once, however many mentors a mentee has: contraction loses nothing.
"""

import heapq
from collections import OrderedDict
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray

from wayfellow.matching.problem import Flags, Ints, Problem
from wayfellow.matching.result import Result

# Exact integers in the 64-bit floats that scipy's Dijkstra works in.
LARGEST_EXACT = 2**53
# Distances kept in memory at once (numbers); each column holds one for every mentor.
KEPT_DISTANCES = 2**23

# Whole numbers: int64 where they fit, Python integers in an object array where they do not.
Numbers = NDArray[Any]


@dataclass(frozen=True, slots=True)
class Move:
    """One mentee who changes places.

    Args:
        mentee_id: who moves.
        leaves: the mentor they leave, or None where they take an additional place.
        joins: the mentor they go to, or None where they give the place up.
    """

    mentee_id: str
    leaves: str | None
    joins: str | None


@dataclass(frozen=True, slots=True)
class Scale:
    """How participation, pairs, score and moves stand in one whole number, most important first.

    Args:
        pairs: what one pair is worth in points, more than any chain of moves can change the score by.
        participation: what one mentee with a mentor is worth in pairs.
        steps: what one point is worth in moves, more than any chain has.
    """

    pairs: int
    participation: int
    steps: int

    def of(self, *, participation: int, pairs: int) -> int:
        """Participation and pairs in points."""
        return (participation * self.participation + pairs) * self.pairs

    def split(self, cost: Numbers) -> tuple[Numbers, Numbers, Numbers]:
        """Costs in points as participation, pairs and score."""
        half = self.pairs // 2
        score = (cost + half) % self.pairs - half
        rest = (cost - score) // self.pairs
        half = self.participation // 2
        pairs = (rest + half) % self.participation - half
        return (rest - pairs) // self.participation, pairs, score


@dataclass(frozen=True, eq=False)
class Arcs:
    """Moves, sorted by tail and head, the cheapest of each.

    Args:
        tail, head: nodes, (a,).
        mentee: position of the mentee who moves, or -1 where only a place changes, (a,).
        weight: what the move costs above the nodes' prices, times `Scale.steps`, plus one if somebody moves; 0 or more.
    """

    tail: Ints
    head: Ints
    mentee: Ints
    weight: Numbers


@dataclass(frozen=True, eq=False)
class Displacement:
    """The graph of moves of one result; make it with `displacement_of`.

    Args:
        problem: what was matched.
        starts: where each mentee's pairs begin among the problem's, (n + 1,).
        chosen: whether each pair is in the result, (p,).
        usable: whether each pair may be in a result at all, (p,).
        places: mentors of each mentee in the result, (n,).
        load: mentees of each mentor in the result, (m,).
        scale: how levels stand in one number.
        price: price of each node in points, (m + 1,).
        arcs: the moves that can lie on a shortest path.
    """

    problem: Problem
    starts: Ints
    chosen: Flags
    usable: Flags
    places: Ints
    load: Ints
    scale: Scale
    price: Numbers
    arcs: Arcs
    _columns: OrderedDict[int, tuple[Numbers, Ints]] = field(default_factory=OrderedDict)
    _prepared: dict[str, Any] = field(default_factory=dict)

    @property
    def nobody(self) -> int:
        """The node that stands for no mentor."""
        return len(self.problem.mentor_ids)

    def cost_of_place(self, mentee: int) -> int:
        """What it costs in points that the mentee has one place fewer, its score apart."""
        return self.scale.of(participation=int(self.places[mentee] == 1), pairs=1)

    def gain_of_place(self, mentee: int) -> int:
        """What it gains in points that the mentee has one place more, its score apart."""
        return self.scale.of(participation=int(self.places[mentee] == 0), pairs=1)

    def towards(self, node: int) -> tuple[Numbers, Ints]:
        """Distances of all nodes to one node, and the next node on the way (negative: there is no way).

        Distances are in `Arcs.weight`; unreachable is -1. The last columns asked for are kept.
        """
        if node in self._columns:
            self._columns.move_to_end(node)
            return self._columns[node]
        if "towards" not in self._prepared:
            arcs, size = self.arcs, self.nobody + 1
            self._prepared["towards"] = _search_of(arcs.head, arcs.tail, arcs.weight, size)
        self._columns[node] = column = self._prepared["towards"](node)
        while len(self._columns) > max(16, KEPT_DISTANCES // (self.nobody + 1)):
            self._columns.popitem(last=False)
        return column

    def moves(self, start: int, end: int) -> list[Move]:
        """The cheapest chain of moves that makes room with mentor `start` and takes a place from `end`."""
        _distance, following = self.towards(end)
        problem, arcs = self.problem, self.arcs
        if "keys" not in self._prepared:
            self._prepared["keys"] = arcs.tail * (self.nobody + 1) + arcs.head
        moves = []
        node = start
        while node != end:
            after = int(following[node])
            mentee = int(arcs.mentee[np.searchsorted(self._prepared["keys"], node * (self.nobody + 1) + after)])
            if mentee >= 0:
                moves.append(Move(problem.mentee_ids[mentee], self.mentor_id(node), self.mentor_id(after)))
            node = after
        return moves

    def mentor_id(self, node: int) -> str | None:
        """The id of the mentor at a node; None for no mentor."""
        return None if node == self.nobody else self.problem.mentor_ids[node]


def usable_pairs(result: Result) -> Flags:
    """Pairs that the objective of a result may use: under "min_pair_score" those at or above it, and the pins."""
    problem = result.problem
    if result.min_score is None:
        return np.ones(problem.score.size, dtype=bool)
    return (problem.score >= result.min_score) | problem.pinned


def displacement_of(result: Result) -> Displacement:
    """The graph of moves of a result that is the best by participation, pairs and score, in this order.

    Args:
        result: a result of objective "participation_score" or "min_pair_score".

    Raises:
        ValueError: the result has another objective, or is not the best.
    """
    if result.objective not in ("participation_score", "min_pair_score"):
        raise ValueError(f"No graph of moves for objective {result.objective!r}.")
    problem, usable = result.problem, usable_pairs(result)
    chosen = np.zeros(problem.score.size, dtype=bool)
    chosen[result.chosen] = True
    places = np.bincount(problem.mentee[result.chosen], minlength=len(problem.mentee_ids)).astype(np.int64)
    load = result.load
    scale, exact = _scale_of(problem, usable)
    tail, head, mentee, cost = _moves_of(
        problem, chosen=chosen, usable=usable, places=places, load=load, scale=scale, exact=exact
    )
    size = len(problem.mentor_ids) + 1
    price = _prices(tail, head, cost, _first_guess(result, scale, cost))
    weight = (cost + price[head] - price[tail]) * scale.steps + (mentee >= 0)
    arcs = _needed(Arcs(tail=tail, head=head, mentee=mentee, weight=weight), size)
    starts = np.concatenate([[0], np.cumsum(np.bincount(problem.mentee, minlength=len(problem.mentee_ids)))])
    return Displacement(
        problem=problem,
        starts=starts,
        chosen=chosen,
        usable=usable,
        places=places,
        load=load,
        scale=scale,
        price=price,
        arcs=arcs,
    )


def _scale_of(problem: Problem, usable: Flags) -> tuple[Scale, bool]:
    """A scale on which no chain of moves mixes levels up, and whether it fits into floating point exactly.

    A chain enters and leaves each mentor at most once; all its moves but three are from a mentor to a mentor, which
    change the score by no more than the scores' range.
    """
    score, mentors = problem.score[usable], len(problem.mentor_ids)
    least, most = (int(score.min()), int(score.max())) if score.size else (0, 0)
    largest = (mentors + 2) * (most - least) + 4 * max(abs(least), abs(most)) + 1
    scale = Scale(pairs=2 * largest + 1, participation=8, steps=mentors + 3)
    return scale, 16 * scale.participation * scale.pairs * scale.steps < LARGEST_EXACT


def _moves_of(
    problem: Problem, *, chosen: Flags, usable: Flags, places: Ints, load: Ints, scale: Scale, exact: bool
) -> tuple[Ints, Ints, Ints, Numbers]:
    """All moves as (tail, head, mentee, cost in points), sorted by tail; free places included."""
    nobody = len(problem.mentor_ids)
    score: Numbers = problem.score if exact else problem.score.astype(object)
    first, last = 0 - score, score
    movable = np.flatnonzero(chosen & ~problem.pinned)
    movable = movable[np.argsort(problem.mentor[movable], kind="stable")]
    open_pairs = np.flatnonzero(usable & ~chosen)
    starts = np.searchsorted(problem.mentee[open_pairs], np.arange(len(problem.mentee_ids) + 1))

    # From a mentor to a mentor: each place with each other pair of its mentee.
    mover = problem.mentee[movable]
    count = starts[mover + 1] - starts[mover]
    left = np.repeat(movable, count)
    offset = np.arange(left.size) - np.repeat(np.cumsum(count) - count, count)
    joined = open_pairs[np.repeat(starts[mover], count) + offset]
    parts: list[tuple[Any, ...]] = [
        (problem.mentor[left], problem.mentor[joined], problem.mentee[left], last[left] + first[joined])
    ]

    # From a mentor to nobody, and from nobody to a mentor: the cheapest of each mentor is enough.
    one, two = scale.of(participation=1, pairs=1), scale.of(participation=0, pairs=1)
    value = (
        np.where(places == 1, one, two) if exact else np.array([one if p == 1 else two for p in places], dtype=object)
    )
    left = movable[_cheapest(problem.mentor[movable], last[movable] + value[mover])]
    parts.append((problem.mentor[left], nobody, problem.mentee[left], last[left] + value[problem.mentee[left]]))
    value = np.where(places == 0, one, two) if exact else np.array([two if p else one for p in places], dtype=object)
    joined = open_pairs[(places < problem.want)[problem.mentee[open_pairs]]]
    joined = joined[_cheapest(problem.mentor[joined], first[joined] - value[problem.mentee[joined]])]
    parts.append(
        (nobody, problem.mentor[joined], problem.mentee[joined], first[joined] - value[problem.mentee[joined]])
    )

    free = np.flatnonzero(load < problem.capacity)
    parts.append((free, nobody, -1, 0))
    parts.append((nobody, np.flatnonzero(load > 0), -1, 0))
    tail, head, mentee, cost = (
        np.concatenate([np.broadcast_to(part[k], np.broadcast_shapes(*map(np.shape, part))) for part in parts])
        for k in range(4)
    )
    order = np.argsort(tail, kind="stable")
    return tail[order].astype(np.int64), head[order].astype(np.int64), mentee[order].astype(np.int64), cost[order]


def _cheapest(group: NDArray[Any], cost: Numbers) -> Ints:
    """Position of the cheapest entry of each group that has any; of equals the first."""
    if not group.size:
        return np.zeros(0, dtype=np.int64)
    order = (
        np.lexsort((cost, group))
        if cost.dtype != object
        else np.array(sorted(range(cost.size), key=lambda k: (group[k], cost[k])))
    )
    begins = np.flatnonzero(np.diff(group[order], prepend=-1))
    return order[begins]


def _first_guess(result: Result, scale: Scale, cost: Numbers) -> Numbers:
    """The mentors' prices of the certificate, which are the prices sought unless a pin has changed them; else zeros."""
    size, mentees = len(result.problem.mentor_ids) + 1, len(result.problem.mentee_ids)
    units = {"participation": scale.of(participation=1, pairs=0), "pairs": scale.pairs, "score": 1}
    price: Numbers = np.zeros(size, dtype=cost.dtype)
    for level in result.certificate.levels:
        if level.name in units and level.prices is not None:
            # No useful price is beyond what a chain can cost, and without bounds sums might overflow.
            most = 2 * units["participation"] // units[level.name]
            known = level.prices[mentees:]
            if most <= 2**62:
                known = np.clip(known, -most, most)
            price = price + known.astype(cost.dtype) * units[level.name]
    return price


def _prices(tail: Ints, head: Ints, cost: Numbers, price: Numbers) -> Numbers:
    """Prices under which no move costs less than nothing: label correction, all nodes at once, from a first guess."""
    if not tail.size:
        return price
    begins = np.flatnonzero(np.diff(tail, prepend=-1))
    tails = tail[begins]
    for _sweep in range(price.size + 1):
        better = np.minimum(price[tails], np.minimum.reduceat(cost + price[head], begins))
        if np.array_equal(better, price[tails]):
            return price
        price[tails] = better
    raise ValueError("The result is not the best: a chain of moves improves it.")


def _needed(arcs: Arcs, size: int) -> Arcs:
    """Moves that can lie on a shortest path: the cheapest between two nodes, and no dearer than the way round by S."""
    nobody = size - 1
    to, _ = _search_of(arcs.head, arcs.tail, arcs.weight, size)(nobody)
    back, _ = _search_of(arcs.tail, arcs.head, arcs.weight, size)(nobody)
    there = to[arcs.tail], back[arcs.head]
    keep = np.flatnonzero((there[0] < 0) | (there[1] < 0) | (arcs.weight <= there[0] + there[1]))
    group = arcs.tail[keep] * size + arcs.head[keep]
    keep = keep[_cheapest(group, arcs.weight[keep])]
    return Arcs(tail=arcs.tail[keep], head=arcs.head[keep], mentee=arcs.mentee[keep], weight=arcs.weight[keep])


def _search_of(tail: Ints, head: Ints, weight: Numbers, size: int) -> Any:
    """A function from a node to (distances from it, the node before each); exact for any size of numbers."""
    if weight.dtype == object:
        return _search_in_python(tail, head, weight, size)
    from scipy.sparse import csr_array
    from scipy.sparse.csgraph import dijkstra

    order = np.argsort(tail, kind="stable")
    begins = np.searchsorted(tail[order], np.arange(size + 1)).astype(np.int32)
    # Built from its parts, not from coordinates, which would add up two moves between the same nodes.
    graph = csr_array((weight[order].astype(np.float64), head[order].astype(np.int32), begins), shape=(size, size))

    def search(node: int) -> tuple[Numbers, Ints]:
        distance, before = dijkstra(graph, indices=node, return_predecessors=True)
        reached = np.isfinite(distance)
        return np.where(reached, distance, -1).astype(np.int64), before

    return search


def _search_in_python(tail: Ints, head: Ints, weight: Numbers, size: int) -> Any:
    """The same for numbers beyond what floating point holds exactly."""
    leaving: list[list[tuple[int, int]]] = [[] for _ in range(size)]
    for start, end, length in zip(tail.tolist(), head.tolist(), weight.tolist(), strict=True):
        leaving[start].append((end, length))

    def search(node: int) -> tuple[Numbers, Ints]:
        distance: Numbers = np.full(size, -1, dtype=object)
        before = np.full(size, -9999, dtype=np.int64)
        heap = [(0, node, -9999)]
        while heap:
            length, at, came = heapq.heappop(heap)
            if distance[at] != -1:
                continue
            distance[at], before[at] = length, came
            for end, step in leaving[at]:
                if distance[end] == -1:
                    heapq.heappush(heap, (length + step, end, at))
        return distance, before

    return search
