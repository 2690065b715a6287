"""Why a pair fits, in sentences: only what is so, what adds most first."""

from hypothesis import given, settings

from wayfellow.matching.criteria.person import Person
from wayfellow.matching.criteria.rules import Rules
from wayfellow.matching.people.from_people import problem_from_people
from wayfellow.matching.tests.people_maker import cohorts

ANA = {
    "skills_wanted": {"product strategy": 4, "finance": None, "design": 2},
    "goals": ("Move into leadership", "work abroad"),
    "languages": frozenset(["Portuguese", "English"]),
    "hours": 0b11111,
    "utc_offset": 0,
    "perspective": {"function": "sales", "site": "Porto"},
}


def reasons(mentor, *, mentee=ANA, perspective=("function", "site"), **how):
    people = [Person("a", is_mentee=True, **mentee), Person("b", is_mentor=True, **mentor)]
    return problem_from_people(people, perspective=perspective, **how).scores.reasons(0, 0)


def test_everything_that_fits():
    mentor = {
        "skills_offered": {"product strategy": 5, "finance": None, "other": 5},
        "goals": ("move into leadership", "public speaking"),
        "languages": frozenset(["Portuguese"]),
        "hours": 0b110,
        "trained": True,
        "perspective": {"function": "engineering", "site": "Porto"},
    }
    assert reasons(mentor) == [
        "Offers product strategy at level 5, wanted 4; finance",
        "2 hours a week in common",
        "Same goal: Move into leadership",
        "Both speak Portuguese",
        "Different function (sales and engineering)",
        "Has done the mentor training",
    ]


def test_nothing_that_is_not_so():
    mentor = {
        "skills_offered": {"other": 5},
        "goals": ("public speaking",),
        "languages": frozenset(["Polish"]),
        "hours": 0,
        "trained": False,
        "perspective": {"function": "sales"},
    }
    assert reasons(mentor, rules=Rules(common_language=False, min_hours=0)) == []
    assert reasons({"utc_offset": 9}) == []


def test_one_hour_and_two_languages():
    mentor = {"hours": 1, "languages": frozenset(["Portuguese", "English", "Polish"])}
    assert reasons(mentor) == ["1 hour a week in common", "Both speak English and Portuguese"]


def test_the_clock_where_no_hours_are_known():
    mentee = {"utc_offset": 1.0}
    assert reasons({"utc_offset": 1.0}, mentee=mentee) == ["Same time on the clock"]
    assert reasons({"utc_offset": 0.0}, mentee=mentee) == ["1 hour apart on the clock"]
    assert reasons({"utc_offset": 5.5}, mentee=mentee) == ["4.5 hours apart on the clock"]
    assert reasons({"utc_offset": -11.0}, mentee={"utc_offset": 13.0}) == ["Same time on the clock"]


def test_words_in_common():
    mentee = {"goals": ("speak in public", "leadership of teams")}
    assert reasons({"goals": ("Public leadership",)}, mentee=mentee) == [
        "Their goals share the words leadership and public"
    ]
    assert reasons({"goals": ("in of",)}, mentee=mentee) == []
    first = {"goals": ("my first public speech",)}
    assert reasons({"goals": ("lead for the first time",)}, mentee=first) == []
    assert reasons({"goals": ("public service",)}, mentee=first) == ["Their goals share the word public"]


@settings(max_examples=100, deadline=None)
@given(cohorts())
def test_as_many_reasons_as_criteria_at_most(people):
    problem, scores = problem_from_people(people, perspective=("site",))
    for at in range(len(problem.score)):
        found = scores.reasons(int(problem.mentee[at]), int(problem.mentor[at]))
        assert len(found) <= (problem.points[at] > 0).sum()
        assert all((text and text[0].isupper()) or text[0].isdigit() for text in found)
