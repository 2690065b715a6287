"""XLSX workbooks: guarded against archives that unpack to more than they should, then read sheet by sheet.

A workbook is unpacked here first, with real limits, because sizes in an archive's directory may lie. Only what was
unpacked and measured is packed again and given to the parser, so both see the same bytes.
"""

import datetime as dt
import io
import re
import zipfile
import zlib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import islice
from typing import Any

from python_calamine import CalamineWorkbook, SheetTypeEnum, SheetVisibleEnum

from wayfellow.tables import limits
from wayfellow.tables.errors import TableError, table_error

_CHUNK = 1024 * 1024
_TAG = re.compile(rb"<(?:\w+:)?(row|c|si)(?=[\s/>])([^>]*)>")
_CELL_REF = re.compile(rb"""(?:^|\s)r\s*=\s*["']\s*([A-Za-z]{0,3})(\d{0,7})""")
_SHARED_REF = re.compile(rb"<(?:\w+:)?v[^>]*>\s*(\d+)")
_LONGEST_TAG = 65_536


@dataclass(frozen=True)
class Opened:
    """A workbook that was understood; `lines()` starts over at each call."""

    sheet: str
    lines: Callable[[], Iterator[tuple[int, Sequence[str]]]]
    format: str = "xlsx"
    encoding: None = None
    delimiter: None = None


def open_workbook(content: bytes, name: str, wanted: str | None = None) -> Opened:
    """Open the first visible sheet of a workbook that could be a table: two rows of two cells. Cover sheets come first.

    Without such a sheet it is the first that holds anything. Only the sheet that is wanted by name, if one is.

    Raises:
        TableError: there is no sheet of that name, or the workbook is broken, locked, another kind of file, or larger
            unpacked than allowed.
    """
    safe = _measured(content, name)
    try:
        workbook = CalamineWorkbook.from_filelike(io.BytesIO(safe))
        first: Opened | None = None
        for sheet_info in workbook.sheets_metadata:
            if sheet_info.typ != SheetTypeEnum.WorkSheet or sheet_info.visible != SheetVisibleEnum.Visible:
                continue
            if wanted is not None and sheet_info.name != wanted:
                continue
            sheet = workbook.get_sheet_by_name(sheet_info.name)
            if not sheet.height or not sheet.width:
                continue
            opened = Opened(sheet=sheet_info.name, lines=partial(_lines, sheet))
            if _could_be_table(sheet):
                return opened
            first = first or opened
        if first:
            return first
    except Exception as error:
        raise table_error("workbook_broken", name=name) from error
    except BaseException as error:
        # A panic of the parser arrives outside the Exception tree.
        if type(error).__name__ != "PanicException":
            raise
        raise table_error("workbook_broken", name=name) from error
    if wanted is not None:
        raise table_error("sheet_missing", name=name, sheet=wanted)
    raise table_error("file_empty", name=name)


def cell_text(value: Any) -> str:
    """A cell's value as canonical text: dates in ISO form, whole numbers without decimals."""
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, float):
        if value.is_integer() and abs(value) < 1e16:
            return str(int(value))
        return repr(value)
    if isinstance(value, dt.datetime):
        return value.date().isoformat() if value.time() == dt.time() else value.isoformat(sep=" ")
    if isinstance(value, (dt.date, dt.time)):
        return value.isoformat()
    return "" if value is None else str(value)


def _could_be_table(sheet: Any) -> bool:
    wide = (row for row in sheet.iter_rows() if sum(value != "" for value in row) > 1)
    return len(list(islice(wide, 2))) == 2


def _lines(sheet: Any) -> Iterator[tuple[int, Sequence[str]]]:
    for line, values in enumerate(sheet.iter_rows(), start=1):
        if any(value != "" for value in values):
            yield line, [cell_text(value) for value in values]


