"""The cohort as a flow network, its flows, and its faces: the parts on which a level has its least cost.

Nodes are the mentees (0 … n-1), the mentors (n … n+m-1) and the sink (n+m). A mentee sends as many units as they want
mentors, less those that are pinned. Units go through pair arcs (mentee to mentor, at most one each) and then the
mentor's seats to the sink, or straight to the sink as unmet wishes. Arcs into the sink are called exits here. Pins are
no arcs: they take a wish and a seat before the network is drawn.

Prices follow one sign everywhere: the reduced cost of an arc is cost - price(tail) + price(head), the sink's price is
0, and so a node's price is the cost of one more unit there. A flow has least cost exactly when prices exist by which
arcs of positive reduced cost are empty and arcs of negative reduced cost full (linear programming duality).
"""

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from wayfellow.matching.problem import Flags, Ints, Positions, Problem


@dataclass(frozen=True, eq=False)
class Costs:
    """What the arcs cost at one level; an omitted part costs nothing."""

    name: str
    pair: Ints | None = None
    exit: Ints | None = None


@dataclass(frozen=True, eq=False)
class Network:
    """The network of one cohort under one objective.

    Args:
        mentees, mentors: how many nodes of each kind.
        pair: position in the problem of each pair arc, ascending, (q,). Pinned pairs are not among them, nor pairs of
            people without a wish or a seat left, nor pairs below the lowest score allowed.
        mentee, mentor: positions of the two people of each pair arc, (q,).
        score: score of each pair arc, (q,).
        exit_node: node that each exit leaves from, (e,): first unmet wishes, then seats. Of one node the cheaper come
            first.
        exit_capacity: units that each exit can carry, (e,).
        unmet: how many of the exits are unmet wishes.
        last_wish: exits which leave a mentee without any mentor, (e,).
        rank: exits that are seats: how many mentees the mentor has when the seat is taken, 0 for unmet wishes, (e,).
            It counts only where each seat is an exit of its own.
        below_minimum: exits that are seats below the mentor's minimum, (e,).
        supply: units that each node sends, (n + m,).
    """

    mentees: int
    mentors: int
    pair: NDArray[np.int64]
    mentee: Positions
    mentor: Positions
    score: Ints
    exit_node: Positions
    exit_capacity: Ints
    unmet: int
    last_wish: Flags
    rank: Ints
    below_minimum: Flags
    supply: Ints

    @property
    def nodes(self) -> int:
        """Number of nodes, the sink included."""
        return self.mentees + self.mentors + 1

    def costs(self, name: str) -> Costs:
        """Costs of a level by name: "participation", "pairs", "minimums", "load" or "score"."""
        if name == "participation":
            return Costs(name, exit=self.last_wish.astype(np.int64))
        if name == "pairs":
            return Costs(name, exit=(np.arange(self.exit_node.size) < self.unmet).astype(np.int64))
        if name == "minimums":
            return Costs(name, exit=-self.below_minimum.astype(np.int64))
        if name == "load":
            return Costs(name, exit=np.where(self.rank > 0, 2 * self.rank - 1, 0))
        if name == "score":
            return Costs(name, pair=-self.score)
        raise KeyError(name)


@dataclass(frozen=True, eq=False)
class Flow:
    """Units on each pair arc and on each exit."""

    pair: Flags
    exit: Ints


@dataclass(frozen=True, eq=False)
class Face:
    """The part of a network that is still open: arcs that earlier levels have not fixed, and what is left to send.

    Args:
        network: the whole.
        pair: positions of the open pair arcs among the network's pair arcs, ascending.
        exit: positions of the open exits among the network's exits, ascending.
        taken: pair arcs that every flow of the face uses, flags over the network's pair arcs.
        supply: units that each node has left to send through open arcs, (n + m,).
    """

    network: Network
    pair: NDArray[np.int64]
    exit: NDArray[np.int64]
    taken: Flags
    supply: Ints

    @property
    def mentee(self) -> Positions:
        """Mentee of each open pair arc."""
        return at_positions(self.network.mentee, self.pair)

    @property
    def mentor(self) -> Positions:
        """Mentor of each open pair arc."""
        return at_positions(self.network.mentor, self.pair)


