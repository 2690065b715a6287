"""Rows and arrays become one canonical problem, and everything wrong with them is said at once."""

import random
from dataclasses import fields

import numpy as np
import pytest

from wayfellow.matching.build import (
    Circle,
    Mentee,
    Mentor,
    Pair,
    Preference,
    Rule,
    problem_from_arrays,
    problem_from_pairs,
)
from wayfellow.matching.digest import problem_sha256
from wayfellow.matching.errors import ProblemError
from wayfellow.matching.problem import LARGEST_SCORE, Circles, Preferences

MENTEES = [
    Mentee("inês", 2, "Inês Tavaredo", "north"),
    Mentee("amara", stratum="south"),
    Mentee("Zoë"),
    Mentee("tom", 0),
]
MENTORS = [Mentor("tom", 2, 1), Mentor("li", 3), Mentor("eva", 0, 0, "Eva Lund")]
PAIRS = [
    Pair("inês", "tom", 5),
    Pair("inês", "li", -7),
    Pair("amara", "li", 9),
    Pair("tom", "tom", 8),
    Pair("Zoë", "tom", 4, allowed=False),
    Pair("Zoë", "eva", LARGEST_SCORE),
    Pair("tom", "li", 1),
]
RULES = [
    Rule("pin", "amara", "li"),
    Rule("forbid", "inês", "li"),
    Rule("forbid", "Zoë", "li"),
    Rule("forbid", "tom", "tom"),
]
PREFERENCES = [
    Preference("mentee", "inês", "li", 2),
    Preference("mentee", "inês", "tom", 1),
    Preference("mentor", "li", "inês", 1),
]
CIRCLES = [Circle("tom", 1, 2), Circle("li", 0, 3)]


def a_problem(shuffle=None):
    tables = [list(rows) for rows in (MENTEES, MENTORS, PAIRS, RULES, PREFERENCES, CIRCLES)]
    for rows in tables:
        if shuffle is not None:
            random.Random(shuffle).shuffle(rows)
    people, mentors, pairs, rules, preferences, circles = tables
    return problem_from_pairs(people, mentors, pairs, rules=rules, preferences=preferences, circles=circles)


def findings_of(*arguments, **options):
    with pytest.raises(ProblemError) as caught:
        problem_from_pairs(*arguments, **options)
    return [str(finding) for finding in caught.value.findings]


def same(one, other):
    """Whether two problems (or their parts) hold the same."""
    for field in fields(one):
        left, right = getattr(one, field.name), getattr(other, field.name)
        if isinstance(left, np.ndarray):
            if left.dtype != right.dtype or not np.array_equal(left, right):
                return False
        elif isinstance(left, dict):
            if {key: list(np.atleast_1d(value)) for key, value in left.items()} != {
                key: list(np.atleast_1d(value)) for key, value in right.items()
            }:
                return False
        elif isinstance(left, Preferences | Circles):
            if not same(left, right):
                return False
        elif left != right:
            return False
    return True


def test_canonical_form():
    problem = a_problem()
    assert problem.mentee_ids == ("Zoë", "amara", "inês", "tom")
    assert problem.mentor_ids == ("eva", "li", "tom")
    assert problem.want.tolist() == [1, 1, 2, 0]
    assert (problem.capacity.tolist(), problem.minimum.tolist()) == ([0, 3, 2], [0, 0, 1])
    pairs = [
        (problem.mentee_ids[i], problem.mentor_ids[j], score, pinned)
        for i, j, score, pinned in zip(
            problem.mentee, problem.mentor, problem.score.tolist(), problem.pinned.tolist(), strict=True
        )
    ]
    assert pairs == [
        ("Zoë", "eva", LARGEST_SCORE, False),
        ("amara", "li", 9, True),
        ("inês", "tom", 5, False),
        ("tom", "li", 1, False),
    ]
    assert {rule: counts.tolist() for rule, counts in problem.removed.items()} == {
        "forbidden": [0, 0, 1, 0],
        "not_allowed": [1, 0, 0, 0],
    }
    assert (problem.strata, problem.stratum.tolist()) == (("", "north", "south"), [0, 2, 1, 0])
    assert problem.names == {"inês": "Inês Tavaredo", "eva": "Eva Lund"}
    assert problem.preferences.mentee_choice.tolist() == [2, 1]
    assert problem.preferences.mentor_choice.tolist() == [2]
    assert (problem.circles.mentor.tolist(), problem.circles.max_size.tolist()) == ([1, 2], [3, 2])
    assert problem.mentee.dtype == np.int32
    assert problem.score.dtype == np.int64


