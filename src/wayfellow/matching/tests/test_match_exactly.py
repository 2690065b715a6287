"""`match` against trying everything, on thousands of tiny cohorts."""

from dataclasses import replace
from math import prod
from random import Random

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from numpy.random import Generator, default_rng

from wayfellow.matching import match, verify
from wayfellow.matching.build import Mentee, Mentor, Pair, Rule, problem_from_arrays, problem_from_pairs
from wayfellow.matching.flow import least_cost
from wayfellow.matching.objectives import worst_first
from wayfellow.matching.objectives.lexicographic import tie_value, value_of
from wayfellow.matching.problem import LARGEST_SCORE, Problem
from wayfellow.matching.result import Certificate, Level, ObjectiveName, Result
from wayfellow.matching.tests.brute_force import best_pairs

OBJECTIVES: list[ObjectiveName] = [
    "participation_score",
    "free_score",
    "min_pair_score",
    "worst_first",
    "leximin",
    "balanced",
    "minimums",
]
MIN_SCORE = 1
SPANS = [0, 1, 2, 5, 100, LARGEST_SCORE]


@st.composite
def tiny_cohorts(draw: st.DrawFn) -> Problem:
    """Up to 8 mentees and 8 mentors, several wishes and seats each, pins, ties, negative scores, nobody at all."""
    n, m = draw(st.integers(0, 8)), draw(st.integers(0, 8))
    span, density = draw(st.sampled_from(SPANS)), draw(st.sampled_from([0.2, 0.5, 0.8, 1.0]))
    rng = default_rng(draw(st.integers(0, 2**32)))
    return tiny_cohort(rng, n, m, span=span, density=density)


def tiny_cohort(rng: Generator, n: int, m: int, *, span: int, density: float) -> Problem:
    want, capacity = rng.choice([0, 1, 1, 1, 2, 3], n), rng.choice([0, 1, 1, 2, 3], m)
    while prod(capacity + 1) > 300:  # What brute force can try.
        capacity[rng.integers(m)] = 1
    mentee, mentor = np.nonzero(rng.random((n, m)) < density)
    score = rng.integers(-span, span, mentee.size, endpoint=True)
    pinned = np.zeros(mentee.size, dtype=bool)
    for at in rng.permutation(mentee.size)[: rng.integers(0, 3)]:
        room = want[mentee[at]] > (pinned & (mentee == mentee[at])).sum()
        if room and capacity[mentor[at]] > (pinned & (mentor == mentor[at])).sum():
            pinned[at] = True
    return problem_from_arrays(
        [f"mentee {at}" for at in range(n)],
        [f"mentor {at}" for at in range(m)],
        want=want,
        capacity=capacity,
        minimum=rng.integers(0, capacity, endpoint=True),
        mentee=mentee,
        mentor=mentor,
        score=score,
        pinned=pinned,
    )


