import csv
import io
import zipfile
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from wayfellow.jobs.models import Job
from wayfellow.jobs.worker import run_pending
from wayfellow.people.actions import imports as actions
from wayfellow.people.importing import applying
from wayfellow.people.models import Member, MemberImport
from wayfellow.people.tests.lists import HANNE, HEADERS, KOFI, PETRA, SAMPLE, apply, check, csv_of, import_rows
from wayfellow.tables.writing import write_xlsx

pytestmark = pytest.mark.django_db
BAD_DATE = ("005000", "Signe Aldermoor", "s@larkmoor.example", "", "", "", "31.02.2024")


@pytest.fixture
def browser(client_for: Any, administrator: Any) -> Client:
    return client_for(administrator)


def url(name: str, *args: Any) -> str:
    return reverse(name, args=["larkmoor", *args])


def upload(browser: Client, content: bytes, name: str = "people.csv") -> Any:
    return browser.post(url("import_members"), {"file": SimpleUploadedFile(name, content)}, follow=True)


def test_a_file_is_chosen_checked_applied_and_done(browser: Client, organisation: Any) -> None:
    page = upload(browser, csv_of(KOFI, HANNE, BAD_DATE)).content.decode()
    assert "Check before anything changes" in page
    assert "Create 2" in page
    assert "Engineer" not in page
    assert "Field crew, Networks. Reports to Hanne Brugmandt" in page
    assert "31.02.2024 is not in the calendar" in page
    assert page.count("<h1") == 1
    found = MemberImport.objects.get()
    page = browser.post(url("apply_import", found.pk), {"turn": found.turn}, follow=True).content.decode()
    assert "Applying the import" in page
    assert "0 of 2 people done" in page
    assert 'hx-trigger="every 2s"' in page
    assert "Look again" in page
    run_pending()
    page = browser.get(url("member_import", found.pk)).content.decode()
    assert "The import is done" in page
    assert url("people") + "?state=listed" in page
    assert Member.objects.filter(state="listed").count() == 2
    assert "people.csv" in browser.get(url("import_members")).content.decode()


def test_changes_are_shown_old_and_new(browser: Client, organisation: Any) -> None:
    import_rows(organisation, KOFI, HANNE, PETRA)
    found = check(organisation, (*KOFI[:3], "Crew lead", "", "003908"), HANNE)
    page = browser.get(url("member_import", found.pk)).content.decode()
    assert "<del><bdi>Field crew</bdi></del> <ins><bdi>Crew lead</bdi></ins>" in page
    assert "<del><bdi>Hanne Brugmandt</bdi></del> <ins><bdi>Petra Vandelroux</bdi></ins>" in page
    assert "Nothing is different" in page
    assert "Change 1" in page


def test_rows_are_narrowed_by_tab_and_search(browser: Client, organisation: Any) -> None:
    found = check(organisation, KOFI, HANNE, BAD_DATE)
    here = url("member_import", found.pk)
    refused = browser.get(here, {"result": "refuse"})
    assert [told["row"].line for told in refused.context["rows"]] == [4]
    searched = browser.get(here, {"q": "brugmandt"})
    assert [told["row"].line for told in searched.context["rows"]] == [3]
    assert "No row fits" in browser.get(here, {"q": "nobody\0"}).content.decode()
    assert browser.get(here, {"q": "9" * 300, "result": "wibble", "page": "x"}).status_code == 200


def test_no_query_per_row(browser: Client, organisation: Any, django_assert_max_num_queries: Any) -> None:
    rows = [(f"{n:05}", f"Person {n}", f"p{n}@larkmoor.example", "", "", "00001") for n in range(2, 120)]
    found = check(organisation, ("00001", "The Boss", "boss@larkmoor.example"), *rows)
    with django_assert_max_num_queries(18):
        browser.get(url("member_import", found.pk))
    apply(found)
    with django_assert_max_num_queries(14):
        browser.get(url("member_import", found.pk))
    for _ in range(12):
        check(organisation, KOFI)
    with django_assert_max_num_queries(10):
        browser.get(url("import_members"))


def test_columns_are_mapped_by_hand(browser: Client, organisation: Any) -> None:
    headers = ("E-mail", "Name", "Site", "Salary group")
    found = check(organisation, ("k@larkmoor.example", "Kofi Asantewe", "Graz", "Pay group C3"), headers=headers)
    page = browser.get(url("member_import", found.pk)).content.decode()
    assert "1 to look at" in page
    assert "we never import pay here" in page
    assert "Pay group C3" not in page
    assert "column_3" not in page
    answer = {"column_0": "email", "column_1": "name", "column_2": "department"}
    page = browser.post(url("map_columns", found.pk), answer, follow=True).content.decode()
    assert "to look at" not in page
    assert found.rows.get().values["department"] == "Graz"


