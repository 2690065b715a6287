"""Worst first: most people, most pairs, then the lowest score of a pair as high as can be, then the highest total.

Fair is meant over pairs. Over the sum of a mentee's several mentors the same question is NP-hard (the Santa Claus
problem), and is not offered.
"""

import numpy as np

from wayfellow.matching.flow.least_cost import least_cost_flow, prices_of
from wayfellow.matching.flow.levels import costs_on, face_after, solve_levels
from wayfellow.matching.flow.network import Costs, Face, Flow, Network, network_of, reduced_costs, whole
from wayfellow.matching.objectives.lexicographic import break_ties, chosen_pairs, tie_value, value_of
from wayfellow.matching.problem import Ints, Problem
from wayfellow.matching.result import Certificate, Level, Result

# Pairs per person to search among at first.
FEW_PAIRS = 8.0


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
        threshold, flow_above, proof = _highest_threshold(
            face, flow, reduced_costs(face, prices[2], *costs_on(face, score))[0]
        )
        fair = [Level("lowest_score", threshold, proof, threshold=threshold)]
        face = at_or_above(face, threshold)
        if flow_above is flow:
            face = face_after(face, [score], prices[2:])
        else:
            again = solve_levels(face, [score])
            flow, face, prices = again.flow, again.face, (*prices[:2], *again.prices)
    else:
        face = solved.face
    flow, ties = break_ties(problem, face, seed=seed)
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


def _highest_threshold(face: Face, flow: Flow, reduced: Ints) -> tuple[int, Flow, Ints]:
    """The highest lowest score on a face, a flow that reaches it, and prices that prove that none goes beyond.

    Searches among the pairs of least reduced cost, which are few, then asks all pairs whether they go beyond what was
    found; while they do, searches among more.

    Args:
        face: flows with the most people and pairs.
        flow: one of them.
        reduced: reduced costs of the open pairs at the level "score".
    """
    network, few = face.network, int(FEW_PAIRS * face.network.nodes) + 1
    while True:
        flow = _raised(_least(face, reduced, few, flow), flow)
        reached = int(network.score[flow.pair].min())
        beyond, proof = _beyond(face, reached)
        if proof is not None:
            return reached, flow, proof
        flow, few = beyond, 4 * few


def _least(face: Face, reduced: Ints, few: int, flow: Flow) -> Face:
    """A face with a few pairs only, those of least reduced cost and those of a flow."""
    if few >= reduced.size:
        return face
    keep = reduced <= np.partition(reduced, few)[few]
    return Face(face.network, face.pair[keep | flow.pair[face.pair]], face.exit, face.taken, face.supply)


def _raised(face: Face, flow: Flow) -> Flow:
    """A flow of a face whose lowest score is as high as can be, by growing steps up and then by halves."""
    score = face.network.score
    values = np.unique(score[np.concatenate([face.pair, np.flatnonzero(face.taken)])])
    reached, step = int(np.searchsorted(values, score[flow.pair].min())), 1
    failed = values.size - 1
    while failed > reached:
        at = min(reached + step - 1, (reached + failed) // 2)
        tried = least_cost_flow(face, *costs_on(face, at_or_below(face.network, int(values[at]))))
        lowest = int(score[tried.pair].min())
        if lowest <= values[at]:
            failed = at
        else:
            reached, flow, step = int(np.searchsorted(values, lowest)), tried, 4 * step
    return flow


def _beyond(face: Face, reached: int) -> tuple[Flow, Ints | None]:
    """A flow whose scores are all above one, or prices that prove that there is none."""
    network = face.network
    pair_cost, exit_cost = costs_on(face, at_or_below(network, reached))
    flow = least_cost_flow(face, pair_cost, exit_cost)
    if (network.score[flow.pair] > reached).all():
        return flow, None
    return flow, prices_of(face, flow, pair_cost, exit_cost, unreached=2 * network.nodes)
