"""Hard rules: each on, each off, and what they say."""

from dataclasses import replace

import pytest
from hypothesis import given, settings

from wayfellow.matching.criteria.person import Person
from wayfellow.matching.criteria.rules import Rules, words_of
from wayfellow.matching.errors import ProblemError
from wayfellow.matching.people.from_people import problem_from_people
from wayfellow.matching.tests.people_maker import cohorts, many_people

OFF = Rules(reporting_line=False, common_language=False, min_hours=0)


def allowed(people, **how):
    problem, _ = problem_from_people(people, **how)
    return {(problem.mentee_ids[i], problem.mentor_ids[j]) for i, j in zip(problem.mentee, problem.mentor, strict=True)}


def removed(people, **how):
    problem, _ = problem_from_people(people, **how)
    return {rule: count.tolist() for rule, count in problem.removed.items()}


def mentee(identity, **facts):
    return Person(identity, is_mentee=True, **facts)


def mentor(identity, **facts):
    return Person(identity, is_mentor=True, **facts)


def test_nobody_is_matched_with_themselves():
    people = [Person("a", is_mentee=True, is_mentor=True), mentor("b")]
    assert allowed(people, rules=OFF) == {("a", "b")}
    assert removed(people, rules=OFF) == {"same_person": [1]}


def test_the_reporting_line_at_any_depth_both_ways():
    people = [
        mentor("top"),
        Person("between", manager_id="top"),
        mentee("middle", manager_id="between"),
        mentee("low", manager_id="middle"),
        mentor("lowest", manager_id="low"),
        mentor("aside", manager_id="top"),
    ]
    assert allowed(people) == {("low", "aside"), ("middle", "aside")}
    assert removed(people) == {"reporting_line": [2, 2]}
    assert len(allowed(people, rules=Rules(reporting_line=False))) == 6


def test_a_line_that_runs_in_a_circle_is_a_caution():
    people = [
        mentee("a", manager_id="b"),
        mentor("b", manager_id="c"),
        mentor("c", manager_id="a"),
        mentee("tail", manager_id="a"),
        mentor("free"),
        mentor("boss", manager_id="boss"),
    ]
    assert allowed(people) == {(one, other) for one in ("a", "tail") for other in ("free", "boss")}
    cautions = problem_from_people(people)[1].cautions
    texts = [caution.text for caution in cautions if caution.code == "reporting_circle"]
    assert texts == [
        "The reporting line of a, b and c runs in a circle; none of them is matched to another.",
        "boss is listed as their own manager.",
    ]
    assert problem_from_people(people[::-1])[1].cautions == cautions


def test_a_manager_who_is_not_in_the_data_is_a_caution():
    people = [mentee("a", manager_id="x", name="Ana"), mentor("b", manager_id="x"), mentor("c", manager_id="a")]
    assert allowed(people) == {("a", "b")}
    [text] = [caution.text for caution in problem_from_people(people)[1].cautions if caution.code == "unknown_manager"]
    assert text.startswith("x, named as manager of Ana and b, is not in the data")


def test_languages_that_both_state_are_shared():
    people = [
        mentee("a", languages=frozenset(["German", "Polish"])),
        mentee("silent"),
        mentor("b", languages=frozenset(["Polish"])),
        mentor("c", languages=frozenset(["English"])),
        mentor("d"),
    ]
    everybody = {(one, other) for one in ("a", "silent") for other in "bcd"}
    assert allowed(people) == everybody - {("a", "c")}
    assert removed(people) == {"no_common_language": [1, 0]}
    assert allowed(people, rules=Rules(common_language=False)) == everybody


def test_hours_that_both_state_are_shared():
    people = [
        mentee("a", hours=0b0111),
        mentee("silent"),
        mentee("busy", hours=0),
        mentor("b", hours=0b0110),
        mentor("c", hours=0b1000),
        mentor("d"),
        mentor("full", hours=0),
    ]
    both = {(one, "d") for one in ("a", "busy")} | {("silent", other) for other in ("b", "c", "d", "full")}
    assert allowed(people) == both | {("a", "b")}
    assert removed(people) == {"no_common_hours": [2, 3, 0]}
    assert allowed(people, rules=Rules(min_hours=3)) == both
    assert allowed(people, rules=Rules(min_hours=2)) == both | {("a", "b")}
    assert len(allowed(people, rules=Rules(min_hours=0))) == 12


