"""Rows of a people file: values, problems of cells, problems between rows, mapping by hand."""

import datetime as dt
import io
from functools import cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from wayfellow.tables.columns import Confidence
from wayfellow.tables.errors import TableError
from wayfellow.tables.people import PeopleFile, PersonRow, read_people
from wayfellow.tables.people.reporting_lines import KnownPerson
from wayfellow.tables.reading import read_table
from wayfellow.tables.values.dates import DateOrder
from wayfellow.tables.writing import write_xlsx


def people(*lines: str, **options: object) -> PeopleFile:
    return read_people("\n".join(lines).encode(), **options)  # type: ignore[arg-type]


def row(header: str, line: str) -> PersonRow:
    (read,) = people(header, line)
    return read


def codes(read: PeopleFile) -> dict[int, list[str]]:
    return {row.line: [found.code for found in row.problems] for row in read if row.problems}


def test_a_row_becomes_values() -> None:
    read = row(
        "Personnel no.;Surname, first name;Work e-mail;Job title;Business line;Office;"
        "Time zone;Languages;Mgr ID;Start date;Grade;Phone",
        '004182;"Asantewe, Kofi";K.Asantewe@larkmoor.example;Crew lead;Field crew;Graz;'
        "Wien;Deutsch, Englisch;003907;1.2.2024;G5;+43 316 555",
    )
    assert read.problems == ()
    assert read.values == {
        "employee_number": "004182",
        "name": "Kofi Asantewe",
        "first_name": "Kofi",
        "last_name": "Asantewe",
        "email": "k.asantewe@larkmoor.example",
        "job_title": "Crew lead",
        "department": "Field crew",
        "location": "Graz",
        "time_zone": "Europe/Vienna",
        "languages": ("de", "en"),
        "manager_number": "003907",
        "hire_date": dt.date(2024, 2, 1),
        "grade": "G5",
        "phone": "+43 316 555",
    }
    assert read.cells[1] == "Asantewe, Kofi"


def test_a_name_in_two_columns_is_put_together() -> None:
    assert row("E-mail,First name,Last name", "k@x.example,Kofi,Asantewe").values["name"] == "Kofi Asantewe"
    assert row("E-mail,First name,Last name", "k@x.example,,Asantewe").values["name"] == "Asantewe"


def test_empty_and_placeholder_cells_say_nothing() -> None:
    read = row("E-mail,Number,Start date,Manager,Time zone,Title", "k@x.example,n/a,-,NO_MANAGER,#N/A,")
    assert read.values == {"email": "k@x.example"} and not read.problems


def test_each_fault_names_its_column_as_the_file_writes_it_and_refuses_the_row() -> None:
    good = "k@x.example,Kofi,1.2.2024,CET,en,G5,p@x.example,+43 316"
    bad = f"k.x.example,{'x' * 201},31.02.2024,Mars,Elvish,{'g' * 61},Petra,call me"
    _, read = people("E-MAIL,Full_Name,startDate,Zeitzone,Idiomas,Grade,Mgr ID,Tel.", good, bad)
    assert [(found.line, found.column, found.code) for found in read.problems] == [
        (3, "Full_Name", "text_too_long"),
        (3, "E-MAIL", "email_wrong"),
        (3, "Zeitzone", "time_zone_unknown"),
        (3, "Idiomas", "language_unknown"),
        (3, "Mgr ID", "manager_wrong"),
        (3, "startDate", "date_impossible"),
        (3, "Grade", "text_too_long"),
        (3, "Tel.", "phone_wrong"),
    ]


def test_a_manager_in_words_is_refused_when_the_column_is_one_of_keys() -> None:
    read = people("E-mail,Manager e-mail", "a@x.example,b@x.example", "b@x.example,", "c@x.example,Petra")
    assert codes(read) == {4: ["manager_wrong"]}


def test_without_e_mail_and_number_nobody_knows_who_it_is() -> None:
    read = people("Number,E-mail,Name", ",,Kofi", "1,,Petra", ",a@x.example,Amara")
    assert codes(read) == {2: ["key_missing"]}


def test_the_same_key_twice_refuses_both_rows_and_names_the_other() -> None:
    read = people("Number,E-mail", "1,A@x.example", "2,b@x.example", "3,a@X.example", "2,d@x.example", "4,a@x.example")
    reasons = {row.line: [found.reason for found in row.problems] for row in read if row.problems}
    assert reasons == {
        2: ["Same e-mail as row 4. One of the two must change."],
        3: ["Same employee number as row 5. One of the two must change."],
        4: ["Same e-mail as row 2. One of the two must change."],
        5: ["Same employee number as row 3. One of the two must change."],
        6: ["Same e-mail as row 2. One of the two must change."],
    }