def _measured(content: bytes, name: str) -> bytes:
    """Unpack a workbook within limits and return the same parts as an archive known to be honest."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            parts = archive.infolist()
    except (zipfile.BadZipFile, ValueError, NotImplementedError, OSError, EOFError) as error:
        raise table_error("workbook_broken", name=name) from error
    names = {part.filename.lower().replace("\\", "/") for part in parts}
    if "xl/workbook.xml" not in names:
        raise table_error(_other_archive(names), name=name)
    if any(part.flag_bits & 1 for part in parts):
        raise table_error("workbook_locked", name=name)
    declared = sum(part.file_size for part in parts)
    packed = max(1, sum(part.compress_size for part in parts))
    bloated = declared > limits.RATIO_COUNTS_FROM and declared / packed > limits.MAX_UNPACKED_RATIO
    if len(parts) > limits.MAX_PARTS or declared > limits.MAX_UNPACKED_BYTES or bloated:
        raise _too_large(name)
    measure = _Measure(name)
    safe = io.BytesIO()
    unpacked = 0
    with zipfile.ZipFile(safe, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        for part in parts:
            if part.is_dir() or not part.filename.lower().endswith((".xml", ".rels")):
                continue
            data = _unpacked(content, part, name)
            unpacked += len(data)
            if unpacked > limits.MAX_UNPACKED_BYTES:
                raise _too_large(name)
            measure.part(data)
            archive.writestr(part.filename, data)
    measure.check()
    return safe.getvalue()


def _other_archive(names: set[str]) -> str:
    if "xl/workbook.bin" in names:
        return "workbook_binary"
    if "content.xml" in names and "mimetype" in names:
        return "workbook_opendocument"
    return "archive_no_workbook"


def _unpacked(content: bytes, part: zipfile.ZipInfo, name: str) -> bytes:
    """Unpack one part by hand: a part that gives more or less than it declares is refused, not believed."""
    at = part.header_offset
    header = content[at : at + 30]
    if len(header) < 30 or header[:4] != b"PK\x03\x04" or part.compress_type not in (0, 8):
        raise table_error("workbook_broken", name=name)
    start = at + 30 + int.from_bytes(header[26:28], "little") + int.from_bytes(header[28:30], "little")
    packed = content[start : start + part.compress_size]
    if part.compress_type == 0:
        data, whole = packed, True
    else:
        decompressor = zlib.decompressobj(-15)
        try:
            data = decompressor.decompress(packed, part.file_size + 1)
        except zlib.error as error:
            raise table_error("workbook_broken", name=name) from error
        whole = len(data) > part.file_size or decompressor.eof
    if len(data) > part.file_size:
        raise _too_large(name)
    if not whole or len(data) < part.file_size or zlib.crc32(data) != part.CRC:
        raise table_error("workbook_broken", name=name)
    return data


def _too_large(name: str) -> TableError:
    return table_error("workbook_too_large", name=name, limit=f"{limits.MAX_UNPACKED_BYTES // 1024 // 1024} MB")


class _Measure:
    """How much memory the parser would need: the box of cells from A1 to the last, and text shared between cells.

    A file of a few hundred bytes can name the cell XFD1048576, or repeat one long text in every cell.
    """

    def __init__(self, name: str) -> None:
        self.name = name
        self.shared_lengths: list[int] = []
        self.shared_refs: list[int] = []

    def part(self, data: bytes) -> None:
        if b"\0" in data[:_LONGEST_TAG]:
            raise table_error("workbook_broken", name=self.name)
        row = column = last_row = last_column = filled = 0
        shared_at: int | None = None
        for tag in _TAG.finditer(data):
            kind, attributes = tag.groups()
            if kind == b"si":
                if shared_at is not None:
                    self.shared_lengths.append(tag.start() - shared_at)
                shared_at = tag.start()
                continue
            stated = _CELL_REF.search(attributes)
            if kind == b"row":
                row = int(stated.group(2) or 0) if stated else row + 1
                column = 0
                continue
            column = _column_number(stated.group(1)) if stated else column + 1
            if stated and stated.group(2):
                row = int(stated.group(2))
            if attributes.endswith(b"/"):
                continue
            filled += 1
            last_row, last_column = max(last_row, row), max(last_column, column)
        if shared_at is not None:
            self.shared_lengths.append(len(data) - shared_at)
        if filled:
            self.shared_refs.extend(int(ref.group(1)) for ref in _SHARED_REF.finditer(data) if len(ref.group(1)) < 9)
        if last_column > limits.MAX_COLUMNS:
            raise table_error("too_many_columns", count=last_column, limit=limits.MAX_COLUMNS)
        if last_row > limits.MAX_ROWS + 100 or last_row * last_column > limits.MAX_BOX_CELLS:
            raise table_error("too_many_cells", name=self.name, rows=f"{last_row:,}", columns=last_column)

    def check(self) -> None:
        lengths = self.shared_lengths
        if not lengths or len(self.shared_refs) * max(lengths) <= limits.MAX_SHARED_TEXT:
            return
        if sum(lengths[ref] for ref in self.shared_refs if ref < len(lengths)) > limits.MAX_SHARED_TEXT:
            raise _too_large(self.name)


def _column_number(letters: bytes) -> int:
    number = 0
    for letter in letters.upper():
        number = number * 26 + letter - 64
    return number