@pytest.mark.parametrize("seed", range(5))
def test_order_of_rows_changes_nothing(seed):
    assert same(a_problem(shuffle=seed), a_problem())
    assert problem_sha256(a_problem(shuffle=seed)) == problem_sha256(a_problem())


def test_arrays_give_the_same_problem():
    by_rows = problem_from_pairs(MENTEES, MENTORS, [pair for pair in PAIRS if pair.allowed], rules=RULES[:1])
    mentee_ids, mentor_ids = [row.id for row in MENTEES], [row.id for row in MENTORS]
    pairs = [pair for pair in PAIRS if pair.allowed]
    by_arrays = problem_from_arrays(
        mentee_ids,
        mentor_ids,
        want=[row.want for row in MENTEES],
        capacity=[row.capacity for row in MENTORS],
        minimum=[row.minimum for row in MENTORS],
        mentee=[mentee_ids.index(pair.mentee_id) for pair in pairs],
        mentor=[mentor_ids.index(pair.mentor_id) for pair in pairs],
        score=[pair.score for pair in pairs],
        pinned=[(pair.mentee_id, pair.mentor_id) == ("amara", "li") for pair in pairs],
        stratum=[row.stratum for row in MENTEES],
        names={"inês": "Inês Tavaredo", "eva": "Eva Lund"},
    )
    assert same(by_rows, by_arrays)


def test_arrays_keep_points_beside_their_pairs():
    problem = problem_from_arrays(
        ["b", "a"],
        ["y", "x"],
        want=[1, 1],
        capacity=[1, 1],
        mentee=[0, 1, 0],
        mentor=[1, 0, 0],
        score=[30, 20, 10],
        removed={"language": [3, 4]},
        criteria=("skills", "goals"),
        points=[[30, 0], [15, 5], [4, 6]],
    )
    assert problem.score.tolist() == [20, 30, 10]
    assert problem.points.tolist() == [[15, 5], [30, 0], [4, 6]]
    assert problem.removed["language"].tolist() == [4, 3]


def test_empty_cohort_is_a_problem():
    problem = problem_from_pairs([], [], [])
    assert (problem.mentee_ids, problem.score.size, problem.preferences) == ((), 0, None)
    assert problem_from_pairs([Mentee("a")], [], []).want.tolist() == [1]
    assert problem_from_arrays([], [], want=[], capacity=[], mentee=[], mentor=[], score=[]).score.size == 0


