"""The chemistry round: who talks with whom, and what the answers do to the match."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from wayfellow.matching.build import Mentee, Mentor, Pair, Rule, problem_from_arrays, problem_from_pairs
from wayfellow.matching.chemistry import Answer, apply_answers, chemistry_round
from wayfellow.matching.errors import ProblemError
from wayfellow.matching.problem import LARGEST_SCORE
from wayfellow.matching.solve import match
from wayfellow.matching.verify import verify

MENTEES = [Mentee("ana"), Mentee("kim"), Mentee("tom", want=2), Mentee("zoe", want=0)]
MENTORS = [Mentor("eva"), Mentor("li", capacity=2), Mentor("sam")]
PAIRS = [
    Pair("ana", "eva", 900),
    Pair("ana", "li", 800),
    Pair("ana", "sam", 100),
    Pair("kim", "eva", 850),
    Pair("kim", "li", 840),
    Pair("tom", "sam", 500),
    Pair("tom", "li", 400),
    Pair("zoe", "li", 999),
]


def cohort(*rules: Rule):
    return problem_from_pairs(MENTEES, MENTORS, PAIRS, rules=rules)


def test_each_mentee_talks_with_the_best_mentors_and_no_mentor_with_too_many():
    round_ = chemistry_round(cohort(), 2)
    assert round_.talks == [
        ("ana", "eva"),
        ("ana", "li"),
        ("kim", "eva"),
        ("kim", "li"),
        ("tom", "li"),
        ("tom", "sam"),
    ]
    assert verify(round_.result).ok


def test_a_mentor_can_have_fewer_talks_than_in_proportion():
    round_ = chemistry_round(cohort(), 2, most_talks={"li": 1, "eva": 0})
    assert round_.talks == [("ana", "sam"), ("kim", "li"), ("tom", "sam")]


def test_pinned_pairs_talk_whatever_the_numbers():
    rules = [Rule("pin", "tom", "li"), Rule("pin", "tom", "sam")]
    round_ = chemistry_round(cohort(*rules), 1, most_talks={"li": 2})
    assert round_.talks == [("ana", "eva"), ("kim", "li"), ("tom", "li"), ("tom", "sam")]
    with pytest.raises(ProblemError) as caught:
        chemistry_round(cohort(*rules), 1, most_talks={"li": 0, "nobody": 1, "eva": -1})
    assert [finding.text for finding in caught.value.findings] == [
        "li may have 0 talks and is pinned to 1 mentees",
        "'nobody' is not among the mentors",
        "eva cannot have -1 talks",
    ]
    with pytest.raises(ValueError, match="at least 1 talk"):
        chemistry_round(cohort(), 0)


@settings(max_examples=100, deadline=None)
@given(st.integers(0, 10**6), st.integers(1, 3))
def test_nobody_talks_more_than_they_may_and_no_talk_that_would_fit_is_missing(seed, n):
    random = np.random.default_rng(seed)
    mentees, mentors = random.integers(1, 8, size=2)
    mentee, mentor = np.nonzero(random.random((mentees, mentors)) < 0.5)
    capacity = random.integers(0, 3, size=mentors)
    problem = problem_from_arrays(
        [f"e{i}" for i in range(mentees)],
        [f"o{j}" for j in range(mentors)],
        want=random.integers(0, 2, size=mentees),
        capacity=capacity,
        mentee=mentee,
        mentor=mentor,
        score=random.integers(-5, 5, size=mentee.size),
    )
    result = chemistry_round(problem, n).result
    talks = np.bincount(problem.mentee[result.chosen], minlength=mentees)
    assert (talks <= np.where(problem.want > 0, n, 0)).all()
    assert (result.load <= capacity * n).all()
    free = (talks < n)[problem.mentee] & (problem.want > 0)[problem.mentee]
    free &= (result.load < capacity * n)[problem.mentor]
    free[result.chosen] = False
    assert not free.any()


def test_answers_of_both_sides_change_the_match():
    problem = cohort()
    assert match(problem).pairs == [("ana", "eva"), ("kim", "li"), ("tom", "li"), ("tom", "sam")]
    talks = chemistry_round(problem, 2).talks
    answers = [
        Answer("ana", "li", "mentee", "prefer"),
        Answer("ana", "li", "mentor", "prefer"),
        Answer("kim", "eva", "mentor", "neutral"),
        Answer("tom", "li", "mentor", "avoid"),
        Answer("tom", "li", "mentee", "prefer"),
    ]
    changed = apply_answers(problem, answers, talked=talks)
    assert changed.removed["avoided"].tolist() == [0, 0, 1, 0]
    assert changed.score[changed.pair_at(0, 1)] == 1_800
    assert changed.pair_at(2, 1) is None
    result = match(changed)
    assert result.pairs == [("ana", "li"), ("kim", "eva"), ("tom", "sam")]
    assert verify(result).ok


def test_points_for_a_preference_show_as_a_criterion_and_add_up():
    problem = problem_from_arrays(
        ["ana"],
        ["eva", "li"],
        want=[1],
        capacity=[1, 1],
        mentee=[0, 0],
        mentor=[0, 1],
        score=[30, 40],
        criteria=("skills", "goals"),
        points=np.array([[10, 20], [15, 25]], dtype=np.int32),
    )
    talks = [("ana", "eva"), ("ana", "li")]
    once = apply_answers(problem, [Answer("ana", "eva", "mentee", "prefer")], talked=talks, prefer_points=7)
    twice = apply_answers(once, [Answer("ana", "eva", "mentor", "prefer")], talked=talks, prefer_points=7)
    assert twice.criteria == ("skills", "goals", "chemistry")
    assert twice.points.tolist() == [[10, 20, 14], [15, 25, 0]]
    assert (twice.points.sum(axis=1) == twice.score).all()
    gone = apply_answers(twice, [Answer("ana", "li", "mentor", "avoid")], talked=talks)
    assert gone.points.tolist() == [[10, 20, 14]]


def test_points_too_large_to_show_are_refused():
    one = {"want": [1], "capacity": [1], "mentee": [0], "mentor": [0]}
    problem = problem_from_arrays(["ana"], ["eva"], **one, score=[9], criteria=("skills",), points=[[9]])
    both = [Answer("ana", "eva", side, "prefer") for side in ("mentee", "mentor")]
    with pytest.raises(ValueError, match="more than 2,147,483,647 points"):
        apply_answers(problem, both, talked=[("ana", "eva")], prefer_points=2**30)
    assert apply_answers(problem, both, talked=[("ana", "eva")], prefer_points=2**29).score.tolist() == [9 + 2**30]


def test_as_many_talks_as_anybody_could_ask_for():
    problem = problem_from_arrays(["ana"], ["eva"], want=[1], capacity=[10**6], mentee=[0], mentor=[0], score=[9])
    assert chemistry_round(problem, 10**13).talks == [("ana", "eva")]


def test_everything_wrong_with_answers_is_named_at_once():
    problem = problem_from_pairs(
        MENTEES,
        MENTORS,
        [*PAIRS[1:], Pair("ana", "eva", LARGEST_SCORE)],
        rules=[Rule("pin", "tom", "sam")],
    )
    answers = [
        Answer("bob", "zed", "mentee", "prefer"),
        Answer("ana", "li", "manager", "maybe"),
        Answer("zoe", "li", "mentee", "avoid"),
        Answer("ana", "li", "mentee", "prefer"),
        Answer("ana", "li", "mentee", "avoid"),
        Answer("tom", "sam", "mentor", "avoid"),
        Answer("ana", "eva", "mentee", "prefer"),
        Answer("kim", "sam", "mentee", "prefer"),
    ]
    talks = [("ana", "li"), ("tom", "sam"), ("ana", "eva"), ("kim", "sam")]
    with pytest.raises(ProblemError) as caught:
        apply_answers(problem, answers, talked=talks)
    assert [str(finding) for finding in caught.value.findings] == [
        "answers, row 0, mentee_id: 'bob' is not among the mentees",
        "answers, row 0, mentor_id: 'zed' is not among the mentors",
        "answers, row 1, side: 'manager' is not mentee or mentor",
        "answers, row 1, answer: 'maybe' is not prefer, neutral or avoid",
        "answers, row 2: zoe and li did not talk",
        "answers, row 4: the mentee of ana and li has answered before",
        "answers, row 5, answer: tom and sam are pinned to each other",
        "answers, row 6, answer: its points take the pair beyond the largest score, 1,000,000,000,000",
        "answers, row 7: kim and sam are no allowed pair",
    ]
    with pytest.raises(ValueError, match="cannot add -1 points"):
        apply_answers(problem, [], talked=[], prefer_points=-1)
