from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from wayfellow.matching.changes import edits
from wayfellow.matching.changes.displacement import Move
from wayfellow.matching.changes.whatif import seat
from wayfellow.matching.explanations import Explanation, SmallestChange, cost_of_pair, explain, price_of_rules
from wayfellow.matching.explanations.circles import with_circle
from wayfellow.matching.explanations.words import moves_in_words
from wayfellow.matching.problem import Circles, Preferences, Problem
from wayfellow.matching.result import Result
from wayfellow.matching.solve import match
from wayfellow.matching.tests.cohort_maker import problem_of, problems

FLOW = ["participation_score", "free_score", "min_pair_score", "worst_first", "leximin", "balanced", "minimums"]
PEOPLE = {"e00": "Ana", "e01": "Tom", "e02": "Sam", "e03": "Kim", "o00": "Li", "o01": "Eva", "o02": "Max"}


def with_names(problem: Problem) -> Problem:
    return replace(problem, names=PEOPLE)


def with_allowed(problem: Problem, mentee: int, mentor_id: str, score: int) -> Problem:
    """The cohort with one more allowed pair."""
    mentor = problem.mentor_ids.index(mentor_id)
    assert problem.pair_at(mentee, mentor) is None
    at = int(np.searchsorted(problem.mentee * 1000 + problem.mentor, mentee * 1000 + mentor))
    preferences = problem.preferences
    if preferences is not None:
        preferences = listed_by_both(problem, mentee, mentor)
    return replace(
        problem,
        mentee=np.insert(problem.mentee, at, mentee),
        mentor=np.insert(problem.mentor, at, mentor),
        score=np.insert(problem.score, at, score),
        pinned=np.insert(problem.pinned, at, False),
        preferences=preferences,
    )


def listed_by_both(problem: Problem, mentee: int, mentor: int) -> Preferences:
    """Both put each other at the end of their lists."""
    lists = problem.preferences
    assert lists is not None
    one = {
        (int(i), int(j)): int(r)
        for i, j, r in zip(lists.mentee_chooser, lists.mentee_choice, lists.mentee_rank, strict=True)
    }
    two = {
        (int(j), int(i)): int(r)
        for j, i, r in zip(lists.mentor_chooser, lists.mentor_choice, lists.mentor_rank, strict=True)
    }
    one.setdefault((mentee, mentor), 99)
    two.setdefault((mentor, mentee), 99)
    return preferences_of(one, two)


def preferences_of(one: dict[tuple[int, int], int], two: dict[tuple[int, int], int]) -> Preferences:
    def columns(ranks: dict[tuple[int, int], int]) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
        rows = sorted((who, rank, whom) for (who, whom), rank in ranks.items())
        return (
            np.array([row[0] for row in rows], dtype=np.int32),
            np.array([row[2] for row in rows], dtype=np.int32),
            np.array([row[1] for row in rows], dtype=np.int64),
        )

    return Preferences(*columns(one), *columns(two))


def after(result: Result, mentee: int, change: SmallestChange) -> Result | None:
    """The result of the cohort with a change made; None where somebody would have to join."""
    problem, min_score = result.problem, result.min_score
    if change.kind == "mentor":
        return None
    if change.kind == "minimum" and result.objective == "min_pair_score":
        return match(problem, objective=result.objective, seed=result.seed, min_score=change.value)
    assert change.mentor_id is not None
    mentor = problem.mentor_ids.index(change.mentor_id)
    if change.kind == "place" and result.objective != "circles":
        return seat(result, change.mentor_id, change.value or 0)
    places = 0
    if change.kind in ("pair", "pair_and_place", "pin", "circle") and problem.pair_at(mentee, mentor) is None:
        problem = with_allowed(problem, mentee, change.mentor_id, max(min_score or 1, 1))
    if change.kind in ("pair_and_place", "list", "pin"):
        places = change.value or 0
    problem = edits.with_capacity(problem, mentor, int(problem.capacity[mentor]) + places)
    if change.kind == "pin":
        pair = problem.pair_at(mentee, mentor)
        assert pair is not None
        problem = edits.with_pin(problem, pair)
    if change.kind == "list":
        problem = replace(problem, preferences=listed_by_both(problem, mentee, mentor))
    if result.objective == "circles" and problem.circles is not None:
        at = problem.circles.mentor.tolist().index(mentor)
        least = int(problem.circles.min_size[at])
        if change.kind == "place":
            problem = with_circle(problem, at, min_size=least, places=change.value or 0)
        elif change.kind == "circle":
            problem = with_circle(problem, at, min_size=1, places=change.value or 0)
        elif change.kind == "minimum":
            problem = with_circle(problem, at, min_size=change.value or 0, places=0)
    return match(problem, objective=result.objective, seed=result.seed, min_score=min_score)