MANY_FAULTS = {
    "mentees": [*MENTEES, Mentee("amara"), Mentee("", -1), Mentee("kofi", 1.5), Mentee(7), Mentee("half \ud800")],
    "mentors": [*MENTORS, Mentor("bo", 1, 2), Mentor("mia", 10**30, -(10**30)), Mentor("jo", -1)],
    "pairs": [
        *PAIRS,
        Pair("amara", "li", LARGEST_SCORE + 1),
        Pair("nobody", "li", 1),
        Pair("Zoë", "mia", -(10**30)),
        Pair("inês", "bo", True),
    ],
    "rules": [
        Rule("pin", "amara", "li"),
        Rule("pin", "amara", "li"),
        Rule("forbid", "amara", "li"),
        Rule("pin", "tom", "tom"),
        Rule("pin", "Zoë", "tom"),
        Rule("pin", "Zoë", "li"),
        Rule("fix", "Zoë", "eva"),
        Rule("pin", "Zoë", "eva"),
        Rule("pin", "tom", "li"),
    ],
    "preferences": [
        Preference("mentee", "inês", "li", 1),
        Preference("mentee", "inês", "li", 0),
        Preference("mentor", "inês", "li", 1),
        Preference("both", "inês", "li", 1),
    ],
    "circles": [Circle("li", 3, 2), Circle("li", 1, 2), Circle("who", -1, 2)],
}
FOUND = """\
mentees, row 4, mentee_id: 'amara' stands here twice
mentees, row 5, mentee_id: the cell is empty
mentees, row 5, want: -1 is less than 0
mentees, row 6, want: 1.5 is not a whole number
mentees, row 7, mentee_id: 7 is not text
mentees, row 8, mentee_id: 'half \\ud800' holds half a character
mentors, row 3, minimum: 2 is more than the capacity, 1
mentors, row 4, capacity: 1000000000000000000000000000000 is more than 1,000,000
mentors, row 4, minimum: -1000000000000000000000000000000 is less than 0
mentors, row 5, capacity: -1 is less than 0
pairs, row 7, mentee_id: mentee 'amara' and mentor 'li' stand here twice
pairs, row 7, score: 1000000000001 is beyond the largest score, 1,000,000,000,000 either way
pairs, row 8, mentee_id: 'nobody' is not among the mentees
pairs, row 9, score: -1000000000000000000000000000000 is beyond the largest score, 1,000,000,000,000 either way
pairs, row 10, score: True is not a whole number
rules, row 1, mentee_id: the pin of mentee 'amara' with mentor 'li' stands here twice
rules, row 2, kind: mentee 'amara' with mentor 'li' is pinned and forbidden
rules, row 3, mentor_id: the pin of mentee 'tom' with mentor 'tom' is one person
rules, row 4, mentor_id: the pin of mentee 'Zoë' with mentor 'tom' is a pair that is not allowed
rules, row 5, mentor_id: the pin of mentee 'Zoë' with mentor 'li' is not in the pairs
rules, row 6, kind: 'fix' is neither 'pin' nor 'forbid'
rules, row 7, mentor_id: mentor 'eva' can take 0; pinned: 1
rules, row 8, mentee_id: mentee 'tom' wants 0; pinned: 1
preferences, row 1, choice_id: the choice of 'li' by mentee 'inês' stands here twice
preferences, row 1, rank: 0 is less than 1
preferences, row 2, choice_id: 'li' is not among the mentees
preferences, row 2, person_id: 'inês' is not among the mentors
preferences, row 3, side: 'both' is neither 'mentee' nor 'mentor'
circles, row 0, min_size: 3 is more than the largest size, 2
circles, row 1, mentor_id: 'li' stands here twice
circles, row 2, mentor_id: 'who' is not among the mentors
circles, row 2, min_size: -1 is less than 0
"""


def test_everything_wrong_is_said_at_once():
    assert findings_of(**MANY_FAULTS) == FOUND.splitlines()


def test_pins_over_places_name_the_first_too_many():
    mentees = [Mentee(name, 2) for name in "abc"]
    pairs = [Pair(a, b, 1) for a in "abc" for b in "xyz"]
    rules = [Rule("pin", "a", b) for b in "zyx"] + [Rule("pin", "b", "x"), Rule("pin", "c", "x")]
    assert findings_of(mentees, [Mentor(name, 2) for name in "xyz"], pairs, rules=rules) == [
        "rules, row 2, mentee_id: mentee 'a' wants 2; pinned: 3",
        "rules, row 4, mentor_id: mentor 'x' can take 2; pinned: 3",
    ]


