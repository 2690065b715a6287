"""What a change would bring, without making it: one shortest path on the graph of moves, in milliseconds."""

from dataclasses import dataclass

import numpy as np

from wayfellow.matching.changes.displacement import Displacement, Move
from wayfellow.matching.changes.regret import position_of, regrets_of_pairs


@dataclass(frozen=True, slots=True)
class Effect:
    """What a change would bring.

    Args:
        participation: mentees more with a mentor.
        pairs: pairs more.
        score: points more.
        chain: who would move.
    """

    participation: int
    pairs: int
    score: int
    chain: tuple[Move, ...]


NO_EFFECT = Effect(0, 0, 0, ())


def preview_pin(graph: Displacement, mentee_id: str, mentor_id: str) -> Effect | None:
    """What pinning a pair would bring; None where it cannot be pinned.

    Raises:
        KeyError: there is no such person.
    """
    mentee, pair = _pair(graph, mentee_id, mentor_id)
    if pair is None or not graph.usable[pair]:
        return None
    if graph.chosen[pair]:
        return NO_EFFECT
    (regret,) = regrets_of_pairs(graph, mentee, np.array([pair]))
    if regret is None:
        return None
    people, pairs, score = regret.participation_lost or 0, regret.pairs_lost or 0, regret.score_lost or 0
    return Effect(-people, -pairs, -score, regret.chain)


def preview_forbid(graph: Displacement, mentee_id: str, mentor_id: str) -> Effect | None:
    """What forbidding a pair would bring; None where it is pinned or not allowed.

    Raises:
        KeyError: there is no such person.
    """
    mentee, pair = _pair(graph, mentee_id, mentor_id)
    problem, steps = graph.problem, graph.scale.steps
    if pair is None or problem.pinned[pair]:
        return None
    if not graph.chosen[pair]:
        return NO_EFFECT
    mentor = int(problem.mentor[pair])
    distance = graph.towards(mentor)[0]
    start, end = graph.starts[mentee : mentee + 2].tolist()
    others = np.arange(start, end)[graph.usable[start:end] & ~graph.chosen[start:end]]
    # The mentee goes to another mentor, or gives the place up; from there the chain runs to the place that is free.
    ways = [
        (node, cost)
        for node, cost in [
            *zip(problem.mentor[others].tolist(), (-problem.score[others]).tolist(), strict=True),
            (graph.nobody, graph.cost_of_place(mentee)),
        ]
        if distance[node] >= 0
    ]
    length, node = min(
        (int(distance[node]) + steps * (cost + int(graph.price[node]) - int(graph.price[mentor])), node)
        for node, cost in ways
    )
    own = Move(mentee_id, mentor_id, graph.mentor_id(node))
    return _effect(graph, length // steps + int(problem.score[pair]), (own, *graph.moves(node, mentor)))


def preview_seat(graph: Displacement, mentor_id: str, change: int) -> Effect | None:
    """What one place more (`change` 1) or fewer (-1) of a mentor would bring; None where pins hold all places.

    Raises:
        KeyError: there is no such mentor.
        ValueError: the change is neither 1 nor -1.
    """
    if change not in (1, -1):
        raise ValueError("One place more or fewer can be looked at.")
    problem, mentor = graph.problem, position_of(graph.problem.mentor_ids, mentor_id)
    if graph.load[mentor] < problem.capacity[mentor]:
        return NO_EFFECT
    start, end = (graph.nobody, mentor) if change == 1 else (mentor, graph.nobody)
    distance = int(graph.towards(end)[0][start])
    if distance < 0:
        return NO_EFFECT if change == 1 else None
    cost = distance // graph.scale.steps + int(graph.price[start]) - int(graph.price[end])
    if change == 1 and cost >= 0:
        return NO_EFFECT
    return _effect(graph, cost, tuple(graph.moves(start, end)))


def _effect(graph: Displacement, cost: int, chain: tuple[Move, ...]) -> Effect:
    people, pairs, score = graph.scale.split(np.array([cost], dtype=graph.price.dtype))
    return Effect(-int(people[0]), -int(pairs[0]), -int(score[0]), chain)


def _pair(graph: Displacement, mentee_id: str, mentor_id: str) -> tuple[int, int | None]:
    problem = graph.problem
    mentee, mentor = position_of(problem.mentee_ids, mentee_id), position_of(problem.mentor_ids, mentor_id)
    return mentee, problem.pair_at(mentee, mentor)