def check(result: Result) -> Explanation:
    """Each reason is of someone unmatched, and each smallest change matches them."""
    found = explain(result)
    problem = result.problem
    assert [why.mentee_id for why in found.unmatched] == [problem.mentee_ids[i] for i in result.unmatched]
    assert [(why.mentee_id, why.mentor_id) for why in found.pairs] == result.pairs
    assert all(reason.endswith(".") for why in found.pairs for reason in why.reasons)
    for why in found.unmatched:
        mentee = problem.mentee_ids.index(why.mentee_id)
        allowed = problem.score[problem.mentee == mentee]
        if result.objective not in ("stable", "circles"):
            assert (why.code == "no_allowed_pair") == (allowed.size == 0)
        assert why.text.endswith(".") and why.smallest_change.text.endswith(".")
        changed = after(result, mentee, why.smallest_change)
        if changed is not None:
            assert mentee in changed.problem.mentee[changed.chosen], why
    return found


@settings(max_examples=150, deadline=None)
@given(problems(), st.sampled_from(FLOW))
def test_the_smallest_change_matches(problem: Problem, objective: str) -> None:
    check(match(problem, objective=objective, min_score=3 if objective == "min_pair_score" else None))


@settings(max_examples=100, deadline=None)
@given(problems(), st.data())
def test_the_smallest_change_matches_when_stable(problem: Problem, data: st.DataObject) -> None:
    ranks = st.one_of(st.none(), st.integers(1, 4))
    one, two = {}, {}
    for i, j in zip(problem.mentee.tolist(), problem.mentor.tolist(), strict=True):
        mine, theirs = data.draw(ranks), data.draw(ranks)
        if mine:
            one[i, j] = mine
        if theirs:
            two[j, i] = theirs
    check(match(replace(problem, preferences=preferences_of(one, two)), objective="stable"))


def test_a_pin_that_nobody_listed_takes_a_place_too() -> None:
    problem = problem_of([1, 1, 1], [1], {(0, 0): 1, (1, 0): 1, (2, 0): 1})
    problem = replace(
        problem, pinned=np.array([False, False, True]), preferences=preferences_of({(1, 0): 1}, {(0, 1): 1})
    )
    first, second = check(match(problem, objective="stable")).unmatched
    assert (first.smallest_change.kind, first.smallest_change.value) == ("list", 2)
    assert (second.smallest_change.kind, second.smallest_change.value) == ("place", 1)


@settings(max_examples=40, deadline=None)
@given(problems(), st.data())
def test_the_smallest_change_matches_in_circles(problem: Problem, data: st.DataObject) -> None:
    mentors = [j for j in range(len(problem.mentor_ids)) if data.draw(st.booleans())]
    least = [data.draw(st.integers(1, 3)) for _ in mentors]
    most = [size + data.draw(st.integers(0, 2)) for size in least]
    circles = Circles(np.array(mentors, dtype=np.int32), np.array(least), np.array(most))
    pinned = np.zeros(problem.score.size, dtype=bool)
    check(match(replace(problem, circles=circles, pinned=pinned), objective="circles"))


def test_no_allowed_pair_names_the_rules() -> None:
    problem = with_names(problem_of([1, 1], [1, 1], {(1, 0): 5}))
    removed = {"reporting_line": np.array([2, 0]), "forbidden": np.array([1, 0])}
    (why,) = check(match(replace(problem, removed=removed))).unmatched
    assert why.code == "no_allowed_pair"
    assert why.text == (
        "No mentor is allowed for Ana: 2 stand above or below Ana in the reporting line and 1 was ruled out by hand. "
        "A mentor may be counted under more than one of these."
    )
    assert why.smallest_change == SmallestChange("pair", "o01", None, "Allow the pair with Eva, who has a free place.")