def arrays(**changed):
    good = {"want": [1, 1], "capacity": [1, 2], "mentee": [0, 1], "mentor": [0, 1], "score": [1, 2]}
    return problem_from_arrays(["b", "a"], ["a", "x"], **(good | changed))


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"want": [1]}, "mentees, want: must be 2 whole numbers, not int64 (1,)"),
        ({"score": [1.5, 2]}, "pairs, score: must be 2 whole numbers, not float64 (2,)"),
        ({"score": [1, LARGEST_SCORE + 1]}, "pairs, row 1, score: 1000000000001 is beyond the largest score"),
        ({"mentor": [0, 2]}, "pairs, row 1, mentor: position 2 is not one of 2"),
        ({"mentee": [-1, 0]}, "pairs, row 0, mentee: position -1 is not one of 2"),
        ({"mentee": [0, 0], "mentor": [1, 1]}, "pairs, row 1, mentee: mentee 'b' and mentor 'x' stand here twice"),
        ({"capacity": [-1, 2]}, "mentors, row 0, capacity: -1 is less than 0"),
        ({"minimum": [2, 0]}, "mentors, row 0, minimum: 2 is more than the capacity, 1"),
        ({"pinned": [True]}, "pairs, pinned: must be 2 flags, not (1,)"),
        ({"pinned": [True, False], "want": [0, 1]}, "pairs, row 0, pinned: mentee 'b' wants 0; pinned: 1"),
        ({"mentee": [0, 1], "mentor": [1, 0], "pinned": [False, True]}, "'a' cannot be pinned to themselves"),
        ({"points": [[1]], "criteria": ("skills",)}, "pairs, points: must have the shape (2, 1), not (1, 1)"),
        (
            {"points": [[1], [2**31]], "criteria": ("skills",)},
            "points: must be whole numbers up to 2,147,483,647",
        ),
        ({"points": [[1.5], [2]], "criteria": ("skills",)}, "points: must be whole numbers up to 2,147,483,647"),
        ({"score": np.array([1, 2**64 - 5], dtype=np.uint64)}, "row 1, score: 18446744073709551611 does not fit"),
        ({"stratum": ["x"]}, "mentees, stratum: must be 2 names, not 1"),
    ],
)
def test_arrays_amiss(changed, said):
    with pytest.raises(ProblemError) as caught:
        arrays(**changed)
    assert len(caught.value.findings) == 1
    assert said in str(caught.value)


def test_a_pair_with_oneself_is_left_out_of_arrays():
    problem = arrays(mentee=[1, 1, 0], mentor=[0, 1, 0], score=[5, 6, 7], pinned=[False, False, True])
    assert [
        (problem.mentee_ids[i], problem.mentor_ids[j]) for i, j in zip(problem.mentee, problem.mentor, strict=True)
    ] == [
        ("a", "x"),
        ("b", "a"),
    ]
    assert (problem.score.tolist(), problem.pinned.tolist()) == ([6, 7], [False, True])


def test_choices_of_one_rank_have_an_order():
    """Rows of preferences in another order are the same cohort, also where a rank is given twice."""
    ones, orders = np.zeros(3, dtype=np.int32), ([0, 1, 2], [2, 0, 1], [1, 0, 2])
    hashes = set()
    for order in orders:
        choice, rank = np.array([0, 1, 2], dtype=np.int32)[order], np.array([1, 1, 2])[order]
        wishes = Preferences(ones, choice, rank, ones, choice, rank)
        rows = {"want": [1] * 3, "capacity": [1] * 3, "mentee": [0], "mentor": [1], "score": [1]}
        hashes.add(problem_sha256(problem_from_arrays(list("abc"), list("xyz"), **rows, preferences=wishes)))
    assert len(hashes) == 1


@pytest.mark.parametrize(
    "changed",
    [
        {"want": [2, 1]},
        {"capacity": [2, 2]},
        {"minimum": [1, 0]},
        {"score": [1, 3]},
        {"mentor": [1, 1]},
        {"pinned": [True, False]},
        {"removed": {"language": [1, 0]}},
        {"names": {"a": "Amara"}},
        {"stratum": ["x", "y"]},
        {"criteria": ("skills",), "points": [[1], [2]]},
        {"circles": Circles(np.array([0]), np.array([1]), np.array([2]))},
    ],
)
def test_hash_tells_cohorts_apart(changed):
    assert problem_sha256(arrays(**changed)) != problem_sha256(arrays())
