"""Build a `Problem` from rows."""

from collections.abc import Iterable, Sequence
from typing import Any

import numpy as np

from wayfellow.matching.build.checks import quoted
from wayfellow.matching.build.columns import problem_from_columns
from wayfellow.matching.build.raw import Directory, PairColumns, columns_from, too_large
from wayfellow.matching.build.rows import Circle, Mentee, Mentor, Pair, Preference, Rule
from wayfellow.matching.errors import Finding
from wayfellow.matching.problem import Ints, Problem


def problem_from_pairs(
    mentees: Iterable[Mentee],
    mentors: Iterable[Mentor],
    pairs: Iterable[Pair],
    *,
    rules: Iterable[Rule] = (),
    preferences: Iterable[Preference] | None = None,
    circles: Iterable[Circle] | None = None,
) -> Problem:
    """Build a cohort from rows in any order: the same rows give the same problem.

    A pair that is not listed is not allowed; a pair of one person with themselves is left out.

    Args:
        mentees, mentors: who takes part.
        pairs: what each pair is worth.
        rules: pairs that must or must not be in the result.
        preferences: ranked choices; they count only under the objective "stable".
        circles: mentors who lead a circle; they count only under the objective "circles".

    Raises:
        ProblemError: with everything that is wrong, each finding with its table, row and column.

    >>> problem = problem_from_pairs([Mentee("ana")], [Mentor("li", capacity=2)], [Pair("ana", "li", 70)])
    >>> problem.mentee_ids, problem.mentor_ids, problem.score.tolist()
    (('ana',), ('li',), [70])

    >>> problem_from_pairs([Mentee("ana", want=-1)], [Mentor("li")], [Pair("ana", "eva", 70)])
    Traceback (most recent call last):
        ...
    wayfellow.matching.errors.ProblemError: mentees, row 0, want: -1 is less than 0
    pairs, row 0, mentor_id: 'eva' is not among the mentors
    """
    mentee_rows, mentor_rows, pair_rows = list(mentees), list(mentors), list(pairs)
    raw: dict[str, dict[str, list[Any]]] = {
        "mentees": {"mentee_id": [row.id for row in mentee_rows], "want": [row.want for row in mentee_rows]},
        "mentors": {
            "mentor_id": [row.id for row in mentor_rows],
            "capacity": [row.capacity for row in mentor_rows],
            "minimum": [row.minimum for row in mentor_rows],
        },
        "rules": _cells(rules, "kind", "mentee_id", "mentor_id"),
    }
    if preferences is not None:
        raw["preferences"] = _cells(preferences, "side", "person_id", "choice_id", "rank")
    if circles is not None:
        raw["circles"] = _cells(circles, "mentor_id", "min_size", "max_size")
    findings: list[Finding] = []

    def pair_columns(mentee_at: Directory, mentor_at: Directory) -> PairColumns:
        ids = [row.mentee_id for row in pair_rows]
        others = [row.mentor_id for row in pair_rows]
        scores = [row.score for row in pair_rows]
        return PairColumns(
            mentee=mentee_at.find(ids, table="pairs", column="mentee_id", findings=findings),
            mentor=mentor_at.find(others, table="pairs", column="mentor_id", findings=findings),
            score=whole_numbers(scores, table="pairs", column="score", harmless=0, findings=findings),
            allowed=np.fromiter((bool(row.allowed) for row in pair_rows), dtype=bool, count=len(pair_rows)),
        )

    columns = columns_from(raw, pairs=pair_columns, whole=whole_numbers, findings=findings)
    columns.stratum = [row.stratum for row in mentee_rows]
    columns.names = {row.id: row.name for row in mentor_rows if row.name}
    columns.names |= {row.id: row.name for row in mentee_rows if row.name}
    return problem_from_columns(columns, findings=findings)


def whole_numbers(values: Sequence[Any], *, table: str, column: str, harmless: int, findings: list[Finding]) -> Ints:
    """The values as 64-bit integers, with a finding and the harmless value for each that is none."""
    if set(map(type, values)) <= {int}:
        try:
            return np.array(values, dtype=np.int64)
        except OverflowError:
            pass
    numbers = np.full(len(values), harmless, dtype=np.int64)
    for row, value in enumerate(values):
        if isinstance(value, bool | np.bool_) or not isinstance(value, int | np.integer):
            findings.append(Finding(f"{quoted(value)} is not a whole number", table, row, column))
        elif abs(int(value)) >= 2**63:
            findings.append(Finding(too_large(str(value), column), table, row, column))
        else:
            numbers[row] = value
    return numbers


def _cells(rows: Iterable[Any], *columns: str) -> dict[str, list[Any]]:
    listed = list(rows)
    return {column: [getattr(row, column) for row in listed] for column in columns}
