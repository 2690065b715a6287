"""Small cohorts for tests, and the best result found by trying everything, independent of the solver."""

from functools import cache
from itertools import combinations

import numpy as np
from hypothesis import strategies as st

from wayfellow.matching.problem import Problem
from wayfellow.matching.result import Certificate, Result

Pairs = tuple[tuple[int, int], ...]


def problem_of(
    want: list[int],
    capacity: list[int],
    pairs: dict[tuple[int, int], int],
    pinned: frozenset[tuple[int, int]] = frozenset(),
) -> Problem:
    """A cohort from positions: mentees e00, e01, …, mentors o00, o01, …"""
    keys = sorted(pairs)
    width = max(2, len(str(max(len(want), len(capacity)) - 1)))
    return Problem(
        mentee_ids=tuple(f"e{i:0{width}}" for i in range(len(want))),
        mentor_ids=tuple(f"o{j:0{width}}" for j in range(len(capacity))),
        want=np.array(want, dtype=np.int64),
        capacity=np.array(capacity, dtype=np.int64),
        minimum=np.zeros(len(capacity), dtype=np.int64),
        mentee=np.array([i for i, _ in keys], dtype=np.int32),
        mentor=np.array([j for _, j in keys], dtype=np.int32),
        score=np.array([pairs[key] for key in keys], dtype=np.int64),
        pinned=np.array([key in pinned for key in keys], dtype=bool),
    )


def best_of(problem: Problem) -> tuple[tuple[int, int, int], Pairs] | None:
    """The best (participation, pairs, score) and pairs that reach it, by trying all; None if the pins contradict."""
    scores = {(int(i), int(j)): int(s) for i, j, s in zip(problem.mentee, problem.mentor, problem.score, strict=True)}
    pins = {(int(problem.mentee[k]), int(problem.mentor[k])) for k in np.flatnonzero(problem.pinned)}

    @cache
    def rest(mentee: int, seats: tuple[int, ...]) -> tuple[tuple[int, int, int], Pairs] | None:
        if mentee == len(problem.mentee_ids):
            return (0, 0, 0), ()
        must = {j for i, j in pins if i == mentee}
        allowed = [j for i, j in scores if i == mentee]
        best = None
        for count in range(min(len(allowed), int(problem.want[mentee])) + 1):
            for mentors in combinations(allowed, count):
                if not must <= set(mentors) or any(seats[j] == 0 for j in mentors):
                    continue
                after = rest(mentee + 1, tuple(seat - (j in mentors) for j, seat in enumerate(seats)))
                if after is None:
                    continue
                (people, places, score), pairs = after
                value = (people + (count > 0), places + count, score + sum(scores[mentee, j] for j in mentors))
                if best is None or value > best[0]:
                    best = value, (*((mentee, j) for j in mentors), *pairs)
        return best

    return rest(0, tuple(problem.capacity.tolist()))


def value_of(problem: Problem, pairs: set[tuple[str, str]]) -> tuple[int, int, int]:
    """(participation, pairs, score) of some pairs by ids; raises when they are not a feasible result."""
    score = 0
    for mentee_id, mentor_id in pairs:
        at = problem.pair_at(problem.mentee_ids.index(mentee_id), problem.mentor_ids.index(mentor_id))
        assert at is not None, "not allowed"
        score += int(problem.score[at])
    mentees, mentors = [pair[0] for pair in pairs], [pair[1] for pair in pairs]
    assert all(mentees.count(id) <= want for id, want in zip(problem.mentee_ids, problem.want, strict=True))
    assert all(mentors.count(id) <= seats for id, seats in zip(problem.mentor_ids, problem.capacity, strict=True))
    pins = np.flatnonzero(problem.pinned)
    for k in pins:
        assert (problem.mentee_ids[problem.mentee[k]], problem.mentor_ids[problem.mentor[k]]) in pairs, "a pin is gone"
    return len(set(mentees)), len(pairs), score


def result_of(problem: Problem, pairs: Pairs) -> Result:
    """A result without a proof."""
    chosen = sorted(problem.pair_at(i, j) for i, j in pairs)
    return Result(problem, "participation_score", 0, np.array(chosen, dtype=np.int64), Certificate("prices", (), gap=0))


@st.composite
def problems(draw: st.DrawFn, *, people: int = 5, scores: st.SearchStrategy[int] | None = None) -> Problem:
    """Cohorts with several per mentee and mentor, gaps, ties, scores below 0 and pins that do not contradict."""
    n, m = draw(st.integers(0, people)), draw(st.integers(0, people))
    want = draw(st.lists(st.integers(0, 3), min_size=n, max_size=n))
    capacity = draw(st.lists(st.integers(0, 3), min_size=m, max_size=m))
    score = (
        scores if scores is not None else draw(st.sampled_from([st.integers(-2, 2), st.integers(-50, 100), st.just(0)]))
    )
    keys = [(i, j) for i in range(n) for j in range(m)]
    pairs = {}
    for key in keys:
        if draw(st.integers(0, 3)):
            pairs[key] = draw(score)
    pinned: set[tuple[int, int]] = set()
    if pairs and draw(st.booleans()):
        for i, j in draw(st.lists(st.sampled_from(sorted(pairs)), max_size=3, unique=True)):
            if sum(a == i for a, _ in pinned) < want[i] and sum(b == j for _, b in pinned) < capacity[j]:
                pinned.add((i, j))
    return problem_of(want, capacity, pairs, frozenset(pinned))
