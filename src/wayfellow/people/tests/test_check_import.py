from typing import Any

import pytest

from wayfellow.core.errors import InvalidInput
from wayfellow.people.actions import imports as actions
from wayfellow.people.importing.words import problem_in_words
from wayfellow.people.models import ColumnMemory, Member, MemberImport
from wayfellow.people.tests.lists import HANNE, HEADERS, KOFI, PETRA, SAMPLE, check, csv_of, import_rows, reasons

pytestmark = pytest.mark.django_db


def results(member_import: MemberImport) -> dict[int, str]:
    return dict(member_import.rows.values_list("line", "result"))


def test_a_check_changes_nobody(organisation: Any) -> None:
    found = check(organisation, KOFI, HANNE)
    assert (found.state, found.to_create, found.rows_total) == ("checked", 2, 2)
    assert not Member.objects.exists()


def test_known_people_are_changed_field_by_field_or_left_alone(organisation: Any) -> None:
    import_rows(organisation, KOFI, HANNE, PETRA)
    changed = (*KOFI[:3], "Crew lead", "Networks", "003908", "2019-03-01")
    found = check(organisation, changed, HANNE)
    assert (found.to_create, found.to_change, found.to_leave, found.fields_to_change) == (0, 1, 1, 3)
    assert found.rows.get(line=2).changes == [
        {"field": "job_title", "old": "Field crew", "new": "Crew lead"},
        {"field": "hire_date", "old": None, "new": "2019-03-01"},
        {"field": "manager", "old": HANNE[2], "new": "003908"},
    ]


def test_empty_cells_leave_things_as_they_are(organisation: Any) -> None:
    import_rows(organisation, KOFI, HANNE)
    assert check(organisation, KOFI[:3]).to_leave == 1


def test_number_and_email_of_two_people_are_refused_naming_both(organisation: Any) -> None:
    import_rows(organisation, KOFI, HANNE)
    found = check(organisation, (KOFI[0], "Somebody Else", HANNE[2]))
    row = found.rows.get()
    assert row.result == "refuse"
    words = problem_in_words(row.problems[0])
    assert "Kofi Asantewe" in words
    assert "Hanne Brugmandt" in words


def test_the_number_counts_first_so_an_address_can_change(organisation: Any) -> None:
    import_rows(organisation, KOFI, HANNE)
    found = check(organisation, (KOFI[0], KOFI[1], "kofi@larkmoor.example"))
    assert found.rows.get().changes == [{"field": "email", "old": KOFI[2], "new": "kofi@larkmoor.example"}]


def test_case_of_an_address_is_no_change(organisation: Any, make_member: Any) -> None:
    make_member("Kofi Asantewe", email="K.Asantewe@Larkmoor.example")
    found = check(organisation, ("", "Kofi Asantewe", "k.asantewe@LARKMOOR.example"))
    assert found.to_leave == 1


def test_the_other_organisation_is_not_touched(organisation: Any, other_organisation: Any, make_member: Any) -> None:
    make_member("Kofi Asantewe", organisation=other_organisation, email=KOFI[2], employee_number=KOFI[0])
    assert check(organisation, KOFI, HANNE).to_create == 2


def test_rows_that_cannot_be_are_refused_with_their_column(organisation: Any) -> None:
    found = check(
        organisation,
        HANNE,
        (*KOFI[:3], "", "", "", "31.02.2024"),
        ("005000", "No Address", ""),
        ("", "", "nameless@larkmoor.example"),
        ("", "Nobody At All", ""),
        ("005001", "Same Address", HANNE[2]),
        ("005002", "Bad Address", "not an address"),
        ("005003", "Unknown Tongue", "u@larkmoor.example", "", "", "", "", "Deutsch, Blorbish"),
        ("005004", "X" * 10_000, "x@larkmoor.example"),
        ("0" * 61, "Long Number", "l@larkmoor.example"),
    )
    assert reasons(found) == {
        2: ["email_twice"],
        3: ["date_impossible"],
        4: ["new_needs_email"],
        5: ["new_needs_name"],
        6: ["key_missing"],
        7: ["email_twice"],
        8: ["email_wrong"],
        9: ["language_unknown"],
        10: ["text_too_long"],
        11: ["text_too_long"],
    }
    row = found.rows.get(line=3)
    assert row.problems[0]["column"] == "Start date"
    assert problem_in_words(row.problems[0]) == (
        "Column “Start date”: 31.02.2024 is not in the calendar. Mend it, or leave it empty."
    )
    assert "row 7" in problem_in_words(found.rows.get(line=2).problems[0])


