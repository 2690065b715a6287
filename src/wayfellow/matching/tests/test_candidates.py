"""A short list and prices find, pair for pair, what `match` finds on all pairs."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from wayfellow.matching.criteria.person import Person
from wayfellow.matching.criteria.rules import Rules
from wayfellow.matching.people import candidates, pricing
from wayfellow.matching.people.candidates import BY_PRICES, match_people
from wayfellow.matching.people.from_people import problem_from_people
from wayfellow.matching.people.verify_people import verify_people
from wayfellow.matching.solve import match
from wayfellow.matching.tests.people_maker import cohorts, many_people
from wayfellow.matching.verify import verify

PAIR_ARRAYS = ("mentee", "mentor", "score", "pinned")


def both_ways(people, *, objective="participation_score", seed=0, each_mentee=2, each_mentor=1, **how):
    """The result through prices, and on all pairs."""
    min_score = how.pop("min_score", None)
    priced = match_people(
        people,
        objective=objective,
        seed=seed,
        min_score=min_score,
        most_pairs=0,
        each_mentee=each_mentee,
        each_mentor=each_mentor,
        **how,
    )
    whole = match(problem_from_people(people, **how).problem, objective=objective, seed=seed, min_score=min_score)
    return priced, whole


def assert_same(priced, whole):
    assert priced.result.pairs == whole.pairs
    assert [(level.name, level.value) for level in priced.result.certificate.levels] == [
        (level.name, level.value) for level in whole.certificate.levels
    ]
    assert verify(priced.result).ok
    assert verify_people(priced.result, priced.scores).faults == ()


@pytest.mark.parametrize("seed", range(3))
@pytest.mark.parametrize("most", [1, 3])
def test_a_short_list_of_a_large_cohort(seed, most):
    people = many_people(300, 250, seed=seed, most=most)
    priced, whole = both_ways(people, seed=seed)
    assert_same(priced, whole)
    assert len(priced.result.problem.score) < len(whole.problem.score) / 4


@pytest.mark.parametrize("mentees, mentors", [(220, 120), (120, 220)])
def test_scores_that_are_nearly_all_the_same(mentees, mentors):
    assert_same(*both_ways(many_people(mentees, mentors, seed=5, coarse=True, most=2), seed=9))


@pytest.mark.parametrize("objective", [name for name in BY_PRICES if name != "min_pair_score"])
def test_each_objective(objective):
    people = [replace(person, minimum=min(person.capacity, 2)) for person in many_people(150, 90, seed=3, most=3)]
    assert_same(*both_ways(people, objective=objective))


def test_a_lowest_score():
    people = many_people(150, 90, seed=3, most=2)
    priced, whole = both_ways(people, objective="min_pair_score", min_score=6500)
    assert_same(priced, whole)
    assert 0 < len(whole.chosen) < 150


def test_pairs_have_to_be_added():
    people = many_people(200, 200, seed=1)
    steps = []
    match_people(people, most_pairs=0, each_mentee=1, each_mentor=1, on_progress=steps.append)
    assert steps.count("solve") > 2


def test_seats_that_the_short_list_leads_nobody_to_are_free():
    # Everybody's best mentor is the same: the others are on nobody's list but must be found.
    people = [
        replace(person, skills_offered={"strategy": 5 if person.id == "mentor 0" else 1}, skills_wanted={"strategy": 5})
        for person in many_people(60, 60, seed=2)
    ]
    people = [replace(person, hours=None, languages=frozenset()) for person in people]
    assert_same(*both_ways(people, each_mentee=1, each_mentor=1))


@settings(max_examples=150, deadline=None)
@given(cohorts(), st.integers(0, 3), st.sampled_from(BY_PRICES), st.data())
def test_any_small_cohort(people, seed, objective, data):
    how = {"rules": Rules(min_hours=data.draw(st.integers(0, 2)), must_differ=("site",))}
    if objective == "min_pair_score":
        how["min_score"] = data.draw(st.sampled_from([0, 4000, 8000]))
    problem = problem_from_people(people, rules=how["rules"]).problem
    takes = [
        at
        for at in range(len(problem.score))
        if problem.want[problem.mentee[at]] and problem.capacity[problem.mentor[at]]
    ]
    if takes and data.draw(st.booleans()):
        at = data.draw(st.sampled_from(takes))
        how["pins"] = [(problem.mentee_ids[problem.mentee[at]], problem.mentor_ids[problem.mentor[at]])]
    assert_same(*both_ways(people, objective=objective, seed=seed, each_mentee=1, each_mentor=1, **how))


def test_ties_are_priced_among_all_pairs(monkeypatch):
    """Everybody fits everybody alike, and the list to begin with has one pair of each: only the ties tell of others."""
    people = [Person(f"e{at:02}", is_mentee=True) for at in range(30)]
    people += [Person(f"o{at:02}", is_mentor=True) for at in range(30)]
    monkeypatch.setattr(candidates, "shortlist", lambda table, **_: np.arange(table.mentees) * (table.mentors + 1))
    monkeypatch.setattr(candidates, "_ADDED", 1)
    priced, whole = both_ways(people, seed=4)
    assert_same(priced, whole)
    assert whole.pairs != [(f"e{at:02}", f"o{at:02}") for at in range(30)]
    # Without the pairs that won, what is left is proven only by itself.
    left = ~np.isin(np.arange(whole.problem.score.size), whole.chosen)
    poorer = match(replace(whole.problem, points=None, **{n: getattr(whole.problem, n)[left] for n in PAIR_ARRAYS}))
    assert verify(poorer).ok
    assert any("would better level ties" in fault for fault in verify_people(poorer, priced.scores).faults)


def test_people_left_out_are_seen():
    """Of two mentors only one is in the problem: whoever waits could be with the other."""
    people = [Person("ana", is_mentee=True), Person("ben", is_mentee=True)] + [
        Person(id, is_mentor=True) for id in ("eva", "li")
    ]
    result, scores = match_people(people, most_pairs=0)
    assert verify_people(result, scores).ok
    problem = problem_from_people(people).problem
    seen = problem.mentor == 0
    poorer = match(replace(problem, points=None, **{name: getattr(problem, name)[seen] for name in PAIR_ARRAYS}))
    assert any("level participation" in fault for fault in verify_people(poorer, scores).faults)


def test_scores_need_not_be_kept(monkeypatch):
    people = many_people(120, 100, seed=4)
    kept, _ = both_ways(people)
    monkeypatch.setattr(pricing, "_KEPT", 0)
    again, whole = both_ways(people)
    assert again.result.pairs == kept.result.pairs
    assert_same(again, whole)


def test_the_order_of_people_changes_nothing():
    people = many_people(150, 150, seed=6, coarse=True)
    first = match_people(people, most_pairs=0)
    second = match_people(people[::-1], most_pairs=0)
    assert first.result.pairs == second.result.pairs
    for one, other in zip(first.result.certificate.levels, second.result.certificate.levels, strict=True):
        assert (one.prices == other.prices).all()


def test_what_was_not_looked_at_one_by_one_is_said():
    people = many_people(60, 60, seed=7)
    assert "pairs_priced" in [caution.code for caution in match_people(people, most_pairs=0).result.cautions]
    assert "pairs_priced" not in [caution.code for caution in match_people(people).result.cautions]


def test_a_lowest_score_belongs_to_its_objective():
    for most in (0, 10**6):
        with pytest.raises(ValueError, match="min_score"):
            match_people(many_people(5, 5, seed=1), min_score=3, most_pairs=most)
        with pytest.raises(ValueError, match="min_score"):
            match_people(many_people(5, 5, seed=1), objective="min_pair_score", most_pairs=most)


def test_prices_that_hide_a_better_pair_prove_nothing():
    result, scores = match_people(many_people(60, 60, seed=8, most=3), most_pairs=0, each_mentee=60)
    assert verify_people(result, scores).ok
    n = len(scores.mentees)
    problem = result.problem
    # A result over the pairs of some mentors only, as if nobody had looked at the others.
    seen = problem.mentor >= 20
    poorer = match(replace(problem, **{name: getattr(problem, name)[seen] for name in PAIR_ARRAYS}, points=None))
    assert poorer.total_score < result.total_score
    assert verify(poorer).ok
    assert not verify_people(poorer, scores).ok

    def priced(price):
        levels = [
            replace(level, prices=np.concatenate([level.prices[:n], np.full(20, price), level.prices[n + 20 :]]))
            for level in poorer.certificate.levels
        ]
        return replace(poorer, certificate=replace(poorer.certificate, levels=tuple(levels)))

    # Prices beyond all others for those mentors would keep every pair out, but their seats are free.
    assert verify(priced(10**12)).ok
    assert not verify_people(priced(10**12), scores).ok
    # At the price of a free seat the pairs that nobody looked at show.
    assert verify(priced(0)).ok
    assert any("would better level" in fault for fault in verify_people(priced(0), scores).faults)
