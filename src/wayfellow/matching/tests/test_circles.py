"""Objective "circles": against every possible choice on small cohorts, and HiGHS's integer program on large ones."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from wayfellow.matching.build import Circle, Mentee, Mentor, Pair, Rule, problem_from_arrays, problem_from_pairs
from wayfellow.matching.errors import ProblemError
from wayfellow.matching.flow.ties import tie_costs
from wayfellow.matching.objectives.circles import TIE_BITS, solve
from wayfellow.matching.problem import Circles, Problem
from wayfellow.matching.verifiers.circles import faults_of_circles

SCORES = [st.integers(0, 2), st.integers(-50, 50), st.sampled_from([-(10**12), 10**12 - 1, 10**12])]


@st.composite
def cohorts(draw, people=8, leaders=4, places=4):
    """A cohort with circles, as rows."""
    n, m = draw(st.integers(0, people)), draw(st.integers(1, leaders))
    score = draw(st.sampled_from(SCORES))
    mentees = [Mentee(f"e{i}", want=draw(st.sampled_from([1, 1, 1, 2, 0]))) for i in range(n)]
    mentors = [Mentor(f"o{j}", capacity=draw(st.integers(0, places))) for j in range(m)]
    pairs = [Pair(f"e{i}", f"o{j}", score=draw(score)) for i in range(n) for j in range(m) if draw(st.integers(0, 3))]
    circles = []
    for j in range(m):
        low = draw(st.integers(0, 4))
        if draw(st.integers(0, 5)):
            circles.append(Circle(f"o{j}", low, low + draw(st.integers(0, 2))))
    rules = []
    for pair in pairs:
        free = not any(rule.mentee_id == pair.mentee_id for rule in rules) and mentees[int(pair.mentee_id[1])].want
        room = mentors[int(pair.mentor_id[1])].capacity - sum(rule.mentor_id == pair.mentor_id for rule in rules)
        if free and room > 0 and draw(st.integers(0, 15)) == 0:
            rules.append(Rule("pin", pair.mentee_id, pair.mentor_id))
    return mentees, mentors, pairs, rules, circles


def built(rows) -> Problem:
    mentees, mentors, pairs, rules, circles = rows
    return problem_from_pairs(mentees, mentors, pairs, rules=rules, circles=circles)


def best_of_all(problem: Problem, seed: int):
    """The best (people, score, -ties, pairs) by going through every load the circles can have, or None."""
    given_ = problem.circles
    leads = {int(mentor): at for at, mentor in enumerate(given_.mentor)}
    lots = tie_costs(problem, seed, np.arange(problem.score.size), bits=TIE_BITS).tolist()
    most = [min(int(high), int(problem.capacity[j])) for j, high in zip(given_.mentor, given_.max_size, strict=True)]
    best = {(0,) * len(leads): (0, 0, 0, ())}
    for i in range(len(problem.mentee_ids)):
        own = np.flatnonzero(problem.mentee == i).tolist()
        pins = [pair for pair in own if problem.pinned[pair]]
        options = pins if pins else [None, *(own if problem.want[i] else [])]
        if len(pins) > 1:
            return None
        after = {}
        for loads, (people, score, ties, pairs) in best.items():
            for pair in options:
                now, value = loads, (people, score, ties, pairs)
                if pair is not None:
                    circle = leads.get(int(problem.mentor[pair]))
                    if circle is None or loads[circle] == most[circle]:
                        continue
                    now = (*loads[:circle], loads[circle] + 1, *loads[circle + 1 :])
                    value = (people + 1, score + int(problem.score[pair]), ties - lots[pair], (*pairs, pair))
                if now not in after or after[now] < value:
                    after[now] = value
        best = after
    sized = [
        value
        for loads, value in best.items()
        if all(load == 0 or load >= low for load, low in zip(loads, given_.min_size, strict=True))
    ]
    return max(sized, default=None)


@settings(max_examples=500, deadline=None)
@given(cohorts(), st.integers(0, 3))
def test_it_is_the_best_of_all_choices_down_to_the_ties(rows, seed):
    problem = built(rows)
    best = best_of_all(problem, seed)
    if best is None:
        with pytest.raises(ProblemError) as caught:
            solve(problem, seed=seed)
        assert caught.value.findings
        return
    result = solve(problem, seed=seed)
    levels = {level.name: level.value for level in result.certificate.levels}
    assert levels == {"participation": best[0], "score": best[1], "ties": -best[2]}
    assert tuple(result.chosen.tolist()) == tuple(sorted(best[3]))
    assert result.certificate.optimal
    assert result.cautions == ()
    assert faults_of_circles(result) == []


@settings(max_examples=40, deadline=None)
@given(cohorts(leaders=8, places=2), st.integers(0, 3))
def test_it_is_the_best_of_all_choices_among_many_small_circles(rows, seed):
    test_it_is_the_best_of_all_choices_down_to_the_ties.hypothesis.inner_test(rows, seed)


@settings(max_examples=150, deadline=None)
@given(cohorts(), st.integers(0, 3), st.data())
def test_the_verifier_finds_a_result_that_was_tampered_with(rows, seed, data):
    try:
        result = solve(built(rows), seed=seed)
    except ProblemError:
        return
    certificate, problem = result.certificate, result.problem
    lied = [replace(level, value=level.value + 1) for level in certificate.levels]
    assert faults_of_circles(replace(result, certificate=replace(certificate, levels=tuple(lied))))
    assert faults_of_circles(replace(result, certificate=replace(certificate, leaves=certificate.leaves[1:])))
    some = data.draw(st.sets(st.sampled_from(range(problem.score.size)) if problem.score.size else st.nothing()))
    other = np.array(sorted(some | set(np.flatnonzero(problem.pinned).tolist())), dtype=np.int64)
    if other.tolist() != result.chosen.tolist():
        ties = sum(tie_costs(problem, seed, other, bits=TIE_BITS).tolist())
        values = (len(set(problem.mentee[other].tolist())), sum(problem.score[other].tolist()), ties)
        levels = tuple(replace(level, value=value) for level, value in zip(certificate.levels, values, strict=True))
        assert faults_of_circles(replace(result, chosen=other, certificate=replace(certificate, levels=levels)))


def cohort(n, m, seed, *, low, high, allowed, levels=10_001) -> Problem:
    random = np.random.default_rng(seed)
    mentee, mentor = np.nonzero(random.random((n, m)) < allowed)
    needs, offers = random.normal(size=(n, 8)), random.normal(size=(m, 8))
    fit = (needs @ offers.T)[mentee, mentor]
    score = ((fit - fit.min()) / (fit.max() - fit.min()) * (levels - 1)).astype(np.int64)
    return problem_from_arrays(
        [f"e{i:04}" for i in range(n)],
        [f"o{j:04}" for j in range(m)],
        want=np.ones(n, dtype=np.int64),
        capacity=np.full(m, high),
        mentee=mentee,
        mentor=mentor,
        score=score,
        circles=Circles(np.arange(m, dtype=np.int32), np.full(m, low), np.full(m, high)),
    )


def by_integer_program(problem: Problem) -> tuple[int, int]:
    """(people, score) by HiGHS's branch and bound, one level after the other."""
    from scipy.optimize import Bounds, LinearConstraint, milp
    from scipy.sparse import csr_matrix

    p, n, m = problem.score.size, len(problem.mentee_ids), len(problem.mentor_ids)
    at = np.arange(p)
    once = csr_matrix((np.ones(p), (problem.mentee, at)), shape=(n, p + m))
    load = csr_matrix((np.ones(p), (problem.mentor, at)), shape=(m, p + m))

    def sizes(of):
        return csr_matrix((of.astype(float), (np.arange(m), p + np.arange(m))), shape=(m, p + m))

    rules = [
        LinearConstraint(once, -np.inf, 1),
        LinearConstraint(load - sizes(problem.circles.min_size), 0, np.inf),
        LinearConstraint(load - sizes(problem.circles.max_size), -np.inf, 0),
    ]
    whole = np.concatenate([np.zeros(p), np.ones(m)])
    values = []
    for worth in (np.ones(p), problem.score.astype(float)):
        costs = np.concatenate([-worth, np.zeros(m)])
        answer = milp(costs, integrality=whole, bounds=Bounds(0, 1), constraints=rules, options={"mip_rel_gap": 0})
        values.append(round(-answer.fun))
        rules.append(LinearConstraint(-costs[None, :], values[-1] - 0.5, np.inf))
    return values[0], values[1]


