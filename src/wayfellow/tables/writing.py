"""Write tables that no spreadsheet computes: text that could be a formula gets an apostrophe, which reading back with
`read_table(…, neutralised=True)` takes away."""

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, BinaryIO

from wayfellow.tables.cells import neutralise
from wayfellow.tables.errors import table_error

_XLSX_CELL_CHARACTERS = 32_767
_XLSX_ROWS = 1_048_576


def write_csv(
    rows: Iterable[Sequence[Any]],
    headers: Sequence[str],
    file: Path | str | BinaryIO,
    *,
    delimiter: str = ",",
    encoding: str = "utf-8-sig",
) -> None:
    """Write a CSV file, by default with the byte order mark by which spreadsheets know UTF-8."""
    with _binary(file) as binary:
        text = io.TextIOWrapper(binary, encoding=encoding, newline="", write_through=False)
        try:
            writer = csv.writer(text, delimiter=delimiter)
            writer.writerow([_text(header) for header in headers])
            writer.writerows([_text(cell) for cell in row] for row in rows)
            text.flush()
        finally:
            text.detach()


def write_xlsx(
    rows: Iterable[Sequence[Any]],
    headers: Sequence[str],
    file: Path | str | BinaryIO,
    *,
    sheet: str = "People",
) -> None:
    """Write an XLSX file of one sheet. Every cell is text, so none is a formula and leading zeros stay.

    Raises:
        TableError: a cell is longer, or the rows are more, than a workbook takes.
    """
    import xlsxwriter  # costs more to import than most commands take

    with _binary(file) as binary:
        options = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
        workbook = xlsxwriter.Workbook(binary, options)
        worksheet = workbook.add_worksheet(sheet)
        worksheet.freeze_panes(1, 0)
        bold = workbook.add_format({"bold": True})
        try:
            for column, header in enumerate(headers):
                worksheet.write_string(0, column, _xlsx_text(header, line=1), bold)
            for line, row in enumerate(rows, start=2):
                if line > _XLSX_ROWS:
                    raise table_error("too_many_rows", line=line, limit=f"{_XLSX_ROWS:,}")
                for column, cell in enumerate(row):
                    text = _xlsx_text(cell, line=line)
                    if text:
                        worksheet.write_string(line - 1, column, text)
        finally:
            workbook.close()


def _text(cell: Any) -> str:
    return "" if cell is None else neutralise(str(cell))


def _xlsx_text(cell: Any, *, line: int) -> str:
    text = _text(cell)
    if len(text) > _XLSX_CELL_CHARACTERS:
        raise table_error("cell_text_too_long", line=line, length=f"{len(text):,}", limit=f"{_XLSX_CELL_CHARACTERS:,}")
    return text


@contextmanager
def _binary(file: Path | str | BinaryIO) -> Iterator[BinaryIO]:
    if isinstance(file, (str, Path)):
        with Path(file).open("wb") as opened:
            yield opened
    else:
        yield file
