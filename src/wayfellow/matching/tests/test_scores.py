"""Scores against a plain computation; what must not change them; points that sum to them."""

import math
import re
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from wayfellow.matching.criteria import linear
from wayfellow.matching.criteria.person import Person
from wayfellow.matching.criteria.weights import BEST_SCORE, CRITERIA, UNITS, units_of
from wayfellow.matching.errors import ProblemError
from wayfellow.matching.people.from_people import cohort_of, problem_from_people
from wayfellow.matching.tests.people_maker import cohorts, many_people

WEIGHTS = {criterion.code: criterion.weight for criterion in CRITERIA}


def table_of(people, size=128, **how):
    scores = cohort_of(people, **how).scores
    blocks = [block for _, block in scores.blocks(size)]
    return scores, np.concatenate(blocks) if blocks else np.zeros((0, len(scores.mentors)), np.int16)


def by_ids(people, **how):
    scores, table = table_of(people, **how)
    return {
        (one.id, other.id): int(table[i, j])
        for i, one in enumerate(scores.mentees)
        for j, other in enumerate(scores.mentors)
    }


def plain_fits(mentees, mentors, dimensions):
    """Each criterion's fit of each pair, 0 to 1, or None where one of the two states nothing."""
    wanted = [level for person in mentees for level in person.skills_wanted.values() if level]
    offered = [level for person in mentors for level in person.skills_offered.values() if level]
    any_wanted = round(sum(wanted) / len(wanted)) if wanted else 1
    any_offered = round(sum(offered) / len(offered)) if offered else 5

    def skills(one, other):
        if one.skills_wanted and other.skills_offered:
            fits = [
                min((other.skills_offered[skill] or any_offered) / (level or any_wanted), 1)
                if skill in other.skills_offered
                else 0
                for skill, level in one.skills_wanted.items()
            ]
            return sum(fits) / len(fits)
        return None

    people = {person.id: person for person in (*mentees, *mentors) if person.goals}
    features = {
        identity: set(person.goals) | {word for goal in person.goals for word in re.findall(r"\w+", goal)}
        for identity, person in people.items()
    }

    def weight(feature):
        return 1 + math.log(len(people) / sum(feature in own for own in features.values()))

    def goals(one, other):
        if one.goals and other.goals:
            ours, theirs = features[one.id], features[other.id]
            both = sum(weight(feature) ** 2 for feature in ours & theirs)
            lengths = [math.sqrt(sum(weight(feature) ** 2 for feature in own)) for own in (ours, theirs)]
            return both / lengths[0] / lengths[1]
        return None

    def hours(one, other):
        if one.hours is not None and other.hours is not None:
            return min((one.hours & other.hours).bit_count(), 3) / 3
        return None

    def time_zone(one, other):
        if one.utc_offset is not None and other.utc_offset is not None:
            apart = abs(one.utc_offset - other.utc_offset)
            return max(0, 8 - min(apart, 24 - apart)) / 8
        return None

    def language(one, other):
        if one.languages and other.languages:
            return float(bool(one.languages & other.languages))
        return None

    def differs(dimension):
        def fit(one, other):
            if dimension in one.perspective and dimension in other.perspective:
                return float(one.perspective[dimension] != other.perspective[dimension])
            return None

        return fit

    def readiness(one, other):
        return None if other.trained is None else float(other.trained)

    criteria = {
        "skills": [skills],
        "goals": [goals],
        "hours": [hours],
        "time_zone": [time_zone],
        "language": [language],
        "perspective": [differs(dimension) for dimension in dimensions],
        "readiness": [readiness],
    }
    table = {}
    for code, fits in criteria.items():
        parts = []
        for fit in fits:
            raw = [[fit(one, other) for other in mentors] for one in mentees]
            stated = [value for row in raw for value in row if value is not None]
            if stated:
                mean = sum(stated) / len(stated)
                parts.append(np.array([[mean if value is None else value for value in row] for row in raw]))
        if parts:
            table[code] = sum(parts) / len(parts)
    if "hours" in table:
        table.pop("time_zone", None)
    return table


