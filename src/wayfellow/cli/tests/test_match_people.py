"""`wayfellow match people`: a spreadsheet in, a workbook and a report out, or a message and nothing."""

import io
import json
import subprocess
import sys
import time
import zipfile

import pytest
from click.testing import CliRunner
from python_calamine import CalamineWorkbook
from tests.architecture.places import ROOT, SERVER_ONLY, run_without

from wayfellow.cli import match_people, wayfellow
from wayfellow.tables.writing import write_xlsx

SAMPLE = ROOT / "docs" / "samples" / "mentoring.csv"
SHEETS = ["Pairs", "Unmatched", "Mentors", "Fairness", "Settings"]


@pytest.fixture
def match(tmp_path):
    """`match({"people.csv": text}, "--seed", "3")`: run the command on files written for it."""

    def run(files, *options, out="out.xlsx"):
        paths = []
        for name, content in files.items():
            path = tmp_path / name
            path.write_bytes(content if isinstance(content, bytes) else content.encode())
            paths.append(str(path))
        done = CliRunner().invoke(
            wayfellow,
            ["match", "people", *paths, "--out", str(tmp_path / out), "--report", str(tmp_path / "out.json"), *options],
        )
        assert done.exception is None or isinstance(done.exception, SystemExit), done.output
        return done

    return run


@pytest.fixture
def report(tmp_path):
    return lambda: json.loads((tmp_path / "out.json").read_text())


@pytest.fixture
def sheet(tmp_path):
    """A sheet of the workbook as rows."""
    return lambda name, file="out.xlsx": CalamineWorkbook.from_path(tmp_path / file).get_sheet_by_name(name).to_python()


def pairs(report):
    return [(pair["mentee_id"], pair["mentor_id"]) for pair in report["pairs"]]


def xlsx(rows):
    file = io.BytesIO()
    write_xlsx(rows[1:], rows[0], file)
    return file.getvalue()


SIMPLE = "Name,Role,Skills,Places\nAna,mentee,Go,\nBo,mentor,Go (4),1\nCy,both,SQL (4),2\nDi,mentor,SQL (5),1\n"


def test_one_file_gives_a_workbook_and_a_report(match, report, sheet, tmp_path):
    done = match({"people.csv": SIMPLE})
    assert done.exit_code == 0, done.output
    assert CalamineWorkbook.from_path(tmp_path / "out.xlsx").sheet_names == SHEETS
    assert pairs(report()) == [("Ana", "Bo"), ("Cy", "Di")]
    assert report()["schema"] == "wayfellow-match-report/1"
    assert report()["optimal"] is True
    assert report()["gap"] == 0
    assert done.stdout.startswith("2 pairs; 2 of 2 mentees have a mentor; proven the best there is.\n")
    rows = sheet("Pairs")
    assert rows[0][:4] == ["Mentee", "Mentor", "Score", "Reasons"]
    assert rows[1][0] == "Ana"
    assert "Offers Go" in rows[1][3]


def test_columns_are_shown_before_the_run(match):
    done = match({"people.csv": "Name,Rolle,Plätze,Gehalt,Foo\nAna,Mentee,,3,x\nBo,Mentorin,2,3,y\n"})
    lines = [" ".join(line.split()) for line in done.stderr.splitlines()]
    assert lines[:6] == [
        "people.csv: 2 rows",
        "Name name",
        "Rolle role",
        "Plätze capacity",
        "Gehalt left out (we never import pay here)",
        "Foo left out (we do not know this column)",
    ]


def test_columns_can_be_chosen(match, report):
    text = "Name,Wer,Biete\nAna,mentee,Go\nBo,mentor,Go\n"
    assert match({"people.csv": text}, "--columns", "Wer=role", "--columns", "Biete=").exit_code == 0
    assert pairs(report()) == [("Ana", "Bo")]
    done = match({"people.csv": text}, "--columns", "Who=role")
    assert done.exit_code == 2
    assert "No file has a column headed “Who”" in done.stderr


def test_xlsx_and_two_files(match, report):
    mentees = xlsx([["Name", "Suche"], ["Ana", "Go; SQL"], ["Bo", "R"]])
    mentors = xlsx([["Name", "Biete", "Plätze"], ["Cy", "Go|SQL", "2"], ["Bo", "R", "1"]])
    assert match({"mentees.xlsx": mentees, "mentors.xlsx": mentors}).exit_code == 0
    assert pairs(report()) in ([("Ana", "Bo"), ("Bo", "Cy")], [("Ana", "Cy"), ("Bo", "Cy")])


