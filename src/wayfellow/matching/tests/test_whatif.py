from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from wayfellow.matching.build import Mentee, Mentor
from wayfellow.matching.changes import whatif
from wayfellow.matching.changes.displacement import displacement_of
from wayfellow.matching.changes.preview import Effect, preview_forbid, preview_pin, preview_seat
from wayfellow.matching.errors import ProblemError
from wayfellow.matching.problem import Problem
from wayfellow.matching.result import Result
from wayfellow.matching.solve import match
from wayfellow.matching.tests.cohort_maker import problem_of, problems
from wayfellow.matching.verify import verify

KINDS = ["pin", "forbid", "seat", "leave mentee", "leave mentor", "join mentee", "join mentor"]


def random_change(result: Result, rng: np.random.Generator, *, step: int, most: int) -> Callable[[], Result] | None:
    """A change drawn at random, of pairs half the time one that is chosen."""
    problem = result.problem
    kind = str(rng.choice(KINDS))
    if kind in ("pin", "forbid"):
        if not problem.score.size:
            return None
        from_chosen = len(result.chosen) and rng.random() < 0.5
        pair = int(rng.choice(result.chosen)) if from_chosen else int(rng.integers(problem.score.size))
        ids = problem.mentee_ids[problem.mentee[pair]], problem.mentor_ids[problem.mentor[pair]]
        return lambda: (whatif.pin if kind == "pin" else whatif.forbid)(result, *ids)
    here, there = problem.mentee_ids, problem.mentor_ids
    if kind.endswith("mentor"):
        here, there = there, here
    if kind == "seat" and problem.mentor_ids:
        mentor_id = problem.mentor_ids[int(rng.integers(len(problem.mentor_ids)))]
        change = int(rng.choice([-2, -1, 1, 2]))
        return lambda: whatif.seat(result, mentor_id, change)
    if kind.startswith("leave") and here:
        person_id = here[int(rng.integers(len(here)))]
        if kind == "leave mentee":
            return lambda: whatif.leave(result, mentee_id=person_id)
        return lambda: whatif.leave(result, mentor_id=person_id)
    if kind.startswith("join"):
        pairs = {other: int(rng.integers(-most // 3 - 1, most + 1)) for other in there if rng.random() < 0.5}
        # Now and then somebody of the other side, who joins as both.
        both = [other for other in there if other not in here] if rng.random() < 0.3 else []
        side = "e" if kind == "join mentee" else "o"
        id = str(rng.choice(both)) if both else f"{side}{rng.integers(100):02}-{step}"
        person: Mentee | Mentor = Mentor(id, capacity=int(rng.integers(0, 4)))
        if kind == "join mentee":
            person = Mentee(id, want=int(rng.integers(0, 5)))
        return lambda: whatif.join(result, person, pairs)
    return None


def random_cohort(rng: np.random.Generator, mentees: int, mentors: int, *, most: int, share: float) -> Problem:
    return problem_of(
        rng.integers(0, 3, mentees).tolist(),
        rng.integers(0, 4, mentors).tolist(),
        {
            (i, j): int(rng.integers(-most // 3 - 1, most + 1))
            for i in range(mentees)
            for j in range(mentors)
            if rng.random() < share
        },
    )


def change_and_check(result: Result, rng: np.random.Generator, *, steps: int, most: int) -> Result:
    """Changes one after the other; each gives what matching anew gives, and a proof that is accepted."""
    for step in range(steps):
        change = random_change(result, rng, step=step, most=most)
        if change is None:
            continue
        try:
            result = change()
        except ProblemError:
            continue
        keys = list(zip(result.problem.mentee.tolist(), result.problem.mentor.tolist(), strict=True))
        assert keys == sorted(set(keys))
        cold = match(result.problem, seed=result.seed)
        assert result.pairs == cold.pairs
        assert verify(result).ok
        assert [level.value for level in result.certificate.levels] == [
            level.value for level in cold.certificate.levels
        ]
    return result


@settings(max_examples=60, deadline=None)
@given(st.integers(0, 10**9), st.integers(0, 7), st.integers(0, 7), st.sampled_from([1, 3, 100, 10_000]))
def test_small_cohorts_equal_a_cold_run(seed: int, mentees: int, mentors: int, most: int) -> None:
    rng = np.random.default_rng(seed)
    result = match(random_cohort(rng, mentees, mentors, most=most, share=0.6), seed=seed % 3)
    change_and_check(result, rng, steps=8, most=most)


@pytest.mark.parametrize(("seed", "most"), [(1, 3), (2, 100), (3, 10_000)])
def test_thirty_changes_of_200_people_without_the_solver(seed: int, most: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """190 to 220 people, so that no head count is passed at which ties are drawn with other numbers."""
    rng = np.random.default_rng(seed)
    result = match(random_cohort(rng, 130, 70, most=most, share=0.2))

    def refuse(problem: Problem, result: Result) -> Result:
        raise AssertionError("matched anew")

    monkeypatch.setattr(whatif, "_anew", refuse)
    change_and_check(result, rng, steps=30, most=most)


@settings(max_examples=60, deadline=None)
@given(problems(people=4))
def test_previews_equal_the_change(problem: Problem) -> None:
    result = match(problem)
    graph = displacement_of(result)

    def check(effect: Effect | None, change: Callable[[], Result]) -> None:
        if effect is None:
            with pytest.raises(ProblemError):
                change()
            return
        changed = change()
        assert (effect.participation, effect.pairs, effect.score) == (
            changed.participation - result.participation,
            len(changed.chosen) - len(result.chosen),
            changed.total_score - result.total_score,
        )

    for mentor_id in problem.mentor_ids:
        for step in (1, -1):
            check(preview_seat(graph, mentor_id, step), lambda id=mentor_id, n=step: whatif.seat(result, id, n))
        for mentee_id in problem.mentee_ids:
            ids = mentee_id, mentor_id
            check(preview_pin(graph, *ids), lambda ids=ids: whatif.pin(result, *ids))
            check(preview_forbid(graph, *ids), lambda ids=ids: whatif.forbid(result, *ids))


@pytest.mark.parametrize("objective", ["free_score", "balanced", "leximin"])
def test_other_objectives_are_matched_anew(objective: str) -> None:
    rng = np.random.default_rng(7)
    result = match(random_cohort(rng, 6, 4, most=20, share=0.7), objective=objective)
    changed = whatif.seat(result, "o01", 1)
    assert changed.pairs == match(changed.problem, objective=objective).pairs
    assert changed.objective == objective


def test_numbers_too_large_for_floating_point_are_matched_anew() -> None:
    problem = problem_of([1, 1], [1, 1], {(0, 0): 10**12, (0, 1): 10**12 - 1, (1, 0): -(10**12), (1, 1): 3})
    changed = whatif.pin(match(problem), "e00", "o01")
    assert changed.pairs == [("e00", "o01"), ("e01", "o00")]
    assert verify(changed).ok


def test_reweigh() -> None:
    result = match(problem_of([1], [1, 1], {(0, 0): 5, (0, 1): 4}))
    assert whatif.reweigh(result, np.array([5, 6])).pairs == [("e00", "o01")]


def test_a_person_with_points_brings_them() -> None:
    problem = replace(problem_of([1], [1], {(0, 0): 5}), criteria=("skills",), points=np.array([[5]], dtype=np.int32))
    result = match(problem)
    with pytest.raises(ProblemError, match="points by criterion"):
        whatif.join(result, Mentee("e01"), {"o00": 9})
    changed = whatif.join(result, Mentee("e01", name="Ana"), {"o00": 9}, points={"o00": [9]})
    assert changed.problem.points is not None
    assert changed.problem.points.tolist() == [[5], [9]]
    assert changed.problem.name("e01") == "Ana"
    assert changed.pairs == [("e01", "o00")]


@pytest.mark.parametrize(
    ("change", "text"),
    [
        (lambda result: whatif.pin(result, "e00", "o01"), "not allowed to work together"),
        (lambda result: whatif.pin(result, "e01", "o00"), "other pins leave no room"),
        (lambda result: whatif.forbid(result, "e00", "o00"), "are pinned"),
        (lambda result: whatif.seat(result, "o00", -1), "1 mentees are pinned"),
        (lambda result: whatif.seat(result, "o01", -2), "cannot have -1 places"),
        (lambda result: whatif.join(result, Mentee("e00"), {}), "is there already"),
        (lambda result: whatif.join(result, Mentee("e07", want=-1), {}), "number from 0"),
        (lambda result: whatif.join(result, Mentor("o07"), {"e09": 1}), "e09 is unknown"),
        (lambda result: whatif.join(result, Mentor("o07"), {"e00": 1.5}), "no whole number"),
        (lambda result: whatif.join(result, Mentee("e07", want=1.5), {}), "number from 0"),
        (lambda result: whatif.join(result, Mentee(""), {}), "the cell is empty"),
    ],
)
def test_what_cannot_be(change: Callable[[Result], Result], text: str) -> None:
    pins = frozenset({(0, 0)})
    result = match(problem_of([1, 1], [1, 1], {(0, 0): 5, (1, 0): 7, (1, 1): 2}, pins))
    with pytest.raises(ProblemError, match=text):
        change(result)


def test_a_mentor_who_joins_one_mentee_stands_among_their_pairs() -> None:
    result = match(problem_of([1], [1, 1], {(0, 0): 5, (0, 1): 4}))
    changed = whatif.join(result, Mentor("o99"), {"e00": 9})
    assert changed.problem.mentor.tolist() == [0, 1, 2]
    assert changed.pairs == [("e00", "o99")]
    assert whatif.pin(changed, "e00", "o00").pairs == [("e00", "o00")]


def test_a_stratum_comes_with_whoever_joins() -> None:
    result = match(problem_of([1, 1], [1], {(0, 0): 5, (1, 0): 4}), objective="lottery")
    changed = whatif.join(result, Mentee("e99", stratum="north"), {"o00": 9}).problem
    assert changed.strata == ("", "north")
    assert changed.stratum is not None
    assert changed.stratum.tolist() == [0, 0, 1]


@pytest.mark.parametrize(
    "score", [np.array([1]), np.array([1.5, 2.0]), np.array([1, 10**13]), np.array([1, 2], dtype=np.uint64)]
)
def test_scores_that_cannot_be(score: np.ndarray) -> None:
    result = match(problem_of([1], [1, 1], {(0, 0): 5, (0, 1): 4}))
    with pytest.raises(ProblemError):
        whatif.reweigh(result, score)


def test_nobody_by_that_name() -> None:
    with pytest.raises(KeyError):
        whatif.leave(match(problem_of([1], [1], {})), mentee_id="e09")
