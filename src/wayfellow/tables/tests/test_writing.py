"""What we write is never a formula, and reads back as what it was."""

import csv
import io
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from wayfellow.tables.cells import clean_cell, is_formula, neutralise, restore, why_not_cell
from wayfellow.tables.errors import TableError
from wayfellow.tables.reading import read_table
from wayfellow.tables.writing import write_csv, write_xlsx

FORMULAS = ["=1+1", "+Lead", "-2+3", "@SUM(A1)", "\t=1", "\r=1", "＝1+1", " =1", "\u200e=1", "\u00a0@x"]
TEXTS = st.text(alphabet=st.characters(exclude_categories=["Cs", "Cc"], include_characters="\n\t'=+-@"), max_size=30)
GOOD = TEXTS.filter(lambda text: why_not_cell(text) is None)


def written(write: Callable[..., None], rows: list[list[object]], headers: list[str]) -> bytes:
    file = io.BytesIO()
    write(rows, headers, file)
    return file.getvalue()


@pytest.mark.parametrize("text", FORMULAS)
def test_formulas_are_neutralised(text: str) -> None:
    assert is_formula(text)
    assert neutralise(text) == "'" + text
    content = written(write_csv, [["a", text]], ["Name", text])
    for record in csv.reader(io.StringIO(content.decode("utf-8-sig"), newline="")):
        assert record[1].startswith("'")


@pytest.mark.parametrize("text", ["-5", "+43660123", "-3.5", "1,000", "Kofi", "a=b", "'quoted'", "", "O'Neill"])
def test_numbers_and_plain_text_stay(text: str) -> None:
    assert neutralise(text) == text


def test_a_workbook_holds_no_formula_and_keeps_leading_zeros() -> None:
    content = written(write_xlsx, [["=1+1", "004182"], [4182, None]], ["Formula", "Number"])
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        sheet = archive.read("xl/worksheets/sheet1.xml")
    assert b"<f>" not in sheet and b"<v>" not in sheet
    table = read_table(content, neutralised=True)
    assert [row.cells for row in table] == [("=1+1", "004182"), ("4182", "")]


@pytest.mark.parametrize("write", [write_csv, write_xlsx])
def test_files_can_be_written_by_path(tmp_path: Path, write: Callable[..., None]) -> None:
    path = tmp_path / "people.out"
    write([["Kofi", "=x"]], ["Name", "Note"], path)
    assert read_table(path, neutralised=True).sample()[0].cells == ("Kofi", "=x")
    assert read_table(path).sample()[0].cells == ("Kofi", "'=x")


def test_a_cell_longer_than_a_workbook_takes_is_refused_not_dropped() -> None:
    with pytest.raises(TableError, match="32,768 characters") as caught:
        written(write_xlsx, [["x" * 32_768]], ["Note"])
    assert caught.value.line == 2


@given(GOOD)
def test_restoring_undoes_neutralising(text: str) -> None:
    assert restore(neutralise(text)) == clean_cell(text)
    assert not is_formula(neutralise(text))


@pytest.mark.parametrize("write", [write_csv, write_xlsx])
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(rows=st.lists(st.tuples(GOOD, GOOD, GOOD), min_size=1, max_size=5))
def test_what_is_written_reads_back(write: Callable[..., None], rows: list[tuple[str, str, str]]) -> None:
    content = written(write, [list(row) for row in rows], ["Name", "Note", "=Third"])
    table = read_table(content, neutralised=True)
    expected = [tuple(clean_cell(cell) for cell in row) for row in rows]
    assert table.headers == ("Name", "Note", "=Third")
    assert [row.cells for row in table] == [row for row in expected if any(row)]
