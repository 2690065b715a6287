"""`match` against scipy's assignment solvers and HiGHS, which share nothing with it."""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import pytest
from numpy.typing import NDArray
from scipy.optimize import linear_sum_assignment, linprog
from scipy.sparse import coo_array, csr_array, vstack
from scipy.sparse.csgraph import min_weight_full_bipartite_matching

from wayfellow.matching import match, verify
from wayfellow.matching.build import problem_from_arrays
from wayfellow.matching.problem import Problem
from wayfellow.matching.result import ObjectiveName, Result

Numbers = NDArray[np.float64]


def cohort(seed: int, n: int, m: int, *, most_wanted: int = 1, scores: int = 10_000, density: float = 0.3) -> Problem:
    """A seeded cohort with pins, some scores below 0, and people who want or can take nobody."""
    rng = np.random.default_rng(seed)
    mentee, mentor = np.nonzero(rng.random((n, m)) < density)
    want = rng.integers(0 if most_wanted > 1 else 1, most_wanted, n, endpoint=True)
    capacity = rng.choice([0, 1, 1, 2, 3, 5], m)
    pinned = np.zeros(mentee.size, dtype=bool)
    free_want, free_seat = want.copy(), capacity.copy()
    for at in rng.permutation(mentee.size)[:5]:
        if free_want[mentee[at]] and free_seat[mentor[at]]:
            pinned[at] = True
            free_want[mentee[at]] -= 1
            free_seat[mentor[at]] -= 1
    return problem_from_arrays(
        [f"e{at:04}" for at in range(n)],
        [f"o{at:04}" for at in range(m)],
        want=want,
        capacity=capacity,
        minimum=np.minimum(capacity, rng.integers(0, 3, m)),
        mentee=mentee,
        mentor=mentor,
        score=rng.integers(-scores // 10, scores, mentee.size, endpoint=True),
        pinned=pinned,
    )


def by_scipy(problem: Problem) -> tuple[int, int]:
    """Pairs and score by a dense and by a sparse assignment: a column per seat, and one per mentee left without."""
    n, seats = len(problem.mentee_ids), int(problem.capacity.sum())
    first = np.cumsum(problem.capacity) - problem.capacity
    top = int(abs(problem.score).max()) + 1
    alone, never = 2.0 * n * top, 8.0 * n * n * top
    dense = np.full((n, seats + n), never)
    for i, j, score, pin in zip(problem.mentee, problem.mentor, problem.score, problem.pinned, strict=True):
        dense[i, first[j] : first[j] + problem.capacity[j]] = 2 * top - score - (4 * n * alone if pin else 0)
    dense[np.arange(n), seats + np.arange(n)] = alone
    score = {(int(i), int(j)): int(s) for i, j, s in zip(problem.mentee, problem.mentor, problem.score, strict=True)}
    mentor = np.repeat(np.arange(problem.capacity.size), problem.capacity)

    def value(rows: NDArray[np.integer], columns: NDArray[np.integer]) -> tuple[int, int]:
        pairs = [(int(i), int(mentor[c])) for i, c in zip(rows, columns, strict=True) if c < seats]
        return len(pairs), sum(score[pair] for pair in pairs)

    found = value(*linear_sum_assignment(dense))
    row, column = np.nonzero(dense < never)
    cost = dense[row, column] - dense.min() + 1
    sparse = csr_array((cost, (row, column)), shape=dense.shape)
    assert value(*min_weight_full_bipartite_matching(sparse)) == found
    return found


def by_highs(problem: Problem, objective: str, *, min_score: int | None = None) -> list[int]:
    """Value of each level by linear programs, one after the other, each kept by the next as an equation."""
    n, m, p = len(problem.mentee_ids), len(problem.mentor_ids), problem.score.size
    seats = np.repeat(np.arange(m), problem.capacity)
    rank = np.arange(seats.size) - (np.cumsum(problem.capacity) - problem.capacity)[seats] + 1
    # Columns: pairs, mentees with anyone, seats that are taken.
    size = p + n + seats.size
    upper = np.ones(size)
    lower = np.concatenate([problem.pinned, np.zeros(n + seats.size)]).astype(float)
    if min_score is not None:
        upper[:p][(problem.score < min_score) & ~problem.pinned] = 0
    has = coo_array((np.ones(p), (problem.mentee, np.arange(p))), shape=(n, size)).tocsr()
    anyone = coo_array((np.ones(n), (np.arange(n), p + np.arange(n))), shape=(n, size)).tocsr()
    load = coo_array((np.ones(p), (problem.mentor, np.arange(p))), shape=(m, size)).tocsr()
    taken = coo_array((np.ones(seats.size), (seats, p + n + np.arange(seats.size))), shape=(m, size)).tocsr()
    at_most, most = vstack([has, anyone - has]), np.concatenate([problem.want, np.zeros(n)])
    pair_gain = {
        "participation": np.concatenate([np.zeros(p), np.ones(n), np.zeros(seats.size)]),
        "pairs": np.concatenate([np.ones(p), np.zeros(n + seats.size)]),
        "score": np.concatenate([problem.score, np.zeros(n + seats.size)]),
        "load": np.concatenate([np.zeros(p + n), 1.0 - 2 * rank]),
        "minimums": np.concatenate([np.zeros(p + n), rank <= problem.minimum[seats]]),
    }
    equal, right = load - taken, np.zeros(m)
    values = []

    def best(gain: Numbers, equal: csr_array, right: Numbers) -> float:
        found = linprog(-gain, at_most, most, equal, right, np.column_stack([lower, upper]), method="highs")
        return -found.fun if found.status == 0 else np.nan

    def keep(gain: Numbers, value: int) -> None:
        nonlocal equal, right
        equal, right = vstack([equal, csr_array(gain[None, :])]), np.append(right, value)

    for name in levels_of(objective):
        if name == "lowest_score":
            kinds = np.unique(problem.score[~problem.pinned])
            low, high = 0, kinds.size
            whole = upper.copy()
            while high - low > 1:
                middle = (low + high) // 2
                upper = whole.copy()
                upper[:p][(problem.score < kinds[middle]) & ~problem.pinned] = 0
                low, high = (low, middle) if np.isnan(best(np.zeros(size), equal, right)) else (middle, high)
            upper = whole
            upper[:p][(problem.score < kinds[low]) & ~problem.pinned] = 0
            values.append(int(kinds[low]))
            continue
        gain = pair_gain[name].astype(float)
        value = round(best(gain, equal, right))
        keep(gain, value)
        values.append(-value if name == "load" else value)
    if objective == "leximin":
        for kind in np.unique(problem.score[~problem.pinned]):
            gain = np.zeros(size)
            gain[:p][(problem.score == kind) & ~problem.pinned] = -1
            value = round(best(gain, equal, right))
            keep(gain, value)
            values.append(-value)
    return values


def levels_of(objective: str) -> Sequence[str]:
    return {
        "free_score": ["score"],
        "worst_first": ["participation", "pairs", "lowest_score", "score"],
        "leximin": ["participation", "pairs"],
        "balanced": ["participation", "pairs", "load", "score"],
        "minimums": ["participation", "pairs", "minimums", "score"],
    }.get(objective, ["participation", "pairs", "score"])


def reached(result: Result) -> list[int]:
    """Values of a result's levels, without ties; under leximin the number of pairs at every score."""
    problem = result.problem
    values = [level.value for level in result.certificate.levels if level.name not in ("ties", "lowest_scores")]
    if result.objective == "leximin":
        unpinned = problem.score[result.chosen][~problem.pinned[result.chosen]]
        values += [int((unpinned == kind).sum()) for kind in np.unique(problem.score[~problem.pinned])]
    return values


@pytest.mark.parametrize(("n", "m"), [(20, 10), (100, 100), (330, 170)])
def test_that_scipy_and_highs_agree(n: int, m: int) -> None:
    problem = cohort(n, n, m)
    result = match(problem)
    assert verify(result).ok
    assert (result.chosen.size, result.total_score) == by_scipy(problem)
    assert reached(result) == by_highs(problem, "participation_score")


@pytest.mark.parametrize(
    "objective", ["free_score", "min_pair_score", "worst_first", "leximin", "balanced", "minimums"]
)
@pytest.mark.parametrize(("n", "m", "density"), [(12, 6, 0.5), (60, 40, 0.2), (350, 150, 0.04)])
def test_that_highs_agrees(objective: ObjectiveName, n: int, m: int, density: float) -> None:
    min_score = 3_000 if objective == "min_pair_score" else None
    problem = cohort(n + m, n, m, most_wanted=3, density=density)
    if objective == "leximin":
        problem = replace(problem, score=problem.score // 1000 * 1000)
    result = match(problem, objective=objective, min_score=min_score)
    assert verify(result).ok
    assert reached(result) == by_highs(problem, objective, min_score=min_score)


def test_that_scipy_agrees_on_thousands() -> None:
    """A second solver on 4,000 mentees and 1,000 mentors."""
    problem = cohort(1, 4_000, 1_000, density=0.01)
    problem = replace(problem, pinned=np.zeros_like(problem.pinned))
    result = match(problem)
    first = np.cumsum(problem.capacity) - problem.capacity
    seats = problem.capacity[problem.mentor]
    pair = np.repeat(np.arange(problem.score.size), seats)
    seat = np.arange(pair.size) - np.repeat(np.cumsum(seats) - seats, seats) + first[problem.mentor[pair]]
    total, n = int(problem.capacity.sum()), len(problem.mentee_ids)
    row = np.concatenate([problem.mentee[pair], np.arange(n)])
    column = np.concatenate([seat, total + np.arange(n)])
    cost = np.concatenate([20_000 - problem.score[pair], np.full(n, 10**9)]).astype(float)
    _, columns = min_weight_full_bipartite_matching(csr_array((cost, (row, column)), shape=(n, total + n)))
    mentor = np.repeat(np.arange(problem.capacity.size), problem.capacity)
    matched = np.flatnonzero(columns < total)
    found = [problem.pair_at(int(i), int(mentor[columns[i]])) for i in matched]
    score = sum(int(problem.score[at]) for at in found if at is not None)
    assert (len(found), score) == (result.chosen.size, result.total_score)
    assert verify(result).ok
