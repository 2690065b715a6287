"""Build a `Problem` from arrays, without a step per pair."""

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from wayfellow.matching.build import checks
from wayfellow.matching.errors import Finding, ProblemError
from wayfellow.matching.problem import LARGEST_POINTS, Circles, Flags, Ints, Positions, Preferences, Problem


def problem_from_arrays(
    mentee_ids: Sequence[str],
    mentor_ids: Sequence[str],
    *,
    want: ArrayLike,
    capacity: ArrayLike,
    minimum: ArrayLike | None = None,
    mentee: ArrayLike,
    mentor: ArrayLike,
    score: ArrayLike,
    pinned: ArrayLike | None = None,
    circles: Circles | None = None,
    preferences: Preferences | None = None,
    stratum: Sequence[str] | None = None,
    removed: Mapping[str, ArrayLike] | None = None,
    names: Mapping[str, str] | None = None,
    criteria: Sequence[str] = (),
    points: ArrayLike | None = None,
) -> Problem:
    """Sort a cohort into canonical form and check it.

    Args:
        mentee_ids, mentor_ids: the people in any order; every position below counts in this order.
        want, capacity, minimum: per mentee, per mentor, per mentor (0 unless given).
        mentee, mentor, score: positions and worth of the allowed pairs, in any order. A pair of one person with
            themselves is left out.
        pinned: which of those pairs must be in the result.
        circles, preferences: with positions in the order given here; rows in any order.
        stratum: name of each mentee's stratum.
        removed: for each hard rule, how many pairs of each mentee it took out.
        names: names to show instead of ids.
        criteria, points: what each criterion adds to a pair's score, (pairs, criteria).

    Raises:
        ProblemError: with everything that is wrong.
    """
    findings: list[Finding] = []

    def whole(values: ArrayLike, table: str, column: str, size: int) -> Ints:
        array = np.asarray(values)
        if array.shape != (size,) or (size and array.dtype.kind not in "iu"):
            findings.append(
                Finding(f"must be {size:,} whole numbers, not {array.dtype} {array.shape}", table, None, column)
            )
            return np.zeros(size, dtype=np.int64)
        if array.dtype.kind == "u" and size and array.max() > np.iinfo(np.int64).max:
            row = int(np.argmax(array))
            findings.append(Finding(f"{array[row]} does not fit into 64 bits with a sign", table, row, column))
            return np.zeros(size, dtype=np.int64)
        return array.astype(np.int64, copy=False)

    n, m = len(mentee_ids), len(mentor_ids)
    pair_count = np.asarray(mentee).size
    want = whole(want, "mentees", "want", n)
    capacity = whole(capacity, "mentors", "capacity", m)
    minimum = np.zeros(m, dtype=np.int64) if minimum is None else whole(minimum, "mentors", "minimum", m)
    mentee = whole(mentee, "pairs", "mentee", pair_count)
    mentor = whole(mentor, "pairs", "mentor", pair_count)
    score = whole(score, "pairs", "score", pair_count)
    pins = np.zeros(pair_count, dtype=bool) if pinned is None else np.asarray(pinned, dtype=bool)
    if pins.shape != (pair_count,):
        findings.append(Finding(f"must be {pair_count:,} flags, not {pins.shape}", "pairs", None, "pinned"))
    table = None if points is None else np.asarray(points)
    if table is not None and table.shape != (pair_count, len(criteria)):
        shape = (pair_count, len(criteria))
        findings.append(Finding(f"must have the shape {shape}, not {table.shape}", "pairs", None, "points"))
    elif table is not None and table.size and not _are_points(table):
        findings.append(Finding(f"must be whole numbers up to {LARGEST_POINTS:,}", "pairs", None, "points"))
    if stratum is not None and len(stratum) != n:
        findings.append(Finding(f"must be {n:,} names, not {len(stratum):,}", "mentees", None, "stratum"))
    findings += _out_of_place(mentee, n, "pairs", "mentee") + _out_of_place(mentor, m, "pairs", "mentor")
    if preferences is not None:
        findings += _preferences_amiss(preferences, n, m)
    if circles is not None:
        findings += _circles_amiss(circles, m)
    if findings:
        raise ProblemError(findings)
    findings += people_amiss(mentee_ids, mentor_ids, want, capacity, minimum)
    findings += checks.scores_amiss(score)
    if findings:
        raise ProblemError(findings)
    problem = arrange(
        mentee_ids,
        mentor_ids,
        want=want,
        capacity=capacity,
        minimum=minimum,
        mentee=mentee,
        mentor=mentor,
        score=score,
        pinned=pins,
        circles=circles,
        preferences=preferences,
        stratum=stratum,
        removed={rule: np.asarray(count, dtype=np.int64) for rule, count in (removed or {}).items()},
        names=names or {},
        criteria=tuple(criteria),
        points=table,
    )
    if pins.any():
        findings += _pins_amiss(mentee_ids, mentor_ids, want, capacity, mentee, mentor, pins)
    if findings:
        raise ProblemError(findings)
    return problem


