"""Build a `Problem` from rows."""

from collections.abc import Iterable, Sequence
from itertools import repeat

import numpy as np

from wayfellow.matching.building import checks
from wayfellow.matching.building.columns import Columns, problem_from_columns
from wayfellow.matching.building.rows import Circle, Mentee, Mentor, Pair, Preference, Rule
from wayfellow.matching.errors import Finding
from wayfellow.matching.problem import Flags, Ints, Positions, Problem


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
    rule_rows, choice_rows, circle_rows = list(rules), list(preferences or ()), list(circles or ())
    findings: list[Finding] = []

    def whole(values: Sequence[object], table: str, column: str, harmless: int) -> Ints:
        return whole_numbers(values, table=table, column=column, harmless=harmless, findings=findings)

    mentee_ids, mentor_ids = [row.id for row in mentee_rows], [row.id for row in mentor_rows]
    mentee_at, mentor_at = Directory("mentees", mentee_ids), Directory("mentors", mentor_ids)
    named = {row.id: row.name for row in mentor_rows if row.name}
    named |= {row.id: row.name for row in mentee_rows if row.name}
    by_mentee = _one_of([row.side for row in choice_rows], "mentee", "mentor", "preferences", "side", findings)
    columns = Columns(
        mentee_ids=mentee_ids,
        want=whole([row.want for row in mentee_rows], "mentees", "want", 0),
        stratum=[row.stratum for row in mentee_rows],
        mentor_ids=mentor_ids,
        capacity=whole([row.capacity for row in mentor_rows], "mentors", "capacity", 0),
        minimum=whole([row.minimum for row in mentor_rows], "mentors", "minimum", 0),
        names=named,
        pair_mentee=mentee_at.find([row.mentee_id for row in pair_rows], "pairs", "mentee_id", findings),
        pair_mentor=mentor_at.find([row.mentor_id for row in pair_rows], "pairs", "mentor_id", findings),
        score=whole([row.score for row in pair_rows], "pairs", "score", 0),
        allowed=np.fromiter((bool(row.allowed) for row in pair_rows), dtype=bool, count=len(pair_rows)),
        rule_pin=_one_of([row.kind for row in rule_rows], "pin", "forbid", "rules", "kind", findings),
        rule_mentee=mentee_at.find([row.mentee_id for row in rule_rows], "rules", "mentee_id", findings),
        rule_mentor=mentor_at.find([row.mentor_id for row in rule_rows], "rules", "mentor_id", findings),
        by_mentee=by_mentee,
        **choices(
            by_mentee,
            [row.person_id for row in choice_rows],
            [row.choice_id for row in choice_rows],
            mentee_at,
            mentor_at,
            findings,
        ),
        rank=whole([row.rank for row in choice_rows], "preferences", "rank", 1),
        circle_mentor=mentor_at.find([row.mentor_id for row in circle_rows], "circles", "mentor_id", findings),
        min_size=whole([row.min_size for row in circle_rows], "circles", "min_size", 0),
        max_size=whole([row.max_size for row in circle_rows], "circles", "max_size", 0),
        has_preferences=preferences is not None,
        has_circles=circles is not None,
    )
    return problem_from_columns(columns, findings=findings)


class Directory:
    """Where each id of one table of people stands."""

    def __init__(self, table: str, ids: Sequence[str]) -> None:
        self.table = table
        self.position: dict[object, int] = {}
        for at, person in enumerate(ids):
            self.position.setdefault(person, at)

    def find(self, ids: Sequence[str], table: str, column: str, findings: list[Finding]) -> Positions:
        """Positions of the ids, -1 and a finding where there is none."""
        at = np.fromiter(map(self.position.get, ids, repeat(-1)), dtype=np.int32, count=len(ids))
        for row in np.flatnonzero(at < 0).tolist():
            text = checks.id_fault(ids[row]) or f"{ids[row]!r} is not among the {self.table}"
            findings.append(Finding(text, table, row, column))
        return at


def choices(
    by_mentee: Flags,
    person_ids: Sequence[str],
    choice_ids: Sequence[str],
    mentee_at: Directory,
    mentor_at: Directory,
    findings: list[Finding],
) -> dict[str, Positions]:
    """Positions of who chooses and who is chosen: a mentee chooses mentors and a mentor mentees."""
    found = {}
    for column, ids, name, of_mentee in (
        ("person", person_ids, "person_id", by_mentee),
        ("choice", choice_ids, "choice_id", ~by_mentee),
    ):
        positions = np.empty(len(ids), dtype=np.int32)
        for directory, rows in ((mentee_at, np.flatnonzero(of_mentee)), (mentor_at, np.flatnonzero(~of_mentee))):
            mine: list[Finding] = []
            positions[rows] = directory.find([ids[row] for row in rows.tolist()], "preferences", name, mine)
            findings += [Finding(f.text, f.table, int(rows[f.row]), f.column) for f in mine if f.row is not None]
        found[column] = positions
    return found


def whole_numbers(values: Sequence[object], *, table: str, column: str, harmless: int, findings: list[Finding]) -> Ints:
    """The values as 64-bit integers, with a finding and the harmless value for each that is none."""
    if set(map(type, values)) <= {int}:
        try:
            return np.array(values, dtype=np.int64)
        except OverflowError:
            pass
    numbers = np.full(len(values), harmless, dtype=np.int64)
    for row, value in enumerate(values):
        if isinstance(value, bool | np.bool_) or not isinstance(value, int | np.integer):
            findings.append(Finding(f"{value!r} is not a whole number", table, row, column))
        elif abs(int(value)) >= 2**63:
            findings.append(Finding(f"{value} is too large", table, row, column))
        else:
            numbers[row] = value
    return numbers


def _one_of(values: Sequence[str], yes: str, no: str, table: str, column: str, findings: list[Finding]) -> Flags:
    for row, value in enumerate(values):
        if value not in (yes, no):
            findings.append(Finding(f"{value!r} is neither {yes!r} nor {no!r}", table, row, column))
    return np.fromiter((value == yes for value in values), dtype=bool, count=len(values))
