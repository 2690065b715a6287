"""CSV as it comes: find out encoding and delimiter, then stream records with the line each begins on."""

import codecs
import csv
import io
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from math import log2
from pathlib import Path
from typing import IO

from wayfellow.tables.errors import table_error
from wayfellow.tables.headings import TITLE_LINES, header_index

DELIMITERS = (",", ";", "\t", "|")
_CHUNK = 1024 * 1024
_SAMPLE_CHARACTERS = 200_000
_SAMPLE_RECORDS = 100
_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_OTHER_FILES = (
    (b"%PDF", "PDF"),
    (b"\x89PNG", "PNG"),
    (b"\xff\xd8\xff", "JPEG"),
    (b"GIF8", "GIF"),
    (b"\x1f\x8b", "gzip"),
    (b"7z\xbc\xaf", "7z"),
    (b"Rar!", "RAR"),
    (b"{\\rtf", "RTF"),
)
_MARKUP = re.compile(rb"\s*<(?:!doctype|html|table|\?xml|meta|head|svg|script)\b", re.IGNORECASE)


@dataclass(frozen=True)
class Opened:
    """A CSV file that was understood; `lines()` starts over at each call."""

    encoding: str
    delimiter: str
    lines: Callable[[], Iterator[tuple[int, Sequence[str]]]]
    format: str = "csv"
    sheet: None = None


def open_text(content: Path | bytes, name: str) -> Opened:
    """Find out how a CSV file is written.

    Raises:
        TableError: it is not text, or its encoding is broken.
    """
    head = _open(content).read(4096)
    for magic, kind in _OTHER_FILES:
        if head.startswith(magic):
            raise table_error("not_a_table", name=name, kind=kind)
    if _MARKUP.match(head.removeprefix(codecs.BOM_UTF8)):
        raise table_error("not_a_table", name=name, kind="HTML or XML")
    encoding = _encoding(content, head, name)
    with io.TextIOWrapper(_open(content), encoding=encoding, newline="") as text:
        sample = text.read(_SAMPLE_CHARACTERS)
    if sample[:2_000].count("\0") > 20:
        raise table_error("not_text", name=name)
    stated = _stated_delimiter(sample)
    delimiter = stated or find_delimiter(sample)

    def lines() -> Iterator[tuple[int, Sequence[str]]]:
        with io.TextIOWrapper(_open(content), encoding=encoding, newline="") as text:
            yield from _records(text, delimiter, skip_first=stated is not None)

    return Opened(encoding=encoding, delimiter=delimiter, lines=lines)


def find_delimiter(sample: str) -> str:
    """The delimiter under which most of the first records are as wide as the headings; comma for a single column."""
    best, best_score = ",", 0.0
    for delimiter in DELIMITERS:
        reader = csv.reader(io.StringIO(sample, newline=""), delimiter=delimiter)
        records: list[list[str]] = []
        try:
            records.extend(record for record in islice(reader, _SAMPLE_RECORDS) if any(record))
        except csv.Error:
            pass
        if not records:
            continue
        skipped = header_index(records[:TITLE_LINES])
        records = records[skipped:]
        width = len(records[0])
        if width < 2:
            continue
        body = records[1:-1] or records[1:]  # the sample may cut the last record
        share = sum(len(record) == width for record in body) / len(body) if body else 0.5
        score = (0.1 + share) * log2(width) * (0.25 if skipped else 1)
        if score > best_score:
            best, best_score = delimiter, score
    return best


def _open(content: Path | bytes) -> IO[bytes]:
    return io.BytesIO(content) if isinstance(content, bytes) else content.open("rb")


def _encoding(content: Path | bytes, head: bytes, name: str) -> str:
    for bom, encoding in _BOMS:
        if head.startswith(bom):
            return _proved(content, encoding, name)
    quarter = len(head) // 8
    if quarter and head[1::2].count(0) > quarter and head[0::2].count(0) == 0:
        return _proved(content, "utf-16-le", name)
    if quarter and head[0::2].count(0) > quarter and head[1::2].count(0) == 0:
        return _proved(content, "utf-16-be", name)
    broken_at = _first_broken(content, "utf-8")
    if broken_at is None:
        return "utf-8"
    if _mostly_utf8(content):
        raise table_error("encoding_broken", line=broken_at, name=name, encoding="UTF-8")
    if _first_broken(content, "cp1252") is None:
        return "cp1252"
    return "latin-1"


def _proved(content: Path | bytes, encoding: str, name: str) -> str:
    broken_at = _first_broken(content, encoding)
    if broken_at is not None:
        label = encoding.upper().removesuffix("-SIG")
        raise table_error("encoding_broken", line=broken_at, name=name, encoding=label)
    return encoding


def _first_broken(content: Path | bytes, encoding: str) -> int | None:
    """The line of the first byte that the encoding does not know, None if it knows them all."""
    decoder = codecs.getincrementaldecoder(encoding)()
    line = 1
    with _open(content) as file:
        while True:
            chunk = file.read(_CHUNK)
            try:
                line += decoder.decode(chunk, final=not chunk).count("\n")
            except UnicodeDecodeError as error:
                return line + error.object[: error.start].count(b"\n")
            if not chunk:
                return None


def _mostly_utf8(content: Path | bytes) -> bool:
    """Whether a file that is not UTF-8 throughout was meant to be: as many letters are whole as broken.

    What is a whole letter in UTF-8 makes no sense in another encoding (“é” would be “Ã©”), so few are no accident.
    """
    with _open(content) as file:
        text = file.read(4 * _CHUNK).decode("utf-8", errors="replace")
    broken = text.count("\ufffd")
    whole = sum(1 for letter in text if letter > "\x7f") - broken
    return whole >= broken


def _stated_delimiter(sample: str) -> str | None:
    stated = re.match(r"sep=(.)\r?\n", sample)
    return stated.group(1) if stated and stated.group(1) not in '"\r\n' else None


def _records(text: IO[str], delimiter: str, *, skip_first: bool) -> Iterator[tuple[int, Sequence[str]]]:
    reader = csv.reader(text, delimiter=delimiter, strict=True)
    line = 1
    try:
        for record in reader:
            if not (skip_first and line == 1):
                yield line, record
            line = reader.line_num + 1
    except csv.Error as error:
        raise table_error(_csv_code(str(error)), line=line) from error


def _csv_code(message: str) -> str:
    if "field limit" in message:
        return "cell_endless"
    if "unexpected end" in message:
        return "quote_open"
    return "quote_inside"
