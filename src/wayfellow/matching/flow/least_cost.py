"""Least-cost flows by OR-Tools, and the node prices that prove them, which it does not give."""

import numpy as np
from numpy.typing import NDArray

from wayfellow.matching.errors import CannotSolve
from wayfellow.matching.flow.network import Face, Flow, Network, at_positions, filled, fixed, reduced_costs
from wayfellow.matching.problem import Ints, Positions

# OR-Tools multiplies costs by the number of nodes in 64 bits; beyond this it refuses (measured: 2^61.7).
LARGEST_COST_TIMES_NODES = 2**61


def least_cost_flow(face: Face, pair_cost: Ints, exit_cost: Ints) -> Flow:
    """A flow of least cost among those of a face. Costs are those of its open arcs.

    Where the costs are too large for the solver, it first solves them without their last digits, and then only what
    these can still change: an arc whose reduced cost is more than all last digits on a path together is settled.

    Raises:
        CannotSolve: the solver gave no optimum.
    """
    flow = _solve(face, pair_cost, exit_cost)
    if flow is not None:
        return flow
    longest = longest_path(face.network)
    largest = max(_largest(pair_cost), _largest(exit_cost))
    digits = (largest.bit_length() - longest.bit_length()) // 2
    if digits < 1:
        raise CannotSolve("the costs are too large for this number of people")
    coarse_pair, coarse_exit = pair_cost >> digits, exit_cost >> digits
    coarse = least_cost_flow(face, coarse_pair, coarse_exit)
    unreached = (longest + 1) * ((largest >> digits) + 1)
    prices = prices_of(face, coarse, coarse_pair, coarse_exit, unreached=unreached) << digits
    pair_cost, exit_cost = reduced_costs(face, prices, pair_cost, exit_cost)
    limit = longest << digits
    left = fixed(face, pair_cost, exit_cost, limit)
    return least_cost_flow(left, pair_cost[abs(pair_cost) <= limit], exit_cost[abs(exit_cost) <= limit])


def longest_path(network: Network) -> int:
    """The most arcs that a path without a circle can have: in and out of each mentor, and of the sink."""
    return 2 * min(network.mentees, network.mentors) + 2


def _largest(costs: Ints) -> int:
    return max(abs(int(costs.min())), abs(int(costs.max()))) if costs.size else 0


def _solve(face: Face, pair_cost: Ints, exit_cost: Ints) -> Flow | None:
    """A flow of least cost, or None where the costs are too large for the solver.

    It says so itself, but only in so far as costs times nodes fit into 64 bits; node prices may need a little more.
    """
    from ortools.graph.python.min_cost_flow import SimpleMinCostFlow

    network, n = face.network, face.network.mentees
    sink = network.nodes - 1
    pair_flow = face.taken.copy()
    if face.pair.size == 0:
        return filled(network, pair_flow)
    if max(_largest(pair_cost), _largest(exit_cost)) * (network.nodes + 2) >= LARGEST_COST_TIMES_NODES:
        return None
    solver = SimpleMinCostFlow()
    pairs = solver.add_arcs_with_capacity_and_unit_cost(
        face.mentee,
        face.mentor + np.int32(n),
        np.ones(face.pair.size, dtype=np.int64),
        pair_cost,
    )
    solver.add_arcs_with_capacity_and_unit_cost(
        network.exit_node[face.exit],
        np.full(face.exit.size, sink, dtype=np.int32),
        network.exit_capacity[face.exit],
        exit_cost,
    )
    sending = np.flatnonzero(face.supply).astype(np.int32)
    solver.set_nodes_supplies(sending, face.supply[sending])
    solver.set_node_supply(sink, -int(face.supply.sum()))
    status = solver.solve()
    if status == SimpleMinCostFlow.BAD_COST_RANGE:
        return None
    if status != SimpleMinCostFlow.OPTIMAL:
        raise CannotSolve(f"minimum cost flow ended with status {status.name}")
    pair_flow[face.pair] = solver.flows(pairs) > 0
    return filled(network, pair_flow)


def prices_of(face: Face, flow: Flow, pair_cost: Ints, exit_cost: Ints, *, unreached: int) -> Ints:
    """Node prices that prove a flow to be of least cost on a face: each node's cheapest way to the sink that is open.

    Label correction on the residual graph, from the nodes whose price fell to those they can make cheaper.

    Args:
        face: what is open.
        flow: a flow of least cost on it.
        pair_cost, exit_cost: costs of the open arcs.
        unreached: price to begin with, and that of nodes without any way to the sink.

    Raises:
        CannotSolve: the flow was not of least cost.
    """
    network, n = face.network, face.network.mentees
    price = np.full(network.nodes, unreached, dtype=np.int64)
    price[-1] = 0
    node, carried = network.exit_node[face.exit], flow.exit[face.exit]
    room = carried < network.exit_capacity[face.exit]
    np.minimum.at(price, node[room], exit_cost[room])

    mentees, mentors, used = face.mentee, face.mentor, at_positions(flow.pair, face.pair)
    back = np.flatnonzero(used)
    back_from, back_to, back_cost = mentees[back], mentors[back] + n, pair_cost[back]
    ahead = _sorted_by(mentors, network.mentors)
    if back.size:
        ahead = ahead[~used[ahead]]
    ahead_from, ahead_to, ahead_cost = mentees[ahead], mentors[ahead], pair_cost[ahead]
    starts = np.searchsorted(ahead_to, np.arange(network.mentors + 1))

    np.minimum.at(price, back_to, price[back_from] - back_cost)
    mentee, offer = ahead_from, ahead_cost + price[ahead_to + n]
    for _ in range(2 * network.nodes + 2):
        better = offer < price[mentee]
        if not better.any():
            break
        mentee, offer = mentee[better], offer[better]
        np.minimum.at(price, mentee, offer)
        touched = np.zeros(n, dtype=bool)
        touched[mentee] = True
        through = touched[back_from]
        mentor = back_to[through]
        offer = price[back_from[through]] - back_cost[through]
        better = offer < price[mentor]
        if not better.any():
            break
        np.minimum.at(price, mentor[better], offer[better])
        fell = np.unique(mentor[better]) - n
        at = _ranges(starts[fell], starts[fell + 1])
        mentee, offer = ahead_from[at], ahead_cost[at] + price[ahead_to[at] + n]
    else:
        raise CannotSolve("the flow was not of least cost: prices do not settle")
    held = carried > 0
    if (price[node[held]] < exit_cost[held]).any():
        raise CannotSolve("the flow was not of least cost: an exit is dearer than its node's price")
    return price


def _sorted_by(keys: Positions, count: int) -> NDArray[np.int64]:
    """The order that sorts small numbers, equal ones as they stand; 16 bits at a time, which numpy sorts by radix."""
    order = np.argsort((keys & 0xFFFF).astype(np.uint16), kind="stable")
    if count > 2**16:
        order = order[np.argsort((keys >> 16).astype(np.uint16)[order], kind="stable")]
    return order


def _ranges(starts: NDArray[np.int64], ends: NDArray[np.int64]) -> NDArray[np.int64]:
    """The numbers from each start up to its end, one range after the other."""
    sizes = ends - starts
    total = int(sizes.sum())
    return np.arange(total) + np.repeat(starts - (np.cumsum(sizes) - sizes), sizes)
