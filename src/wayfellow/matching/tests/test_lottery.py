"""Objective "lottery": chance decides who is admitted, and the best pairs are made of the admitted."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from wayfellow.matching.build import Mentee, Mentor, Pair, Rule, problem_from_arrays, problem_from_pairs
from wayfellow.matching.objectives.draws import drawn_orders, largest_remainder, lottery_of
from wayfellow.matching.objectives.lottery import admitted_only, solve
from wayfellow.matching.problem import Problem
from wayfellow.matching.tests.brute_force import best_pairs
from wayfellow.matching.verifiers.lottery import faults_of_lottery


@st.composite
def cohorts(draw, people=8, others=4):
    """A cohort in strata, short of places, as rows."""
    n, m = draw(st.integers(0, people)), draw(st.integers(1, others))
    strata = draw(st.sampled_from([[""], ["a", "b"], ["", "a", "b"]]))
    mentees = [
        Mentee(f"e{i}", want=draw(st.sampled_from([1, 1, 1, 2, 0])), stratum=draw(st.sampled_from(strata)))
        for i in range(n)
    ]
    mentors = [Mentor(f"o{j}", capacity=draw(st.integers(0, 2))) for j in range(m)]
    pairs = [
        Pair(f"e{i}", f"o{j}", score=draw(st.integers(-3, 9)))
        for i in range(n)
        for j in range(m)
        if draw(st.integers(0, 2))
    ]
    rules = []
    for pair in pairs:
        wanted = mentees[int(pair.mentee_id[1])].want - sum(rule.mentee_id == pair.mentee_id for rule in rules)
        room = mentors[int(pair.mentor_id[1])].capacity - sum(rule.mentor_id == pair.mentor_id for rule in rules)
        if wanted > 0 and room > 0 and draw(st.integers(0, 12)) == 0:
            rules.append(Rule("pin", pair.mentee_id, pair.mentor_id))
    return mentees, mentors, pairs, rules


def built(rows) -> Problem:
    mentees, mentors, pairs, rules = rows
    return problem_from_pairs(mentees, mentors, pairs, rules=rules)


def matchable(problem: Problem, people) -> bool:
    """Whether all of some people can have a mentor at once, by trying."""
    pins = np.flatnonzero(problem.pinned)
    sure = set(problem.mentee[pins].tolist())
    seats = (problem.capacity - np.bincount(problem.mentor[pins], minlength=problem.capacity.size)).tolist()

    def place(rest) -> bool:
        if not rest:
            return True
        for mentor in problem.mentor[problem.mentee == rest[0]].tolist():
            if seats[mentor]:
                seats[mentor] -= 1
                found = place(rest[1:])
                seats[mentor] += 1
                if found:
                    return True
        return False

    return place([person for person in people if person not in sure])


def one_by_one(problem: Problem, order) -> set[int]:
    """Admit in order whoever can be matched together with everybody admitted before, strata first up to their share."""
    pinned = sorted(set(problem.mentee[problem.pinned].tolist()))
    stratum = problem.stratum if problem.stratum is not None else np.zeros(len(problem.mentee_ids), dtype=int)
    able = [i for i in range(len(problem.mentee_ids)) if i in pinned or (problem.want[i] and matchable(problem, [i]))]
    everybody = list(pinned)
    for person in able:
        if person not in everybody and matchable(problem, [*everybody, person]):
            everybody.append(person)
    sizes = np.bincount(stratum[able], minlength=max(len(problem.strata), 1)) if able else np.zeros(1, dtype=int)
    shares = largest_remainder(len(everybody), sizes)
    admitted = list(pinned)
    for person in pinned:
        shares[stratum[person]] -= 1
    waiting = []
    for person in order:
        if shares[stratum[person]] <= 0:
            waiting.append(person)
        elif matchable(problem, [*admitted, person]):
            admitted.append(person)
            shares[stratum[person]] -= 1
    for person in waiting:
        if matchable(problem, [*admitted, person]):
            admitted.append(person)
    return set(admitted)


@settings(max_examples=300, deadline=None)
@given(cohorts(), st.integers(0, 5))
def test_admitted_are_those_who_can_still_be_matched_one_after_the_other(rows, seed):
    problem = built(rows)
    result = solve(problem, seed=seed, redraws=7)
    lottery = lottery_of(problem)
    (order,) = drawn_orders(problem, lottery, seed, range(1))
    assert set(np.flatnonzero(result.admitted).tolist()) == one_by_one(problem, order)
    assert set(problem.mentee[result.chosen].tolist()) == set(np.flatnonzero(result.admitted).tolist())
    assert faults_of_lottery(result) == []
    counted = np.zeros(len(problem.mentee_ids))
    for again in drawn_orders(problem, lottery, seed, range(1, 8)):
        counted[sorted(one_by_one(problem, again))] += 1
    assert result.admission.tolist() == (counted / 7).tolist()


@settings(max_examples=60, deadline=None)
@given(cohorts(others=8), st.integers(0, 5))
def test_the_pairs_of_the_admitted_are_the_best_of_all_choices(rows, seed):
    problem = built(rows)
    result = solve(problem, seed=seed, redraws=2)
    (order,) = drawn_orders(problem, lottery_of(problem), seed, range(1))
    assert set(np.flatnonzero(result.admitted).tolist()) == one_by_one(problem, order)
    _, pairs = best_pairs(admitted_only(problem, result.admitted), "participation_score", seed=seed)
    assert result.chosen.tolist() == pairs
    assert faults_of_lottery(result) == []


@settings(max_examples=150, deadline=None)
@given(cohorts(), st.integers(0, 5), st.data())
def test_the_verifier_finds_another_admission(rows, seed, data):
    problem = built(rows)
    result = solve(problem, seed=seed, redraws=3)
    lottery = lottery_of(problem)
    (order,) = drawn_orders(problem, lottery, seed, range(1))
    if not order or not lottery.disputed.any():
        return
    another = solve(problem, seed=data.draw(st.integers(6, 99)), redraws=3)
    lied = replace(another, seed=seed, admission=result.admission)
    if (another.admitted != result.admitted).any():
        assert faults_of_lottery(lied)


@settings(max_examples=100, deadline=None)
@given(cohorts(), st.integers(0, 5), st.randoms(use_true_random=False))
def test_rows_in_another_order_give_the_same_draw(rows, seed, random):
    first = solve(built(rows), seed=seed, redraws=5)
    for part in rows:
        random.shuffle(part)
    again = solve(built(rows), seed=seed, redraws=5)
    assert first.pairs == again.pairs
    assert first.admission.tolist() == again.admission.tolist()


def crowd(n: int, *, strata: tuple[str, ...] = ("",), lonely: int = 0) -> Problem:
    """Many mentees who may all have any of a few mentors, but for the last `lonely` who may have nobody."""
    mentee, mentor = np.divmod(np.arange((n - lonely) * 9), 9)
    return problem_from_arrays(
        [f"e{i:03}" for i in range(n)],
        [f"o{j}" for j in range(9)],
        want=np.ones(n, dtype=np.int64),
        capacity=np.full(9, 10),
        mentee=mentee,
        mentor=mentor,
        score=(mentee * 7 + mentor * 13) % 101,
        stratum=[strata[i % len(strata)] for i in range(n)],
    )


def test_everybody_in_the_same_case_has_the_same_chance():
    result = solve(crowd(200, lonely=1), seed=1)
    assert result.participation == 90
    share = result.admission
    assert share[-1] == 0
    assert share.sum() == pytest.approx(90)
    # 199 mentees, 90 places, 1,000 draws: the deviation of a share is 0.0158.
    assert np.abs(share[:-1] - 90 / 199).max() < 5 * 0.0158
    assert share[:-1].std() == pytest.approx(0.0158, rel=0.25)
    assert result.certificate.optimal
    assert faults_of_lottery(result) == []


def test_strata_get_places_in_proportion_to_their_size():
    problem = crowd(160, strata=("a", "a", "a", "b"))
    for seed in range(5):
        result = solve(problem, seed=seed, redraws=10)
        admitted = np.bincount(problem.stratum[result.admitted])
        assert admitted.tolist() == largest_remainder(90, np.array([120, 40])).tolist() == [68, 22]
        assert result.cautions == ()


def test_largest_remainders():
    assert largest_remainder(7, np.array([5, 5, 5])).tolist() == [3, 2, 2]
    assert largest_remainder(10, np.array([47, 16, 12])).tolist() == [6, 2, 2]
    assert largest_remainder(0, np.array([0, 0])).tolist() == [0, 0]


def test_a_place_that_a_stratum_cannot_use_goes_to_another():
    mentees = [Mentee(f"a{i}", stratum="a") for i in range(4)] + [Mentee(f"b{i}", stratum="b") for i in range(4)]
    pairs = [Pair(f"a{i}", "li", 1) for i in range(4)] + [Pair(f"b{i}", "eva", 1) for i in range(4)]
    problem = problem_from_pairs(mentees, [Mentor("li", capacity=1), Mentor("eva", capacity=3)], pairs)
    result = solve(problem, seed=0, redraws=50)
    assert [mentor for _, mentor in result.pairs].count("eva") == 3
    assert [caution.text for caution in result.cautions] == [
        "Stratum a could use 1 of its 2 places; the others went to people of other strata."
    ]


def test_the_admitted_get_the_best_total():
    pairs = [Pair(f"e{i}", f"o{j}", 10 if (i + j) % 2 else 0) for i in range(6) for j in range(2)]
    problem = problem_from_pairs([Mentee(f"e{i}") for i in range(6)], [Mentor("o0"), Mentor("o1")], pairs)
    for seed in range(10):
        result = solve(problem, seed=seed, redraws=5)
        first, second = np.flatnonzero(result.admitted)
        assert result.total_score == (20 if (first + second) % 2 else 10)


def test_pinned_mentees_have_their_place_without_a_draw():
    pairs = [Pair(f"e{i}", "li", 1) for i in range(5)]
    problem = problem_from_pairs(
        [Mentee(f"e{i}") for i in range(5)], [Mentor("li", capacity=2)], pairs, rules=[Rule("pin", "e3", "li")]
    )
    result = solve(problem, seed=0, redraws=400)
    assert result.admission[3] == 1
    assert result.admission.sum() == pytest.approx(2)
    assert ("e3", "li") in result.pairs
    assert faults_of_lottery(result) == []
