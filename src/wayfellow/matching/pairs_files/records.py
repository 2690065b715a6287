"""Take CSV text apart: by Python's reader where cells are quoted; plainly, which is faster, where none is."""

import csv
import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

import numpy as np

_CHARACTERS_AT_ONCE = 500_000
_RECORDS_AT_ONCE = 50_000


@dataclass(frozen=True, slots=True)
class Portion:
    """Some records in a row: their cells by column if all are as wide as the heading, else record by record."""

    count: int
    columns: Sequence[Sequence[str]] | None
    records: Sequence[list[str]]


def prepared(text: str) -> str:
    """The text with line feeds alone at the ends of lines, if it can be split plainly then."""
    if '"' in text or "\r" not in text:
        return text
    return text.replace("\r\n", "\n")


def numbered(text: str) -> Iterator[tuple[int, list[str]]]:
    """Each record that is not blank, with the line it begins on.

    Raises:
        csv.Error: the text is not CSV from here on.
    """
    if _is_plain(text):
        yield from _plain_lines(text)
        return
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    line = 1
    for record in reader:
        if record:
            yield line, record
        line = reader.line_num + 1


def fault_of(text: str) -> tuple[int, str] | None:
    """Where and why the text is not CSV; None when it is, to its end."""
    if _is_plain(text):
        return None
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    line = 1
    try:
        for _record in reader:
            line = reader.line_num + 1
    except csv.Error as error:
        return line, str(error)
    return None


def portions(text: str, width: int) -> Iterator[Portion]:
    """The records after the heading."""
    if _is_plain(text):
        yield from _plain_portions(text, width)
        return
    records = filter(None, csv.reader(io.StringIO(text, newline=""), strict=True))
    next(records)
    while rows := list(islice(records, _RECORDS_AT_ONCE)):
        regular = set(map(len, rows)) == {width}
        yield Portion(len(rows), list(zip(*rows, strict=True)) if regular else None, rows)


def _is_plain(text: str) -> bool:
    return '"' not in text and "\r" not in text


def _plain_lines(text: str) -> Iterator[tuple[int, list[str]]]:
    start, line = 0, 1
    while start < len(text):
        end = text.find("\n", start)
        end = len(text) if end < 0 else end
        if end > start:
            yield line, text[start:end].split(",")
        start, line = end + 1, line + 1


def _plain_portions(text: str, width: int) -> Iterator[Portion]:
    start = len(text) - len(text.lstrip("\n"))
    start = text.find("\n", start) + 1 or len(text)
    while start < len(text):
        end = text.find("\n", start + _CHARACTERS_AT_ONCE)
        end = len(text) if end < 0 else end
        block = text[start:end].rstrip("\n")
        start = end + 1
        if count := _regular(block, width):
            cells = block.replace("\n", ",").split(",")
            yield Portion(count, [cells[at::width] for at in range(width)], ())
        elif rows := [line.split(",") for line in block.split("\n") if line]:
            yield Portion(len(rows), None, rows)


def _regular(block: str, width: int) -> int:
    """How many lines the block has if each has so many cells and none is blank, else 0."""
    signs = np.frombuffer(block.encode(), dtype=np.uint8)
    ends = np.append(np.flatnonzero(signs == ord("\n")), signs.size)
    commas = np.searchsorted(np.flatnonzero(signs == ord(",")), ends)
    blank = (np.diff(ends, prepend=-1) == 1).any()
    return 0 if blank or (np.diff(commas, prepend=0) != width - 1).any() else ends.size