def test_required_hours_hold_when_hours_weigh_nothing():
    people = [mentee("a", hours=1), mentor("b", hours=2), mentor("c", hours=1)]
    assert allowed(people, weights={"hours": 0}) == {("a", "c")}


def test_a_time_zone_alone_forbids_nothing():
    people = [mentee("a", utc_offset=-8), mentor("b", utc_offset=5)]
    assert allowed(people) == {("a", "b")}


@pytest.mark.parametrize(
    "rules, code, left",
    [
        (Rules(must_differ=("site",)), "same_site", {"other", "silent"}),
        (Rules(must_agree=("site",)), "different_site", {"same", "silent"}),
    ],
)
def test_a_dimension_must_differ_or_agree(rules, code, left):
    people = [
        mentee("a", perspective={"site": "Porto"}),
        mentor("same", perspective={"site": "Porto"}),
        mentor("other", perspective={"site": "Kiel"}),
        mentor("silent"),
    ]
    assert allowed(people, rules=rules) == {("a", other) for other in left}
    assert removed(people, rules=rules) == {code: [1]}
    assert len(allowed(people)) == 3


def test_several_rules_forbid_one_pair_and_each_counts():
    people = [
        mentee("a", languages=frozenset("x"), hours=1, perspective={"site": "s", "team": "t"}, manager_id="b"),
        mentor("b", languages=frozenset("y"), hours=2, perspective={"site": "s", "team": "u"}),
        mentor("c", languages=frozenset("x"), hours=1, perspective={"site": "r", "team": "t"}),
    ]
    rules = Rules(must_differ=("site",), must_agree=("team",))
    assert removed(people, rules=rules, forbids=[("a", "b")]) == {
        "no_common_language": [1],
        "same_site": [1],
        "different_team": [1],
        "reporting_line": [1],
        "forbidden": [1],
        "no_common_hours": [1],
    }
    assert allowed(people, rules=rules) == {("a", "c")}


def test_rules_that_contradict_are_all_named():
    with pytest.raises(ProblemError) as raised:
        problem_from_people([], rules=Rules(min_hours=13, must_differ=("site",), must_agree=("site",)))
    assert [finding.column for finding in raised.value.findings] == ["min_hours", "must_agree"]


def test_every_rule_has_words():
    codes = ["same_person", "reporting_line", "no_common_language", "no_common_hours", "same_site", "different_site"]
    words = [words_of(code) for code in [*codes, "forbidden"]]
    assert len(set(words)) == len(words)
    assert words_of("no_common_hours", Rules(min_hours=4)) == "the two share fewer than 4 hours a week"


@settings(max_examples=60, deadline=None)
@given(cohorts())
def test_what_is_removed_and_what_is_left_is_everything(people):
    rules = Rules(must_differ=("site",))
    problem, scores = problem_from_people(people, rules=rules)
    left = set(zip(problem.mentee.tolist(), problem.mentor.tolist(), strict=True))
    for i, one in enumerate(scores.mentees):
        for j, other in enumerate(scores.mentors):
            forbid = scores.rules_against(i, j)
            assert ((i, j) in left) == (not forbid)
            assert ("same_person" in forbid) == (one.id == other.id)
            if one.languages and other.languages:
                assert ("no_common_language" in forbid) == (not one.languages & other.languages)
            if one.hours is not None and other.hours is not None:
                assert ("no_common_hours" in forbid) == (not one.hours & other.hours)
    for rule, count in problem.removed.items():
        assert count.tolist() == [
            sum(rule in scores.rules_against(i, j) for j in range(len(scores.mentors)))
            for i in range(len(scores.mentees))
        ]


def test_turning_all_off_leaves_everybody():
    people = [replace(person, manager_id="mentor 1") for person in many_people(20, 20, seed=1)]
    assert len(allowed(people, rules=OFF)) == 400
