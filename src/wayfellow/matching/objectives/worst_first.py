"""Worst first: most people, most pairs, then the lowest score of a pair as high as can be, then the highest total.

Fair is meant over pairs. Over the sum of a mentee's several mentors the same question is NP-hard (the Santa Claus
problem), and is not offered.
"""

import numpy as np

from wayfellow.matching.levels import costs_on, face_after, solve_levels
from wayfellow.matching.network import Costs, Face, Flow, Network, least_cost_flow, network_of, prices_of, whole
from wayfellow.matching.objectives.lexicographic import break_ties, chosen_pairs, tie_value, value_of
from wayfellow.matching.problem import Ints, Problem
from wayfellow.matching.result import Certificate, Level, Result


def solve(problem: Problem, *, seed: int) -> Result:
    """The fairest pairs to whoever fares worst; level "lowest_score" proves that no higher threshold is possible.

    Pins do not count towards the lowest score. Without a pair beside them there is no such level.
    """
    network = network_of(problem, "worst_first")
    people, score = [network.costs("participation"), network.costs("pairs")], network.costs("score")
    solved = solve_levels(whole(network), [*people, score])
    flow, prices = solved.flow, solved.prices
    fair: list[Level] = []
    if flow.pair.any():
        face = face_after(whole(network), people, prices[:2])
        threshold, flow_above, proof = _highest_threshold(face, flow)
        fair = [Level("lowest_score", threshold, proof, threshold=threshold)]
        face = at_or_above(face, threshold)
        if flow_above is flow:
            face = face_after(face, [score], prices[2:])
        else:
            again = solve_levels(face, [score])
            flow, face, prices = again.flow, again.face, (*prices[:2], *again.prices)
    else:
        face = solved.face
    flow, ties = break_ties(problem, face, flow, seed=seed)
    chosen = chosen_pairs(problem, network, flow)
    names = ("participation", "pairs", "score")
    first, second, third = (
        Level(name, value_of(problem, chosen, name), price) for name, price in zip(names, prices, strict=True)
    )
    levels = (first, second, *fair, third, Level("ties", tie_value(problem, chosen, seed=seed), ties))
    return Result(problem, "worst_first", seed, chosen, Certificate("prices", levels, gap=0))


def at_or_below(network: Network, threshold: int) -> Costs:
    """A cost of 1 on each pair at or below a score: a flow that needs one cannot do better than the threshold."""
    return Costs("lowest_score", pair=(network.score <= threshold).astype(np.int64))


def at_or_above(face: Face, threshold: int) -> Face:
    """A face without its open pairs below a score."""
    keep = face.network.score[face.pair] >= threshold
    return Face(face.network, face.pair[keep], face.exit, face.taken, face.supply)


def _highest_threshold(face: Face, flow: Flow) -> tuple[int, Flow, Ints]:
    """The highest lowest score on a face, a flow that reaches it, and prices that prove that none goes beyond.

    Looks just above what is reached, in growing steps while that succeeds, then between the last success and the first
    failure.
    """
    network = face.network
    values = np.unique(network.score[np.concatenate([face.pair, np.flatnonzero(face.taken)])])
    reached = int(np.searchsorted(values, network.score[flow.pair].min()))
    failed, proof, step = values.size, np.zeros(network.nodes, dtype=np.int64), 1
    while failed != reached:
        # Try to leave all scores up to `bar` behind.
        at = min(reached + step - 1, values.size - 1) if failed == values.size else (reached + failed - 1) // 2
        bar = int(values[at])
        pair_cost, exit_cost = costs_on(face, at_or_below(network, bar))
        tried = least_cost_flow(face, pair_cost, exit_cost)
        lowest = int(network.score[tried.pair].min())
        if lowest <= bar:
            failed, proof = at, prices_of(face, tried, pair_cost, exit_cost, unreached=2 * network.nodes)
        else:
            reached, flow, step = int(np.searchsorted(values, lowest)), tried, 2 * step
    return int(values[reached]), flow, proof