@pytest.mark.parametrize(
    ("n", "m", "low", "high", "allowed", "levels"),
    [(200, 40, 4, 8, 0.3, 10_001), (200, 40, 6, 10, 0.3, 4), (120, 25, 5, 6, 0.15, 10_001), (60, 12, 6, 9, 0.2, 100)],
)
def test_the_integer_program_agrees(n, m, low, high, allowed, levels):
    problem = cohort(n, m, 1, low=low, high=high, allowed=allowed, levels=levels)
    result = solve(problem, seed=0)
    assert tuple(level.value for level in result.certificate.levels[:2]) == by_integer_program(problem)
    assert faults_of_circles(result) == []


@settings(max_examples=60, deadline=None)
@given(cohorts(), st.integers(0, 3), st.randoms(use_true_random=False))
def test_rows_in_another_order_give_the_same_pairs(rows, seed, random):
    try:
        first = solve(built(rows), seed=seed)
    except ProblemError:
        return
    for part in rows:
        random.shuffle(part)
    assert solve(built(rows), seed=seed).pairs == first.pairs


def test_time_that_runs_out_gives_the_best_found_and_the_true_gap():
    problem = cohort(60, 12, 1, low=6, high=9, allowed=0.2)
    best = solve(problem, seed=0)
    result = solve(problem, seed=0, time_limit=0)
    assert [caution.code for caution in result.cautions] == ["time_limit"]
    assert not result.certificate.optimal
    assert result.participation + result.certificate.gap >= best.participation
    assert faults_of_circles(result) == [f"the certificate itself admits a gap of {result.certificate.gap}"]


