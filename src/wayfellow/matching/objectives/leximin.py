"""Leximin: most people, most pairs, then the lowest score as high as can be, then the second lowest, and so on.

Score by score from below, as few pairs as possible at each. A score with one chosen pair needs no solver: the pair can
be avoided exactly when an open circle of moves leads around it.
"""

import numpy as np
from numpy.typing import NDArray

from wayfellow.matching.flow.least_cost import least_cost_flow, prices_of
from wayfellow.matching.flow.levels import costs_on, face_after, solve_levels
from wayfellow.matching.flow.network import Costs, Face, Flow, Network, filled, narrow, network_of, whole
from wayfellow.matching.objectives.lexicographic import break_ties, chosen_pairs, tie_value, value_of
from wayfellow.matching.problem import Ints, Problem
from wayfellow.matching.result import Certificate, Level, Result


def solve(problem: Problem, *, seed: int) -> Result:
    """The pairs whose sorted scores are the largest from below.

    A level "lowest_scores" for each score that cannot be avoided altogether: its threshold is the score, its value the
    number of pairs, pins apart, that have it.
    """
    network = network_of(problem, "leximin")
    people = [network.costs("participation"), network.costs("pairs")]
    solved = solve_levels(whole(network), [*people, network.costs("score")])
    flow = solved.flow
    face = face_after(whole(network), people, solved.prices[:2])
    fair: list[Level] = []
    done = int(network.score.min(initial=0)) - 1
    while (at := _next_score(face, flow, done)) is not None:
        face = _without_between(face, done, at)
        used = face.pair[flow.pair[face.pair] & (network.score[face.pair] == at)]
        flow, prices = _go_around(face, flow, int(used[0]), at) if used.size == 1 else _fewest(face, at)
        if prices is None:
            face = _without_between(face, at - 1, at + 1)
        else:
            face = narrow(face, prices, *costs_on(face, at_score(network, at)))
            count = int((network.score[flow.pair] == at).sum())
            fair.append(Level("lowest_scores", count, _narrowest(prices), threshold=at))
        done = at
    face = _without_between(face, done, None)
    flow, ties = break_ties(problem, face, seed=seed)
    chosen = chosen_pairs(problem, network, flow)
    first, second = (
        Level(name, value_of(problem, chosen, name), prices)
        for name, prices in zip(("participation", "pairs"), solved.prices, strict=False)
    )
    levels = (first, second, *fair, Level("ties", tie_value(problem, chosen, seed=seed), ties))
    return Result(problem, "leximin", seed, chosen, Certificate("prices", levels, gap=0))


def at_score(network: Network, score: int) -> Costs:
    """A cost of 1 on each pair of one score."""
    return Costs("lowest_scores", pair=(network.score == score).astype(np.int64))


def _narrowest(prices: Ints) -> NDArray[np.signedinteger]:
    """Prices in as few bytes as hold them: there may be as many levels as people."""
    return prices.astype(np.min_scalar_type(min(int(prices.min()), -1 - int(prices.max()))))


def _next_score(face: Face, flow: Flow, done: int) -> int | None:
    """The lowest score above one that an open, chosen pair has."""
    scores = face.network.score[face.pair[flow.pair[face.pair]]]
    scores = scores[scores > done]
    return int(scores.min()) if scores.size else None


def _without_between(face: Face, low: int, high: int | None) -> Face:
    """A face without its open pairs above one score and below another; the flow at hand uses none of them."""
    score = face.network.score[face.pair]
    keep = score <= low
    if high is not None:
        keep |= score >= high
    return Face(face.network, face.pair[keep], face.exit, face.taken, face.supply)


def _fewest(face: Face, score: int) -> tuple[Flow, Ints | None]:
    """A flow with the fewest pairs at a score, and prices that prove it unless there are none."""
    network = face.network
    pair_cost, exit_cost = costs_on(face, at_score(network, score))
    flow = least_cost_flow(face, pair_cost, exit_cost)
    if not (network.score[flow.pair] == score).any():
        return flow, None
    return flow, prices_of(face, flow, pair_cost, exit_cost, unreached=2 * network.nodes)


def _go_around(face: Face, flow: Flow, pair: int, score: int) -> tuple[Flow, Ints | None]:
    """A flow without the only chosen pair at a score; or, with the flow as it is, prices that prove there is none.

    All that its mentee can reach through open moves has price 1, the rest 0: no way leads out of there but the pair.
    """
    from scipy.sparse import csr_array
    from scipy.sparse.csgraph import breadth_first_order

    network, n = face.network, face.network.mentees
    sink = network.nodes - 1
    used = flow.pair[face.pair]
    ahead = face.pair[~used & (network.score[face.pair] != score)]
    back = face.pair[used]
    back = back[back != pair]
    node, carried = network.exit_node[face.exit], flow.exit[face.exit]
    room, held = node[carried < network.exit_capacity[face.exit]], node[carried > 0]
    tails = (network.mentee[ahead], network.mentor[back] + n, room, np.full(held.size, sink))
    heads = (network.mentor[ahead] + n, network.mentee[back], np.full(room.size, sink), held)
    tail, head = np.concatenate(tails), np.concatenate(heads)
    graph = csr_array((np.ones(tail.size, dtype=np.int8), (tail, head)), shape=(network.nodes, network.nodes))
    start, end = int(network.mentee[pair]), int(network.mentor[pair]) + n
    reached, before = breadth_first_order(graph, start)
    if before[end] < 0:
        prices = np.zeros(network.nodes, dtype=np.int64)
        prices[reached] = 1
        return flow, prices - prices[sink]
    chosen = flow.pair.copy()
    chosen[pair] = False
    while end != start:
        step = int(before[end])
        if step < n and end != sink:
            chosen[_arc(network, step, end - n)] = True
        elif end < n and step != sink:
            chosen[_arc(network, end, step - n)] = False
        end = step
    return filled(network, chosen), None


def _arc(network: Network, mentee: int, mentor: int) -> int:
    start, end = np.searchsorted(network.mentee, [mentee, mentee + 1])
    return int(start + np.searchsorted(network.mentor[start:end], mentor))