def test_two_files_that_cannot_be_told_apart(match, report):
    files = {"a.csv": "Name\nAna\n", "b.csv": "Name\nBo\n"}
    done = match(files)
    assert done.exit_code == 2
    assert "--first" in done.stderr
    assert match(files, "--first", "mentors").exit_code == 0
    assert pairs(report()) == [("Bo", "Ana")]


@pytest.mark.parametrize(
    ("role", "mentor"),
    [("Rolle", "Mentorin"), ("Rol", "mentora"), ("Rôle", "mentor"), ("Papel", "Mentor"), ("Role", "Both")],
)
def test_roles_in_several_languages(match, report, role, mentor):
    assert match({"p.csv": f"Name,{role}\nAna,Mentee\nBo,{mentor}\n"}).exit_code == 0
    assert ("Ana", "Bo") in pairs(report())


def test_capacity_is_never_exceeded(match, report):
    rows = "".join(f"M{at},mentee,\n" for at in range(5))
    match({"p.csv": f"Name,Role,Places\n{rows}Bo,mentor,2\nCy,mentor,0\n"})
    assert {mentor["mentor_id"]: mentor["load"] for mentor in report()["mentors"]} == {"Bo": 2, "Cy": 0}
    assert [(why["code"], bool(why["text"])) for why in report()["unmatched"]] == [("mentors_full", True)] * 3


def test_nobody_is_matched_to_anyone_above_or_below_them(match, report):
    rows = "Ana,mentee,Bo\nBo,mentor,Cy\nCy,mentor,Di\nDi,mentor,\nEd,mentor,Ana\nFi,mentee,\nGo,mentee,Di\n"
    match({"p.csv": f"Name,Role,Manager\n{rows}"})
    found = dict(pairs(report()))
    assert "Ana" not in found
    assert found["Go"] in ("Bo", "Cy", "Ed")
    why = next(why for why in report()["unmatched"] if why["mentee_id"] == "Ana")
    assert why["code"] == "no_allowed_pair"
    assert "reporting line" in why["text"]


def test_a_reporting_line_in_a_circle_or_to_nobody_is_a_warning(match, report, sheet):
    rows = "Ana,mentee,Bo\nBo,mentor,Ana\nCy,mentor,Zed\nDi,mentee,Di\n"
    done = match({"p.csv": f"Name,Role,Manager\n{rows}"})
    assert done.exit_code == 0
    assert ("Ana", "Bo") not in pairs(report())
    warnings = "\n".join(report()["warnings"])
    assert "circle" in warnings
    assert "Zed" in warnings
    assert "own manager" in warnings
    settings = "\n".join(str(row[0]) for row in sheet("Settings"))
    assert all(warning.removeprefix("p.csv: ") in settings for warning in report()["warnings"])
    assert "p.csv, line 4, column “Manager”: The manager “Zed” of Cy" in settings


def test_nobody_is_advised_to_be_matched_to_their_manager(match, report):
    people = "Name,Role,Manager,Languages,Places\nAna,mentee,Bo,en,\nBo,mentor,,en,9\n"
    assert match({"people.csv": people + "Cem,mentor,,de,1\n"}).exit_code == 0
    (ana,) = report()["unmatched"]
    reasons = "1 shares no language with Ana and 1 stands above or below Ana in the reporting line"
    assert ana["text"] == f"No mentor is allowed for Ana: {reasons}."
    advice = "Allow the pair with Cem, who has a free place, although the two share no language."
    assert ana["smallest_change"] == advice
    assert match({"people.csv": people}).exit_code == 0
    (ana,) = report()["unmatched"]
    assert ana["smallest_change"] == "A mentor who does not stand above or below Ana has to join."


def test_a_common_language_when_both_state_one(match, report):
    rows = "Ana,mentee,German\nBo,mentor,Español; de\nCy,mentee,fr\nDi,mentee,\nEd,mentor,pt\n"
    match({"p.csv": f"Name,Role,Languages\n{rows}"})
    assert dict(pairs(report())) == {"Ana": "Bo", "Di": "Ed"}
    assert report()["unmatched"][0]["code"] == "no_allowed_pair"


