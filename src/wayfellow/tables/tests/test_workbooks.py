"""XLSX: values as text, hidden and empty sheets, and archives that are not what they say."""

import datetime as dt
import io
import struct
import zipfile
import zlib
from collections.abc import Callable

import pytest
import xlsxwriter

from wayfellow.tables import limits
from wayfellow.tables.errors import TableError
from wayfellow.tables.reading import read_table


def workbook(fill: Callable[[xlsxwriter.Workbook], None]) -> bytes:
    file = io.BytesIO()
    book = xlsxwriter.Workbook(file, {"in_memory": True, "strings_to_formulas": False})
    fill(book)
    book.close()
    return file.getvalue()


ONE = '<row r="1"><c r="A1"><v>1</v></c></row>'


def simple() -> bytes:
    return workbook(lambda book: book.add_worksheet("People").write_row(0, 0, ["Name", "E-mail"]))


def changed(content: bytes, *, leave_out: str = "", **parts: bytes) -> bytes:
    """The same archive with parts replaced; keywords write `/` as `__` and leave `.xml` off."""
    new = {name.replace("__", "/") + ".xml": data for name, data in parts.items()}
    file = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in old.namelist():
            if name != leave_out:
                archive.writestr(name, new.pop(name, None) or old.read(name))
        for name, data in new.items():
            archive.writestr(name, data)
    return file.getvalue()


def sheet_xml(body: str) -> bytes:
    main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    return f'<?xml version="1.0"?><worksheet xmlns="{main}"><sheetData>{body}</sheetData></worksheet>'.encode()


def refusal(content: bytes) -> TableError:
    with pytest.raises(TableError) as caught:
        list(read_table(content, "people.xlsx"))
    assert "people.xlsx" in caught.value.message or "columns" in caught.value.message
    return caught.value


def test_values_become_canonical_text() -> None:
    def fill(book: xlsxwriter.Workbook) -> None:
        sheet = book.add_worksheet()
        date = book.add_format({"num_format": "dd.mm.yyyy"})
        moment = book.add_format({"num_format": "dd.mm.yyyy hh:mm"})
        sheet.write_row(0, 0, ["Number", "Text", "Date", "Moment", "Yes", "Share", "Sum", "Wrong", "Phone"])
        sheet.write_number(1, 0, 4182)
        sheet.write_string(1, 1, "004182")
        sheet.write_datetime(1, 2, dt.date(2024, 2, 29), date)
        sheet.write_datetime(1, 3, dt.datetime(2024, 2, 29, 13, 5), moment)  # noqa: DTZ001 - workbooks know no time zones
        sheet.write_boolean(1, 4, True)
        sheet.write_number(1, 5, 0.8)
        sheet.write_formula(1, 6, "=1+1", None, 2)
        sheet.write_formula(1, 7, "=NA()", None, "#N/A")
        sheet.write_number(1, 8, 43_660_123_456_789)

    (row,) = read_table(workbook(fill))
    assert row.cells == (
        *("4182", "004182", "2024-02-29", "2024-02-29 13:05:00", "TRUE", "0.8", "2", "", "43660123456789"),
    )


def test_the_first_visible_sheet_with_anything_in_it_is_read_with_the_lines_of_the_file() -> None:
    def fill(book: xlsxwriter.Workbook) -> None:
        book.add_worksheet("Empty")
        hidden = book.add_worksheet("Hidden")
        hidden.write(0, 0, "no")
        hidden.hide()
        sheet = book.add_worksheet("Staff")
        sheet.write_string(0, 0, "Active employees")
        sheet.write_row(3, 1, ["Name", "E-mail", "Title"])
        sheet.write_row(4, 1, ["Kofi", "k@larkmoor.example", "Engineer"])
        sheet.write_row(7, 1, ["Petra", "p@larkmoor.example", "Head"])

    table = read_table(workbook(fill))
    assert (table.format, table.sheet, table.header_line) == ("xlsx", "Staff", 4)
    assert table.headers == ("Name", "E-mail", "Title")
    assert [(row.line, row.cells[0]) for row in table] == [(5, "Kofi"), (8, "Petra")]


def test_an_empty_workbook_is_empty() -> None:
    assert refusal(workbook(lambda book: book.add_worksheet())).code == "file_empty"


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "workbook_old"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"), "workbook_locked"),
        (simple()[:-40], "workbook_broken"),
        (b"PK\x05\x06" + b"\0" * 18, "archive_no_workbook"),
        (changed(simple(), xl__worksheets__sheet1=b"<worksheet><sheetData><row"), "workbook_broken"),
        (changed(simple(), xl__workbook=b"not xml at all <<<"), "workbook_broken"),
        (changed(simple(), leave_out="xl/_rels/workbook.xml.rels"), "workbook_broken"),
    ],
)
def test_a_file_that_is_no_readable_workbook_is_refused(content: bytes, code: str) -> None:
    assert refusal(content).code == code