@settings(max_examples=150, deadline=None)
@given(cohorts(), st.sampled_from([(), ("site",), ("site", "function")]))
def test_scores_are_those_of_a_plain_computation(people, dimensions):
    scores, table = table_of(people, perspective=dimensions)
    fits = plain_fits(scores.mentees, scores.mentors, dimensions)
    assert set(scores.criteria) == set(fits)
    whole = sum(WEIGHTS[code] for code in fits)
    expected = sum((WEIGHTS[code] / whole * fit for code, fit in fits.items()), np.zeros(table.shape)) * BEST_SCORE
    allowed = table >= 0
    # Goals are compared in steps of about a thousandth; a hundredth of a percent of the whole is 1.
    np.testing.assert_allclose(table[allowed], expected[allowed], atol=20)
    if "goals" not in fits:
        np.testing.assert_allclose(table[allowed], expected[allowed], atol=1)


@settings(max_examples=60, deadline=None)
@given(cohorts(), st.integers(1, 4))
def test_the_size_of_blocks_changes_nothing(people, size):
    _, table = table_of(people)
    _, again = table_of(people, size=size)
    assert (table == again).all()


@settings(max_examples=60, deadline=None)
@given(cohorts(), st.randoms(use_true_random=False))
def test_the_order_of_people_changes_nothing(people, drawn):
    before = by_ids(people, perspective=("site",))
    drawn.shuffle(people)
    assert by_ids(people, perspective=("site",)) == before


@settings(max_examples=60, deadline=None)
@given(cohorts(), st.permutations(range(9)))
def test_names_of_ids_change_nothing(people, order):
    new = {person.id: f"n{order[at]}" for at, person in enumerate(people)}
    renamed = [
        replace(person, id=new[person.id], manager_id=new.get(person.manager_id, person.manager_id))
        for person in people
    ]
    before = by_ids(people)
    assert by_ids(renamed) == {(new[one], new[other]): score for (one, other), score in before.items()}


def test_dense_and_sparse_products_are_the_same(monkeypatch):
    people = many_people(90, 70, seed=2)
    _, dense = table_of(people)
    monkeypatch.setattr(linear, "_DENSE", 0)
    _, sparse = table_of(people)
    assert (dense == sparse).all()


@settings(max_examples=100, deadline=None)
@given(cohorts())
def test_points_are_whole_and_sum_to_the_score(people):
    problem, scores = problem_from_people(people, perspective=("site",))
    assert problem.points.dtype == np.int32
    assert problem.points.shape == (len(problem.score), len(problem.criteria))
    assert (problem.points >= 0).all()
    if problem.criteria:
        assert (problem.points.sum(axis=1) == problem.score).all()
    assert (scores.points(problem.mentee, problem.mentor) == problem.points).all()


def test_points_of_many_pairs_sum_to_the_score():
    problem, _ = problem_from_people(many_people(120, 110, seed=3))
    assert len(problem.score) > 1000
    assert (problem.points.sum(axis=1) == problem.score).all()


def test_an_empty_cell_counts_as_the_mean_of_its_column():
    mentee = Person("mentee", is_mentee=True)
    mentors = [
        Person("yes", is_mentor=True, trained=True),
        Person("no", is_mentor=True, trained=False),
        Person("no too", is_mentor=True, trained=False),
        Person("not said", is_mentor=True),
    ]
    scores = by_ids([mentee, *mentors])
    assert [scores["mentee", mentor.id] for mentor in mentors] == [10_000, 0, 0, 3_333]


def test_nobody_is_worse_off_than_the_worst_for_stating_nothing():
    people = many_people(30, 30, seed=4)
    silent = [replace(person, skills_offered={}) if person.id == "mentor 3" else person for person in people]
    scores, _ = table_of(silent)
    at = next(j for j, person in enumerate(scores.mentors) if person.id == "mentor 3")
    points = scores.points(np.arange(30), np.full(30, at))[:, scores.criteria.index("skills")]
    others = [
        scores.points(np.arange(30), np.full(30, j))[:, scores.criteria.index("skills")] for j in range(30) if j != at
    ]
    assert np.unique(points).size <= 2
    assert abs(points.mean() - np.mean(others)) < 1


