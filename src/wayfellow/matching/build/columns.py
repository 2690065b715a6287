"""A cohort by column, as it was handed in: check the whole of it, then build the `Problem`."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from wayfellow.matching.build import arrays, checks
from wayfellow.matching.errors import Finding, ProblemError
from wayfellow.matching.problem import Circles, Flags, Ints, Positions, Preferences, Problem

TABLES = ("mentees", "mentors", "pairs", "rules", "preferences", "circles")


def _none() -> Positions:
    return np.empty(0, dtype=np.int32)


def _no_ints() -> Ints:
    return np.empty(0, dtype=np.int64)


def _no_flags() -> Flags:
    return np.empty(0, dtype=bool)


@dataclass(eq=False)
class Columns:
    """The six tables. People in `pairs` and the tables after it are positions of rows, -1 where the id is unknown.

    A row's place in its arrays is its row in findings. `pairs_known` is False when the pairs could not be read: then no
    pin is said to be missing from them.
    """

    mentee_ids: Sequence[str]
    want: Ints
    mentor_ids: Sequence[str]
    capacity: Ints
    minimum: Ints
    pair_mentee: Positions
    pair_mentor: Positions
    score: Ints
    allowed: Flags
    pairs_known: bool = True
    stratum: Sequence[str] | None = None
    names: Mapping[str, str] = field(default_factory=dict)
    rule_pin: Flags = field(default_factory=_no_flags)
    rule_mentee: Positions = field(default_factory=_none)
    rule_mentor: Positions = field(default_factory=_none)
    by_mentee: Flags = field(default_factory=_no_flags)
    person: Positions = field(default_factory=_none)
    choice: Positions = field(default_factory=_none)
    rank: Ints = field(default_factory=_no_ints)
    circle_mentor: Positions = field(default_factory=_none)
    min_size: Ints = field(default_factory=_no_ints)
    max_size: Ints = field(default_factory=_no_ints)
    has_preferences: bool = False
    has_circles: bool = False


def problem_from_columns(columns: Columns, *, findings: Iterable[Finding] = ()) -> Problem:
    """Check the six tables against each other and put them in canonical form.

    Args:
        columns: the tables.
        findings: what reading the cells has found already. The cells at fault hold harmless values.

    Raises:
        ProblemError: with everything that is wrong, in the order of tables, rows and columns.
    """
    found = [*findings, *faults_of(columns)]
    if found:
        raise ProblemError(in_order(found))
    return assembled(columns)


def faults_of(columns: Columns) -> list[Finding]:
    """What is wrong with the tables in themselves and against each other."""
    c = columns
    found = arrays.people_amiss(c.mentee_ids, c.mentor_ids, c.want, c.capacity, c.minimum)
    found += checks.scores_amiss(c.score)
    known = np.flatnonzero((c.pair_mentee >= 0) & (c.pair_mentor >= 0))
    itself = arrays.same_person(c.mentee_ids, c.mentor_ids)
    found += _pairs_twice(c, known, itself)
    found += _rules_amiss(c, itself)
    found += _preferences_amiss(c, itself)
    return found + _circles_amiss(c)


def assembled(c: Columns) -> Problem:
    """Put tables without faults in canonical form."""
    itself = arrays.same_person(c.mentee_ids, c.mentor_ids)
    width = max(len(c.mentor_ids), 1)
    key = c.pair_mentee.astype(np.int64) * width + c.pair_mentor
    pins = c.rule_mentee[c.rule_pin].astype(np.int64) * width + c.rule_mentor[c.rule_pin]
    forbids = c.rule_mentee[~c.rule_pin].astype(np.int64) * width + c.rule_mentor[~c.rule_pin]
    forbidden = np.isin(key, forbids)
    others = itself[c.pair_mentee] != c.pair_mentor
    removed = {
        rule: np.bincount(c.pair_mentee[out & others], minlength=len(c.mentee_ids)).astype(np.int64)
        for rule, out in (("forbidden", forbidden), ("not_allowed", ~c.allowed))
    }
    keep: slice | NDArray[np.intp] = slice(None)
    usable = c.allowed & ~forbidden
    if not usable.all():
        keep = np.flatnonzero(usable)
    return arrays.arrange(
        c.mentee_ids,
        c.mentor_ids,
        want=c.want,
        capacity=c.capacity,
        minimum=c.minimum,
        mentee=c.pair_mentee[keep],
        mentor=c.pair_mentor[keep],
        score=c.score[keep],
        pinned=np.isin(key[keep], pins),
        circles=Circles(c.circle_mentor, c.min_size, c.max_size) if c.has_circles else None,
        preferences=_sides(c, itself) if c.has_preferences else None,
        stratum=c.stratum,
        removed={rule: count for rule, count in removed.items() if count.any()},
        names=c.names,
        criteria=(),
        points=None,
    )


def in_order(findings: Iterable[Finding]) -> list[Finding]:
    """Findings by table, row and column; those without a row first."""
    place = {name: at for at, name in enumerate(TABLES)}
    return sorted(findings, key=lambda f: (place.get(f.table, -1), -1 if f.row is None else f.row, f.column, f.text))


def _pairs_twice(c: Columns, known: NDArray[np.intp], itself: Positions) -> list[Finding]:
    rows = known[itself[c.pair_mentee[known]] != c.pair_mentor[known]] if known.size else known
    key = c.pair_mentee[rows].astype(np.int64) * max(len(c.mentor_ids), 1) + c.pair_mentor[rows]
    if key.size < 2 or (key[1:] > key[:-1]).all():
        return []
    twice = rows[checks.repeats(key)]
    return arrays.repeated_pairs(twice, c.mentee_ids, c.mentor_ids, c.pair_mentee, c.pair_mentor, column="mentee_id")


def _rules_amiss(c: Columns, itself: Positions) -> list[Finding]:
    rows = np.flatnonzero((c.rule_mentee >= 0) & (c.rule_mentor >= 0))
    if not rows.size:
        return []
    mentee, mentor, pin = c.rule_mentee[rows], c.rule_mentor[rows], c.rule_pin[rows]

    def say(row: int) -> str:
        mentee_id, mentor_id = c.mentee_ids[c.rule_mentee[row]], c.mentor_ids[c.rule_mentor[row]]
        return f"mentee {checks.quoted(mentee_id)} with mentor {checks.quoted(mentor_id)}"

    findings = []
    twice = set(rows[checks.repeats(mentee, mentor, pin)].tolist())
    both = set(rows[checks.repeats(mentee, mentor)].tolist()) - twice
    for row in sorted(twice):
        findings.append(
            Finding(
                f"the {'pin' if c.rule_pin[row] else 'forbid'} of {say(row)} stands here twice",
                "rules",
                row,
                "mentee_id",
            )
        )
    for row in sorted(both):
        findings.append(Finding(f"{say(row)} is pinned and forbidden", "rules", row, "kind"))

    width = max(len(c.mentor_ids), 1)
    pair_key = c.pair_mentee.astype(np.int64) * width + c.pair_mentor
    pair_key[(c.pair_mentee < 0) | (c.pair_mentor < 0)] = -1
    key = mentee.astype(np.int64) * width + mentor
    alone = itself[mentee] == mentor
    listed = np.isin(key, pair_key)
    usable = np.isin(key, pair_key[c.allowed])
    for at in np.flatnonzero(pin & (alone | ~(usable | (not c.pairs_known)))).tolist():
        row = int(rows[at])
        why = "is one person" if alone[at] else "is a pair that is not allowed" if listed[at] else "is not in the pairs"
        findings.append(Finding(f"the pin of {say(row)} {why}", "rules", row, "mentor_id"))
    good = rows[pin & ~alone & usable & ~np.isin(rows, list(twice))]
    return findings + arrays.pins_over(
        c.mentee_ids,
        c.mentor_ids,
        c.want,
        c.capacity,
        c.rule_mentee,
        c.rule_mentor,
        good,
        table="rules",
        columns=("mentee_id", "mentor_id"),
    )


def _preferences_amiss(c: Columns, itself: Positions) -> list[Finding]:
    findings = checks.counts_amiss(c.rank, table="preferences", column="rank", least=1)
    for row in _choices(c, itself)[checks.repeats(*_by_row(c, _choices(c, itself)))].tolist():
        chooser, chosen = (c.mentee_ids, c.mentor_ids) if c.by_mentee[row] else (c.mentor_ids, c.mentee_ids)
        side = "mentee" if c.by_mentee[row] else "mentor"
        who, whom = checks.quoted(chooser[c.person[row]]), checks.quoted(chosen[c.choice[row]])
        text = f"the choice of {whom} by {side} {who} stands here twice"
        findings.append(Finding(text, "preferences", row, "choice_id"))
    return findings


def _by_row(c: Columns, rows: NDArray[np.intp]) -> tuple[NDArray[np.integer] | Flags, ...]:
    return c.by_mentee[rows], c.person[rows], c.choice[rows]


def _choices(c: Columns, itself: Positions) -> NDArray[np.intp]:
    """Rows of preferences that name two known people who are not one person."""
    rows = np.flatnonzero((c.person >= 0) & (c.choice >= 0))
    mentee = np.where(c.by_mentee[rows], c.person[rows], c.choice[rows])
    mentor = np.where(c.by_mentee[rows], c.choice[rows], c.person[rows])
    return rows[itself[mentee] != mentor] if rows.size else rows


def _circles_amiss(c: Columns) -> list[Finding]:
    rows = np.flatnonzero(c.circle_mentor >= 0)
    return [
        *arrays.sizes_amiss(c.min_size, c.max_size),
        *(
            Finding(
                f"{checks.quoted(c.mentor_ids[c.circle_mentor[row]])} stands here twice", "circles", row, "mentor_id"
            )
            for row in rows[checks.repeats(c.circle_mentor[rows])].tolist()
        ),
    ]


def _sides(c: Columns, itself: Positions) -> Preferences:
    rows = _choices(c, itself)
    mentees, mentors = rows[c.by_mentee[rows]], rows[~c.by_mentee[rows]]
    return Preferences(
        mentee_chooser=c.person[mentees],
        mentee_choice=c.choice[mentees],
        mentee_rank=c.rank[mentees],
        mentor_chooser=c.person[mentors],
        mentor_choice=c.choice[mentors],
        mentor_rank=c.rank[mentors],
    )