def test_hours_are_hard_only_when_the_file_has_them_and_a_time_zone_alone_is_scored(match, report):
    head = "Name,Role,Time zone"
    far = f"{head}\nAna,mentee,Asia/Tokyo\nBo,mentor,America/New_York\nCy,mentor,Asia/Seoul\n"
    match({"p.csv": far})
    assert pairs(report()) == [("Ana", "Cy")]
    assert report()["pairs"][0]["points"] == {"time_zone": 10_000}
    hours = (
        f"{head},Availability\nAna,mentee,Europe/Vienna,Mon 9-12\nBo,mentor,Europe/Vienna,Tue 9-12\n"
        "Cy,mentor,Europe/Lisbon,Mon 10-11\nDi,mentee,Europe/Vienna,\n"
    )
    match({"p.csv": hours})
    assert dict(pairs(report())) == {"Ana": "Cy", "Di": "Bo"}


def test_a_criterion_without_a_column_is_dropped_and_the_others_rescaled(match, report):
    match({"p.csv": "Name,Role,Skills,Languages\nAna,mentee,Go (3),en\nBo,mentor,Go (3),en\n"})
    pair = report()["pairs"][0]
    assert (pair["score"], pair["points"]) == (10_000, {"skills": 8750, "language": 1250})
    assert any("goals" in warning.casefold() for warning in report()["warnings"])


def test_an_empty_cell_counts_as_the_mean_and_never_as_zero(match, report):
    rows = "Ana,mentee,Go,,\nBo,mentee,SQL,,\nCy,mentor,Go,,\nDi,mentor,,,\n"
    match({"p.csv": f"Name,Role,Skills,Goals,Languages\n{rows}"})
    points = {pair["mentor_id"]: pair["points"]["skills"] for pair in report()["pairs"]}
    assert points["Di"] > 0


def test_all_bad_cells_in_one_message_and_nothing_written(match, tmp_path):
    mentees = "Name;Wünsche;Sprachen\nAna;zwei;Klingonisch\n"
    mentors = "Name;Plätze;Mindestens\nBo;-1;\nCy;1;2\n"
    done = match({"mentees.csv": mentees, "mentors.csv": mentors}, "--columns", "Wünsche=wants")
    assert done.exit_code == 2
    for place in (
        "mentees.csv, line 2, column “Wünsche”",
        "mentees.csv, line 2, column “Sprachen”",
        "mentors.csv, line 2, column “Plätze”",
        "mentors.csv, line 3, column “Mindestens”",
    ):
        assert place in done.stderr
    assert sorted(path.name for path in tmp_path.iterdir()) == ["mentees.csv", "mentors.csv"]
    assert done.stdout == ""


def test_bad_rows_can_be_skipped_and_are_listed(match, report, sheet):
    text = "Name,Role,Places\nAna,mentee,\nBo,mentor,1\nCy,mentor,two\n"
    done = match({"p.csv": text}, "--skip-bad-rows")
    assert done.exit_code == 0
    fault = "p.csv, line 4, column “Places”: “two” is not a whole number of 0 or more."
    assert fault in done.stderr
    assert pairs(report()) == [("Ana", "Bo")]
    assert fault in [row[0] for row in sheet("Settings")]


@pytest.mark.parametrize("content", ["", "\n\n", "Name,Role\n", b"PK\x03\x04rubbish", b"\x00\x01\x02\x03"])
def test_a_file_that_is_empty_or_none_is_refused(match, tmp_path, content):
    done = match({"p.csv": content})
    assert done.exit_code == 2
    assert "p.csv" in done.stderr
    assert sorted(path.name for path in tmp_path.iterdir()) == ["p.csv"]


def test_a_file_that_is_not_there(match, tmp_path):
    done = CliRunner().invoke(
        wayfellow, ["match", "people", str(tmp_path / "no.csv"), "--out", str(tmp_path / "o.xlsx")]
    )
    assert done.exit_code == 2
    assert "no.csv" in done.output


def test_the_workbook_is_called_what_it_is(match, tmp_path):
    assert match({"p.csv": SIMPLE}, out="pairs.csv").exit_code == 2
    assert not (tmp_path / "pairs.csv").exists()


def test_no_output_over_an_input(match, tmp_path):
    (tmp_path / "rules.toml").write_text("")
    (tmp_path / "last.xlsx").write_bytes(xlsx([["A", "B"], ["1", "2"]]))
    cases = (
        ("--report", "p.csv"),
        ("--rules", "rules.toml", "--out", "rules.toml"),
        ("--keep", "last.xlsx", "--out", "last.xlsx"),
    )
    for options in cases:
        done = match({"p.csv": SIMPLE}, *(str(tmp_path / part) if "." in part else part for part in options))
        assert done.exit_code == 2, done.output
        assert "one of the files that are read" in done.stderr
    assert (tmp_path / "p.csv").read_text() == SIMPLE
    assert not (tmp_path / "out.xlsx").exists()


