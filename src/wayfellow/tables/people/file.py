"""A people file: which column is what, and each row as a person or as a row that is refused with its reasons.

    people = read_people("people.xlsx")
    for column in people.columns: ...
    for row in people: row.values or row.problems

A row with a problem is refused as a whole: its `values` hold what could be read, for display only.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from wayfellow.tables.columns import Column, Confidence, recognise_columns
from wayfellow.tables.errors import Problem, Reason, TableError, problem, reason, shown, table_error
from wayfellow.tables.messages import MESSAGES
from wayfellow.tables.people.cells import (
    EMPTY_WORDS,
    MAX_GRADE,
    MAX_NAME,
    Name,
    manager_key,
    parse_email,
    parse_name,
    parse_number,
    parse_phone,
    parse_text,
)
from wayfellow.tables.people.fields import FIELD_BY_NAME, PEOPLE_FIELDS, people_context
from wayfellow.tables.people.left_out import LEFT_OUT
from wayfellow.tables.people.reporting_lines import Keys, KnownPerson
from wayfellow.tables.reading import SAMPLE_ROWS, Row, Source, Table, read_table
from wayfellow.tables.values.dates import DateOrder, OrderEvidence, parse_date
from wayfellow.tables.values.languages import parse_languages
from wayfellow.tables.values.time_zones import parse_time_zone

_NAMES = ("name", "first_name", "last_name")
_TEXTS = ("job_title", "department", "location")


@dataclass(frozen=True, slots=True)
class PersonRow:
    """One row of a people file.

    Args:
        line: its line in the file.
        values: what the row says, without what it leaves empty: name, first_name, last_name, email (lower case),
            employee_number, job_title, department, location, time_zone (IANA), languages (tuple of codes),
            manager_email or manager_number, hire_date (date), grade, phone.
        problems: why the row is refused; empty when it is not.
        warnings: what to know about a row that is not refused for it.
        cells: the row as it stands in the file, one cell a heading.
    """

    line: int
    values: dict[str, Any]
    problems: tuple[Problem, ...]
    warnings: tuple[Problem, ...]
    cells: tuple[str, ...]


@dataclass(frozen=True)
class PeopleFile:
    """A people file that was opened. Iterate over it, as often as needed, for its rows.

    `fault` says why the file cannot be used as it is mapped now, or is None; iterating then raises it.
    """

    table: Table
    columns: tuple[Column, ...]
    date_order: DateOrder
    row_count: int
    fault: TableError | None
    _keys: Keys = field(repr=False)

    @property
    def headers(self) -> tuple[str, ...]:
        """The headings as the file writes them."""
        return self.table.headers

    @property
    def mapping(self) -> dict[str, str | None]:
        """What each heading is read as, None if it is left out. Fit to be passed to `read_people` again."""
        return {column.header: column.field for column in self.columns}

    def __iter__(self) -> Iterator[PersonRow]:
        if self.fault:
            raise self.fault
        read = _RowReader(self.columns, self.date_order)
        for row in self.table:
            values, problems = read(row)
            faults, warnings = self._keys.about(row.line)
            headers = read.headers
            problems += [problem(why, line=row.line, column=headers.get(name)) for name, why in faults]
            warnings = [*warnings, *read.formulas(row)]
            notes = tuple(problem(why, line=row.line, column=headers.get(name)) for name, why in warnings)
            yield PersonRow(row.line, values, tuple(problems), notes, row.cells)


def read_people(
    source: Source | Table,
    mapping: Mapping[str, str | None] | None = None,
    *,
    name: str | None = None,
    known: Iterable[KnownPerson] = (),
    date_order: DateOrder | None = None,
    neutralised: bool = True,
) -> PeopleFile:
    """Open a people file, recognise its columns, and look through it for what only the whole file shows.

    Args:
        source: path, bytes, binary file, or a table that was read already.
        mapping: heading -> field or None; headings that are not in it are recognised.
        name: what to call the file in messages.
        known: people whom the caller knows already, so that managers who are not in the file can be found.
        date_order: what comes first in dates like 03/04/2024; decided from the column's values if not given.
        neutralised: take the apostrophes away that were put before formulas, by us or by another careful system.

    Raises:
        TableError: the file cannot be read, or the mapping names a heading or field that does not exist, gives one
            field to two columns, or asks for what is never imported.
    """
    table = source if isinstance(source, Table) else read_table(source, name, neutralised=neutralised)
    columns = _mapped(recognise_people(table), mapping or {})
    positions = {column.field: at for at, column in enumerate(columns) if column.field}
    evidence = OrderEvidence()
    keys = Keys(known)
    date_at = positions.get("hire_date")
    email_at, number_at, manager_at = (positions.get(name) for name in ("email", "employee_number", "manager"))
    rows = 0
    for row in table:
        rows += 1
        cells = row.cells
        if date_at is not None:
            evidence.add(cells[date_at])
        keys.add(
            row.line,
            email=_key(cells, email_at, parse_email),
            employee_number=_key(cells, number_at, parse_number),
            manager=_key(cells, manager_at, manager_key),
        )
    keys.close()
    order = date_order or evidence.order
    if date_at is not None and (mapping or {}).get(table.headers[date_at]) is None:
        columns[date_at] = _with_doubt(columns[date_at], None if date_order else evidence.doubt)
    fault = _why_not_usable(table, positions, rows)
    return PeopleFile(table, tuple(columns), order, rows, fault, keys)


def recognise_people(table: Table) -> list[Column]:
    """What each column of a table is, taken for a people file."""
    sample = table.sample()
    values = [
        [row.cells[at] for row in sample if row.cells[at].casefold() not in EMPTY_WORDS]
        for at in range(len(table.headers))
    ]
    context = people_context(table.headers)
    columns = recognise_columns(table.headers, values, fields=PEOPLE_FIELDS, left_out=LEFT_OUT, context=context)
    if len(sample) < SAMPLE_ROWS:
        return columns
    return [_about_first_rows(column) for column in columns]


class _RowReader:
    """Reads the cells of one row after the other, columns and parsers looked up once."""

    def __init__(self, columns: Sequence[Column], order: DateOrder) -> None:
        self.headers = {column.field: column.header for column in columns if column.field}
        at = {column.field: position for position, column in enumerate(columns) if column.field}
        self.keys = [at[name] for name in ("email", "employee_number") if name in at]
        self.names = [(name, at[name]) for name in _NAMES if name in at]
        parsers: dict[str, Callable[[str], Any]] = {
            "email": parse_email,
            "employee_number": parse_number,
            "job_title": parse_text,
            "department": parse_text,
            "location": parse_text,
            "time_zone": parse_time_zone,
            "languages": parse_languages,
            "manager": _manager,
            "hire_date": lambda text: parse_date(text, order),
            "grade": lambda text: parse_text(text, limit=MAX_GRADE),
            "phone": parse_phone,
        }
        self.texts = [(name, at[name]) for name in (*_NAMES, *_TEXTS, "grade") if name in at]
        self.others = [(name, at[name], parse) for name, parse in parsers.items() if name in at]

    def formulas(self, row: Row) -> list[tuple[str, Reason]]:
        """A warning for each text that a spreadsheet would have computed."""
        return [(name, reason("formula_kept")) for name, at in self.texts if row.cells[at].startswith(("=", "＝"))]

    def __call__(self, row: Row) -> tuple[dict[str, Any], list[Problem]]:
        values: dict[str, Any] = {}
        problems = list(row.problems)
        spoiled = {found.column for found in problems}
        cells = row.cells
        for name, at in self.names:
            if cells[at] and self.headers[name] not in spoiled:
                parsed = parse_name(cells[at]) if name == "name" else parse_text(cells[at], limit=MAX_NAME)
                if isinstance(parsed, Reason):
                    problems.append(problem(parsed, line=row.line, column=self.headers[name]))
                elif isinstance(parsed, Name):
                    parts = {"name": parsed.whole, "first_name": parsed.first, "last_name": parsed.last}
                    values.update((key, part) for key, part in parts.items() if part)
                else:
                    values[name] = parsed
        if "name" not in values:
            parts_given = [values[name] for name in ("first_name", "last_name") if name in values]
            if parts_given:
                values["name"] = " ".join(parts_given)
        for name, at, parse in self.others:
            cell = cells[at]
            if not cell or self.headers[name] in spoiled or (name not in _TEXTS and cell.casefold() in EMPTY_WORDS):
                continue
            parsed = parse(cell)
            if isinstance(parsed, Reason):
                problems.append(problem(parsed, line=row.line, column=self.headers[name]))
            elif name == "manager":
                values["manager_email" if "@" in parsed else "manager_number"] = parsed
            else:
                values[name] = parsed
        if not any(cells[at] for at in self.keys):
            problems.append(problem(reason("key_missing"), line=row.line, column=None))
        return values, problems


def _manager(cell: str) -> str | Reason:
    return manager_key(cell) or reason("manager_wrong", value=shown(cell))


def _key(cells: Sequence[str], at: int | None, parse: Callable[[str], Any]) -> str | None:
    if at is None or not cells[at] or cells[at].casefold() in EMPTY_WORDS:
        return None
    parsed = parse(cells[at])
    return parsed if isinstance(parsed, str) else None


def _mapped(columns: list[Column], mapping: Mapping[str, str | None]) -> list[Column]:
    """Put what a person chose in place of what was recognised."""
    at_header = {column.header: at for at, column in enumerate(columns)}
    chosen: dict[str, str] = {}
    for header, name in mapping.items():
        if header not in at_header:
            raise table_error("mapping_heading", heading=shown(header))
        column = columns[at_header[header]]
        if name is not None and name not in FIELD_BY_NAME:
            raise table_error("mapping_field", column=header, field=shown(name), fields=", ".join(FIELD_BY_NAME))
        if name is not None and column.never:
            raise table_error("mapping_never", column=header)
        if name is not None and chosen.setdefault(name, header) != header:
            label = FIELD_BY_NAME[name].label
            raise table_error("mapping_twice", column=header, first=chosen[name], second=header, field=label)
        if name == column.field and name is not None:
            columns[at_header[header]] = replace(column, confidence=Confidence.SURE, reason=None)
        elif name is not None:
            columns[at_header[header]] = replace(
                column, field=name, confidence=Confidence.SURE, reason=reason("chosen"), candidate=None
            )
        elif column.field or column.candidate:
            columns[at_header[header]] = replace(
                column, field=None, confidence=Confidence.LEFT_OUT, reason=reason("chosen"), candidate=None
            )
    for at, column in enumerate(columns):
        if column.field in chosen and chosen[column.field] != column.header:
            why = reason("second_best", other=chosen[column.field], field=FIELD_BY_NAME[column.field].label)
            columns[at] = replace(
                column, field=None, confidence=Confidence.LEFT_OUT, reason=why, candidate=column.field
            )
    return columns


def _about_first_rows(column: Column) -> Column:
    """Counts in a reason are those of the rows looked at; say so when there may be more rows."""
    why = column.reason
    if why is None or f"{why.code}_first" not in MESSAGES:
        return column
    return replace(column, reason=reason(f"{why.code}_first", rows=f"{SAMPLE_ROWS:,}", **why.facts))


def _with_doubt(column: Column, doubt: Reason | None) -> Column:
    """The order of day and month is judged by the whole column, which recognition saw only the beginning of."""
    judged_before = column.reason is not None and column.reason.code.startswith("day_and_month")
    if doubt:
        return replace(column, confidence=Confidence.UNSURE, reason=doubt)
    return replace(column, confidence=Confidence.SURE, reason=None) if judged_before else column


def _why_not_usable(table: Table, positions: Mapping[str, int], rows: int) -> TableError | None:
    if not rows:
        return table_error("no_rows")
    if "email" not in positions and "employee_number" not in positions:
        if len(table.headers) == 1:
            return table_error("one_column", line=table.header_line, heading=shown(table.headers[0]))
        headings = shown(", ".join(table.headers), length=300)
        return table_error("no_key_column", line=table.header_line, headings=headings)
    return None