@pytest.mark.parametrize("objective", OBJECTIVES)
@settings(max_examples=400, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(problem=tiny_cohorts(), seed=st.integers(0, 3))
def test_that_no_other_choice_is_better(objective: ObjectiveName, problem: Problem, seed: int) -> None:
    min_score = MIN_SCORE if objective == "min_pair_score" else None
    result = match(problem, objective=objective, seed=seed, min_score=min_score)
    key, pairs = best_pairs(problem, objective, seed=seed, min_score=min_score)
    assert result.chosen.tolist() == pairs
    levels = {level.name: level.value for level in result.certificate.levels}
    if objective != "free_score":
        assert (levels["participation"], levels["pairs"]) == key[:2]
    if objective != "leximin":
        assert (levels["score"], -levels["ties"]) == key[-2:]
    if objective in ("balanced", "minimums"):
        assert (-levels["load"] if objective == "balanced" else levels["minimums"]) == key[2]
    if objective == "worst_first":
        unpinned = [int(problem.score[at]) for at in pairs if not problem.pinned[at]]
        assert levels.get("lowest_score") == min(unpinned, default=None)
    assert verify(result).faults == ()


@pytest.mark.parametrize("objective", OBJECTIVES)
def test_that_a_wrong_result_does_not_pass(objective: ObjectiveName) -> None:
    rng = default_rng(7)
    min_score = MIN_SCORE if objective == "min_pair_score" else None
    tried = 0
    for _ in range(40):
        problem = tiny_cohort(rng, 6, 5, span=3, density=0.8)
        result = match(problem, objective=objective, min_score=min_score)
        chosen = result.chosen
        for wrong in _other_choices(rng, problem, chosen):
            assert not verify(replace(result, chosen=wrong)).ok
            tried += 1
        levels = result.certificate.levels
        for at, level in enumerate(levels):
            for much in (1, -1):
                lie = (*levels[:at], replace(level, value=level.value + much), *levels[at + 1 :])
                assert not verify(replace(result, certificate=replace(result.certificate, levels=lie))).ok
            less = (*levels[:at], *levels[at + 1 :])
            if not (objective == "leximin" and level.name == "lowest_scores"):
                assert not verify(replace(result, certificate=replace(result.certificate, levels=less))).ok
        assert not verify(replace(result, certificate=replace(result.certificate, gap=1))).ok
    assert tried > 100


def _other_choices(rng: Generator, problem: Problem, chosen: np.ndarray) -> list[np.ndarray]:
    """A pair less, a pair more, a pair for another: none is the one best choice."""
    other = [at for at in range(problem.score.size) if at not in chosen]
    wrong = [np.delete(chosen, rng.integers(chosen.size))] if chosen.size else []
    if other:
        wrong.append(np.sort(np.append(chosen, rng.choice(other))))
    if chosen.size and other:
        wrong.append(np.sort(np.append(np.delete(chosen, rng.integers(chosen.size)), rng.choice(other))))
    return wrong


@pytest.mark.parametrize("objective", OBJECTIVES)
def test_that_wrong_prices_do_not_prove_a_worse_choice(objective: ObjectiveName) -> None:
    """Prices of the best choice, as they are or moved about at random, never prove another of which no lie is told."""
    rng = default_rng(8)
    min_score = MIN_SCORE if objective == "min_pair_score" else None
    proven_amiss = 0
    for _ in range(60):
        problem = tiny_cohort(rng, 5, 4, span=int(rng.choice([0, 1, 3])), density=0.8)
        result = match(problem, objective=objective, min_score=min_score)
        for wrong in _other_choices(rng, problem, result.chosen):
            told = [_true_level(result, wrong, level) for level in result.certificate.levels]
            moved = [replace(level, prices=_moved(rng, level)) for level in told]
            for levels in (told, moved):
                certificate = replace(result.certificate, levels=tuple(levels))
                verdict = verify(replace(result, chosen=wrong, certificate=certificate))
                assert not verdict.ok
                proven_amiss += "proven only to within" in verdict.faults[0] or "does not prove" in verdict.faults[0]
    assert proven_amiss > 20


def _true_level(result: Result, chosen: np.ndarray, level: Level) -> Level:
    """A level of a result with the value that other pairs have there."""
    problem = result.problem
    scores = problem.score[chosen][~problem.pinned[chosen]]
    if level.name == "ties":
        return replace(level, value=tie_value(problem, chosen, seed=result.seed))
    if level.name == "lowest_score":
        return replace(level, value=int(scores.min(initial=0)), threshold=int(scores.min(initial=0)))
    if level.name == "lowest_scores":
        return replace(level, value=int((scores == level.threshold).sum()))
    return replace(level, value=value_of(problem, chosen, level.name))


def _moved(rng: Generator, level: Level) -> np.ndarray:
    assert level.prices is not None
    shift = rng.integers(-1, 2, level.prices.size)
    shift[-1] = 0
    return level.prices + shift


@pytest.mark.parametrize("objective", ["minimums", "balanced"])
def test_that_seats_left_free_are_seen(objective: ObjectiveName) -> None:
    """Ana could be with either; only the seats say with whom. The other choice, with all prices, is refused."""
    problem = problem_from_arrays(
        ["ana", "ben", "cleo"],
        ["mia", "noa"],
        want=[1, 1, 1],
        capacity=[3, 3],
        minimum=[1, 2],
        mentee=[0, 0, 1, 2],
        mentor=[0, 1, 0, 1],
        score=[9, 1, 0, 0],
    )
    if objective == "balanced":
        problem = replace(problem, capacity=np.array([3, 1]), mentor=np.array([0, 1, 0, 0], dtype=np.int32))
    result = match(problem, objective=objective)
    assert ("ana", "noa") in result.pairs
    wrong = np.sort(np.append(result.chosen[result.chosen != 1], 0))
    levels = tuple(_true_level(result, wrong, level) for level in result.certificate.levels)
    verdict = verify(replace(result, chosen=wrong, certificate=replace(result.certificate, levels=levels)))
    assert "proven only to within" in verdict.faults[0]


def test_that_a_price_off_the_mark_is_seen() -> None:
    rng = default_rng(9)
    result = match(tiny_cohort(rng, 8, 6, span=100, density=0.9))
    level = result.certificate.levels[2]
    assert level.prices is not None
    taken = result.problem.mentee[result.chosen[0]]
    prices = level.prices.copy()
    prices[taken] += 1000
    levels = tuple(replace(level, prices=prices) if at is level else at for at in result.certificate.levels)
    verdict = verify(replace(result, certificate=replace(result.certificate, levels=levels)))
    assert verdict.faults and "level score is proven only to within" in verdict.faults[0]


@pytest.mark.parametrize("objective", OBJECTIVES)
@settings(max_examples=40, deadline=None)
@given(problem=tiny_cohorts(), order=st.randoms(use_true_random=False))
def test_that_the_order_of_rows_changes_nothing(objective: ObjectiveName, problem: Problem, order: Random) -> None:
    min_score = MIN_SCORE if objective == "min_pair_score" else None
    n, m, p = len(problem.mentee_ids), len(problem.mentor_ids), problem.score.size
    mentees, mentors, pairs = (order.sample(range(size), size) for size in (n, m, p))
    mentee_at, mentor_at = np.argsort(mentees), np.argsort(mentors)
    shuffled = problem_from_arrays(
        [problem.mentee_ids[at] for at in mentees],
        [problem.mentor_ids[at] for at in mentors],
        want=problem.want[mentees],
        capacity=problem.capacity[mentors],
        minimum=problem.minimum[mentors],
        mentee=mentee_at[problem.mentee[pairs]],
        mentor=mentor_at[problem.mentor[pairs]],
        score=problem.score[pairs],
        pinned=problem.pinned[pairs],
    )
    first = match(problem, objective=objective, min_score=min_score)
    assert match(shuffled, objective=objective, min_score=min_score).pairs == first.pairs


@pytest.mark.parametrize("objective", OBJECTIVES)
def test_that_names_change_no_value(objective: ObjectiveName) -> None:
    rng = default_rng(10)
    min_score = MIN_SCORE if objective == "min_pair_score" else None
    for span in (2, 10**9):
        for _ in range(20):
            problem = tiny_cohort(rng, 7, 6, span=span, density=0.7)
            renamed = replace(
                problem,
                mentee_ids=tuple(f"x{at}" for at in range(7)),
                mentor_ids=tuple(f"y{at}" for at in range(6)),
            )
            one = match(problem, objective=objective, min_score=min_score)
            two = match(renamed, objective=objective, min_score=min_score)
            values = [
                [(level.name, level.value) for level in result.certificate.levels if level.name != "ties"]
                for result in (one, two)
            ]
            assert values[0] == values[1]
            if span > 2 and objective in ("participation_score", "free_score"):  # One optimum, so the same pairs.
                assert one.chosen.tolist() == two.chosen.tolist()


def test_that_a_lower_threshold_than_can_be_is_not_proven() -> None:
    rng = default_rng(11)
    tried = 0
    for _ in range(60):
        problem = tiny_cohort(rng, 6, 5, span=5, density=0.8)
        best, plain = match(problem, objective="worst_first"), match(problem)
        scores = problem.score[plain.chosen][~problem.pinned[plain.chosen]]
        lowest = {level.name: level.value for level in best.certificate.levels}.get("lowest_score")
        if lowest is None or scores.min() == lowest:
            continue
        levels = list(plain.certificate.levels)
        for proof in (best.certificate.levels[2].prices, np.zeros(12, dtype=np.int64), levels[1].prices):
            claim = Level("lowest_score", int(scores.min()), proof, threshold=int(scores.min()))
            certificate = Certificate("prices", (*levels[:2], claim, *levels[2:]), gap=0)
            assert not verify(replace(plain, objective="worst_first", certificate=certificate)).ok
            tried += 1
    assert tried >= 15


def test_that_searching_few_pairs_first_misses_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    rng = default_rng(12)
    for _ in range(30):
        problem = tiny_cohort(rng, 40, 5, span=50, density=0.9)
        problem = replace(problem, capacity=rng.integers(4, 9, 5), pinned=np.zeros_like(problem.pinned))
        whole = match(problem, objective="worst_first")
        monkeypatch.setattr(worst_first, "FEW_PAIRS", 0.1)
        assert match(problem, objective="worst_first").chosen.tolist() == whole.chosen.tolist()
        monkeypatch.undo()


@pytest.mark.parametrize("objective", OBJECTIVES)
def test_that_costs_too_large_for_one_call_are_solved_by_rounds(
    objective: ObjectiveName, monkeypatch: pytest.MonkeyPatch
) -> None:
    rng = default_rng(13)
    min_score = MIN_SCORE if objective == "min_pair_score" else None
    for bits in (13, 16, 24) * 4:
        # Many seats and few pairs apart, so that long chains of small differences decide.
        problem = tiny_cohort(rng, 8, 8, span=int(rng.choice([100, 10**4, 10**9])), density=0.8)
        problem = replace(problem, score=problem.score // 7 * 7)
        in_one = match(problem, objective=objective, min_score=min_score)
        with monkeypatch.context() as patch:
            patch.setattr(least_cost, "LARGEST_COST_TIMES_NODES", 2**bits)
            in_rounds = match(problem, objective=objective, min_score=min_score)
        assert in_rounds.chosen.tolist() == in_one.chosen.tolist()
        assert verify(in_rounds).ok


def test_that_seeds_and_positions_of_numpy_are_understood() -> None:
    result = match(tiny_cohort(default_rng(14), 6, 5, span=2, density=0.9), seed=3)
    for kind in (np.int32, np.int64, np.uint8):
        assert match(result.problem, seed=kind(3)).pairs == result.pairs  # type: ignore[arg-type]
    for wrong in (result.chosen.astype(np.uint64)[::-1], np.array([10**6, 0]), np.array([10**6, 0], dtype=np.uint32)):
        assert not verify(replace(result, chosen=wrong)).ok


@pytest.mark.parametrize("objective", OBJECTIVES)
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(problem=tiny_cohorts(), data=st.data())
def test_that_what_rules_forbid_is_out_and_what_they_pin_is_in(
    objective: ObjectiveName, problem: Problem, data: st.DataObject
) -> None:
    """From rows, with forbids as rules and rows that are not allowed, against the cohort without these pairs."""
    min_score = MIN_SCORE if objective == "min_pair_score" else None
    ids = [(problem.mentee_ids[i], problem.mentor_ids[j]) for i, j in zip(problem.mentee, problem.mentor, strict=True)]
    loose = np.flatnonzero(~problem.pinned).tolist()
    out = data.draw(st.sets(st.sampled_from(loose))) if loose else set()
    forbidden = {at for at in out if at % 2}
    rules = [Rule("pin", *ids[at]) for at in np.flatnonzero(problem.pinned)]
    from_rows = problem_from_pairs(
        [Mentee(id, want=int(want)) for id, want in zip(problem.mentee_ids, problem.want, strict=True)],
        [
            Mentor(id, capacity=int(most), minimum=int(least))
            for id, most, least in zip(problem.mentor_ids, problem.capacity, problem.minimum, strict=True)
        ],
        [Pair(*pair, int(problem.score[at]), allowed=at not in out - forbidden) for at, pair in enumerate(ids)],
        rules=[*rules, *(Rule("forbid", *ids[at]) for at in forbidden)],
    )
    result = match(from_rows, objective=objective, min_score=min_score)
    _, pairs = best_pairs(from_rows, objective, seed=0, min_score=min_score)
    assert result.chosen.tolist() == pairs
    assert not set(result.pairs) & {ids[at] for at in out}
    assert set(result.pairs) >= {ids[at] for at in np.flatnonzero(problem.pinned)}


def test_that_a_pin_below_the_lowest_score_stays_with_a_caution() -> None:
    problem = problem_from_arrays(
        ["ana", "ben"],
        ["mia", "noa"],
        want=[1, 1],
        capacity=[1, 1],
        mentee=[0, 1, 1],
        mentor=[0, 0, 1],
        score=[5, 90, 40],
        pinned=[True, False, False],
    )
    result = match(problem, objective="min_pair_score", min_score=50)
    assert result.pairs == [("ana", "mia")]
    assert [caution.code for caution in result.cautions] == ["pin_below_minimum"]


def test_that_min_score_is_asked_for_and_refused() -> None:
    problem = problem_from_arrays([], [], want=[], capacity=[], mentee=[], mentor=[], score=np.zeros(0, dtype=int))
    with pytest.raises(ValueError, match="min_score"):
        match(problem, objective="min_pair_score")
    with pytest.raises(ValueError, match="min_score"):
        match(problem, min_score=3)
    with pytest.raises(ValueError, match="no objective"):
        match(problem, objective="best")  # type: ignore[arg-type]
