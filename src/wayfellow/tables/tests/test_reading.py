"""Files as HR systems export them: encodings, delimiters, quoted line breaks, headings, limits."""

import io
from pathlib import Path

import pytest

from wayfellow.tables import reading
from wayfellow.tables.errors import TableError
from wayfellow.tables.reading import column_letter, read_table

TEXT = "Name;E-mail\nJürgen Müßig;j@larkmoor.example\nŁukasz;l@larkmoor.example\n"


def rows(content: bytes, **options: bool) -> list[tuple[int, tuple[str, ...]]]:
    return [(row.line, row.cells) for row in read_table(content, "people.csv", **options)]


def refusal(content: bytes | Path, name: str = "people.csv") -> TableError:
    with pytest.raises(TableError) as caught:
        list(read_table(content, name))
    return caught.value


@pytest.mark.parametrize(
    ("encoding", "found"),
    [
        ("utf-8", "utf-8"),
        ("utf-8-sig", "utf-8-sig"),
        ("utf-16", "utf-16"),
        ("utf-16-le", "utf-16-le"),
        ("utf-16-be", "utf-16-be"),
    ],
)
def test_unicode_in_any_form_is_read(encoding: str, found: str) -> None:
    table = read_table(TEXT.encode(encoding))
    assert table.encoding == found
    assert table.headers == ("Name", "E-mail")
    assert [row.cells[0] for row in table] == ["Jürgen Müßig", "Łukasz"]


def test_utf_16_big_endian_with_its_mark_is_read() -> None:
    assert rows(b"\xfe\xff" + TEXT.encode("utf-16-be"))[1][1][0] == "Łukasz"


def test_windows_1252_is_read() -> None:
    table = read_table("Name,Note\nJosé Ibáñez,10 € “net”\n".encode("cp1252"))
    assert table.encoding == "cp1252"
    assert table.sample()[0].cells == ("José Ibáñez", "10 € “net”")


def test_bytes_that_windows_1252_lacks_are_read_as_latin_1_and_refuse_their_row() -> None:
    table = read_table(b"Name,Note\nJos\xe9,\x81\nAna,x\n")
    assert table.encoding == "latin-1"
    first, second = table
    assert [found.code for found in first.problems] == ["control_character"]
    assert not second.problems


def test_utf_8_with_a_broken_byte_names_its_line() -> None:
    error = refusal("Name,City\nJosé,Málaga\nBjørn,Tromsø\n".encode() + b"Ana,\xff\n")
    assert (error.code, error.line) == ("encoding_broken", 4)


def test_a_file_half_in_utf_8_and_half_in_windows_1252_is_not_guessed_at() -> None:
    error = refusal("Name,City\nJosé,Bilbao\n".encode() + "Müller,Graz\n".encode("cp1252"))
    assert (error.code, error.line) == ("encoding_broken", 3)


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_common_delimiters_are_found(delimiter: str) -> None:
    text = f'Name{delimiter}Languages{delimiter}Title\n"Asantewe, Kofi"{delimiter}"de; en | fr"{delimiter}x\n'
    table = read_table(text.encode())
    assert table.delimiter == delimiter
    assert table.sample()[0].cells == ("Asantewe, Kofi", "de; en | fr", "x")


def test_unquoted_commas_in_cells_do_not_make_a_semicolon_file_a_comma_file() -> None:
    table = read_table(b"Surname, first name;Languages\nAsantewe, Kofi;Deutsch, Englisch\nVandelroux, Petra;de\n")
    assert table.delimiter == ";"


def test_the_delimiter_a_file_states_is_taken_and_lines_stay_those_of_the_file() -> None:
    table = read_table(b"sep=;\nName;Note\nKofi;a,b\n")
    assert (table.delimiter, table.header_line) == (";", 2)
    assert [(row.line, row.cells) for row in table] == [(3, ("Kofi", "a,b"))]


def test_rows_are_counted_by_their_first_line_in_the_file() -> None:
    content = b'Name,Note\n"Kofi","one\ntwo\r\nthree"\n\n,\nPetra,"said ""yes"""\n'
    assert rows(content) == [(2, ("Kofi", "one\ntwo\nthree")), (7, ("Petra", 'said "yes"'))]


@pytest.mark.parametrize("ending", ["\n", "\r\n", "\r"])
def test_any_line_ending_is_read(ending: str) -> None:
    assert rows(f"A,B{ending}1,2{ending}3,4".encode()) == [(2, ("1", "2")), (3, ("3", "4"))]


def test_a_title_above_the_headings_is_passed_over() -> None:
    table = read_table(b"Active employees,,\n\nName,E-mail,Title\nKofi,k@x.example,Engineer\n")
    assert (table.headers, table.header_line) == (("Name", "E-mail", "Title"), 3)


def test_short_rows_are_filled_and_long_ones_refused() -> None:
    short, empty_end, long = read_table(b"A,B\n1\n1,2,,\n1,2,3\n")
    assert short.cells == ("1", "") and not short.problems
    assert empty_end.cells == ("1", "2") and not empty_end.problems
    assert [found.code for found in long.problems] == ["cell_without_heading"]
    assert "column C holds “3”" in long.problems[0].reason


