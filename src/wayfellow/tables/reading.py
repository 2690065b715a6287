"""Read a CSV or XLSX file as HR systems export them into a `Table` of cleaned text cells.

Nothing is held in memory but the file: rows stream, each with its line in the file, and a table can be walked again.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path
from typing import BinaryIO

from wayfellow.tables import csv_files, xlsx_files
from wayfellow.tables.cells import clean_cell, restore, why_not_cell
from wayfellow.tables.errors import Problem, problem, reason, shown, table_error
from wayfellow.tables.headings import TITLE_LINES, column_letter, header_index, read_headings
from wayfellow.tables.limits import MAX_CELL_CHARACTERS, MAX_FILE_BYTES, MAX_ROWS

Source = str | Path | bytes | BinaryIO
SAMPLE_ROWS = 1_000


@dataclass(frozen=True, slots=True)
class Row:
    """One row: its line in the file, one cleaned cell a heading, and what makes it unusable."""

    line: int
    cells: tuple[str, ...]
    problems: tuple[Problem, ...] = ()


@dataclass(frozen=True)
class Table:
    """A file that was opened and understood. Iterate over it, as often as needed, for its rows.

    Iterating raises `TableError` when the file holds too many rows or stops being a table half way.
    """

    name: str
    headers: tuple[str, ...]
    header_line: int
    format: str
    encoding: str | None
    delimiter: str | None
    sheet: str | None
    _lines: Callable[[], Iterator[tuple[int, Sequence[str]]]] = field(repr=False)
    _positions: tuple[int, ...] = field(repr=False)
    _neutralised: bool = field(default=False, repr=False)

    def __iter__(self) -> Iterator[Row]:
        count = 0
        for line, cells in self._lines():
            if line <= self.header_line or not any(cells):
                continue
            row = self._row(line, cells)
            if row is None:
                continue
            count += 1
            if count > MAX_ROWS:
                raise table_error("too_many_rows", line=line, limit=f"{MAX_ROWS:,}")
            yield row

    def sample(self, size: int = SAMPLE_ROWS) -> list[Row]:
        """The first rows of the table, at most `size`."""
        return list(islice(self, size))

    def _row(self, line: int, cells: Sequence[str]) -> Row | None:
        joined = "".join(cells)
        plain = joined.isascii() and joined.isprintable() and len(joined) <= MAX_CELL_CHARACTERS
        tidy = restore if self._neutralised else clean_cell
        if plain and not (self._neutralised and "'" in joined):
            cleaned = [cell.strip() for cell in cells]
        else:
            cleaned = [tidy(cell) for cell in cells]
        if not any(cleaned):
            return None
        width = len(cleaned)
        positions = self._positions
        kept = tuple(cleaned[at] if at < width else "" for at in positions)
        problems: list[Problem] = []
        if not plain:
            for header, at in zip(self.headers, positions, strict=True):
                why = why_not_cell(cells[at]) if at < width else None
                if why:
                    problems.append(problem(why, line=line, column=header))
        if sum(map(bool, cleaned)) > sum(map(bool, kept)):
            at = next(at for at, cell in enumerate(cleaned) if cell and at not in positions)
            why = reason("cell_without_heading", letter=column_letter(at), value=shown(cleaned[at]))
            problems.append(problem(why, line=line, column=None))
        return Row(line, kept, tuple(problems))


def read_table(
    source: Source, name: str | None = None, *, neutralised: bool = False, sheet: str | None = None
) -> Table:
    """Open a CSV or XLSX file.

    Args:
        source: path, bytes or binary file.
        name: what to call the file in messages; the file's own name when a path was given.
        neutralised: the file was written by `wayfellow.tables.writing`: take the apostrophes before formulas away.
        sheet: which sheet of a workbook to read; the first that could be a table if not given.

    Raises:
        TableError: the file is too large, broken, locked, not a table, or its headings are empty or double.
    """
    content: Path | bytes
    if isinstance(source, (str, Path)):
        content = Path(source)
        name = name or content.name
        content = _checked_path(content, name)
    elif isinstance(source, bytes):
        content = source
    else:
        content = source.read(MAX_FILE_BYTES + 1)
    name = name or "table"
    if isinstance(content, bytes) and len(content) > MAX_FILE_BYTES:
        raise table_error("file_too_large", name=name, limit=f"{MAX_FILE_BYTES // 1024 // 1024} MB")
    opened = _open(content, name, sheet)
    first = list(islice(_filled(opened.lines()), SAMPLE_ROWS))
    if not first:
        raise table_error("file_empty", name=name)
    at = header_index([cells for _, cells in first[:TITLE_LINES]])
    header_line, headings = first[at]
    headers, positions = read_headings(header_line, headings, [cells for _, cells in first[at + 1 :]], neutralised)
    return Table(
        name=name,
        headers=headers,
        header_line=header_line,
        format=opened.format,
        encoding=opened.encoding,
        delimiter=opened.delimiter,
        sheet=opened.sheet,
        _lines=opened.lines,
        _positions=positions,
        _neutralised=neutralised,
    )


def _checked_path(path: Path, name: str) -> Path:
    try:
        size = path.stat().st_size
        with path.open("rb"):
            pass
    except (OSError, ValueError) as problem_:
        raise table_error("file_unreadable", name=name) from problem_
    if size > MAX_FILE_BYTES:
        raise table_error("file_too_large", name=name, limit=f"{MAX_FILE_BYTES // 1024 // 1024} MB")
    return path


def _open(content: Path | bytes, name: str, sheet: str | None) -> "csv_files.Opened | xlsx_files.Opened":
    head = content[:4096] if isinstance(content, bytes) else _head(content)
    if not head.strip():
        raise table_error("file_empty", name=name)
    if head.startswith(b"PK"):
        return xlsx_files.open_workbook(content if isinstance(content, bytes) else content.read_bytes(), name, sheet)
    if head.startswith(b"\xd0\xcf\x11\xe0"):
        whole = content if isinstance(content, bytes) else content.read_bytes()
        locked = "EncryptedPackage".encode("utf-16-le") in whole
        raise table_error("workbook_locked" if locked else "workbook_old", name=name)
    return csv_files.open_text(content, name)


def _head(path: Path) -> bytes:
    with path.open("rb") as file:
        return file.read(4096)


def _filled(lines: Iterator[tuple[int, Sequence[str]]]) -> Iterator[tuple[int, Sequence[str]]]:
    return ((line, cells) for line, cells in lines if any(clean_cell(cell) for cell in cells))