def test_two_columns_for_one_field_is_said_at_the_column(browser: Client, organisation: Any) -> None:
    headers = ("E-mail", "Name", "Site", "Wibble")
    found = check(organisation, ("k@larkmoor.example", "Kofi Asantewe", "Graz", "x"), headers=headers)
    answer = {"column_0": "email", "column_1": "name", "column_2": "department", "column_3": "department"}
    response = browser.post(url("map_columns", found.pk), answer)
    assert response.status_code == 422
    assert "are both to be read as the department" in response.content.decode()
    wrong = browser.post(url("map_columns", found.pk), {**answer, "column_3": "salary"})
    assert wrong.status_code == 422


def test_mapping_after_applying_is_refused(browser: Client, organisation: Any) -> None:
    found = import_rows(organisation, KOFI, HANNE)
    response = browser.post(url("map_columns", found.pk), {"column_3": "department"})
    assert response.status_code == 403


def bomb() -> bytes:
    archive = io.BytesIO()
    with zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED) as file:
        file.writestr("[Content_Types].xml", "<Types/>")
        file.writestr("xl/workbook.xml", b"0" * 400_000_000)
    return archive.getvalue()


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "This file is empty"),
        (b"\xff\xfeN\x00a", "holds bytes that are not"),
        (b"Name#E-mail\nKofi#k@larkmoor.example\n", "seems to have a single column"),
        (b"\x7fELF\x02\x01\x01\x00" + bytes(range(256)), "characters that cannot be read"),
        (bomb, "unpacks to more than"),
    ],
    ids=["empty", "encoding", "delimiter", "binary", "bomb"],
)
def test_a_file_that_cannot_be_used_says_so_beside_the_field(
    browser: Client, organisation: Any, content: Any, words: str
) -> None:
    response = upload(browser, content() if callable(content) else content, "people.xlsx")
    assert response.status_code == 422
    assert any(words in str(error) for error in response.context["form"].errors["file"])
    assert "<title>Error:" in response.content.decode()
    assert not MemberImport.objects.exists()


def test_no_file_at_all(browser: Client, organisation: Any) -> None:
    response = browser.post(url("import_members"), {})
    assert "Choose a file." in response.content.decode()


def test_a_file_larger_than_the_limit(browser: Client, organisation: Any, monkeypatch: Any) -> None:
    from wayfellow.people.forms import imports as forms

    monkeypatch.setattr(forms, "MAX_FILE_BYTES", 10)
    assert "is larger than" in upload(browser, csv_of(KOFI)).content.decode()


def test_a_workbook_with_formulas_in_its_cells_is_read_as_text(browser: Client, organisation: Any) -> None:
    file = io.BytesIO()
    write_xlsx([(KOFI[0], KOFI[1], KOFI[2], '=HYPERLINK("http://x")')], HEADERS[:4], file)
    upload(browser, file.getvalue(), "people.xlsx")
    found = MemberImport.objects.get()
    assert found.rows.get().values["job_title"] == '=HYPERLINK("http://x")'
    apply(found)
    response = browser.get(url("export_people"), {"format": "csv"})
    assert "'=HYPERLINK" in b"".join(response.streaming_content).decode()


def test_refused_rows_come_back_with_their_reason(browser: Client, organisation: Any) -> None:
    found = check(organisation, KOFI, HANNE, BAD_DATE)
    response = browser.get(url("download_refused", found.pk))
    table = list(csv.reader(io.StringIO(b"".join(response.streaming_content).decode("utf-8-sig"))))
    assert table[0] == [*HEADERS, "Why refused"]
    assert table[1][:3] == list(BAD_DATE[:3])
    assert table[1][-1].startswith("Column “Start date”: 31.02.2024")
    assert len(table) == 2
    mended = csv_of([*BAD_DATE[:6], "2024-02-29", "", "x"], headers=table[0])
    again = actions.check_import(None, organisation, file=mended, file_name="refused.csv")
    assert (again.to_create, again.to_refuse) == (1, 0)


def test_the_sample_file_can_be_imported(browser: Client, organisation: Any) -> None:
    for format in ("csv", "xlsx"):
        content = b"".join(browser.get(url("import_sample"), {"format": format}).streaming_content)
        found = actions.check_import(None, organisation, file=content, file_name=f"sample.{format}")
        assert (found.to_create, found.to_refuse) == (2, 0)
        assert not any(row.warnings for row in found.rows.all())