def _are_points(table: NDArray[Any]) -> bool:
    return table.dtype.kind in "iu" and max(-int(table.min()), int(table.max())) <= LARGEST_POINTS


def people_amiss(
    mentee_ids: Sequence[str], mentor_ids: Sequence[str], want: Ints, capacity: Ints, minimum: Ints
) -> list[Finding]:
    """What is wrong with the people by themselves."""
    return [
        *checks.ids_amiss(mentee_ids, table="mentees", column="mentee_id"),
        *checks.counts_amiss(want, table="mentees", column="want"),
        *checks.ids_amiss(mentor_ids, table="mentors", column="mentor_id"),
        *checks.counts_amiss(capacity, table="mentors", column="capacity"),
        *checks.counts_amiss(minimum, table="mentors", column="minimum"),
        *checks.minimums_amiss(minimum, capacity),
    ]


def same_person(mentee_ids: Sequence[str], mentor_ids: Sequence[str]) -> Positions:
    """For each mentee the position of the mentor who is the same person, or -1."""
    itself = np.full(len(mentee_ids), -1, dtype=np.int32)
    both = set(mentee_ids).intersection(mentor_ids)
    if both:
        position = {person: at for at, person in enumerate(mentor_ids) if person in both}
        for at, person in enumerate(mentee_ids):
            if person in both:
                itself[at] = position[person]
    return itself


def arrange(
    mentee_ids: Sequence[str],
    mentor_ids: Sequence[str],
    *,
    want: Ints,
    capacity: Ints,
    minimum: Ints,
    mentee: NDArray[np.integer],
    mentor: NDArray[np.integer],
    score: Ints,
    pinned: Flags,
    circles: Circles | None,
    preferences: Preferences | None,
    stratum: Sequence[str] | None,
    removed: Mapping[str, Ints],
    names: Mapping[str, str],
    criteria: tuple[str, ...],
    points: NDArray[np.integer] | None,
) -> Problem:
    """Sort people by id and pairs by (mentee, mentor); leave out pairs of one person with themselves.

    Raises:
        ProblemError: when a pair stands twice.
    """
    mentee_order, mentee_rank = _ranked(mentee_ids)
    mentor_order, mentor_rank = _ranked(mentor_ids)
    itself = same_person(mentee_ids, mentor_ids)
    keep: slice | NDArray[np.intp] = slice(None)
    if (itself >= 0).any():
        others = itself[mentee] != mentor
        if not others.all():
            keep = np.flatnonzero(others)
    first, second = mentee_rank[mentee[keep]], mentor_rank[mentor[keep]]
    key = first.astype(np.int64) * max(len(mentor_ids), 1) + second
    if key.size > 1 and not (key[1:] > key[:-1]).all():
        order = np.argsort(key, kind="stable")
        ordered = key[order]
        twice = order[1:][ordered[1:] == ordered[:-1]]
        if twice.size:
            rows = np.sort(twice if isinstance(keep, slice) else keep[twice])
            raise ProblemError(repeated_pairs(rows, mentee_ids, mentor_ids, mentee, mentor, column="mentee"))
        first, second = first[order], second[order]
        keep = order if isinstance(keep, slice) else keep[order]
    strata = tuple(sorted(set(stratum or ())))
    layer = None
    if stratum is not None and strata not in ((), ("",)):
        at = {name: position for position, name in enumerate(strata)}
        layer = np.fromiter((at[stratum[i]] for i in mentee_order.tolist()), dtype=np.int32, count=len(stratum))
    return Problem(
        mentee_ids=tuple(mentee_ids[i] for i in mentee_order.tolist()),
        mentor_ids=tuple(mentor_ids[j] for j in mentor_order.tolist()),
        want=want[mentee_order],
        capacity=capacity[mentor_order],
        minimum=minimum[mentor_order],
        mentee=first,
        mentor=second,
        score=score[keep],
        pinned=pinned[keep],
        circles=None if circles is None else _circles(circles, mentor_rank),
        preferences=None if preferences is None else _preferences(preferences, mentee_rank, mentor_rank),
        stratum=layer,
        strata=strata if layer is not None else (),
        removed={rule: count[mentee_order] for rule, count in sorted(removed.items())},
        names=dict(names),
        criteria=criteria,
        points=None if points is None else points[keep].astype(np.int32, copy=False),
    )