def test_a_nul_refuses_the_row_and_direction_marks_do_not(organisation: Any) -> None:
    nul = (*KOFI[:3], "Fie\0ld crew")
    marked = ("003907", "\u202eHanne\u202c Brugmandt\u200f", HANNE[2])
    found = check(organisation, nul, marked)
    assert reasons(found) == {2: ["nul"]}
    assert found.rows.get(line=3).name == "Hanne Brugmandt"


def test_a_circle_of_managers_is_refused_with_its_chain(organisation: Any) -> None:
    found = check(organisation, (*HANNE, KOFI[0]), KOFI, PETRA)
    assert reasons(found) == {2: ["manager_circle"], 3: ["manager_circle"]}
    chain = problem_in_words(found.rows.get(line=2).problems[0])
    assert chain.index(HANNE[2]) < chain.index(KOFI[2])


def test_a_circle_through_somebody_who_is_only_here_is_refused(organisation: Any) -> None:
    import_rows(organisation, KOFI, HANNE)
    found = check(organisation, (*HANNE, KOFI[0]))
    assert reasons(found) == {2: ["manager_circle"]}


def test_an_unknown_manager_is_a_warning(organisation: Any) -> None:
    found = check(organisation, KOFI)
    row = found.rows.get()
    assert row.result == "create"
    assert [warning["code"] for warning in row.warnings] == ["manager_not_in_file"]
    import_rows(organisation, KOFI)
    assert Member.objects.get().manager is None
    assert check(organisation, KOFI).to_leave == 1


def test_a_manager_whose_row_is_refused_is_a_warning(organisation: Any) -> None:
    found = check(organisation, KOFI, (*HANNE, "", "31.02.2024"))
    row = found.rows.get(line=2)
    assert [warning["code"] for warning in row.warnings] == ["manager_refused"]
    assert row.manager_key == ""


def test_who_left_is_not_brought_back(organisation: Any, make_member: Any) -> None:
    make_member("Kofi Asantewe", email=KOFI[2], state="left", account=None)
    row = check(organisation, KOFI, HANNE).rows.get(line=2)
    assert [warning["code"] for warning in row.warnings] == ["has_left"]


def test_columns_are_told_and_the_answer_is_remembered(organisation: Any, administrator: Any) -> None:
    headers = ("E-mail", "Name", "Site", "Wibble", "Salary group")
    rows = [("k@larkmoor.example", "Kofi Asantewe", "Graz", "Crew lead", "C3")] * 1
    found = check(organisation, *rows, headers=headers, actor=administrator)
    told = {column["header"]: (column["field"], column["confidence"]) for column in found.columns}
    assert told["Site"] == ("location", "unsure")
    assert told["Wibble"] == (None, "left_out")
    assert told["Salary group"] == (None, "left_out")
    found = actions.map_columns(administrator, found, mapping={"Site": "department", "Wibble": "job_title"})
    assert found.rows.get().values["department"] == "Graz"
    assert set(ColumnMemory.objects.values_list("header", "field")) == {
        ("Site", "department"),
        ("Wibble", "job_title"),
    }
    again = check(organisation, *rows, headers=headers, actor=administrator)
    assert again.rows.get().values["job_title"] == "Crew lead"
    assert {column["confidence"] for column in again.columns if column["header"] == "Site"} == {"sure"}


def test_pay_cannot_be_mapped(organisation: Any, administrator: Any) -> None:
    headers = ("E-mail", "Name", "Salary group")
    found = check(organisation, ("k@larkmoor.example", "Kofi Asantewe", "C3"), headers=headers)
    with pytest.raises(InvalidInput) as caught:
        actions.map_columns(administrator, found, mapping={"Salary group": "grade"})
    assert caught.value.code == "mapping_never"
    assert caught.value.field == "Salary group"


def test_a_file_without_keys_can_be_mapped_by_hand(organisation: Any, administrator: Any) -> None:
    headers = ("Wibble", "Name")
    found = check(organisation, ("007", "Kofi Asantewe"), headers=headers)
    assert (found.fault["code"], found.to_apply) == ("no_key_column", 0)
    found = actions.map_columns(administrator, found, mapping={"Wibble": "employee_number"})
    assert found.fault == {}
    assert reasons(found) == {2: ["new_needs_email"]}