def test_managers_in_a_circle_are_refused_with_the_chain() -> None:
    read = people(
        "Number,E-mail,Manager",
        "1,a@x.example,2",
        "2,b@x.example,c@x.example",
        "3,c@x.example,1",
        "4,d@x.example,1",
        "5,e@x.example,5",
    )
    assert codes(read) == {2: ["manager_circle"], 3: ["manager_circle"], 4: ["manager_circle"], 6: ["manager_self"]}
    first = next(iter(read)).problems[0]
    assert first.column == "Manager"
    assert first.reason == (
        "The managers go round in a circle: "
        "a@x.example (row 2) → b@x.example (row 3) → c@x.example (row 4) → a@x.example (row 2)."
    )


def test_a_long_circle_shows_its_beginning() -> None:
    read = people("Number,Mgr ID", *(f"{at},{at % 5000 + 1}" for at in range(1, 5001)))
    first = next(iter(read)).problems[0]
    assert first.code == "manager_circle" and len(first.reason) < 300 and "…" in first.reason


def test_a_manager_who_is_nowhere_is_a_warning() -> None:
    lines = ("E-mail,Manager", "a@x.example,b@x.example", "c@x.example,77", "d@x.example,B@x.example")
    unknown = [[found.code for found in row.warnings] for row in people(*lines)]
    assert unknown == [["manager_not_in_file"]] * 3
    known = [KnownPerson("b@x.example", "12"), KnownPerson(None, "77")]
    assert not any(row.warnings or row.problems for row in people(*lines, known=known))


def test_a_circle_that_closes_through_people_known_already_is_found() -> None:
    known = [KnownPerson("b@x.example", "12", manager="c@x.example"), KnownPerson("c@x.example", None, "a@x.example")]
    read = people("E-mail,Manager", "a@x.example,12", known=known)
    assert codes(read) == {2: ["manager_circle"]}
    moved = people("E-mail,Manager", "a@x.example,12", "c@x.example,d@x.example", known=known)
    assert codes(moved) == {}
    unsaid = people("E-mail,Manager", "a@x.example,12", "c@x.example,", known=known)
    assert codes(unsaid) == {2: ["manager_circle"], 3: ["manager_circle"]}


def test_a_nul_refuses_its_row_and_leaves_the_others() -> None:
    read = people("E-mail,Name", "a@x.example,K\0fi", "b@x.example,Petra")
    assert codes(read) == {2: ["nul"]}


def test_a_formula_stays_text() -> None:
    read = row("E-mail,Job title", "a@x.example,=1+1")
    assert read.values["job_title"] == "=1+1"
    assert [(found.column, found.code) for found in read.warnings] == [("Job title", "formula_kept")]
    assert not row("E-mail,Job title", "a@x.example,Lead = all").warnings


def test_a_formula_is_told_of_once_and_not_in_columns_that_are_left_out() -> None:
    read = row("E-mail,Name,Notes", 'a@x.example,"=Asantewe, Kofi",=1+1')
    assert [(found.column, found.code) for found in read.warnings] == [("Name", "formula_kept")]


def test_a_mapping_by_hand_goes_before_what_was_recognised() -> None:
    lines = ("Work e-mail,E-mail,Site,Shoe", "a@x.example,b@x.example,Graz,Lead")
    read = people(*lines, mapping={"E-mail": "email", "Site": None, "Shoe": "job_title"})
    assert read.mapping == {"Work e-mail": None, "E-mail": "email", "Site": None, "Shoe": "job_title"}
    assert next(iter(read)).values == {"email": "b@x.example", "job_title": "Lead"}
    assert {column.confidence for column in read.columns} == {Confidence.SURE, Confidence.LEFT_OUT}
    assert people(*lines, mapping=read.mapping).mapping == read.mapping


@pytest.mark.parametrize(
    ("mapping", "code"),
    [
        ({"Nothing": "email"}, "mapping_heading"),
        ({"Site": "shoe_size"}, "mapping_field"),
        ({"Site": "location", "E-mail": "location"}, "mapping_twice"),
        ({"Salary": "grade"}, "mapping_never"),
    ],
)
def test_a_mapping_that_cannot_be_is_refused(mapping: dict[str, str], code: str) -> None:
    with pytest.raises(TableError) as caught:
        people("E-mail,Site,Salary", "a@x.example,Graz,1", mapping=mapping)
    assert caught.value.code == code


def test_a_file_without_key_column_can_be_mapped_but_not_read() -> None:
    read = people("Foo,Bar", "1,2")
    assert [column.header for column in read.columns] == ["Foo", "Bar"]
    assert read.fault is not None and read.fault.code == "no_key_column"
    with pytest.raises(TableError, match="Foo, Bar"):
        list(read)
    assert not people("Foo,Bar", "1,2", mapping={"Foo": "employee_number"}).fault


def test_a_wrong_delimiter_and_a_file_without_rows_say_so() -> None:
    wrong = people("Name:E-mail", "Kofi:a@x.example").fault
    assert wrong is not None and wrong.code == "one_column"
    empty = people("Name,E-mail").fault
    assert empty is not None and empty.code == "no_rows"


