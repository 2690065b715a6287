import csv
import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from wayfellow.audit.models import Event
from wayfellow.cli.trouble import explain
from wayfellow.people.cli import members
from wayfellow.people.models import Member, MemberImport
from wayfellow.people.tests.lists import HANNE, HEADERS, KOFI, PETRA, SAMPLE, csv_of, import_rows
from wayfellow.tables.reading import read_table

pytestmark = pytest.mark.django_db
BAD_DATE = ("005000", "Signe Aldermoor", "s@larkmoor.example", "", "", "", "31.02.2024")


def run(*arguments: Any) -> Result:
    """Run `wayfellow members …` and say on stderr what went wrong, as the command line does."""
    runner = CliRunner()
    with runner.isolation() as (out, err, _):
        code = 0
        try:
            returned = members.main([str(argument) for argument in arguments], standalone_mode=False)
            code = returned if isinstance(returned, int) else 0
        except BaseException as error:
            code = explain(error)
        stdout, stderr = out.getvalue(), err.getvalue()
    return Result(runner, stdout, stderr, stdout + stderr, None, code, None, None)


@pytest.fixture
def file(tmp_path: Path) -> Any:
    def write(*rows: Any, headers: Any = HEADERS) -> Path:
        path = tmp_path / "people.csv"
        path.write_bytes(csv_of(*rows, headers=headers))
        return path

    return write


def test_import_tells_a_program_what_happened(organisation: Any, file: Any) -> None:
    result = run("import", file(KOFI, HANNE), "--organisation", "larkmoor", "--json")
    assert result.exit_code == 0
    assert json.loads(result.stdout) == {
        "columns": {
            "Employee number": "employee_number",
            "Name": "name",
            "E-mail": "email",
            "Job title": "job_title",
            "Department": "department",
            "Manager": "manager",
            "Start date": "hire_date",
            "Languages": "languages",
        },
        "created": 2,
        "changed": 0,
        "unchanged": 0,
        "refused": [],
    }
    assert Member.objects.get(employee_number=KOFI[0]).manager.full_name == "Hanne Brugmandt"
    assert Event.objects.get(verb="members_imported").via == "command"
    assert MemberImport.objects.get().state == "done"


def test_a_dry_run_changes_nothing(organisation: Any, file: Any) -> None:
    result = run("import", file(KOFI, HANNE), "--organisation", "larkmoor", "--dry-run", "--json")
    assert json.loads(result.stdout)["created"] == 2
    assert not Member.objects.exists()
    assert not MemberImport.objects.exists()


def test_refused_rows_stop_everything(organisation: Any, file: Any) -> None:
    result = run("import", file(KOFI, HANNE, BAD_DATE), "--organisation", "larkmoor", "--json")
    assert result.exit_code == 2
    assert json.loads(result.stdout)["refused"] == [
        {
            "line": 4,
            "column": "Start date",
            "reason": "31.02.2024 is not in the calendar. Mend it, or leave it empty.",
        }
    ]
    assert not Member.objects.exists()
    assert not MemberImport.objects.exists()


def test_refused_rows_can_be_skipped_and_written(organisation: Any, file: Any, tmp_path: Path) -> None:
    refused = tmp_path / "refused.csv"
    result = run(
        "import", file(KOFI, HANNE, BAD_DATE), "--organisation", "larkmoor", "--skip-refused", "--refused", refused
    )
    assert result.exit_code == 0
    assert Member.objects.count() == 2
    table = list(csv.reader(refused.read_text(encoding="utf-8-sig").splitlines()))
    assert table[0][-1] == "Why refused"
    assert table[1][0] == "005000"
    assert "Created" in result.stdout
    assert "31.02.2024 is not in the calendar" in result.stdout