def network_of(
    problem: Problem, objective: str, *, min_score: int | None = None, could_take: Ints | None = None
) -> Network:
    """The network on which `match` solves an objective and `verify` checks it. Built from the problem alone.

    Args:
        problem: the cohort.
        objective: "balanced" gives each seat an exit of its own; "minimums" parts the seats at the minimum.
        min_score: leave pairs below it out, where the objective is "min_pair_score".
        could_take: how many mentees each mentor could have, where the problem holds only some of the allowed pairs: a
            seat that none of these pairs leads to is free all the same, and its price says so.
    """
    n, m = len(problem.mentee_ids), len(problem.mentor_ids)
    pinned_want = np.bincount(problem.mentee[problem.pinned], minlength=n)
    pinned_load = np.bincount(problem.mentor[problem.pinned], minlength=m)
    wishes = problem.want - pinned_want
    seats = problem.capacity - pinned_load
    usable = ~problem.pinned
    if min_score is not None:
        usable &= problem.score >= min_score
    if (wishes == 0).any():
        usable &= (wishes > 0)[problem.mentee]
    if (seats == 0).any():
        usable &= (seats > 0)[problem.mentor]
    everything = bool(usable.all())
    pair = np.arange(problem.score.size) if everything else np.flatnonzero(usable)
    mentee = problem.mentee if everything else problem.mentee[pair]
    mentor = problem.mentor if everything else problem.mentor[pair]
    degree = np.bincount(mentor, minlength=m) if could_take is None else could_take

    # A second unmet wish is cheaper than the last one, which leaves the mentee alone.
    lonely = (wishes > 0) & (pinned_want == 0)
    others = wishes - lonely
    second, last = np.flatnonzero(others > 0), np.flatnonzero(lonely)
    unmet_node = np.concatenate([second, last])
    unmet_capacity = np.concatenate([others[second], np.ones(last.size, dtype=np.int64)])

    # Seats beyond the number of mentees who could take them are never used.
    seats = np.minimum(seats, degree)
    used = np.flatnonzero(seats > 0)
    if objective == "balanced":
        seat_node = np.repeat(used, seats[used])
        first = np.repeat(np.cumsum(seats[used]) - seats[used], seats[used])
        rank = np.arange(seat_node.size) - first + 1 + pinned_load[seat_node]
        seat_capacity = np.ones(seat_node.size, dtype=np.int64)
        below = np.zeros(seat_node.size, dtype=bool)
    else:
        wanted = np.zeros(used.size, dtype=np.int64)
        if objective == "minimums":
            wanted = np.clip(problem.minimum[used] - pinned_load[used], 0, seats[used])
        low, high = np.flatnonzero(wanted > 0), np.flatnonzero(seats[used] > wanted)
        seat_node = used[np.concatenate([low, high])]
        seat_capacity = np.concatenate([wanted[low], (seats[used] - wanted)[high]])
        below = np.arange(seat_node.size) < low.size
        rank = np.zeros(seat_node.size, dtype=np.int64)

    no_wish = np.zeros(unmet_node.size, dtype=np.int64)
    return Network(
        mentees=n,
        mentors=m,
        pair=pair,
        mentee=mentee,
        mentor=mentor,
        score=problem.score if everything else problem.score[pair],
        exit_node=np.concatenate([unmet_node, seat_node + n]).astype(np.int32),
        exit_capacity=np.concatenate([unmet_capacity, seat_capacity]).astype(np.int64),
        unmet=unmet_node.size,
        last_wish=_between(second.size, unmet_node.size, unmet_node.size + seat_node.size),
        rank=np.concatenate([no_wish, rank]),
        below_minimum=np.concatenate([no_wish.astype(bool), below]),
        supply=np.concatenate([wishes, np.zeros(m, dtype=np.int64)]),
    )


