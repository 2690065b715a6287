"""The best pairs of a tiny cohort by trying everything, in plain Python and straight from the definitions."""

from collections.abc import Iterator
from itertools import combinations

import numpy as np

from wayfellow.matching.flow.ties import tie_bits, tie_costs
from wayfellow.matching.problem import Problem

Key = tuple[int, ...]


def best_pairs(problem: Problem, objective: str, *, seed: int, min_score: int | None = None) -> tuple[Key, list[int]]:
    """The best value of each level, ties included, and positions of the only pairs that reach them all."""
    scores = problem.score.tolist()
    pinned = problem.pinned.tolist()
    usable = [pin or min_score is None or score >= min_score for pin, score in zip(pinned, scores, strict=True)]
    if objective != "worst_first":
        return _best(problem, objective, usable, seed)
    levels = sorted({score for score, pin in zip(scores, pinned, strict=True) if not pin})
    best = _best(problem, objective, usable, seed)
    for lowest in levels:
        above = [pin or score >= lowest for pin, score in zip(pinned, scores, strict=True)]
        found = _best(problem, objective, above, seed)
        if found[0][:2] == best[0][:2]:
            best = found
    return best


def _best(problem: Problem, objective: str, usable: list[bool], seed: int) -> tuple[Key, list[int]]:
    """Mentee by mentee, the best choice of pairs for each way in which the seats so far can be taken."""
    scores = problem.score.tolist()
    bits = tie_bits(len(problem.mentee_ids) + len(problem.mentor_ids) + 1)
    ties = tie_costs(problem, seed, np.arange(len(scores)), bits=bits).tolist()
    kinds = sorted({score for score, pin in zip(scores, problem.pinned.tolist(), strict=True) if not pin})

    def worth(choice: tuple[int, ...]) -> Key:
        chosen = [at for at in choice if not problem.pinned[at]]
        head: Key = (int(bool(choice)), len(choice))
        tail: Key = (sum(scores[at] for at in choice), -sum(ties[at] for at in choice))
        if objective == "free_score":
            return tail
        if objective == "leximin":
            return head + tuple(-sum(scores[at] == kind for at in chosen) for kind in kinds) + tail[1:]
        return head + tail

    start: tuple[int, ...] = (0,) * len(problem.mentor_ids)
    found: dict[tuple[int, ...], tuple[Key, tuple[int, ...]]] = {start: (worth(()), ())}
    for mentee in range(len(problem.mentee_ids)):
        choices = [(choice, worth(choice)) for choice in _choices(problem, mentee, usable)]
        after: dict[tuple[int, ...], tuple[Key, tuple[int, ...]]] = {}
        for load, (key, pairs) in found.items():
            for choice, add in choices:
                taken = list(load)
                for at in choice:
                    taken[problem.mentor[at]] += 1
                if any(count > seats for count, seats in zip(taken, problem.capacity.tolist(), strict=True)):
                    continue
                total = tuple(a + b for a, b in zip(key, add, strict=True))
                state = tuple(taken)
                if state not in after or total > after[state][0]:
                    after[state] = (total, pairs + choice)
        found = after
    return max((_whole_key(problem, objective, load, key), sorted(pairs)) for load, (key, pairs) in found.items())


def _choices(problem: Problem, mentee: int, usable: list[bool]) -> Iterator[tuple[int, ...]]:
    pairs = [at for at, who in enumerate(problem.mentee.tolist()) if who == mentee and usable[at]]
    pins = {at for at in pairs if problem.pinned[at]}
    for size in range(min(int(problem.want[mentee]), len(pairs)) + 1):
        for choice in combinations(pairs, size):
            if pins.issubset(choice):
                yield choice


def _whole_key(problem: Problem, objective: str, load: tuple[int, ...], key: Key) -> Key:
    if objective == "balanced":
        return (*key[:2], -sum(count * count for count in load), *key[2:])
    if objective == "minimums":
        return (*key[:2], sum(map(min, load, problem.minimum.tolist())), *key[2:])
    return key
