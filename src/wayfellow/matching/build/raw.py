"""Ids become positions and words flags: from the tables as they were handed in to `Columns`."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from itertools import repeat
from typing import Any, Protocol

import numpy as np

from wayfellow.matching.build import checks
from wayfellow.matching.build.columns import Columns
from wayfellow.matching.errors import Finding
from wayfellow.matching.problem import Flags, Ints, Positions

# Per table and column, its cells. None is a cell that is not there, of a row that was found amiss already.
Raw = Mapping[str, Mapping[str, Sequence[Any]]]


class WholeNumbers(Protocol):
    """Reads cells as 64-bit integers; leaves a finding and the harmless value for each that is none."""

    def __call__(
        self, values: Sequence[Any], *, table: str, column: str, harmless: int, findings: list[Finding]
    ) -> Ints: ...


class Directory:
    """Where each id of one table of people stands. Of a table that could not be read nobody is known, silently."""

    def __init__(self, table: str, ids: Sequence[str], *, readable: bool = True) -> None:
        self.table = table
        self.readable = readable
        self.position: dict[object, int] = {}
        for at, person in enumerate(ids):
            self.position.setdefault(person, at)

    def find(self, ids: Sequence[Any], *, table: str, column: str, findings: list[Finding]) -> Positions:
        """Positions of the ids, -1 and a finding where there is none."""
        at = np.fromiter(map(self.position.get, ids, repeat(-1)), dtype=np.int32, count=len(ids))
        for row in np.flatnonzero(at < 0).tolist():
            fault = checks.id_fault(ids[row])
            if ids[row] is not None and (fault or self.readable):
                text = fault or f"{checks.quoted(ids[row])} is not among the {self.table}"
                findings.append(Finding(text, table, row, column))
        return at


@dataclass(frozen=True, eq=False)
class PairColumns:
    """The table of pairs, its people as positions."""

    mentee: Positions
    mentor: Positions
    score: Ints
    allowed: Flags


def columns_from(
    raw: Raw,
    *,
    pairs: Callable[[Directory, Directory], PairColumns],
    whole: WholeNumbers,
    findings: list[Finding],
    unreadable: frozenset[str] = frozenset(),
) -> Columns:
    """Find the people of each table.

    Args:
        raw: every table but the pairs; "preferences" and "circles" only where they were handed in.
        pairs: reads the pairs, given where mentees and mentors stand.
        whole: reads numbers.
        findings: takes what is found.
        unreadable: tables of which nothing is known.
    """

    def numbers(table: str, column: str, harmless: int) -> Ints:
        return whole(raw[table][column], table=table, column=column, harmless=harmless, findings=findings)

    mentee_ids, mentor_ids = raw["mentees"]["mentee_id"], raw["mentors"]["mentor_id"]
    mentees = Directory("mentees", mentee_ids, readable="mentees" not in unreadable)
    mentors = Directory("mentors", mentor_ids, readable="mentors" not in unreadable)
    pair = pairs(mentees, mentors)
    columns = Columns(
        mentee_ids=mentee_ids,
        want=numbers("mentees", "want", 0),
        mentor_ids=mentor_ids,
        capacity=numbers("mentors", "capacity", 0),
        minimum=numbers("mentors", "minimum", 0),
        pair_mentee=pair.mentee,
        pair_mentor=pair.mentor,
        score=pair.score,
        allowed=pair.allowed,
        pairs_known="pairs" not in unreadable,
    )
    if "rules" in raw:
        kinds = raw["rules"]["kind"]
        columns.rule_pin, amiss = _one_of(kinds, "pin", "forbid", table="rules", column="kind", findings=findings)
        ids = raw["rules"]["mentee_id"]
        columns.rule_mentee = mentees.find(ids, table="rules", column="mentee_id", findings=findings)
        ids = raw["rules"]["mentor_id"]
        columns.rule_mentor = mentors.find(ids, table="rules", column="mentor_id", findings=findings)
        columns.rule_mentee[amiss] = -1
    if "preferences" in raw:
        _add_preferences(columns, raw["preferences"], mentees, mentors, findings)
        columns.rank = numbers("preferences", "rank", 1)
    if "circles" in raw:
        ids = raw["circles"]["mentor_id"]
        columns.circle_mentor = mentors.find(ids, table="circles", column="mentor_id", findings=findings)
        columns.min_size = numbers("circles", "min_size", 0)
        columns.max_size = numbers("circles", "max_size", 0)
        columns.has_circles = True
    return columns


def too_large(given: str, column: str) -> str:
    """What to say of a number that does not fit in 64 bits."""
    return checks.score_too_large(given) if column == "score" else checks.count_too_large(given)


def _add_preferences(
    columns: Columns,
    cells: Mapping[str, Sequence[Any]],
    mentees: Directory,
    mentors: Directory,
    findings: list[Finding],
) -> None:
    """A mentee chooses mentors and a mentor mentees; a row whose side is unclear names nobody."""
    by_mentee, amiss = _one_of(cells["side"], "mentee", "mentor", table="preferences", column="side", findings=findings)
    found = []
    for column, of_mentee in (("person_id", by_mentee), ("choice_id", ~by_mentee)):
        ids = cells[column]
        positions = np.full(len(ids), -1, dtype=np.int32)
        for directory, mask in ((mentees, of_mentee), (mentors, ~of_mentee)):
            rows = np.flatnonzero(mask & ~amiss)
            mine: list[Finding] = []
            some = [ids[row] for row in rows.tolist()]
            positions[rows] = directory.find(some, table="preferences", column=column, findings=mine)
            findings += [Finding(f.text, f.table, int(rows[f.row]), f.column) for f in mine if f.row is not None]
        found.append(positions)
    columns.by_mentee, columns.person, columns.choice = by_mentee, *found
    columns.has_preferences = True


def _one_of(
    values: Sequence[Any], yes: str, no: str, *, table: str, column: str, findings: list[Finding]
) -> tuple[Flags, Flags]:
    """Which cells say yes, and which say neither."""
    amiss = np.fromiter((value not in (yes, no) for value in values), dtype=bool, count=len(values))
    for row in np.flatnonzero(amiss).tolist():
        if values[row] is not None:
            findings.append(Finding(f"{checks.quoted(values[row])} is neither {yes!r} nor {no!r}", table, row, column))
    return np.fromiter((value == yes for value in values), dtype=bool, count=len(values)), amiss
