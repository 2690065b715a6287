"""Check a stable result: nobody would rather change, and no mentee could do better in any stable matching."""

from heapq import heappop, heappush

import numpy as np

from wayfellow.matching.flow.ties import tie_hashes
from wayfellow.matching.problem import Problem
from wayfellow.matching.result import Result


def faults_of_stable(result: Result) -> list[str]:
    """What speaks against a result of objective "stable"; empty when it is proven.

    Ranks are read again from the preferences, pairs that block are looked for one by one, and deferred acceptance runs
    once more in its sequential form, one proposal at a time (McVitie and Wilson 1971). It gives the best stable
    partners of every mentee whatever the order of proposals, so both must agree.
    """
    problem = result.problem
    kept = set(result.chosen.tolist())
    wishes, seats = _lists(problem, result.seed)
    faults = []
    if result.certificate.kind != "stability":
        faults.append(f"a stable result cannot be proven by {result.certificate.kind}")
    values = [(level.name, level.value) for level in result.certificate.levels]
    if values != [("blocking_pairs", 0)] or result.certificate.gap != 0:
        faults.append("the certificate does not say that no pair blocks")
    faults += [
        f"{problem.mentee_ids[problem.mentee[pair]]} and {problem.mentor_ids[problem.mentor[pair]]} "
        "would both rather be matched with each other"
        for pair in _blocking(problem, kept, wishes, seats)
    ]
    if not faults and kept != _one_at_a_time(problem, wishes, seats):
        faults.append("another stable matching is better for some mentees")
    return faults


Ranks = dict[int, tuple[int, int]]


def _lists(problem: Problem, seed: int) -> tuple[Ranks, Ranks]:
    """(rank, lot) of each allowed pair that both list, on the mentee's list and on the mentor's, by position."""
    given = problem.preferences
    if given is None:
        return {}, {}
    by_mentee = zip(given.mentee_chooser.tolist(), given.mentee_choice.tolist(), strict=True)
    mentee_rank = dict(zip(by_mentee, given.mentee_rank.tolist(), strict=True))
    by_mentor = zip(given.mentor_choice.tolist(), given.mentor_chooser.tolist(), strict=True)
    mentor_rank = dict(zip(by_mentor, given.mentor_rank.tolist(), strict=True))
    lots = tie_hashes(problem, seed, np.arange(problem.score.size)).tolist()
    wishes: Ranks = {}
    seats: Ranks = {}
    for pair, key in enumerate(zip(problem.mentee.tolist(), problem.mentor.tolist(), strict=True)):
        if key in mentee_rank and key in mentor_rank:
            wishes[pair] = (mentee_rank[key], lots[pair])
            seats[pair] = (mentor_rank[key], lots[pair])
    return wishes, seats


def _blocking(problem: Problem, kept: set[int], wishes: Ranks, seats: Ranks) -> list[int]:
    """Pairs in which both have a free place or would give up someone who is not pinned and whom they like less."""
    mentee, mentor = problem.mentee.tolist(), problem.mentor.tolist()
    mentee_with: dict[int, list[int]] = {}
    mentor_with: dict[int, list[int]] = {}
    for pair in kept:
        mentee_with.setdefault(mentee[pair], []).append(pair)
        mentor_with.setdefault(mentor[pair], []).append(pair)

    def would(pair: int, held: list[int], places: int, ranks: Ranks) -> bool:
        if len(held) < places:
            return True
        loose = [other for other in held if not problem.pinned[other]]
        return any(other not in ranks or ranks[pair] < ranks[other] for other in loose)

    return [
        pair
        for pair in sorted(wishes)
        if pair not in kept
        and would(pair, mentee_with.get(mentee[pair], []), int(problem.want[mentee[pair]]), wishes)
        and would(pair, mentor_with.get(mentor[pair], []), int(problem.capacity[mentor[pair]]), seats)
    ]


def _one_at_a_time(problem: Problem, wishes: Ranks, seats: Ranks) -> set[int]:
    """The pairs of sequential deferred acceptance, pins included."""
    mentee, mentor = problem.mentee.tolist(), problem.mentor.tolist()
    pinned = np.flatnonzero(problem.pinned).tolist()
    asks, room = problem.want.tolist(), problem.capacity.tolist()
    for pair in pinned:
        asks[mentee[pair]] -= 1
        room[mentor[pair]] -= 1
    loose = [pair for pair in wishes if not problem.pinned[pair]]
    to_ask: dict[int, list[int]] = {}
    for pair in sorted(loose, key=lambda pair: wishes[pair], reverse=True):
        to_ask.setdefault(mentee[pair], []).append(pair)
    held: dict[int, list[tuple[int, int, int]]] = {}
    waiting = [person for person, pairs in to_ask.items() for _ in range(min(asks[person], len(pairs)))]
    while waiting:
        person = waiting.pop()
        if not to_ask[person]:
            continue
        pair = to_ask[person].pop()
        heap = held.setdefault(mentor[pair], [])
        rank, lot = seats[pair]
        heappush(heap, (-rank, -lot, pair))
        if len(heap) > room[mentor[pair]]:
            waiting.append(mentee[heappop(heap)[2]])
    return {pair for heap in held.values() for _, _, pair in heap} | set(pinned)
