"""Read a folder of CSV files as a cohort."""

from collections.abc import Sequence
from itertools import repeat
from operator import eq
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from wayfellow.matching.build.checks import quoted
from wayfellow.matching.build.columns import TABLES, assembled, faults_of, in_order
from wayfellow.matching.build.raw import Directory, PairColumns, columns_from
from wayfellow.matching.errors import Finding, ProblemError
from wayfellow.matching.pairs_files.errors import FilesRefused, Place
from wayfellow.matching.pairs_files.numbers import whole_numbers
from wayfellow.matching.pairs_files.tables import Table, open_table
from wayfellow.matching.problem import Flags, Problem

COLUMNS = {
    "mentees": ("mentee_id", "want"),
    "mentors": ("mentor_id", "capacity", "minimum"),
    "pairs": ("mentee_id", "mentor_id", "score", "allowed"),
    "rules": ("kind", "mentee_id", "mentor_id"),
    "preferences": ("side", "person_id", "choice_id", "rank"),
    "circles": ("mentor_id", "min_size", "max_size"),
}
EXTRA = {"mentees": ("stratum",)}
OPTIONAL = ("rules", "preferences", "circles")
FILES = tuple(f"{name}.csv" for name in COLUMNS)
SHOWN = 100


def read_folder(folder: Path) -> Problem:
    """The cohort in `mentees.csv`, `mentors.csv`, `pairs.csv` and, where they are there, the optional files.

    Args:
        folder: where the files are.

    Raises:
        FilesRefused: with everything that is wrong in any of the files.
    """
    if not folder.is_dir():
        words = "this is not a folder" if folder.exists() else "there is no such folder"
        raise FilesRefused([Place(words, str(folder))])
    opened = {
        name: open_table(folder, name, columns, extra=EXTRA.get(name, ()), optional=name in OPTIONAL)
        for name, columns in COLUMNS.items()
    }
    tables = {name: table for name, table in opened.items() if table is not None}
    findings: list[Finding] = []
    raw = {name: table.cells() for name, table in tables.items() if name != "pairs"}
    for name, column in (("mentees", "mentee_id"), ("mentors", "mentor_id")):
        # A row cut off before its id is known to be amiss: a name that no file can hold keeps it apart.
        raw[name][column] = [f"\0{at}" if cell is None else cell for at, cell in enumerate(raw[name][column])]

    columns = columns_from(
        raw,
        pairs=lambda mentees, mentors: _pairs(tables["pairs"], mentees, mentors, findings),
        whole=whole_numbers,
        findings=findings,
        unreadable=frozenset(name for name, table in tables.items() if not table.readable),
    )
    columns.stratum = raw["mentees"].get("stratum")
    findings += [finding for table in tables.values() for finding in table.findings]
    findings += faults_of(columns)
    if findings or any(table.faults for table in tables.values()):
        raise _refused(tables, findings)
    return assembled(columns)


def refused_later(folder: Path, error: ProblemError) -> FilesRefused:
    """What an objective finds wrong with a cohort that was read from a folder, each pin at its line of `rules.csv`."""
    at: dict[tuple[str, str], int] = {}
    rules = open_table(folder, "rules", COLUMNS["rules"], optional=True)
    if rules is not None and rules.readable:
        cells = rules.cells()
        pairs = list(zip(cells["mentee_id"], cells["mentor_id"], strict=True))
        lines = rules.lines(set(range(len(pairs))))
        at = {pair: lines[row] for row, pair in enumerate(pairs)}
    places = []
    for finding in error.findings:
        line = at.get(finding.pair) if finding.pair and finding.table == "rules" else None
        column = finding.column or ("mentor_id" if line else "")
        places.append(Place(finding.text, f"{finding.table}.csv", line, column))
    return FilesRefused(places[:SHOWN], more=max(len(places) - SHOWN, 0))


def _pairs(table: Table, mentees: Directory, mentors: Directory, findings: list[Finding]) -> PairColumns:
    """The pairs, portion by portion, so that only one of them is text at a time."""
    parts: list[tuple[NDArray, ...]] = []
    for first, (mentee_ids, mentor_ids, scores, allowed) in table.chunks():
        mine: list[Finding] = []
        parts.append(
            (
                mentees.find(mentee_ids, table="pairs", column="mentee_id", findings=mine),
                mentors.find(mentor_ids, table="pairs", column="mentor_id", findings=mine),
                whole_numbers(scores, table="pairs", column="score", harmless=0, findings=mine),
                _flags(allowed, mine),
            )
        )
        findings += [Finding(f.text, f.table, f.row + first, f.column) for f in mine if f.row is not None]
    if not parts:
        nobody = np.empty(0, dtype=np.int32)
        return PairColumns(nobody, nobody, np.empty(0, dtype=np.int64), np.empty(0, dtype=bool))
    return PairColumns(*(np.concatenate(part) for part in zip(*parts, strict=True)))


def _flags(cells: Sequence[str | None], findings: list[Finding]) -> Flags:
    flags = np.fromiter(map(eq, cells, repeat("1")), dtype=bool, count=len(cells))
    for row in np.flatnonzero(~flags).tolist():
        cell = cells[row]
        if cell == "0":
            continue
        text = (cell or "").strip()
        flags[row] = text != "0"
        if cell is not None and text not in ("0", "1"):
            words = f"{quoted(cell)} is neither 0 nor 1" if text else "the cell is empty"
            findings.append(Finding(words, "pairs", row, "allowed"))
    return flags


def _refused(tables: dict[str, Table], findings: Sequence[Finding]) -> FilesRefused:
    """Put each finding at its line, the first hundred of them."""
    of: dict[str, list[Finding]] = {name: [] for name in TABLES}
    for finding in in_order(findings):
        of[finding.table].append(finding)
    places: list[Place] = []
    count = len(findings)
    for name, table in tables.items():
        count += len(table.faults)
        places += table.faults
        shown = of[name][: max(SHOWN - len(places), 0)]
        lines = table.lines({f.row for f in shown if f.row is not None}) if shown else {}
        places += [Place(f.text, table.file, None if f.row is None else lines[f.row], f.column) for f in shown]
    places = places[:SHOWN]
    return FilesRefused(places, more=count - len(places))