def test_dates_are_decided_by_the_whole_column() -> None:
    lines = ["E-mail,Start date", *(f"p{at}@x.example,03/04/2024" for at in range(1_200)), "z@x.example,04/13/2024"]
    read = people(*lines)
    assert (read.date_order, read.columns[1].confidence) == (DateOrder.MONTH_FIRST, Confidence.SURE)
    assert next(iter(read)).values["hire_date"] == dt.date(2024, 3, 4)
    unclear = people(*lines[:-1])
    assert unclear.columns[1].confidence is Confidence.UNSURE
    chosen = people(*lines[:-1], date_order=DateOrder.MONTH_FIRST)
    assert chosen.columns[1].confidence is Confidence.SURE
    assert next(iter(chosen)).values["hire_date"] == dt.date(2024, 3, 4)


def test_an_apostrophe_that_guards_a_phone_number_is_taken_away() -> None:
    header, line = "E-mail,Phone,Name", "a@x.example,'+43 316 555,O'Neill"
    assert row(header, line).values == {"email": "a@x.example", "phone": "+43 316 555", "name": "O'Neill"}
    (kept,) = people(header, line, mapping={"Phone": "phone"}, neutralised=False)
    assert [found.code for found in kept.problems] == ["phone_wrong"]


@pytest.mark.parametrize("column", ["Start date", "Time zone", "Languages", "Manager", "Phone", "Grade", "E-mail"])
def test_a_long_cell_is_refused_at_once(column: str) -> None:
    mapping = {"E-mail": "email", "Start date": "hire_date", "Time zone": "time_zone", "Languages": "languages"}
    mapping |= {"Manager": "manager", "Phone": "phone", "Grade": "grade"}
    cells = dict.fromkeys(mapping, "") | {"E-mail": "a@x.example"} | {column: "(" + " (a" * 3_300 + "x"}
    before = dt.datetime.now(dt.UTC)
    read = people(",".join(mapping), ",".join(cells.values()), mapping=mapping)
    assert [[found.column for found in row.problems] for row in read] == [[column]]
    assert dt.datetime.now(dt.UTC) - before < dt.timedelta(seconds=1)


def test_a_workbook_is_read_like_a_text_file() -> None:
    file = io.BytesIO()
    write_xlsx([["k@x.example", "=Kofi", "2024-02-29"]], ["E-mail", "Name", "Hire date"], file)
    (read,) = read_people(file.getvalue())
    assert read.values == {"email": "k@x.example", "name": "=Kofi", "hire_date": dt.date(2024, 2, 29)}


@cache
def small_workbook() -> bytes:
    file = io.BytesIO()
    write_xlsx([["k@x.example", "Kofi"], ["p@x.example", "Petra"]], ["E-mail", "Name"], file)
    return file.getvalue()


def drain(content: bytes) -> None:
    """Read whatever these bytes are; only a TableError may come out."""
    try:
        read = read_people(content, name="random")
        for found in read:
            assert found.line > 0
    except TableError as error:
        assert error.message and "{" not in error.code


@settings(max_examples=300, deadline=None)
@given(st.binary(max_size=400))
def test_random_bytes_never_give_a_traceback(content: bytes) -> None:
    drain(content)


@settings(max_examples=300, deadline=None)
@given(st.text(alphabet=st.sampled_from("a,;\t|\"\n\r'=@.0189/-:( )\0é\u200f\ufeff☃"), max_size=200), st.booleans())
def test_random_tables_never_give_a_traceback(text: str, wide: bool) -> None:
    head = "E-mail,Name,Start date,Time zone,Languages,Manager,Phone\n" if wide else ""
    drain((head + text).encode())


@settings(max_examples=150, deadline=None)
@given(st.data())
def test_damaged_workbooks_never_give_a_traceback(data: st.DataObject) -> None:
    content = bytearray(small_workbook())
    for _ in range(data.draw(st.integers(1, 4))):
        content[data.draw(st.integers(0, len(content) - 1))] = data.draw(st.integers(0, 255))
    drain(bytes(content[: data.draw(st.integers(1, len(content)))]))


def test_twenty_thousand_rows_take_a_moment() -> None:
    head = "Number,Name,E-mail,Title,Department,Office,Time zone,Languages,Mgr ID,Start date"
    body = (
        f'{at},"Asantewe, Kofi",p{at}@x.example,Engineer,Networks,Graz,Europe/Vienna,"de, en",{at // 7},01.02.2024'
        for at in range(1, 20_001)
    )
    content = "\n".join([head, *body]).encode()
    before = dt.datetime.now(dt.UTC)
    read = read_people(read_table(content))
    assert sum(1 for row in read if not row.problems) == 20_000
    assert dt.datetime.now(dt.UTC) - before < dt.timedelta(seconds=15)