def test_one_rule_that_took_every_mentor_and_rules_that_took_only_some() -> None:
    problem = with_names(problem_of([1, 1], [1, 1, 1], {(1, 0): 5}))
    several = (
        "1 was to be avoided after the two had talked, 1 is listed as not allowed and the others are not listed. "
        "A mentor may be counted under more than one of these."
    )
    for removed, text in (
        ({"no_common_language": 3}, "3 share no language with Ana."),
        ({"avoided": 1, "not_allowed": 1}, several),
    ):
        counts = {rule: np.array([count, 0]) for rule, count in removed.items()}
        (why,) = explain(match(replace(problem, removed=counts))).unmatched
        assert why.text == f"No mentor is allowed for Ana: {text}"


def test_of_a_long_chain_the_first_and_the_last_move_are_told() -> None:
    """Each could take the place of the next; who has the last would go without."""
    n = 9
    scores = {(i, i): 900 for i in range(n)} | {(i, i + 1): 900 for i in range(n - 1)}
    problem = problem_of([1] * (n + 1), [1] * n, scores | {(n - 1, n - 1): 500, (n, 0): 10})
    (why,) = check(match(problem)).unmatched
    assert len(why.chain) == 10
    assert why.text.endswith(
        "e09 would get o00 and, with 8 moves in between, e08 would have no mentor; that costs 490 points."
    )


def test_who_would_be_left_with_less_is_told_wherever_they_stand_in_the_chain() -> None:
    problem = with_names(problem_of([1] * 4, [1] * 3, {(0, 0): 1}))
    moves = [Move("e00", None, "o00"), Move("e01", "o00", None), Move("e02", "o02", "o01"), Move("e03", "o01", "o02")]
    told = moves_in_words(problem, moves, alone=frozenset(["e01"]))
    assert told == "Ana would get Li and, with 2 moves in between, Tom would have no mentor"
    moves[1] = Move("e01", "o00", "o01")
    told = moves_in_words(problem, moves)
    assert told == "Ana would get Li and, with 2 moves in between, Kim would move from Eva to Max"


def test_two_full_mentors_are_both_full() -> None:
    problem = with_names(problem_of([1, 1, 1], [1, 1], {(i, j): 5 for i in range(3) for j in range(2)}))
    (why,) = check(match(problem)).unmatched
    assert why.text.startswith("Both allowed mentors are full.")


def test_a_pair_without_a_reason_of_its_own_says_so() -> None:
    problem = with_names(problem_of([1], [1], {(0, 0): 0}))
    (pair,) = explain(match(problem), reasons_of=lambda mentee, mentor: []).pairs
    assert pair.reasons == ("Nothing in particular speaks for this pair.",)


def test_of_equals_nobody_is_told_that_it_costs_nothing() -> None:
    problem = with_names(problem_of([1, 1], [1], {(0, 0): 5, (1, 0): 5}))
    (why,) = check(match(problem)).unmatched
    assert why.text.endswith("would have no mentor; as many would have a mentor, and the total would stay the same.")


def test_nobody_is_offered_themselves() -> None:
    problem = replace(problem_of([1], [1], {}), mentor_ids=("e00",))
    (why,) = explain(match(problem)).unmatched
    assert why.smallest_change.kind == "mentor"


def test_below_the_minimum() -> None:
    problem = with_names(problem_of([1, 1], [1, 1], {(0, 0): 40, (0, 1): 30, (1, 0): 80}))
    (why,) = check(match(problem, objective="min_pair_score", min_score=50)).unmatched
    assert why.code == "below_minimum"
    assert why.text == "Each of the 2 allowed mentors is below the lowest score of 50; the best, Li, scores 40."
    # At 40 Li is Tom's still; at 30 Eva is free.
    assert why.smallest_change == SmallestChange("minimum", None, 30, "Lower the lowest score to 30.")


def test_nothing_to_win_under_free_score() -> None:
    problem = with_names(problem_of([1], [1], {(0, 0): -4}))
    (why,) = check(match(problem, objective="free_score")).unmatched
    assert why.code == "below_minimum"
    assert why.text == "No pair would raise the total: the best allowed mentor, Li, scores -4."