def test_people_see_a_table(organisation: Any, file: Any) -> None:
    result = run("import", file(BAD_DATE, KOFI), "--organisation", "larkmoor")
    assert result.exit_code == 2
    assert "Would create" in result.stdout
    assert "Nothing was changed: rows are refused." in result.stdout
    result = run("import", file(KOFI), "--organisation", "larkmoor")
    result = run("import", file(KOFI), "--organisation", "larkmoor")
    assert "Nothing was changed: all is as the file says." in result.stdout


def test_a_mapping_says_what_columns_are(organisation: Any, file: Any, tmp_path: Path) -> None:
    mapping = tmp_path / "columns.toml"
    mapping.write_text('[columns]\n"Wibble" = "job_title"\n"Department" = ""\n')
    path = file(
        ("k@larkmoor.example", "Kofi A", "Crew", "Networks"), headers=("E-mail", "Name", "Wibble", "Department")
    )
    result = run("import", path, "--organisation", "larkmoor", "--mapping", mapping, "--json")
    assert json.loads(result.stdout)["columns"] == {
        "E-mail": "email",
        "Name": "name",
        "Wibble": "job_title",
        "Department": None,
    }
    assert (Member.objects.get().job_title, Member.objects.get().department) == ("Crew", "")


@pytest.mark.parametrize(
    ("content", "words"),
    [
        ('[columns]\n"Name" = "wibble"\n', "wibble"),
        ('[columns]\n"Name" = 3\n', "“Name” is given 3"),
        ('[columns]\n"Wibble" = "name"\n', "no column headed “Wibble”"),
        ('[columns]\n"Name" = "email"\n"E-mail" = "email"\n', "both to be read as"),
        ("[fields]\n", "must hold one table, [columns]"),
        ("not toml", "is not TOML"),
    ],
)
def test_a_wrong_mapping_is_named(organisation: Any, file: Any, tmp_path: Path, content: str, words: str) -> None:
    mapping = tmp_path / "columns.toml"
    mapping.write_text(content)
    result = run("import", file(KOFI), "--organisation", "larkmoor", "--mapping", mapping)
    assert result.exit_code == 2
    assert words in result.stderr
    assert not Member.objects.exists()


def test_wrong_files_and_organisations(organisation: Any, file: Any, tmp_path: Path) -> None:
    assert run("import", file(KOFI), "--organisation", "nowhere").exit_code == 4
    assert run("import", tmp_path / "none.csv", "--organisation", "larkmoor").exit_code == 2
    result = run("import", file(("x",), headers=("Wibble",)), "--organisation", "larkmoor")
    assert result.exit_code == 2
    assert "single column" in result.stderr
    result = run("import", file(("x", "y"), headers=("Wibble", "Wobble")), "--organisation", "larkmoor")
    assert "Say what columns are with --mapping" in result.stderr
    assert not MemberImport.objects.exists()


@pytest.mark.parametrize("ending", ["csv", "xlsx"])
def test_the_export_imported_again_changes_nothing(organisation: Any, tmp_path: Path, ending: str) -> None:
    skip = run("import", SAMPLE, "--organisation", "larkmoor", "--skip-refused", "--json")
    assert json.loads(skip.stdout)["created"] > 290
    Member.objects.filter(employee_number="004108").update(
        job_title="=cmd|' /C calc'!A0", department="'quoted", full_name="Asantewe, Kofi"
    )
    out = tmp_path / f"people.{ending}"
    assert run("export", "--organisation", "larkmoor", "--out", out).exit_code == 0
    table = read_table(out)
    assert table.headers == (
        *("name", "email", "employee_number", "job_title", "department", "location", "time_zone", "languages"),
        *("manager_email", "hire_date", "grade"),
    )
    told = json.loads(run("import", out, "--organisation", "larkmoor", "--json").stdout)
    assert None not in told["columns"].values()
    assert {name: told[name] for name in ("created", "changed", "refused")} == {
        "created": 0,
        "changed": 0,
        "refused": [],
    }
    assert told["unchanged"] == Member.objects.count()


