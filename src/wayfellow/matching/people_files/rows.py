"""One file of a mentoring sheet: its columns, and each row with what it says and what is wrong with it."""

import hashlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from wayfellow.matching.people_files.availability import parse_availability
from wayfellow.matching.people_files.cells import (
    parse_count,
    parse_phrases,
    parse_role,
    parse_skills,
    parse_yes_no,
)
from wayfellow.matching.people_files.fields import GROUPINGS, find_heading, recognise
from wayfellow.matching.people_files.messages import reason
from wayfellow.tables.columns import Column
from wayfellow.tables.errors import Problem, Reason, problem, table_error
from wayfellow.tables.people.cells import EMPTY_WORDS, MAX_NAME, Name, parse_email, parse_name, parse_number, parse_text
from wayfellow.tables.reading import Row, Table, read_table
from wayfellow.tables.values.languages import parse_languages
from wayfellow.tables.values.time_zones import parse_time_zone

_PARSERS: dict[str, Callable[[str], Any]] = {
    "role": parse_role,
    "email": parse_email,
    "id": parse_number,
    "manager": parse_text,
    "capacity": parse_count,
    "minimum": parse_count,
    "wants": parse_count,
    "skills_offered": parse_skills,
    "skills_wanted": parse_skills,
    "skills": parse_skills,
    "goals": parse_phrases,
    "interests": parse_phrases,
    "ways_of_working": parse_phrases,
    "languages": parse_languages,
    "time_zone": parse_time_zone,
    "availability": parse_availability,
    "trained": parse_yes_no,
    **dict.fromkeys(GROUPINGS, parse_text),
}
_NAMES = ("name", "first_name", "last_name")


@dataclass(frozen=True, slots=True)
class SheetRow:
    """One row: its line in the file, what its cells say by field, its text by heading, and its faults."""

    line: int
    values: dict[str, Any]
    texts: dict[str, str]
    faults: list[Problem]


@dataclass(frozen=True)
class Sheet:
    """One file that was read.

    Args:
        name: the file's name, as messages use it.
        sha256: of the file's bytes.
        headers: the headings as the file writes them.
        columns: what each column was read as.
        rows: its rows, in the order of the file.
        header_line: the line of the headings.
        heading_of: field → heading.
    """

    name: str
    sha256: str
    headers: tuple[str, ...]
    columns: tuple[Column, ...]
    rows: tuple[SheetRow, ...]
    header_line: int = 1
    heading_of: Mapping[str, str] = field(default_factory=dict)

    def has(self, name: str) -> bool:
        """Whether a column was read as this field."""
        return name in self.heading_of


def read_sheet(path: Path, mapping: Mapping[str, str | None] | None = None, *, name: str | None = None) -> Sheet:
    """Read one CSV or XLSX file.

    Args:
        path: the file.
        mapping: heading → field, or None to leave the column out. Headings that the file does not have are ignored.
        name: what to call the file in messages.

    Raises:
        TableError: the file cannot be read, is empty or has no rows.
    """
    content = read_bytes(path)
    table = read_table(content, name or path.name, neutralised=True)
    found = {find_heading(heading, table.headers): to for heading, to in (mapping or {}).items()}
    chosen = {heading: to for heading, to in found.items() if heading is not None}
    columns = recognise(table, chosen)
    read = _Reader(table, columns)
    rows = tuple(read(row) for row in table)
    if not rows:
        raise table_error("no_rows")
    digest = hashlib.sha256(content).hexdigest()
    return Sheet(table.name, digest, table.headers, tuple(columns), rows, table.header_line, read.heading_of)


def read_bytes(path: Path) -> bytes:
    """The bytes of a file.

    Raises:
        TableError: it cannot be opened.
    """
    try:
        return path.read_bytes()
    except (OSError, ValueError) as error:
        raise table_error("file_unreadable", name=path.name or str(path)) from error


class _Reader:
    """Reads one row after the other, columns and parsers looked up once."""

    def __init__(self, table: Table, columns: Sequence[Column]) -> None:
        self.headers = table.headers
        self.heading_of = {column.field: column.header for column in columns if column.field}
        at = {column.field: position for position, column in enumerate(columns) if column.field}
        self.names = [(name, at[name]) for name in _NAMES if name in at]
        self.others = [(name, at[name], parse) for name, parse in _PARSERS.items() if name in at]

    def __call__(self, row: Row) -> SheetRow:
        values: dict[str, Any] = {}
        faults = list(row.problems)
        spoiled = {found.column for found in faults}
        for name, at, parse in [*((name, at, _parse_of_name(name)) for name, at in self.names), *self.others]:
            cell = row.cells[at]
            heading = self.heading_of[name]
            empty = not any(map(str.isalnum, cell)) if name in _NAMES else cell.casefold() in EMPTY_WORDS
            if not cell or heading in spoiled or empty:
                continue
            parsed = parse(cell)
            if isinstance(parsed, Reason):
                faults.append(problem(parsed, line=row.line, column=heading))
            elif isinstance(parsed, Name):
                values["name"] = parsed.whole
            else:
                values[name] = parsed
        if "name" not in values:
            parts = [values[name] for name in ("first_name", "last_name") if name in values]
            if parts:
                values["name"] = " ".join(parts)
        minimum, capacity = values.get("minimum"), values.get("capacity")
        if minimum is not None and capacity is not None and minimum > capacity:
            why = reason("minimum_above_capacity", minimum=minimum, capacity=capacity)
            faults.append(problem(why, line=row.line, column=self.heading_of["minimum"]))
        texts = dict(zip(self.headers, row.cells, strict=True))
        return SheetRow(row.line, values, texts, faults)


def _parse_of_name(name: str) -> Callable[[str], Any]:
    return parse_name if name == "name" else lambda text: parse_text(text, limit=MAX_NAME)
