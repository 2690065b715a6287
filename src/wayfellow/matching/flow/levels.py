"""Levels of a lexicographic objective, solved one after the other on what the earlier ones leave open.

Several levels are solved in one call where their costs, weighted so that no sum of a lesser level can outweigh one unit
of a greater, still fit into 64 bits. The prices of that call are then taken apart again into prices for each level, so
a certificate never depends on how levels were put together.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from wayfellow.matching.flow.least_cost import LARGEST_COST_TIMES_NODES, least_cost_flow, longest_path, prices_of
from wayfellow.matching.flow.network import Costs, Face, Flow, Network, filled, narrow
from wayfellow.matching.problem import Ints


@dataclass(frozen=True, eq=False)
class Solved:
    """What some levels gave.

    Args:
        flow: a best flow.
        prices: for each level the prices that prove it.
        face: what is left open after all of them.
    """

    flow: Flow
    prices: tuple[Ints, ...]
    face: Face


def solve_levels(face: Face, levels: Sequence[Costs]) -> Solved:
    """Solve levels in order of importance on a face.

    Raises:
        CannotSolve: the solver gave no optimum.
    """
    prices: list[Ints] = []
    flow = filled(face.network, face.taken)
    rest = list(levels)
    while rest:
        group = _group_that_fits(face, rest)
        weights, unreached = _weights(face, group)
        pair_cost, exit_cost = weighted(face, group, weights)
        flow = least_cost_flow(face, pair_cost, exit_cost)
        merged = prices_of(face, flow, pair_cost, exit_cost, unreached=unreached)
        prices += _taken_apart(merged, weights)
        face = narrow(face, merged, pair_cost, exit_cost)
        rest = rest[len(group) :]
    return Solved(flow, tuple(prices), face)


def face_after(face: Face, levels: Sequence[Costs], prices: Sequence[Ints]) -> Face:
    """What solved levels leave open of a face."""
    for level, price in zip(levels, prices, strict=True):
        face = narrow(face, price, *costs_on(face, level))
    return face


def costs_on(face: Face, level: Costs) -> tuple[Ints, Ints]:
    """A level's costs on the open pair arcs and on the open exits of a face."""
    pair = np.zeros(face.pair.size, dtype=np.int64) if level.pair is None else _part(level.pair, face.pair)
    exit = np.zeros(face.exit.size, dtype=np.int64) if level.exit is None else _part(level.exit, face.exit)
    return pair, exit


def _part(values: Ints, at: Ints) -> Ints:
    return values if values.size == at.size else values[at]


def weighted(face: Face, levels: Sequence[Costs], weights: Sequence[int]) -> tuple[Ints, Ints]:
    """The weighted sum of some levels' costs on the open arcs of a face."""
    pair = np.zeros(face.pair.size, dtype=np.int64)
    exit = np.zeros(face.exit.size, dtype=np.int64)
    for level, weight in zip(levels, weights, strict=True):
        if level.pair is not None:
            pair += weight * _part(level.pair, face.pair)
        if level.exit is not None:
            exit += weight * _part(level.exit, face.exit)
    return pair, exit


def bound_of(network: Network, level: Costs) -> int:
    """How far a level's cost can change along a path or a circle in the residual graph of any flow.

    Such a path passes the sink once at most, hence one exit in and one out; it visits each mentor once at most, with
    one pair arc in and one out.
    """
    bound = 0
    if level.pair is not None and level.pair.size:
        bound += longest_path(network) * max(abs(int(level.pair.min())), abs(int(level.pair.max())))
    if level.exit is not None and level.exit.size:
        bound += max(int(level.exit.max()), 0) - min(int(level.exit.min()), 0)
    return bound


def level_weights(network: Network, levels: Sequence[Costs]) -> tuple[int, ...]:
    """Weights by which some levels may be added up: one unit of a level outweighs all lesser ones along any path."""
    weights: list[int] = []
    below = 0
    for level in reversed(levels):
        weights.append(2 * below + 1)
        below += weights[-1] * bound_of(network, level)
    return tuple(reversed(weights))


def _largest_cost(level: Costs) -> int:
    parts = [part for part in (level.pair, level.exit) if part is not None and part.size]
    return max((max(abs(int(part.min())), abs(int(part.max()))) for part in parts), default=0)


def _group_that_fits(face: Face, levels: list[Costs]) -> list[Costs]:
    """As many of the first levels as can be solved in one call."""
    for size in range(len(levels), 1, -1):
        weights = level_weights(face.network, levels[:size])
        largest = sum(weight * _largest_cost(level) for weight, level in zip(weights, levels[:size], strict=True))
        if largest * (face.network.nodes + 2) < LARGEST_COST_TIMES_NODES:
            return levels[:size]
    return levels[:1]


def _weights(face: Face, group: list[Costs]) -> tuple[tuple[int, ...], int]:
    """The weights of a group, and a price for nodes that cannot reach the sink: above all that a path can cost."""
    weights = level_weights(face.network, group)
    longest = sum(weight * bound_of(face.network, level) for weight, level in zip(weights, group, strict=True))
    largest = sum(weight * _largest_cost(level) for weight, level in zip(weights, group, strict=True))
    return weights, -(-(longest + largest) // weights[0]) * weights[0]


def _taken_apart(merged: Ints, weights: Sequence[int]) -> list[Ints]:
    """Prices of each level from prices of their weighted sum."""
    prices = []
    for weight in weights[:-1]:
        price = (merged + weight // 2) // weight
        merged = merged - price * weight
        prices.append(price)
    return [*prices, merged]


def exact_sum(values: Ints) -> int:
    """The sum of 64-bit integers as a Python integer, without overflow."""
    high, low = values >> 32, values & 0xFFFFFFFF
    return (int(high.sum()) << 32) + int(low.sum())
