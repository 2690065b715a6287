"""Opens the files of a taxonomy, knows them by their headings, and gives their rows by the names of columns."""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from wayfellow.core.errors import InvalidInput
from wayfellow.skills.importing.content import Content, Fault
from wayfellow.tables.errors import TableError
from wayfellow.tables.reading import Table, read_table

ENDINGS = (".txt", ".csv", ".tsv", ".xlsx")
STEP = 5_000
Progress = Callable[[str], None]

_LANGUAGE = re.compile(r"_([a-z]{2})$")


@dataclass(frozen=True)
class Kind:
    """A kind of published file.

    Attributes:
        columns: headings that it has; `lacks` are those that tell a similar file.
        fits: looks at the first row where headings do not tell enough.
        may_be_empty: columns of `columns` whose cells need not say anything.
    """

    name: str
    columns: tuple[str, ...]
    lacks: tuple[str, ...] = ()
    fits: Callable[[Mapping[str, str]], bool] = field(default=lambda row: True)
    may_be_empty: tuple[str, ...] = ()


@dataclass(frozen=True)
class File:
    """A file that is of use."""

    kind: Kind
    path: Path
    table: Table

    @property
    def name(self) -> str:
        return self.path.name

    @property
    def language(self) -> str:
        """What its name ends in, `de` in `skills_de.csv`; empty otherwise."""
        found = _LANGUAGE.search(self.path.stem)
        return found.group(1) if found else ""


@dataclass(frozen=True)
class Row:
    """A row by its columns, and where it stands."""

    file: File
    line: int
    cells: Mapping[str, str]

    def __getitem__(self, column: str) -> str:
        return self.cells[column.casefold()]

    def get(self, column: str) -> str:
        """The cell, or nothing where the release has no such column."""
        return self.cells.get(column.casefold(), "")

    def fault(self, column: str, reason: str) -> Fault:
        return Fault(self.file.name, self.line, column, reason)


def open_files(paths: Sequence[Path], kinds: Sequence[Kind], *, content: Content) -> list[File]:
    """The files that are of use, in the order of their kinds; of a folder, what is in it.

    What is of no use is noted. A file that cannot be read is a fault.

    Raises:
        InvalidInput: none is of use.
    """
    found: list[File] = []
    passed_over: list[str] = []
    for path in _spread(paths):
        try:
            table = read_table(path)
            file = _know(path, table, kinds)
        except TableError as error:
            content.faults.append(Fault(path.name, error.line or 0, error.column or "", error.message))
            continue
        if file is None:
            passed_over.append(path.name)
        else:
            found.append(file)
    if passed_over:
        content.notes.append(f"Not of use here: {', '.join(sorted(passed_over))}.")
    if not found and not content.faults:
        wanted = "; ".join(f"{kind.name} ({', '.join(kind.columns)})" for kind in kinds)
        raise InvalidInput("no_file_of_use", f"None of these files is one that is read here. Those are: {wanted}.")
    return sorted(found, key=lambda file: ([kind.name for kind in kinds].index(file.kind.name), str(file.path)))


def rows(file: File, content: Content, progress: Progress) -> Iterator[Row]:
    """The rows that can be used. Faults of the others are noted; so is where the file stops being a table."""
    headers = [header.casefold() for header in file.table.headers]
    wanted = [column for column in file.kind.columns if column not in file.kind.may_be_empty]
    count = 0
    try:
        for found in file.table:
            count += 1
            if count % STEP == 0:
                progress(f"{file.name}: {count:,} rows read")
            row = Row(file, found.line, dict(zip(headers, found.cells, strict=True)))
            problems = [row.fault(problem.column or "", problem.reason) for problem in found.problems]
            problems += [row.fault(column, "is empty.") for column in wanted if not row[column]]
            content.faults.extend(problems)
            if not problems:
                yield row
    except TableError as error:
        content.faults.append(Fault(file.name, error.line or 0, error.column or "", error.message))
    progress(f"{file.name}: {count:,} rows read")


def _spread(paths: Sequence[Path]) -> list[Path]:
    files: dict[Path, None] = {}
    for path in paths:
        inside = sorted(path.iterdir()) if path.is_dir() else [path]
        files |= dict.fromkeys(file for file in inside if file.is_file() and file.suffix.lower() in ENDINGS)
        if not path.is_dir() and path.suffix.lower() not in ENDINGS:
            endings = ", ".join(ENDINGS)
            raise InvalidInput("file_ending", f"{path.name}: the name of a file must end in one of {endings}.")
    return list(files)


def _know(path: Path, table: Table, kinds: Sequence[Kind]) -> File | None:
    headers = {header.casefold() for header in table.headers}
    for kind in kinds:
        if headers >= {column.casefold() for column in kind.columns} and not headers & {
            column.casefold() for column in kind.lacks
        }:
            first = next(iter(table.sample(1)), None)
            cells = zip((header.casefold() for header in table.headers), first.cells, strict=True) if first else ()
            if first is None or kind.fits(dict(cells)):
                return File(kind, path, table)
    return None