def _between(start: int, end: int, size: int) -> Flags:
    flags = np.zeros(size, dtype=bool)
    flags[start:end] = True
    return flags


def flow_of(network: Network, chosen: NDArray[np.int64]) -> Flow:
    """The flow that chosen pairs (positions in the problem) make.

    Chosen pairs that are no arcs of the network (pins) carry nothing.
    """
    pair = np.zeros(network.pair.size, dtype=bool)
    at = np.searchsorted(network.pair, chosen)
    inside = at < network.pair.size
    at, chosen = at[inside], chosen[inside]
    pair[at[network.pair[at] == chosen]] = True
    return filled(network, pair)


def filled(network: Network, pair: Flags) -> Flow:
    """The flow that uses some pair arcs: of one node's exits the first, which are never dearer, fill first."""
    n, m = network.mentees, network.mentors
    to_send = network.supply.copy()
    to_send[:n] -= np.bincount(network.mentee[pair], minlength=n)
    to_send[n:] += np.bincount(network.mentor[pair], minlength=m)
    order = np.argsort(network.exit_node, kind="stable")
    node, capacity = network.exit_node[order], network.exit_capacity[order]
    before = np.cumsum(capacity) - capacity
    starts = np.flatnonzero(np.diff(node, prepend=-1))
    first = np.repeat(before[starts], np.diff(starts, append=node.size))
    exit_flow = np.zeros(node.size, dtype=np.int64)
    exit_flow[order] = np.clip(to_send[node] - (before - first), 0, capacity)
    return Flow(pair, exit_flow)


def whole(network: Network) -> Face:
    """The face on which nothing is fixed yet."""
    return Face(
        network,
        np.arange(network.pair.size),
        np.arange(network.exit_node.size),
        np.zeros(network.pair.size, dtype=bool),
        network.supply,
    )


def at_positions(values: NDArray[Any], positions: NDArray[np.int64]) -> NDArray[Any]:
    """Values at ascending positions, without a copy where these are all."""
    return values if values.size == positions.size else values[positions]


def reduced_costs(face: Face, prices: Ints, pair_cost: Ints, exit_cost: Ints) -> tuple[Ints, Ints]:
    """Reduced costs of a face's open pair arcs and exits."""
    pair = pair_cost - prices[face.mentee]
    pair += prices[face.mentor + face.network.mentees]
    return pair, exit_cost - prices[face.network.exit_node[face.exit]]


def narrow(face: Face, prices: Ints, pair_cost: Ints, exit_cost: Ints) -> Face:
    """The part of a face on which a level's cost is least: arcs whose reduced cost is not 0 are fixed.

    Exactly the flows of least cost remain, whichever optimal prices are given.
    """
    return fixed(face, *reduced_costs(face, prices, pair_cost, exit_cost), 0)


def fixed(face: Face, reduced_pair: Ints, reduced_exit: Ints, limit: int) -> Face:
    """A face with all arcs fixed whose reduced costs are beyond a limit: above it empty, below its negative full."""
    network, n = face.network, face.network.mentees
    full_pair = face.pair[reduced_pair < -limit]
    node, capacity = network.exit_node[face.exit], network.exit_capacity[face.exit]
    full_exit = reduced_exit < -limit
    supply = face.supply.copy()
    np.subtract.at(supply, network.mentee[full_pair], 1)
    np.add.at(supply, network.mentor[full_pair] + n, 1)
    np.subtract.at(supply, node[full_exit], capacity[full_exit])
    taken = face.taken.copy()
    taken[full_pair] = True
    pair, exit = face.pair[abs(reduced_pair) <= limit], face.exit[abs(reduced_exit) <= limit]
    return Face(network, pair, exit, taken, supply)