def test_formulas_are_harmless_in_every_sheet(match, tmp_path):
    evil = ["=1+1", "+2+A1", "-3+x", "@SUM(A1)", "=cmd|' /C calc'!A0"]
    rows = "".join(
        f'"{text} {at}",{role},{text},{text}\n' for at, text in enumerate(evil) for role in ("mentee", "mentor")
    )
    rows = rows.replace(",mentor", " m,mentor").replace('" m', ' m"')
    done = match({"p.csv": f"Name,Role,Skills,=Team\n{rows}"}, "--columns", "=Team=department", "--skip-bad-rows")
    assert done.exit_code == 0, done.output
    with zipfile.ZipFile(tmp_path / "out.xlsx") as book:
        for name in book.namelist():
            assert b"<f>" not in book.read(name)
    texts = [
        cell
        for name in SHEETS
        for row in CalamineWorkbook.from_path(tmp_path / "out.xlsx").get_sheet_by_name(name).to_python()
        for cell in row
        if isinstance(cell, str)
    ]
    assert any("=1+1" in text for text in texts)
    assert not [text for text in texts if text.startswith(("=", "@", "+"))]


def test_last_times_workbook_carries_pins(match, report, sheet, tmp_path):
    text = "Name,Role,Skills\nAna,mentee,Go\nBo,mentee,SQL\nCy,mentor,Go\nDi,mentor,SQL\nEd,mentor,\n"
    match({"p.csv": text})
    assert dict(pairs(report())) == {"Ana": "Cy", "Bo": "Di"}
    table = sheet("Pairs")
    keep = table[0].index("Keep")
    table[1][keep], table[1][1], table[1][table[0].index("Mentor ID")] = "yes", "Ed", "Ed"
    table.append(["Zoe", "Cy", 1, "", "yes", *[""] * (len(table[0]) - 7), "Zoe", "Cy"])
    file = io.BytesIO()
    write_xlsx(table[1:], table[0], file, sheet="Pairs")
    (tmp_path / "last.xlsx").write_bytes(file.getvalue())
    done = match({"p.csv": text}, "--keep", str(tmp_path / "last.xlsx"))
    assert done.exit_code == 0, done.output
    assert dict(pairs(report())) == {"Ana": "Ed", "Bo": "Di"}
    assert "last.xlsx, line 4: the pair is not kept, because Zoe is not among the mentees now." in report()["warnings"]
    assert sheet("Pairs")[1][keep] == "yes"


def test_keep_all_keeps_what_the_command_wrote(match, report, tmp_path):
    match({"p.csv": "Name,Role,Skills\nAna,mentee,Go\nCy,mentor,Go\n"}, out="last.xlsx")
    later = "Name,Role,Skills\nAna,mentee,SQL\nCy,mentor,Go\nDi,mentor,SQL\n"
    match({"p.csv": later})
    assert pairs(report()) == [("Ana", "Di")]
    match({"p.csv": later}, "--keep", str(tmp_path / "last.xlsx"), "--keep-all")
    assert pairs(report()) == [("Ana", "Cy")]


def test_a_workbook_that_is_no_result_cannot_be_kept(match, tmp_path):
    (tmp_path / "last.xlsx").write_bytes(xlsx([["A", "B"], ["1", "2"]]))
    done = match({"p.csv": SIMPLE}, "--keep", str(tmp_path / "last.xlsx"))
    assert done.exit_code == 2
    assert "last.xlsx" in done.stderr


def test_rules_weights_pins_and_forbids(match, report, tmp_path):
    text = "Name,Role,Skills,Team\nAna,mentee,Go,A\nBo,mentee,Go,B\nCy,mentor,Go,A\nDi,mentor,SQL,B\nEd,mentor,SQL,C\n"
    rules = tmp_path / "rules.toml"
    rules.write_text('[[pin]]\nmentee = "Ana"\nmentor = "Di"\n[[forbid]]\nmentee = "Bo"\nmentor = "Cy"\n')
    match({"p.csv": text}, "--rules", str(rules))
    assert dict(pairs(report())) == {"Ana": "Di", "Bo": "Ed"}
    rules.write_text('[rules]\nmust_match = ["department"]\n')
    match({"p.csv": text}, "--rules", str(rules))
    assert dict(pairs(report())) == {"Ana": "Cy", "Bo": "Di"}
    rules.write_text('[rules]\nmust_differ = ["Team"]\n')
    match({"p.csv": text}, "--rules", str(rules))
    assert dict(pairs(report()))["Bo"] == "Cy"
    rules.write_text('objective = "min_pair_score"\nmin_score = 9000\n')
    match({"p.csv": text}, "--rules", str(rules))
    assert len(pairs(report())) == 1
    assert report()["unmatched"][0]["code"] == "mentors_full"