@pytest.mark.parametrize(
    ("names", "code"),
    [
        (["xl/workbook.bin"], "workbook_binary"),
        (["mimetype", "content.xml"], "workbook_opendocument"),
        (["readme.txt"], "archive_no_workbook"),
    ],
)
def test_other_archives_are_named(names: list[str], code: str) -> None:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        for name in names:
            archive.writestr(name, "x")
    assert refusal(file.getvalue()).code == code


def test_a_zip_bomb_is_refused_by_what_it_declares() -> None:
    bomb = changed(simple(), xl__worksheets__sheet1=sheet_xml(" " * 30_000_000))
    assert len(bomb) < 100_000
    assert refusal(bomb).code == "workbook_too_large"


def test_a_zip_bomb_that_lies_about_its_size_is_refused_by_what_it_unpacks_to() -> None:
    body = sheet_xml(" " * 30_000_000)
    bomb = bytearray(changed(simple(), xl__worksheets__sheet1=body))
    true_size = struct.pack("<L", len(body))
    lie = struct.pack("<L", 1_000)
    assert bomb.count(true_size) == 2
    honest_crc, false_crc = struct.pack("<L", zlib.crc32(body)), struct.pack("<L", zlib.crc32(body[:1_000]))
    lying = bytes(bomb).replace(true_size, lie).replace(honest_crc, false_crc)
    assert refusal(lying).code == "workbook_too_large"


def test_unpacking_stops_at_the_limit(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "MAX_UNPACKED_BYTES", 3_000)
    assert refusal(simple()).code == "workbook_too_large"


@pytest.mark.parametrize(
    ("body", "code"),
    [
        (
            '<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576"><v>1</v></c></row>',
            "too_many_columns",
        ),
        (
            '<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="B1048576"><v>1</v></c></row>',
            "too_many_cells",
        ),
        (ONE + '<row r="190000"><c r="GR190000"><v>1</v></c></row>', "too_many_cells"),
        ("<row>" + "<c><v>1</v></c>" * 300 + "</row>", "too_many_columns"),
        ("<row/>" * 250_000 + "<row><c><v>1</v></c></row>", "too_many_cells"),
        ("<x:row r='1'><x:c s='1' r='XFD1'><x:v>1</x:v></x:c></x:row>", "too_many_columns"),
    ],
)
def test_a_cell_far_away_does_not_fill_the_memory(body: str, code: str) -> None:
    assert refusal(changed(simple(), xl__worksheets__sheet1=sheet_xml(body))).code == code


def test_empty_cells_far_away_do_no_harm() -> None:
    body = (
        '<row r="1"><c r="A1" t="inlineStr"><is><t>Name</t></is></c><c r="XFD1" s="1"/></row>'
        '<row r="2"><c r="A2" t="inlineStr"><is><t>Kofi</t></is></c></row><row r="1048576"/>'
    )
    (row,) = read_table(changed(simple(), xl__worksheets__sheet1=sheet_xml(body)))
    assert row.cells == ("Kofi",)


def test_one_long_text_shared_by_many_cells_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    def fill(book: xlsxwriter.Workbook) -> None:
        sheet = book.add_worksheet()
        for row in range(200):
            sheet.write_string(row, 0, "x" * 9_000)

    content = workbook(fill)
    assert read_table(content).headers
    monkeypatch.setattr(limits, "MAX_SHARED_TEXT", 1_000_000)
    assert refusal(content).code == "workbook_too_large"


def test_a_cover_sheet_is_not_taken_for_the_table() -> None:
    def fill(book: xlsxwriter.Workbook) -> None:
        book.add_worksheet("Cover").write_column(0, 0, ["Report of HR", "Made on Monday"])
        sheet = book.add_worksheet("Data")
        sheet.write_row(0, 0, ["Name", "E-mail"])
        sheet.write_row(1, 0, ["Kofi", "k@x.example"])

    table = read_table(workbook(fill), "people.xlsx")
    assert (table.sheet, table.headers) == ("Data", ("Name", "E-mail"))


def test_without_a_sheet_that_could_be_a_table_the_first_one_is_read() -> None:
    def fill(book: xlsxwriter.Workbook) -> None:
        book.add_worksheet("First").write_row(0, 0, ["Name", "E-mail"])
        book.add_worksheet("Second").write(0, 0, "Notes")

    assert read_table(workbook(fill), "people.xlsx").sheet == "First"