def test_a_pin_opens_its_circle():
    pairs = [Pair("ana", "li", 1), Pair("tom", "li", 1), Pair("tom", "eva", 9), Pair("kim", "eva", 9)]
    mentees = [Mentee("ana"), Mentee("tom"), Mentee("kim")]
    mentors = [Mentor("li", capacity=5), Mentor("eva", capacity=5)]
    circles = [Circle("li", 2, 5), Circle("eva", 2, 5)]
    free = problem_from_pairs(mentees, mentors, pairs, circles=circles)
    assert solve(free, seed=0).pairs == [("kim", "eva"), ("tom", "eva")]
    pinned = problem_from_pairs(mentees, mentors, pairs, circles=circles, rules=[Rule("pin", "ana", "li")])
    assert solve(pinned, seed=0).pairs == [("ana", "li"), ("tom", "li")]


def test_pinned_circles_that_cannot_all_reach_their_least_size_name_the_pins():
    pairs = [Pair(mentee, mentor, 1) for mentee in ("ana", "tom", "kim") for mentor in ("li", "eva")]
    problem = problem_from_pairs(
        [Mentee("ana"), Mentee("tom"), Mentee("kim")],
        [Mentor("li", capacity=5), Mentor("eva", capacity=5)],
        pairs,
        circles=[Circle("li", 2, 5), Circle("eva", 2, 5)],
        rules=[Rule("pin", "ana", "li"), Rule("pin", "tom", "eva")],
    )
    with pytest.raises(ProblemError) as caught:
        solve(problem, seed=0)
    assert [finding.text for finding in caught.value.findings] == [
        "ana is pinned to li, whose circle cannot reach its least size of 2",
        "tom is pinned to eva, whose circle cannot reach its least size of 2",
    ]


def test_a_pin_to_a_circle_too_small_for_its_least_size_is_named():
    problem = problem_from_pairs(
        [Mentee("ana"), Mentee("tom")],
        [Mentor("li", capacity=1)],
        [Pair("ana", "li", 1), Pair("tom", "li", 1)],
        circles=[Circle("li", 2, 5)],
        rules=[Rule("pin", "ana", "li")],
    )
    with pytest.raises(ProblemError, match="ana is pinned to li, whose circle cannot reach its least size of 2"):
        solve(problem, seed=0)


def test_pins_that_no_circle_can_keep_are_all_named():
    problem = problem_from_pairs(
        [Mentee("ana", want=2), Mentee("tom"), Mentee("kim")],
        [Mentor("li", capacity=5), Mentor("eva", capacity=5), Mentor("sam", capacity=5)],
        [Pair("ana", "li", 1), Pair("ana", "eva", 1), Pair("tom", "sam", 1), Pair("kim", "li", 1)],
        circles=[Circle("li", 1, 1), Circle("eva", 1, 5)],
        rules=[
            Rule("pin", "ana", "li"),
            Rule("pin", "ana", "eva"),
            Rule("pin", "tom", "sam"),
            Rule("pin", "kim", "li"),
        ],
    )
    with pytest.raises(ProblemError) as caught:
        solve(problem, seed=0)
    assert [finding.text for finding in caught.value.findings] == [
        "ana is pinned to li and to another circle, and can only join one",
        "kim is pinned to li, whose circle takes 1 at most",
        "tom is pinned to sam, who leads no circle",
    ]


def test_without_circles_nobody_is_matched():
    problem = problem_from_pairs([Mentee("ana")], [Mentor("li")], [Pair("ana", "li", 5)])
    result = solve(problem, seed=0)
    assert result.pairs == []
    assert [caution.code for caution in result.cautions] == ["no_circles"]
    assert faults_of_circles(result) == []