@pytest.mark.parametrize(
    ("rules", "said"),
    [
        (
            "[rules]\ncommon_huors = 1\n",
            "rules.toml: [rules] common_huors: there is no such key. Did you mean common_hours?",
        ),
        ('[[pin]]\nmentee = "Nobody"\nmentor = "Bo"\n', "“Nobody” is not among the mentees."),
        ("[weights]\nskills = 0\n[perspective]\ndimensions = ['Shoe size']\n", "Shoe size"),
        ('[[pin]]\nmentee="Ana"\nmentor="Bo"\n[[forbid]]\nmentee="Ana"\nmentor="Bo"\n', "Ana and Bo, pinned"),
    ],
)
def test_rules_that_cannot_be_kept(match, tmp_path, rules, said):
    (tmp_path / "rules.toml").write_text(rules)
    done = match({"p.csv": SIMPLE}, "--rules", str(tmp_path / "rules.toml"))
    assert done.exit_code == 2
    assert said in done.stderr
    assert not (tmp_path / "out.xlsx").exists()


def test_a_lowest_score_goes_with_its_objective(match):
    assert match({"p.csv": SIMPLE}, "--min-score", "3").exit_code == 2
    assert match({"p.csv": SIMPLE}, "--objective", "min_pair_score").exit_code == 2
    assert match({"p.csv": SIMPLE}, "--objective", "min_pair_score", "--min-score", "3").exit_code == 0


@pytest.mark.parametrize("objective", match_people.OBJECTIVES)
def test_every_objective_on_the_sample(objective, tmp_path):
    lowest = ["--min-score", "4000"] if objective == "min_pair_score" else []
    out = tmp_path / "out.xlsx"
    done = CliRunner().invoke(
        wayfellow, ["match", "people", str(SAMPLE), "--out", str(out), "--objective", objective, *lowest]
    )
    assert done.exit_code == 0, done.output
    assert out.exists()


def test_any_order_of_rows_gives_the_same_report(tmp_path):
    head, *rows = SAMPLE.read_text(encoding="utf-8").splitlines()
    reports = set()
    for order in (rows, rows[::-1], sorted(rows)):
        (tmp_path / "mentoring.csv").write_text("\n".join([head, *order]), encoding="utf-8")
        out, report = tmp_path / "o.xlsx", tmp_path / "o.json"
        done = CliRunner().invoke(
            wayfellow,
            ["match", "people", str(tmp_path / "mentoring.csv"), "--out", str(out), "--report", str(report)],
        )
        assert done.exit_code == 0, done.output
        reports.add(report.read_bytes())
    assert len(reports) == 1


def test_the_same_input_gives_the_same_bytes(match, tmp_path):
    def written():
        match({"p.csv": SIMPLE})
        return [(tmp_path / name).read_bytes() for name in ("out.xlsx", "out.json")]

    before = written()
    time.sleep(2.1)  # the clock inside an XLSX file counts in steps of two seconds
    assert written() == before


def test_progress_above_a_second(monkeypatch, capfd):
    monkeypatch.setattr(match_people, "_QUIET_FOR", 0.05)
    with match_people._Progress() as progress:
        progress("matching 3 mentees with 2 mentors")
        time.sleep(0.2)
        progress("finding reasons")
    said = capfd.readouterr().err.splitlines()
    assert said[0].startswith("Matching 3 mentees with 2 mentors … 0 s")
    assert said[-1].startswith("Finding reasons")


def test_below_a_second_nothing_is_said(capfd):
    with match_people._Progress() as progress:
        progress("matching")
    assert capfd.readouterr().err == ""


def test_runs_without_the_server(tmp_path):
    done = run_without(
        SERVER_ONLY,
        "from wayfellow.cli import main\nmain(sys.argv[1:])",
        *("match", "people", str(SAMPLE), "--out", str(tmp_path / "out.xlsx")),
    )
    assert done.returncode == 0, done.stderr
    assert (tmp_path / "out.xlsx").exists()


def test_as_a_process(tmp_path):
    done = subprocess.run(
        [sys.executable, "-m", "wayfellow", "match", "people", SAMPLE, "--out", tmp_path / "out.xlsx"],
        capture_output=True,
        text=True,
        env={"PYTHONPATH": str(ROOT / "src"), "PATH": ""},
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert "mentees have a mentor" in done.stdout