def repeated_pairs(
    rows: NDArray[np.intp],
    mentee_ids: Sequence[str],
    mentor_ids: Sequence[str],
    mentee: NDArray[np.integer],
    mentor: NDArray[np.integer],
    *,
    column: str,
) -> list[Finding]:
    """A finding for each row whose pair stands in an earlier row."""
    findings = []
    for row in rows.tolist():
        mentee_id, mentor_id = checks.quoted(mentee_ids[mentee[row]]), checks.quoted(mentor_ids[mentor[row]])
        findings.append(Finding(f"mentee {mentee_id} and mentor {mentor_id} stand here twice", "pairs", row, column))
    return findings


def _ranked(ids: Sequence[str]) -> tuple[NDArray[np.intp], Positions]:
    """Order of the ids by code point, and each one's place in it."""
    order = np.array(sorted(range(len(ids)), key=ids.__getitem__), dtype=np.intp)
    rank = np.empty(len(ids), dtype=np.int32)
    rank[order] = np.arange(len(ids), dtype=np.int32)
    return order, rank


def _circles(circles: Circles, mentor_rank: Positions) -> Circles:
    mentor = mentor_rank[circles.mentor]
    order = np.argsort(mentor, kind="stable")
    return Circles(
        mentor=mentor[order],
        min_size=np.asarray(circles.min_size, dtype=np.int64)[order],
        max_size=np.asarray(circles.max_size, dtype=np.int64)[order],
    )


def _preferences(preferences: Preferences, mentee_rank: Positions, mentor_rank: Positions) -> Preferences:
    sides = []
    for chooser, choice, rank in (
        (mentee_rank[preferences.mentee_chooser], mentor_rank[preferences.mentee_choice], preferences.mentee_rank),
        (mentor_rank[preferences.mentor_chooser], mentee_rank[preferences.mentor_choice], preferences.mentor_rank),
    ):
        rank = np.asarray(rank, dtype=np.int64)
        later, same = chooser[1:] > chooser[:-1], chooser[1:] == chooser[:-1]
        later |= same & (rank[1:] > rank[:-1])
        later |= same & (rank[1:] == rank[:-1]) & (choice[1:] > choice[:-1])
        if not later.all():
            order = np.lexsort((choice, rank, chooser))
            chooser, choice, rank = chooser[order], choice[order], rank[order]
        sides.append((chooser, choice, rank))
    return Preferences(*sides[0], *sides[1])


