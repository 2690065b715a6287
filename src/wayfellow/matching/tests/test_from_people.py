"""People become a problem: canonical, with pins, and with everything that is wrong named at once."""

import numpy as np
import pytest

from wayfellow.matching.build import problem_from_arrays
from wayfellow.matching.criteria.person import Person
from wayfellow.matching.errors import ProblemError
from wayfellow.matching.people.from_people import TooManyPairs, problem_from_people
from wayfellow.matching.solve import match
from wayfellow.matching.tests.people_maker import many_people
from wayfellow.matching.verify import verify


def faults(people, **how):
    with pytest.raises(ProblemError) as raised:
        problem_from_people(people, **how)
    return [(finding.table, finding.row, finding.column) for finding in raised.value.findings]


def test_people_of_a_problem_are_in_canonical_form():
    people = many_people(30, 20, seed=1, most=3)
    problem, scores = problem_from_people(people)
    again = problem_from_arrays(
        problem.mentee_ids,
        problem.mentor_ids,
        want=problem.want,
        capacity=problem.capacity,
        mentee=problem.mentee,
        mentor=problem.mentor,
        score=problem.score,
    )
    for field in ("mentee_ids", "mentor_ids"):
        assert getattr(again, field) == getattr(problem, field)
    for field in ("want", "capacity", "minimum", "mentee", "mentor", "score", "pinned"):
        one, other = getattr(problem, field), getattr(again, field)
        assert (one == other).all()
        assert one.dtype == other.dtype
    assert [person.id for person in scores.mentees] == list(problem.mentee_ids)
    assert verify(match(problem)).ok


def test_pins_are_kept_and_forbids_are_out():
    people = many_people(12, 12, seed=2)
    free = problem_from_people(people).problem
    pin = free.mentee_ids[free.mentee[0]], free.mentor_ids[free.mentor[0]]
    forbid = free.mentee_ids[free.mentee[-1]], free.mentor_ids[free.mentor[-1]]
    problem, _ = problem_from_people(people, pins=[pin], forbids=[forbid])
    assert np.flatnonzero(problem.pinned).tolist() == [0]
    assert len(problem.score) == len(free.score) - 1
    assert problem.removed["forbidden"].sum() == 1
    assert pin in match(problem).pairs


def test_names_and_strata_come_along():
    people = [
        Person("a", name="Ana", is_mentee=True, groups={"site": "Porto"}),
        Person("b", is_mentee=True),
        Person("c", name="Cy", is_mentor=True),
    ]
    problem, _ = problem_from_people(people, stratify_by="site")
    assert problem.names == {"a": "Ana", "c": "Cy"}
    assert problem.strata == ("", "Porto")
    assert problem.stratum.tolist() == [1, 0]
    assert problem_from_people(people).problem.stratum is None


def test_everything_wrong_with_people_is_named():
    people = [
        Person("a", is_mentee=True, want=-1, skills_wanted={"x": 6}),
        Person("a", is_mentor=True, capacity=2, minimum=3),
        Person("", is_mentor=True, capacity=10**7),
        Person("d", is_mentor=True, minimum=-1, hours=1 << 168, utc_offset=15, skills_offered={"y": 0}),
        Person("e", capacity=-5, want=-5),
    ]
    assert faults(people) == [
        ("people", 0, "want"),
        ("people", 0, "skills_wanted"),
        ("people", 1, "id"),
        ("people", 1, "minimum"),
        ("people", 2, "id"),
        ("people", 2, "capacity"),
        ("people", 3, "minimum"),
        ("people", 3, "skills_offered"),
        ("people", 3, "hours"),
        ("people", 3, "utc_offset"),
    ]


def test_everything_wrong_with_pins_and_forbids_is_named():
    people = [
        Person("a", is_mentee=True, manager_id="y", want=1),
        Person("b", is_mentee=True),
        Person("x", is_mentor=True),
        Person("y", is_mentor=True, capacity=0),
    ]
    assert faults(people, pins=[("a", "z"), ("x", "a"), ("b", "x"), ("b", "x")], forbids=[("q", "x")]) == [
        ("pins", 0, "mentor_id"),
        ("pins", 1, "mentee_id"),
        ("pins", 1, "mentor_id"),
        ("pins", 3, ""),
        ("forbids", 0, "mentee_id"),
    ]
    # A rule forbids the first, the second is forbidden by hand, "x" can take one, "y" none.
    found = faults(people, pins=[("a", "y"), ("b", "x"), ("a", "x")], forbids=[("b", "x")])
    assert sorted(found) == [
        ("pins", 0, ""),
        ("pins", 0, "mentor_id"),
        ("pins", 1, ""),
        ("pins", 2, "mentee_id"),
        ("pins", 2, "mentor_id"),
    ]


def test_too_many_pairs_are_refused():
    with pytest.raises(TooManyPairs):
        problem_from_people(many_people(30, 30, seed=1), most_pairs=10)


@pytest.mark.parametrize("people", [[], [Person("a", is_mentee=True)], [Person("a", is_mentor=True)], [Person("a")]])
def test_a_cohort_with_nobody_on_a_side_is_a_result(people):
    problem, _ = problem_from_people(people)
    assert match(problem).pairs == []