def test_a_stale_page_is_told_so(browser: Client, organisation: Any) -> None:
    found = check(organisation, KOFI, HANNE)
    page = browser.post(url("apply_import", found.pk), {"turn": found.turn - 1}, follow=True).content.decode()
    assert "The file was checked again meanwhile" in page
    assert "Check before anything changes" in page
    assert browser.post(url("apply_import", found.pk), {"turn": "x"}).status_code == 302
    assert not Job.objects.filter(task__endswith="apply_import_job").exists()


def test_stop_look_and_go_on(browser: Client, organisation: Any, administrator: Any, monkeypatch: Any) -> None:
    monkeypatch.setattr(applying, "AT_ONCE", 1)
    found = check(organisation, KOFI, HANNE, PETRA, actor=administrator)
    started = actions.apply_import(administrator, found)
    assert applying.apply_some(started.pk, started.turn)
    here = url("member_import", found.pk)
    page = browser.get(here, headers={"HX-Request": "true"}).content.decode()
    assert "1 of 3 people done" in page
    assert "from row 3" in page
    page = browser.post(url("stop_import", found.pk), follow=True).content.decode()
    assert "It stops after the rows it is at." in page
    run_pending()
    response = browser.get(here, headers={"HX-Request": "true"})
    assert response["HX-Refresh"] == "true"
    page = browser.get(here).content.decode()
    assert "The import stands still" in page
    assert "Go on from row 3" in page
    browser.post(url("stop_import", found.pk))
    page = browser.post(url("resume_import", found.pk), follow=True).content.decode()
    assert "Applying the import" in page
    run_pending()
    assert "The import is done" in browser.get(here).content.decode()
    assert "does not stand still" in browser.post(url("resume_import", found.pk), follow=True).content.decode()


def test_one_that_ends_while_its_page_is_made_does_not_stand_still(organisation: Any, administrator: Any) -> None:
    read = actions.apply_import(administrator, check(organisation, KOFI, actor=administrator))
    assert not actions.job_failed(read)
    run_pending()
    assert Job.objects.get(key=read.job_key).is_over
    assert read.state == MemberImport.State.APPLYING
    assert not actions.job_failed(read)
    MemberImport.objects.filter(pk=read.pk).update(state=read.state)
    assert actions.job_failed(read)


def test_reading_and_failed_have_their_pages(browser: Client, organisation: Any, monkeypatch: Any) -> None:
    from wayfellow.people.actions import import_checks

    monkeypatch.setattr(import_checks, "LARGE_BYTES", 3)
    page = upload(browser, b"PK\x03\x04 not a zip", "people.xlsx").content.decode()
    assert "Reading the file" in page
    run_pending()
    page = browser.get(url("member_import", MemberImport.objects.get().pk)).content.decode()
    assert "This file cannot be used" in page
    assert "is damaged" in page


def test_a_check_is_thrown_away_after_a_question(browser: Client, organisation: Any) -> None:
    found = check(organisation, KOFI, HANNE)
    assert "Throw this check away?" in browser.get(url("discard_import", found.pk)).content.decode()
    assert MemberImport.objects.exists()
    browser.post(url("discard_import", found.pk))
    assert not MemberImport.objects.exists()


def test_history_is_searched(browser: Client, organisation: Any) -> None:
    check(organisation, KOFI)
    assert "No file has such a name" in browser.get(url("import_members"), {"q": "wibble"}).content.decode()
    assert len(browser.get(url("import_members"), {"q": "PEOPLE"}).context["page_obj"]) == 1


@pytest.mark.parametrize(
    "name", ["member_import", "map_columns", "apply_import", "stop_import", "resume_import", "discard_import"]
)
def test_other_administrators_and_members_see_nothing(
    organisation: Any, other_organisation: Any, make_member: Any, client_for: Any, name: str
) -> None:
    found = check(organisation, KOFI, HANNE)
    stranger = make_member("Strange Admin", organisation=other_organisation, is_administrator=True)
    member = make_member("Amara Oyelunde")
    method = "get" if name in {"member_import"} else "post"
    there = reverse(name, args=[other_organisation.slug, found.pk])
    assert getattr(client_for(stranger), method)(there).status_code == 404
    assert getattr(client_for(stranger), method)(url(name, found.pk)).status_code == 404
    assert getattr(client_for(member), method)(url(name, found.pk)).status_code == 403


def test_the_shipped_sample_in_the_browser(browser: Client, organisation: Any) -> None:
    page = upload(browser, SAMPLE.read_bytes()).content.decode()
    assert "300 rows and 24 columns" in page
    assert "2 to look at" in page


def test_a_manager_who_is_nowhere_is_not_said_to_be_reported_to(browser: Client, organisation: Any) -> None:
    page = upload(browser, b"Name,E-mail,Manager\nAnn Lee,a@x.example,nobody@x.example\n").content.decode()
    assert "The manager “nobody@x.example” is neither in this file nor here" in page
    assert "Reports to" not in page
