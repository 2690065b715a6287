from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from wayfellow.matching.changes.displacement import Move, displacement_of
from wayfellow.matching.changes.regret import Regret, regrets
from wayfellow.matching.problem import LARGEST_SCORE, Problem
from wayfellow.matching.result import Result
from wayfellow.matching.solve import match
from wayfellow.matching.tests.cohort_maker import best_of, problem_of, problems, result_of, value_of


def check_all_pairs(problem: Problem) -> None:
    """Every regret of every pair equals a search for the best result with the pair pinned, and its chain makes it."""
    best = best_of(problem)
    assert best is not None
    value, pairs = best
    result = result_of(problem, pairs)
    graph = displacement_of(result)
    for i, mentee_id in enumerate(problem.mentee_ids):
        found = regrets(result, mentee_id, graph)
        assert [regret.mentor_id for regret in found] == list(problem.mentor_ids)
        for j, regret in enumerate(found):
            check_pair(result, value, i, j, regret)


def check_pair(result: Result, value: tuple[int, int, int], i: int, j: int, regret: Regret) -> None:
    problem = result.problem
    at = problem.pair_at(i, j)
    forced = None
    if at is not None:
        pinned = problem.pinned.copy()
        pinned[at] = True
        forced = best_of(replace(problem, pinned=pinned))
    lost = (regret.participation_lost, regret.pairs_lost, regret.score_lost)
    if forced is None:
        assert lost == (None, None, None)
        assert regret.moves == 0 and regret.chain == () and not regret.possible
        return
    assert lost == tuple(a - b for a, b in zip(value, forced[0], strict=True))
    pairs = set(result.pairs)
    if at in result.chosen:
        assert regret.moves == 0 and regret.chain == ()
        return
    assert regret.moves == len({move.mentee_id for move in regret.chain}) == len(regret.chain)
    assert regret.chain[0].mentee_id == problem.mentee_ids[i]
    assert regret.chain[0].joins == problem.mentor_ids[j]
    for move in regret.chain:
        if move.leaves is not None:
            pairs.remove((move.mentee_id, move.leaves))
        if move.joins is not None:
            assert (move.mentee_id, move.joins) not in pairs
            pairs.add((move.mentee_id, move.joins))
    assert value_of(problem, pairs) == forced[0]
    assert (problem.mentee_ids[i], problem.mentor_ids[j]) in pairs


@settings(max_examples=400, deadline=None)
@given(problems())
def test_equals_search_with_the_pair_pinned(problem: Problem) -> None:
    check_all_pairs(problem)


@settings(max_examples=100, deadline=None)
@given(problems(people=4, scores=st.integers(-LARGEST_SCORE, LARGEST_SCORE)))
def test_scores_beyond_floating_point(problem: Problem) -> None:
    check_all_pairs(problem)


@settings(max_examples=50, deadline=None)
@given(problems(people=4, scores=st.integers(LARGEST_SCORE - 2, LARGEST_SCORE)))
def test_large_scores_that_differ_by_little(problem: Problem) -> None:
    check_all_pairs(problem)


def test_levels_beyond_64_bits() -> None:
    """Among 300,000 mentors a mentee with a mentor outweighs all chains of scores of 10^12 only beyond 2^63."""
    scores = {(0, 0): LARGEST_SCORE, (0, 1): -LARGEST_SCORE, (1, 0): 5, (1, 1): LARGEST_SCORE - 1}
    problem = problem_of([1, 1], [1] * 300_000, scores)
    result = result_of(problem, ((0, 0), (1, 1)))
    levels = match(problem).certificate
    found = regrets(replace(result, certificate=levels), "e000000")
    assert [(regret.participation_lost, regret.score_lost) for regret in found[:2]] == [
        (0, 0),
        (0, 3 * LARGEST_SCORE - 6),
    ]


def test_python_integers_give_what_floats_give(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("wayfellow.matching.changes.displacement.LARGEST_EXACT", 0)
    rng = np.random.default_rng(4)
    for _ in range(20):
        keys = [(i, j) for i in range(5) for j in range(4) if rng.random() < 0.7]
        scores = {key: int(rng.integers(-5, 50)) for key in keys}
        check_all_pairs(problem_of(rng.integers(0, 4, 5).tolist(), rng.integers(0, 4, 4).tolist(), scores))


def test_a_chain_of_three() -> None:
    """e00 takes o00 from e01, who takes o01 from e02, who takes the free o02."""
    problem = problem_of(
        [1, 1, 1],
        [1, 1, 1],
        {(0, 0): 10, (0, 2): 90, (1, 0): 50, (1, 1): 45, (2, 1): 60, (2, 2): 10},
    )
    result = result_of(problem, ((0, 2), (1, 0), (2, 1)))
    regret = regrets(result, "e00")[0]
    assert regret == Regret("o00", 0, 0, 200 - 65, 3)
    assert regret.chain == (Move("e00", "o02", "o00"), Move("e01", "o00", "o01"), Move("e02", "o01", "o02"))


def test_a_result_that_is_not_the_best_is_refused() -> None:
    problem = problem_of([1, 1], [1, 1], {(0, 0): 5, (0, 1): 1, (1, 0): 1, (1, 1): 5})
    with pytest.raises(ValueError, match="not the best"):
        displacement_of(result_of(problem, ((0, 1), (1, 0))))


def test_nobody_by_that_name() -> None:
    with pytest.raises(KeyError):
        regrets(result_of(problem_of([1], [1], {}), ()), "e09")