def test_marks_nobody_sees_are_cleaned() -> None:
    content = "A,B\n\u202bKofi\u202c\u200f,\ufeff \u00a0Field\u00a0crew\u200b \n".encode()
    assert rows(content) == [(2, ("Kofi", "Field crew"))]


def test_letters_take_their_composed_form() -> None:
    assert rows("A,B\nJose\u0301,x\n".encode())[0][1][0] == "José"


@pytest.mark.parametrize(
    ("cell", "code"),
    [
        ("a\0b", "nul"),
        ("a\x07b", "control_character"),
        ("a\ufffdb", "damaged_character"),
        ("x" * 10_001, "cell_too_long"),
    ],
)
def test_a_cell_that_no_text_can_be_refuses_its_row_alone(cell: str, code: str) -> None:
    bad, good = read_table(f"Name,Note\nKofi,{cell}\nPetra,fine\n".encode())
    assert [(found.code, found.line, found.column) for found in bad.problems] == [(code, 2, "Note")]
    assert not good.problems


def test_ten_thousand_characters_fit() -> None:
    (row,) = read_table(("Name,Note\nKofi," + "x" * 10_000 + "\n").encode())
    assert not row.problems


@pytest.mark.parametrize(
    ("content", "code", "line"),
    [
        (b"", "file_empty", None),
        (b"\n \n,,\n", "file_empty", None),
        (b"\xef\xbb\xbf", "file_empty", None),
        (b"%PDF-1.7 \n", "not_a_table", None),
        (b"\x89PNG\r\n\x1a\n\0\0", "not_a_table", None),
        (b"<html><table><tr><td>", "not_a_table", None),
        (b"a\0\0\0b\0\0\0\0\0\0\0\1\2\3\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0", "not_text", None),
        (b"PK\x03\x04 torn", "workbook_broken", None),
        (b'Name,Note\nKofi,fine\nPetra,"open\nmore\n', "quote_open", 3),
        (b'Name,Note\nKofi,"a"b\n', "quote_inside", 2),
        (b'Name,Note\nKofi,"' + b"x\n" * 70_000, "cell_endless", 2),
        (b"Name,E-mail,name\n1,2,3\n", "heading_twice", 1),
        (b"Name,,E-mail\n1,2,3\n", "heading_empty", 1),
        (b"Na\0me,E-mail\n1,2\n", "heading_unreadable", 1),
        (",".join(f"c{at}" for at in range(201)).encode(), "too_many_columns", 1),
    ],
)
def test_what_cannot_be_read_is_refused_in_words(content: bytes, code: str, line: int | None) -> None:
    error = refusal(content)
    assert (error.code, error.line) == (code, line)
    assert "{" not in str(error)


def test_double_headings_name_both_columns() -> None:
    error = refusal(b"Name,E-mail,x,E-MAIL\n1,2,3,4\n")
    assert error.column == "E-MAIL"
    assert error.message == "Columns B and D are both headed “E-MAIL”. Rename one of them."


def test_a_column_without_heading_and_values_is_passed_over() -> None:
    table = read_table(b"Name,,E-mail,,\n1,,3,,\n")
    assert table.headers == ("Name", "E-mail")
    assert table.sample()[0].cells == ("1", "3")


def test_a_value_far_below_in_a_column_without_heading_refuses_its_row() -> None:
    content = b"Name,,E-mail\n" + b"1,,3\n" * 1_500 + b"1,2,3\n"
    assert [row.line for row in read_table(content) if row.problems] == [1_502]


def test_limits_are_named(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(reading, "MAX_ROWS", 3)
    monkeypatch.setattr(reading, "MAX_FILE_BYTES", 1_000)
    assert len(rows(b"A,B\n" + b"1,2\n" * 3)) == 3
    error = refusal(b"A,B\n" + b"1,2\n" * 4)
    assert (error.code, error.line) == ("too_many_rows", 5)
    large = tmp_path / "large.csv"
    large.write_bytes(b"A,B\n" * 400)
    assert refusal(large).code == "file_too_large"
    assert refusal(b"A,B\n" * 400).code == "file_too_large"
    with pytest.raises(TableError, match="larger than"):
        read_table(io.BytesIO(b"A,B\n" * 400), "large.csv")


def test_a_path_that_cannot_be_opened_is_refused(tmp_path: Path) -> None:
    assert refusal(tmp_path / "missing.csv").code == "file_unreadable"
    assert refusal(tmp_path).code == "file_unreadable"


def test_a_table_can_be_walked_again_and_read_from_path_bytes_or_file(tmp_path: Path) -> None:
    path = tmp_path / "people.csv"
    path.write_text(TEXT, encoding="utf-8")
    for source in (path, str(path), path.read_bytes(), io.BytesIO(path.read_bytes())):
        table = read_table(source)
        assert list(table) == list(table)
        assert len(list(table)) == 2
    assert read_table(path).name == "people.csv"


def test_columns_are_lettered_as_in_spreadsheets() -> None:
    assert [column_letter(at) for at in (0, 25, 26, 51, 52, 701, 702)] == ["A", "Z", "AA", "AZ", "BA", "ZZ", "AAA"]


def test_an_error_says_where_it_is() -> None:
    error = TableError("x", "It is wrong.", line=14, column="Start date")
    assert str(error) == "Line 14, column “Start date”: It is wrong."
    assert str(TableError("x", "It is wrong.")) == "It is wrong."
