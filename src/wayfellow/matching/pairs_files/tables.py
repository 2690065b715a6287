"""Read one CSV file: the cells of the columns that are asked for, row by row."""

import csv
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import takewhile
from pathlib import Path
from typing import Any

from wayfellow.matching.errors import Finding
from wayfellow.matching.pairs_files.errors import Place
from wayfellow.matching.pairs_files.records import fault_of, numbered, portions, prepared


@dataclass(eq=False)
class Table:
    """A file and what was found wrong with it.

    Args:
        name: its table, "pairs" for "pairs.csv".
        columns: columns that must be there.
        extra: columns that are read where they are there; `columns` then names them too.
        text: what stands in it, or None when that cannot be known.
        faults: what is wrong with the file as a whole; nothing of its rows is known then.
        findings: what is wrong with its rows.
    """

    name: str
    columns: tuple[str, ...]
    extra: tuple[str, ...] = ()
    text: str | None = None
    faults: list[Place] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    _at: list[int] = field(default_factory=list)
    _names: list[str] = field(default_factory=list)

    @property
    def file(self) -> str:
        """Its file name."""
        return f"{self.name}.csv"

    @property
    def readable(self) -> bool:
        """Whether every row can be known."""
        return self.text is not None and not self.faults

    def chunks(self) -> Iterator[tuple[int, list[Sequence[Any]]]]:
        """The rows in portions: the number of the first, and the cells by column. A cell that is not there is None."""
        if self.text is None or self.faults:
            return
        first = 0
        for portion in portions(self.text, len(self._names)):
            columns: Sequence[Sequence[str | None]] | None = portion.columns
            if columns is None:
                rows = [self._fitted(record, first + at) for at, record in enumerate(portion.records)]
                columns = list(zip(*rows, strict=True))
            yield first, [columns[at] for at in self._at]
            first += portion.count

    def cells(self) -> dict[str, list[Any]]:
        """All cells by column."""
        found: dict[str, list[Any]] = {column: [] for column in self.columns}
        for _first, cells in self.chunks():
            for column, some in zip(self.columns, cells, strict=True):
                found[column].extend(some)
        return found

    def lines(self, rows: set[int]) -> dict[int, int]:
        """The line on which each of these rows begins."""
        last = max(rows, default=-1)
        places = ((row, line) for row, (line, _record) in enumerate(numbered(self.text or ""), start=-1))
        return {row: line for row, line in takewhile(lambda place: place[0] <= last, places) if row in rows}

    def _fitted(self, row: list[str], number: int) -> Sequence[str | None]:
        width = len(self._names)
        if len(row) != width:
            column = self._names[len(row)] if len(row) < width else ""
            self.findings.append(Finding(f"{_cells(len(row))} instead of {width}", self.name, number, column))
        return [*row[:width], *[None] * (width - len(row))]

    def look_over(self, text: str) -> None:
        """Find the columns, and whether the file is CSV to its end."""
        self.text = text
        if fault := fault_of(text):
            line, words = fault
            self.faults.append(Place(_csv_words(words), self.file, line))
        try:
            heading_line, heading = next(numbered(text), (1, None))
        except csv.Error:
            return
        if heading is None:
            self.faults.append(Place("the file is empty; its first line names the columns", self.file))
            return
        names = [name.strip() for name in heading]
        self._names = names
        self.columns += tuple(column for column in self.extra if column in names)
        for column in self.columns:
            count = names.count(column)
            if count == 1:
                self._at.append(names.index(column))
                continue
            words = "there is no such column" if count == 0 else f"this column stands here {count} times"
            if count == 0 and len(names) == 1 and ";" in names[0]:
                words += "; cells are separated by commas"
            self.faults.append(Place(words, self.file, heading_line, column))


def open_table(
    folder: Path, name: str, columns: tuple[str, ...], *, extra: tuple[str, ...] = (), optional: bool = False
) -> Table | None:
    """Open `name`.csv of a folder; None when it is optional and not there."""
    table = Table(name, columns, extra)
    path = folder / table.file
    try:
        content = path.read_bytes()
    except FileNotFoundError:
        if optional and not path.is_symlink():
            return None
        table.faults.append(Place("the file is missing", table.file))
        return table
    except OSError as error:
        table.faults.append(Place(f"the file cannot be read: {error.strerror}", table.file))
        return table
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = _line_of(error.object[: error.start].decode("utf-8", errors="replace"))
        table.faults.append(Place(f"byte 0x{error.object[error.start]:02x} is not UTF-8", table.file, line))
        return table
    if "\0" in text:
        line = _line_of(text[: text.index("\0")])
        table.faults.append(Place("here is a NUL character, which no text has", table.file, line))
        return table
    table.look_over(prepared(text))
    return table


def _line_of(before: str) -> int:
    """The line that follows this text, lines counted as the reader of CSV counts them."""
    return before.count("\n") + before.replace("\r\n", "\n").count("\r") + 1


def _csv_words(message: str) -> str:
    if "field limit" in message:
        return "a cell is too long; a quotation mark may not be closed"
    if "unexpected end" in message:
        return "a quotation mark is opened and never closed"
    return "text follows a closing quotation mark; inside a cell it is written twice"


def _cells(count: int) -> str:
    return f"{count} cell" if count == 1 else f"{count} cells"
