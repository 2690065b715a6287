"""A cohort with one thing changed: a pin, a pair less, a place more or fewer, a person less or more."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from wayfellow.matching.build import Mentee, Mentor
from wayfellow.matching.build.checks import id_fault
from wayfellow.matching.errors import Finding, ProblemError
from wayfellow.matching.problem import LARGEST_COUNT, LARGEST_SCORE, Circles, Ints, Preferences, Problem


def with_pin(problem: Problem, pair: int) -> Problem:
    """The cohort with one more pin."""
    pinned = problem.pinned.copy()
    pinned[pair] = True
    return replace(problem, pinned=pinned)


def without_pair(problem: Problem, pair: int) -> Problem:
    """The cohort with a pair forbidden."""
    kept = np.ones(problem.score.size, dtype=bool)
    kept[pair] = False
    removed = dict(problem.removed)
    count = removed.get("forbidden", np.zeros(len(problem.mentee_ids), dtype=np.int64)).copy()
    count[problem.mentee[pair]] += 1
    removed["forbidden"] = count
    return replace(_with_pairs(problem, kept), removed=removed)


def with_capacity(problem: Problem, mentor: int, capacity: int) -> Problem:
    """The cohort with another capacity of one mentor."""
    return replace(problem, capacity=with_number(problem.capacity, mentor, capacity))


def with_number(numbers: Ints, at: int, number: int) -> Ints:
    """Some numbers with another one at a position."""
    changed = numbers.copy()
    changed[at] = number
    return changed


def without_mentee(problem: Problem, mentee: int) -> Problem:
    """The cohort without a mentee."""
    left = _with_pairs(problem, problem.mentee != mentee)
    preferences = problem.preferences
    if preferences is not None:
        one, two = preferences.mentee_chooser != mentee, preferences.mentor_choice != mentee
        preferences = _only(preferences, one, two)
        preferences = replace(
            preferences,
            mentee_chooser=_closed_up(preferences.mentee_chooser, mentee),
            mentor_choice=_closed_up(preferences.mentor_choice, mentee),
        )
    return replace(
        left,
        mentee_ids=_without(problem.mentee_ids, mentee),
        want=np.delete(problem.want, mentee),
        mentee=_closed_up(left.mentee, mentee),
        stratum=None if problem.stratum is None else np.delete(problem.stratum, mentee),
        removed={rule: np.delete(count, mentee) for rule, count in problem.removed.items()},
        preferences=preferences,
    )


def without_mentor(problem: Problem, mentor: int) -> Problem:
    """The cohort without a mentor."""
    left = _with_pairs(problem, problem.mentor != mentor)
    preferences, circles = problem.preferences, problem.circles
    if preferences is not None:
        one, two = preferences.mentee_choice != mentor, preferences.mentor_chooser != mentor
        preferences = _only(preferences, one, two)
        preferences = replace(
            preferences,
            mentee_choice=_closed_up(preferences.mentee_choice, mentor),
            mentor_chooser=_closed_up(preferences.mentor_chooser, mentor),
        )
    if circles is not None:
        kept = circles.mentor != mentor
        circles = Circles(_closed_up(circles.mentor[kept], mentor), circles.min_size[kept], circles.max_size[kept])
    return replace(
        left,
        mentor_ids=_without(problem.mentor_ids, mentor),
        capacity=np.delete(problem.capacity, mentor),
        minimum=np.delete(problem.minimum, mentor),
        mentor=_closed_up(left.mentor, mentor),
        preferences=preferences,
        circles=circles,
    )


def with_mentee(
    problem: Problem, mentee: Mentee, pairs: Mapping[str, int], points: Mapping[str, Sequence[int]] | None = None
) -> tuple[Problem, int]:
    """The cohort with one more mentee, and their position.

    Args:
        problem: the cohort.
        mentee: who joins.
        pairs: the score of each mentor allowed, by id.
        points: the points of each of these pairs by criterion, where the cohort has points.

    Raises:
        ProblemError: the id is taken, a number is out of range, or a mentor is unknown.
    """
    at, others, scores, rows = _newcomer(problem, "mentees", mentee.id, pairs, points)
    _refuse_number("mentees", "want", mentee.want)
    mentees, mentors, scores, rows, pinned = _inserted(
        problem,
        mentee=np.full(others.size, at),
        mentor=others,
        scores=scores,
        rows=rows,
        old_mentee=_opened_up(problem.mentee, at),
        old_mentor=problem.mentor,
    )
    strata, stratum = problem.strata, problem.stratum
    if stratum is None and mentee.stratum:
        strata, stratum = ("",), np.zeros(len(problem.mentee_ids), dtype=np.int32)
    if stratum is not None:
        if mentee.stratum not in strata:
            strata = tuple(sorted({*strata, mentee.stratum}))
            stratum = _opened_up(stratum, strata.index(mentee.stratum))
        stratum = np.insert(stratum, at, strata.index(mentee.stratum))
    preferences = problem.preferences
    if preferences is not None:
        preferences = replace(
            preferences,
            mentee_chooser=_opened_up(preferences.mentee_chooser, at),
            mentor_choice=_opened_up(preferences.mentor_choice, at),
        )
    changed = replace(
        problem,
        mentee_ids=(*problem.mentee_ids[:at], mentee.id, *problem.mentee_ids[at:]),
        want=np.insert(problem.want, at, mentee.want),
        mentee=mentees,
        mentor=mentors,
        score=scores,
        points=rows,
        pinned=pinned,
        stratum=stratum,
        strata=strata,
        preferences=preferences,
        removed={rule: np.insert(count, at, 0) for rule, count in problem.removed.items()},
        names={**problem.names, mentee.id: mentee.name} if mentee.name else problem.names,
    )
    return changed, at


def with_mentor(
    problem: Problem, mentor: Mentor, pairs: Mapping[str, int], points: Mapping[str, Sequence[int]] | None = None
) -> tuple[Problem, int]:
    """The cohort with one more mentor, and their position; as `with_mentee`."""
    at, others, scores, rows = _newcomer(problem, "mentors", mentor.id, pairs, points)
    _refuse_number("mentors", "capacity", mentor.capacity)
    if not _is_whole(mentor.minimum) or not 0 <= mentor.minimum <= mentor.capacity:
        raise ProblemError([Finding("The minimum is from 0 to the capacity.", "mentors", column="minimum")])
    mentees, mentors, scores, rows, pinned = _inserted(
        problem,
        mentee=others,
        mentor=np.full(others.size, at),
        scores=scores,
        rows=rows,
        old_mentee=problem.mentee,
        old_mentor=_opened_up(problem.mentor, at),
    )
    preferences, circles = problem.preferences, problem.circles
    if preferences is not None:
        preferences = replace(
            preferences,
            mentee_choice=_opened_up(preferences.mentee_choice, at),
            mentor_chooser=_opened_up(preferences.mentor_chooser, at),
        )
    changed = replace(
        problem,
        mentor_ids=(*problem.mentor_ids[:at], mentor.id, *problem.mentor_ids[at:]),
        capacity=np.insert(problem.capacity, at, mentor.capacity),
        minimum=np.insert(problem.minimum, at, mentor.minimum),
        mentee=mentees,
        mentor=mentors,
        score=scores,
        points=rows,
        pinned=pinned,
        preferences=preferences,
        circles=None if circles is None else replace(circles, mentor=_opened_up(circles.mentor, at)),
        names={**problem.names, mentor.id: mentor.name} if mentor.name else problem.names,
    )
    return changed, at


def _newcomer(
    problem: Problem, table: str, id: str, pairs: Mapping[str, int], points: Mapping[str, Sequence[int]] | None
) -> tuple[int, Ints, Ints, NDArray[np.int32] | None]:
    """Where a newcomer stands, and the positions, scores and points of those they may work with."""
    ids, others = (
        (problem.mentee_ids, problem.mentor_ids) if table == "mentees" else (problem.mentor_ids, problem.mentee_ids)
    )
    findings = []
    if fault := id_fault(id):
        raise ProblemError([Finding(fault, table)])
    if id in ids:
        findings.append(Finding(f"{id} is there already.", table))
    # A pair of a person with themselves is no pair.
    listed = sorted(other for other in pairs if other != id)
    known = set(others)
    findings += [Finding(f"{other} is unknown.", "pairs") for other in listed if other not in known]
    findings += [
        Finding(f"The score of the pair with {other} is no whole number, or out of range.", "pairs", column="score")
        for other in listed
        if not _is_whole(pairs[other]) or abs(int(pairs[other])) > LARGEST_SCORE
    ]
    if problem.points is not None and (points is None or any(other not in points for other in listed)):
        findings.append(Finding("The cohort has points by criterion: the new pairs need theirs.", "pairs"))
    if findings:
        raise ProblemError(findings)
    position = {other: at for at, other in enumerate(others)}
    rows = None
    if problem.points is not None:
        rows = np.array([(points or {})[other] for other in listed], dtype=np.int32).reshape(len(listed), -1)
    return (
        int(np.searchsorted(np.array(ids, dtype=object), id)) if ids else 0,
        np.array([position[other] for other in listed], dtype=np.int64),
        np.array([pairs[other] for other in listed], dtype=np.int64),
        rows,
    )


def _refuse_number(table: str, column: str, number: int) -> None:
    if not _is_whole(number) or not 0 <= number <= LARGEST_COUNT:
        raise ProblemError([Finding(f"A number from 0 to {LARGEST_COUNT:,} is needed.", table, column=column)])


def _is_whole(number: object) -> bool:
    return isinstance(number, int | np.integer) and not isinstance(number, bool)


def _inserted(
    problem: Problem,
    *,
    mentee: Ints,
    mentor: Ints,
    scores: Ints,
    rows: NDArray[np.int32] | None,
    old_mentee: NDArray[Any],
    old_mentor: NDArray[Any],
) -> tuple[NDArray[Any], NDArray[Any], Ints, NDArray[np.int32] | None, NDArray[np.bool_]]:
    """The pairs of a cohort with some more, in order."""
    if mentee.size and mentee[0] == mentee[-1] and not _has(old_mentee, int(mentee[0])):
        # All of one mentee who had none: they stand together.
        starts = np.searchsorted(old_mentee, mentee.astype(old_mentee.dtype))
    else:
        width = int(old_mentor.max(initial=0)) + int(mentor.max(initial=0)) + 1
        keys = old_mentee.astype(np.int64) * width + old_mentor
        starts = np.searchsorted(keys, mentee * width + mentor)
    points = problem.points
    if points is not None and rows is not None:
        points = np.insert(points, starts, rows, axis=0)
    return (
        np.insert(old_mentee, starts, mentee.astype(old_mentee.dtype)),
        np.insert(old_mentor, starts, mentor.astype(old_mentor.dtype)),
        np.insert(problem.score, starts, scores),
        points,
        np.insert(problem.pinned, starts, False),
    )


def _has(ascending: NDArray[Any], value: int) -> bool:
    at = int(np.searchsorted(ascending, value))
    return at < ascending.size and bool(ascending[at] == value)


def _with_pairs(problem: Problem, kept: NDArray[np.bool_]) -> Problem:
    return replace(
        problem,
        mentee=problem.mentee[kept],
        mentor=problem.mentor[kept],
        score=problem.score[kept],
        pinned=problem.pinned[kept],
        points=None if problem.points is None else problem.points[kept],
    )


def _only(preferences: Preferences, one: NDArray[np.bool_], two: NDArray[np.bool_]) -> Preferences:
    return Preferences(
        preferences.mentee_chooser[one],
        preferences.mentee_choice[one],
        preferences.mentee_rank[one],
        preferences.mentor_chooser[two],
        preferences.mentor_choice[two],
        preferences.mentor_rank[two],
    )


def _without(ids: tuple[str, ...], at: int) -> tuple[str, ...]:
    return (*ids[:at], *ids[at + 1 :])


def _closed_up(positions: NDArray[Any], at: int) -> NDArray[Any]:
    """Positions when the person at one has gone."""
    return positions - (positions > at)


def _opened_up(positions: NDArray[Any], at: int) -> NDArray[Any]:
    """Positions when a person has come in at one."""
    return positions + (positions >= at)
