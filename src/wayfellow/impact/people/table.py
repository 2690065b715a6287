"""The table of a CSV file: its header, its cells by column, and the line of the file each row began on."""

import csv
import gzip
import hashlib
import io
import zlib
from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path

from wayfellow.impact.errors import BadInput, Problem

LARGEST_FILE = 400_000_000  # bytes, unpacked
LARGEST_CELL = 100_000  # characters
_GZIP = b"\x1f\x8b"


@dataclass(frozen=True, slots=True)
class Table:
    """Cells of the columns that were asked for.

    Attributes:
        cells: by column, one text per row, in the order of the file.
        lines: line of the file on which each row begins; the header is line 1.
        sha256: hexadecimal digest of the file's bytes, as they lie on disk.
    """

    file: str
    sha256: str
    header: tuple[str, ...]
    cells: dict[str, list[str]]
    lines: list[int]


def read_table(path: Path | str, *, columns: Collection[str]) -> Table:
    """Read some columns of a CSV file: UTF-8, comma, with a header; packed by gzip where it begins so.

    Args:
        columns: names of the columns to keep; each must stand in the header, once.

    Raises:
        BadInput: the file cannot be read, is not such a file, lacks columns, or has a row of another width.
    """
    file = str(path)
    content, sha256 = _bytes_of(path)
    if b"\x00" in content:
        line = content[: content.index(b"\x00")].count(b"\n") + 1
        raise BadInput([Problem(file, "is not a text file: it holds a zero byte", line=line)])
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content[: error.start].count(b"\n") + 1
        raise BadInput([Problem(file, "is not UTF-8 text", line=line)]) from error
    return _parse(text, file=file, sha256=sha256, columns=columns)


def _parse(text: str, *, file: str, sha256: str, columns: Collection[str]) -> Table:
    csv.field_size_limit(LARGEST_CELL)
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    problems: list[Problem] = []
    rows: list[list[str]] = []
    lines: list[int] = []
    header: list[str] | None = None
    line = 1
    try:
        for row in reader:
            began, line = line, reader.line_num + 1
            if not row:
                continue  # an empty line
            if header is None:
                header = [name.strip() for name in row]
                problems += _header_problems(header, began, columns=columns, file=file)
            elif len(row) != len(header):
                text_found = f"has {len(row)} cells where the header has {len(header)}"
                problems.append(Problem(file, text_found, line=began))
            else:
                rows.append(row)
                lines.append(began)
    except csv.Error as error:
        problems.append(Problem(file, f"is not CSV: {error}", line=line))
    if header is None:
        problems.append(Problem(file, "has no header", line=1))
    elif not rows and not problems:
        problems.append(Problem(file, "has a header but no rows", line=1))
    if problems or header is None:
        raise BadInput(problems)
    at = {name: position for position, name in enumerate(header)}
    cells = {name: [row[at[name]] for row in rows] for name in dict.fromkeys(columns)}
    return Table(file=file, sha256=sha256, header=tuple(header), cells=cells, lines=lines)


def _header_problems(header: list[str], line: int, *, columns: Collection[str], file: str) -> list[Problem]:
    problems = []
    for name in dict.fromkeys(columns):
        if header.count(name) == 0:
            problems.append(Problem(file, "is not in the header", line=line, column=name))
        elif header.count(name) > 1:
            problems.append(Problem(file, "stands in the header more than once", line=line, column=name))
    return problems


def _bytes_of(path: Path | str) -> tuple[bytes, str]:
    """The unpacked bytes of a file, and the digest of those on disk."""
    try:
        with Path(path).open("rb") as opened:
            content = opened.read(LARGEST_FILE + 1)
        sha256 = hashlib.sha256(content).hexdigest()
        if content.startswith(_GZIP):
            with gzip.GzipFile(fileobj=io.BytesIO(content)) as packed:
                content = packed.read(LARGEST_FILE + 1)
    except (EOFError, zlib.error, gzip.BadGzipFile) as error:
        raise BadInput([Problem(str(path), f"cannot be unpacked: {error}")]) from error
    except (OSError, ValueError) as error:
        raise BadInput([Problem(str(path), f"cannot be read: {getattr(error, 'strerror', None) or error}")]) from error
    if len(content) > LARGEST_FILE:
        raise BadInput([Problem(str(path), f"is larger than {LARGEST_FILE:,} bytes")])
    return content, sha256