def _out_of_place(positions: NDArray[np.integer], size: int, table: str, column: str) -> list[Finding]:
    if not positions.size or (positions.min() >= 0 and positions.max() < size):
        return []
    return checks.flag(
        (positions < 0) | (positions >= size),
        table=table,
        column=column,
        text=lambda row: f"position {positions[row]} is not one of {size:,}",
    )


def _preferences_amiss(preferences: Preferences, n: int, m: int) -> list[Finding]:
    p = preferences
    return [
        *_out_of_place(p.mentee_chooser, n, "preferences", "mentee_chooser"),
        *_out_of_place(p.mentee_choice, m, "preferences", "mentee_choice"),
        *checks.counts_amiss(p.mentee_rank, table="preferences", column="mentee_rank", least=1),
        *_out_of_place(p.mentor_chooser, m, "preferences", "mentor_chooser"),
        *_out_of_place(p.mentor_choice, n, "preferences", "mentor_choice"),
        *checks.counts_amiss(p.mentor_rank, table="preferences", column="mentor_rank", least=1),
        *(
            Finding("this choice stands here twice", "preferences", row, f"{side}_choice")
            for side, chooser, choice in (
                ("mentee", p.mentee_chooser, p.mentee_choice),
                ("mentor", p.mentor_chooser, p.mentor_choice),
            )
            for row in checks.repeats(chooser, choice).tolist()
        ),
    ]


def _circles_amiss(circles: Circles, m: int) -> list[Finding]:
    return [
        *_out_of_place(circles.mentor, m, "circles", "mentor"),
        *sizes_amiss(circles.min_size, circles.max_size),
        *(
            Finding("this mentor stands here twice", "circles", row, "mentor")
            for row in checks.repeats(circles.mentor).tolist()
        ),
    ]


def sizes_amiss(min_size: Ints, max_size: Ints) -> list[Finding]:
    """What is wrong with the sizes of circles."""
    return [
        *checks.counts_amiss(min_size, table="circles", column="min_size"),
        *checks.counts_amiss(max_size, table="circles", column="max_size"),
        *checks.flag(
            (min_size > max_size) & (max_size >= 0),
            table="circles",
            column="min_size",
            text=lambda row: f"{min_size[row]} is more than the largest size, {max_size[row]}",
        ),
    ]


def _pins_amiss(
    mentee_ids: Sequence[str],
    mentor_ids: Sequence[str],
    want: Ints,
    capacity: Ints,
    mentee: NDArray[np.integer],
    mentor: NDArray[np.integer],
    pins: Flags,
) -> list[Finding]:
    rows = np.flatnonzero(pins)
    itself = same_person(mentee_ids, mentor_ids)[mentee[rows]] == mentor[rows]
    findings = [
        Finding(f"{checks.quoted(mentee_ids[mentee[row]])} cannot be pinned to themselves", "pairs", row, "pinned")
        for row in rows[itself].tolist()
    ]
    return findings + pins_over(
        mentee_ids, mentor_ids, want, capacity, mentee, mentor, rows, table="pairs", columns=("pinned", "pinned")
    )


def pins_over(
    mentee_ids: Sequence[str],
    mentor_ids: Sequence[str],
    want: Ints,
    capacity: Ints,
    mentee: NDArray[np.integer],
    mentor: NDArray[np.integer],
    rows: NDArray[np.intp],
    *,
    table: str,
    columns: tuple[str, str],
) -> list[Finding]:
    """Pins beyond what a mentee wants or a mentor can take, at the first row that is too many."""
    findings = []
    for kind, ids, most, people, says, column in (
        ("mentee", mentee_ids, want, mentee[rows], "wants", columns[0]),
        ("mentor", mentor_ids, capacity, mentor[rows], "can take", columns[1]),
    ):
        pinned = np.bincount(people, minlength=most.size)
        for at in checks.surplus(people, most).tolist():
            person = people[at]
            text = f"{kind} {checks.quoted(ids[person])} {says} {most[person]}; pinned: {pinned[person]}"
            findings.append(Finding(text, table, int(rows[at]), column))
    return findings