def test_export_neutralises_formulas_and_keeps_phones_here(organisation: Any, tmp_path: Path) -> None:
    import_rows(organisation, KOFI, HANNE)
    Member.objects.update(phone="+999 55 1234")
    Member.objects.filter(employee_number=KOFI[0]).update(job_title="=1+1")
    Member.objects.filter(employee_number=HANNE[0]).update(state="left")
    out = tmp_path / "people.csv"
    run("export", "--organisation", "larkmoor", "--out", out)
    text = out.read_text(encoding="utf-8-sig")
    assert "'=1+1" in text
    assert "1234" not in text
    assert text.count("\n") == 2
    assert Event.objects.get(verb="members_exported").details == {"count": 1}


def test_export_needs_a_known_ending(organisation: Any, tmp_path: Path) -> None:
    result = run("export", "--organisation", "larkmoor", "--out", tmp_path / "people.pdf")
    assert result.exit_code == 2
    assert "must end in .csv or .xlsx" in result.stderr


words = st.text(st.characters(exclude_categories=["Cs"]), max_size=30)
names = words.filter(lambda text: any(letter.isalpha() for letter in text))


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(rows=st.lists(st.tuples(words, names, words, words), min_size=1, max_size=6))
def test_whatever_stands_in_a_file_nothing_breaks_and_twice_is_once(
    organisation: Any, tmp_path: Path, rows: list[tuple[str, ...]]
) -> None:
    Member.objects.all().delete()
    numbered = [
        (f"n{at}", name, f"p{at}@larkmoor.example", title, place, boss)
        for at, (title, name, place, boss) in enumerate(rows)
    ]
    path = tmp_path / "people.csv"
    path.write_bytes(csv_of(*numbered, headers=HEADERS[:6]))
    first = run("import", path, "--organisation", "larkmoor", "--skip-refused", "--json")
    told = json.loads(first.stdout)
    assert Member.objects.count() == told["created"]
    second = json.loads(run("import", path, "--organisation", "larkmoor", "--skip-refused", "--json").stdout)
    assert (second["created"], second["changed"], second["unchanged"]) == (0, 0, told["created"])
    assert second["refused"] == told["refused"]


def test_a_row_without_manager_keeps_the_one_there_is(organisation: Any, file: Any) -> None:
    run("import", file(KOFI, HANNE), "--organisation", "larkmoor")
    run("import", file((*PETRA, ""), KOFI[:5]), "--organisation", "larkmoor")
    assert Member.objects.get(employee_number=KOFI[0]).manager is not None


def test_the_command_says_where_it_is_not_sure_and_what_to_know_about_rows(organisation: Any, file: Any) -> None:
    rows = [("Ann Lee", "a@x.example", "nobody@x.example"), ("=1+1", "b@x.example", "")]
    result = run(
        "import", file(*rows, headers=("Name", "E-mail", "Manager")), "--organisation", "larkmoor", "--dry-run"
    )
    assert "Line 2. Column “Manager”: The manager “nobody@x.example” is neither" in result.stdout
    assert "Line 3. Column “Name”: This looks like a formula." in result.stdout
    banded = [(f"Ann Lee{n}", f"a{n}@x.example", band) for n, band in enumerate(["7", "8", "9", "S1"] * 5)]
    result = run("import", file(*banded, headers=("Name", "E-mail", "Band")), "--organisation", "larkmoor", "--dry-run")
    assert "Not sure. Column “Band”: " in result.stdout


def test_a_key_column_that_does_not_fit_is_named(organisation: Any, file: Any) -> None:
    rows = [("Ann Lee", "a@x.example,b@x.example"), ("Bo Li", "b@localhost"), ("Cy Ode", "c@x.example")]
    result = run("import", file(*rows, headers=("Name", "E-mail")), "--organisation", "larkmoor")
    assert result.exit_code == 2
    assert "Column “E-mail”: 2 of 3 values are not what we expect of the e-mail" in result.stderr
    assert "--mapping" in result.stderr