@pytest.mark.parametrize(
    ("file", "code"),
    [
        (b"", "file_empty"),
        (b"Name,E-mail\n", "no_rows"),
        (b"\xff\xfeN\x00a", "encoding_broken"),
        (b"PK\x03\x04 not a zip", "workbook_broken"),
        (b"%PDF-1.7", "not_a_table"),
        (b"Name;Name\na;b\n", "heading_twice"),
        (b"Name#E-mail\nKofi#k@larkmoor.example\n", "one_column"),
    ],
)
def test_a_file_that_cannot_be_used_says_why_and_leaves_nothing(organisation: Any, file: bytes, code: str) -> None:
    with pytest.raises(InvalidInput) as caught:
        actions.check_import(None, organisation, file=file, file_name="people.csv")
    assert caught.value.code == code
    assert not MemberImport.objects.exists()


def test_a_large_file_is_read_by_a_job(organisation: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    from wayfellow.jobs.worker import run_pending
    from wayfellow.people.actions import import_checks

    monkeypatch.setattr(import_checks, "LARGE_ROWS", 1)
    found = check(organisation, KOFI, HANNE)
    assert found.state == "reading"
    run_pending()
    found.refresh_from_db()
    assert (found.state, found.to_create) == ("checked", 2)


def test_a_large_file_that_is_broken_says_so_on_its_page(organisation: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    from wayfellow.jobs.worker import run_pending
    from wayfellow.people.actions import import_checks

    monkeypatch.setattr(import_checks, "LARGE_BYTES", 3)
    found = actions.check_import(None, organisation, file=b"PK\x03\x04 not a zip", file_name="people.xlsx")
    run_pending()
    found.refresh_from_db()
    assert (found.state, found.fault["code"]) == ("failed", "workbook_broken")


def test_a_reading_that_was_overtaken_writes_nothing(organisation: Any) -> None:
    from wayfellow.people.actions.import_checks import check_import_job

    found = check(organisation, KOFI, HANNE)
    MemberImport.objects.filter(pk=found.pk).update(state="reading", turn=5)
    check_import_job.call(import_id=found.pk, turn=4)
    assert found.rows.count() == 2
    check_import_job.call(import_id=found.pk, turn=5)
    found.refresh_from_db()
    assert found.state == "checked"


def test_the_sample_reads_as_it_says(organisation: Any) -> None:
    found = actions.check_import(None, organisation, file=SAMPLE.read_bytes(), file_name="people.csv")
    assert found.rows_total == 300
    assert 4 <= found.to_refuse <= 8
    assert found.to_create == 300 - found.to_refuse
    assert [column["header"] for column in found.columns if column["confidence"] == "unsure"] == ["Site", "Band"]


def test_no_query_per_row(organisation: Any, django_assert_max_num_queries: Any) -> None:
    rows = [(f"{n:05}", f"Person {n}", f"p{n}@larkmoor.example", "", "", "00001") for n in range(2, 500)]
    with django_assert_max_num_queries(45):
        check(organisation, ("00001", "The Boss", "boss@larkmoor.example"), *rows)


def test_german_and_spanish_files_in_other_encodings(organisation: Any) -> None:
    german = "Personalnummer;Nachname;Vorname;E-Mail;Abteilung\n1;Müller;Jörg;j@larkmoor.example;Vertrieb\n"
    found = actions.check_import(None, organisation, file=german.encode("cp1252"), file_name="leute.csv")
    assert found.rows.get().values["full_name"] == "Jörg Müller"
    spanish = "Nombre\tApellidos\tCorreo electrónico\nInés\tNúñez\ti@larkmoor.example\n"
    found = actions.check_import(None, organisation, file=spanish.encode("utf-16"), file_name="gente.csv")
    assert found.rows.get().values["full_name"] == "Inés Núñez"


def test_one_part_of_the_name_changes_the_whole(organisation: Any, make_member: Any) -> None:
    make_member("Kofi Asantewe", email=KOFI[2])
    found = check(organisation, (KOFI[2], "Mensah"), headers=("E-mail", "Last name"))
    assert {change["field"]: change["new"] for change in found.rows.get().changes} == {
        "last_name": "Mensah",
        "full_name": "Kofi Mensah",
    }


def test_mapping_that_names_no_heading(organisation: Any) -> None:
    with pytest.raises(InvalidInput, match="no column headed “Wibble”"):
        actions.check_import(
            None, organisation, file=csv_of(KOFI, headers=HEADERS), file_name="p.csv", mapping={"Wibble": "name"}
        )