def test_the_cheapest_chain_in_words() -> None:
    """Ana could take Li from Tom, who could take Eva from Sam, who would have nobody."""
    problem = with_names(problem_of([1, 1, 1], [1, 1], {(0, 0): 10, (1, 0): 200, (1, 1): 150, (2, 1): 300}))
    result = match(problem)
    (why,) = check(result).unmatched
    assert why.code == "mentors_full"
    assert why.text == (
        "The only allowed mentor, Li, is full. The cheapest way to give Ana a mentor: Ana would get Li and Tom would "
        "have no mentor; that costs 190 points."
    )
    assert why.chain == (Move("e00", None, "o00"), Move("e01", "o00", None))
    assert why.smallest_change == SmallestChange("place", "o00", 1, "Give Li 1 more place.")
    assert cost_of_pair(result, "e00", "o00") == "Ana would get Li and Tom would have no mentor; that costs 190 points."
    assert cost_of_pair(result, "e01", "o01") == (
        "Tom would move from Li to Eva, Sam would have no mentor and Ana would get Li; that costs 340 points."
    )
    assert cost_of_pair(result, "e01", "o00") == "Tom has Li already."


def test_a_reason_from_scores_alone() -> None:
    problem = with_names(problem_of([1, 1], [1, 2], {(0, 0): 100, (0, 1): 90, (1, 0): 150, (1, 1): 20}))
    found = check(match(problem))
    assert [why.reasons for why in found.pairs] == [
        (
            "Score 90: second best of 2 allowed mentors; the best, Li, scores 100 and is full: "
            "taking Li costs 120 points in total.",
        ),
        ("Score 150: the best of 2 allowed mentors.",),
    ]
    assert [(one.mentor_id, one.capacity, one.load) for one in found.mentors] == [("o00", 1, 1), ("o01", 2, 1)]
    assert [why.score for why in found.worst_off] == [90, 150]


def test_reasons_from_scores_count_mentors_at_or_above_the_lowest_score() -> None:
    problem = with_names(problem_of([1, 1], [1, 1], {(0, 0): -50, (0, 1): -60, (1, 0): -100, (1, 1): -2}))
    problem = replace(problem, pinned=np.array([True, False, False, False]))
    found = check(match(problem, objective="min_pair_score", min_score=-5))
    assert [why.reasons for why in found.pairs] == [
        ("This pair was pinned.", "Score -50, which is below the lowest score of -5."),
        ("Score -2: the only allowed mentor at or above the lowest score of -5.",),
    ]


def test_points_and_reasons_of_criteria() -> None:
    problem = replace(
        problem_of([1], [1], {(0, 0): 100}, frozenset({(0, 0)})),
        criteria=("skills", "goals"),
        points=np.array([[70, 30]], dtype=np.int32),
    )
    found = explain(match(problem), reasons_of=lambda mentee, mentor: [f"Both paint ({mentee}, {mentor})."])
    (why,) = found.pairs
    assert why.points == {"skills": 70, "goals": 30}
    assert why.reasons == ("This pair was pinned.", "Both paint (0, 0).")
    assert found.worst_off == ()


def test_price_of_rules() -> None:
    rows = {(0, 0): 5, (1, 0): 9}
    strict, loose = problem_of([1, 1], [1, 1], rows), problem_of([1, 1], [1, 1], {**rows, (1, 1): 7})
    (price,) = price_of_rules(match(strict), ["no_common_language"], lambda rule: loose)
    assert (price.rule, price.participation, price.pairs, price.score) == ("no_common_language", 1, 1, 3)


@pytest.mark.parametrize("objective", FLOW)
def test_an_empty_cohort(objective: str) -> None:
    result = match(problem_of([], [], {}), objective=objective, min_score=0 if objective == "min_pair_score" else None)
    assert explain(result) == Explanation((), (), (), ())


@settings(max_examples=25, deadline=None)
@given(problems(people=4))
def test_the_smallest_change_matches_in_a_lottery(problem: Problem) -> None:
    check(match(problem, objective="lottery"))


def test_lost_the_lottery() -> None:
    problem = with_names(problem_of([1, 1], [1], {(0, 0): 10, (1, 0): 10}))
    (why,) = check(match(problem, objective="lottery")).unmatched
    assert why.code == "lost_lottery"
    assert why.text.startswith(
        "The places that this mentee could take went to others by lot; the chance of getting one was "
    )
    assert why.smallest_change == SmallestChange("pin", "o00", 0, "Pin the pair with Li (score 10).")