def test_a_criterion_without_data_is_dropped_and_said():
    people = [
        Person("a", is_mentee=True, skills_wanted={"x": 2}, utc_offset=0),
        Person("b", is_mentor=True, skills_offered={"x": 5}, utc_offset=8),
    ]
    scores, table = table_of(people)
    assert scores.weights == pytest.approx({"skills": 70, "time_zone": 30})
    assert table.tolist() == [[7_000]]
    codes = [(caution.code, caution.text.split(":")[0]) for caution in scores.cautions]
    assert ("criterion_dropped", "Goals, values and ways of working") in codes
    assert ("criterion_replaced", "Availability is not known on both sides") in codes
    assert not any("perspective" in text for _, text in codes)


def test_where_nothing_can_be_scored_one_sentence_says_so():
    scores, _ = table_of([Person("a", is_mentee=True), Person("b", is_mentor=True, goals=("x",))])
    (caution,) = scores.cautions
    assert caution.text == "Nothing is scored: of no criterion is there anything to compare."


def test_perspective_that_was_asked_for_and_has_no_data_is_said():
    people = [Person("a", is_mentee=True, goals=("x",)), Person("b", is_mentor=True, goals=("x",))]
    texts = [caution.text for caution in table_of(people, perspective=("site",))[0].cautions]
    assert any(text.startswith("Difference of perspective") for text in texts)


def test_without_any_data_every_pair_is_worth_nothing():
    scores, table = table_of([Person("a", is_mentee=True), Person("b", is_mentor=True)])
    assert table.tolist() == [[0]]
    assert scores.criteria == ()
    assert scores.reasons(0, 0) == []


def test_weights_of_a_manager_move_scores():
    people = [
        Person("a", is_mentee=True, skills_wanted={"x": 4}, languages=frozenset(["German"])),
        Person("b", is_mentor=True, skills_offered={"x": 2}, languages=frozenset(["German"])),
    ]
    assert by_ids(people)["a", "b"] == round((35 * 0.5 + 5) / 40 * 10_000)
    assert by_ids(people, weights={"skills": 1, "language": 3})["a", "b"] == 8_750
    assert by_ids(people, weights={"skills": 0})["a", "b"] == 10_000
    assert "skills" not in table_of(people, weights={"skills": 0})[0].criteria


def test_wrong_weights_are_all_named():
    with pytest.raises(ProblemError) as raised:
        problem_from_people([], weights={"skill": 3, "goals": -1, "hours": float("nan"), "language": math.inf})
    assert [finding.column for finding in raised.value.findings] == ["skill", "goals", "hours", "language"]


@given(st.dictionaries(st.sampled_from(list(WEIGHTS)), st.floats(0, 1000), min_size=7, max_size=7))
def test_the_whole_is_shared_out_exactly(weights):
    units = units_of(weights, set(weights))
    if any(weights.values()):
        assert sum(units.values()) == UNITS
        assert all(part >= 0 for part in units.values())
    else:
        assert units == {}


def test_the_same_person_scores_the_same_on_the_week_and_on_the_clock():
    week = 0b11111 << 160 | 0b11  # Sunday evening and Monday night
    people = [
        Person("a", is_mentee=True, hours=week),
        Person("b", is_mentor=True, hours=0b11 << 166 | 0b1),
        Person("c", is_mentor=True, hours=1 << 164),
    ]
    scores = by_ids(people)
    assert scores["a", "b"] == 3_333
    assert scores["a", "c"] == 3_333


def test_every_default_weight_says_where_it_is_from():
    assert sum(criterion.weight for criterion in CRITERIA if criterion.code != "time_zone") == 100
    assert all(criterion.evidence and criterion.source and criterion.measure for criterion in CRITERIA)
