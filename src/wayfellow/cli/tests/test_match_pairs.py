"""`wayfellow match pairs`: files in, pairs and report out, or a message and nothing."""

import json
import subprocess
import sys
from dataclasses import replace
from typing import get_args

import click
import pytest
from click.testing import CliRunner

from wayfellow import __version__
from wayfellow.cli import match_pairs, match_people, wayfellow
from wayfellow.cli.match_pairs import proven
from wayfellow.matching.pairs_files import read_folder
from wayfellow.matching.people_files import rules
from wayfellow.matching.result import ObjectiveName
from wayfellow.matching.solve import match

FILES = {
    "mentees.csv": "mentee_id,want\nines,1\namara,2\nzoe,1\ntom,0\nruth,1\n",
    "mentors.csv": "mentor_id,capacity,minimum\nli,2,1\neva,1,0\ntom,1,0\n",
    "pairs.csv": "mentee_id,mentor_id,score,allowed\n"
    "ines,li,70,1\nines,eva,90,1\namara,li,60,1\namara,eva,95,1\nzoe,li,-5,1\ntom,tom,99,1\nruth,li,50,0\nruth,tom,-80,1\n",
}


@pytest.fixture
def folder(tmp_path):
    """A folder of good files."""
    path = tmp_path / "cohort"
    path.mkdir()
    for name, text in FILES.items():
        (path / name).write_text(text, encoding="utf-8")
    return path


@pytest.fixture
def run(folder, tmp_path):
    """`run("--objective", "balanced")`: the command on the folder, its output to out.csv."""

    def run(*options):
        return CliRunner().invoke(
            wayfellow, ["match", "pairs", str(folder), "--out", str(tmp_path / "out.csv"), *options]
        )

    return run


def names(tmp_path):
    return sorted(path.name for path in tmp_path.iterdir())


def test_writes_sorted_pairs(run, tmp_path):
    done = run("--objective", "participation_score")
    assert (done.exit_code, done.stdout) == (0, "")
    assert done.stderr == "4 pairs, 4 of 5 mentees matched, total score 80, proven optimal\n"
    assert (tmp_path / "out.csv").read_bytes() == b"mentee_id,mentor_id\namara,eva\nines,li\nruth,tom\nzoe,li\n"


@pytest.mark.parametrize(
    ("options", "pairs"),
    [
        (("--objective", "free_score"), "amara,eva\namara,li\nines,li\n"),
        (("--objective", "min_pair_score", "--min-score", "60"), "amara,eva\namara,li\nines,li\n"),
        (("--objective", "min_pair_score", "--min-score", "100"), ""),
        (("--objective", "worst_first"), "amara,eva\nines,li\nruth,tom\nzoe,li\n"),
    ],
)
def test_objectives(run, tmp_path, options, pairs):
    done = run(*options)
    assert done.exit_code == 0, done.output
    assert (tmp_path / "out.csv").read_text() == "mentee_id,mentor_id\n" + pairs


def test_ids_with_commas_come_back_as_they_were(folder, run, tmp_path):
    (folder / "mentees.csv").write_bytes(b'mentee_id,want\n"Oyelunde, Amara",1\n"=1+1",1\n"a\r""b",1\n')
    (folder / "pairs.csv").write_bytes(
        b'mentor_id,mentee_id,allowed,score\nli,"Oyelunde, Amara",1,5\neva,=1+1,1,3\nli,"a\r""b",1,3\n'
    )
    assert run("--objective", "participation_score").exit_code == 0
    lines = b'mentee_id,mentor_id\n=1+1,eva\n"Oyelunde, Amara",li\n"a\r""b",li\n'
    assert (tmp_path / "out.csv").read_bytes() == lines


def test_bad_cells_write_nothing(folder, run, tmp_path):
    (folder / "pairs.csv").write_text(FILES["pairs.csv"] + "zoe,eva,4.5,1\nzoe,ann,1,1\n", encoding="utf-8")
    (folder / "mentors.csv").write_text(FILES["mentors.csv"] + "bo,1,2\n", encoding="utf-8")
    done = run("--objective", "participation_score", "--report", str(tmp_path / "report.json"))
    assert (done.exit_code, done.stdout) == (2, "")
    assert done.stderr.splitlines() == [
        "mentors.csv line 5, column 'minimum': 2 is more than the capacity, 1",
        "pairs.csv line 10, column 'score': '4.5' is not a whole number",
        "pairs.csv line 11, column 'mentor_id': 'ann' is not among the mentors",
    ]
    assert names(tmp_path) == ["cohort"]


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (("--objective", "min_pair_score"), "needs --min-score"),
        (("--objective", "free_score", "--min-score", "3"), "--min-score is for --objective min_pair_score"),
        (("--objective", "min_pair_score", "--min-score", "9" * 20), "--min-score must be between"),
        (("--objective", "min_pair_score", "--min-score", "1.5"), "'1.5' is not a valid integer"),
        (("--objective", "best"), "'best' is not one of"),
        ((), "Missing option '--objective'"),
        (("--objective", "free_score", "--seed", "-1"), "-1 is not in the range"),
    ],
)
def test_wrong_options(run, tmp_path, options, said):
    done = run(*options)
    assert done.exit_code == 2
    assert said in done.stderr
    assert names(tmp_path) == ["cohort"]


def test_output_that_cannot_be_written(folder, tmp_path):
    options = ["match", "pairs", str(folder), "--objective", "free_score", "--out", str(folder / "pairs.csv")]
    done = CliRunner().invoke(wayfellow, [*options, "--report", str(tmp_path / "away" / "report.json")])
    assert done.exit_code == 2
    assert done.stderr.splitlines() == [
        f"--out {folder / 'pairs.csv'}: this is one of the files that are read",
        f"--report {tmp_path / 'away' / 'report.json'}: there is no folder {tmp_path / 'away'}",
    ]
    assert (folder / "pairs.csv").read_text() == FILES["pairs.csv"]


def test_folder_that_is_not_there(tmp_path):
    options = ["--objective", "free_score", "--out", str(tmp_path / "out.csv")]
    done = CliRunner().invoke(wayfellow, ["match", "pairs", str(tmp_path / "away"), *options])
    assert (done.exit_code, done.stderr) == (2, f"{tmp_path / 'away'}: there is no such folder\n")


@pytest.mark.parametrize(
    "objective", ["participation_score", "free_score", "worst_first", "leximin", "balanced", "minimums"]
)
def test_nobody_is_a_result(folder, run, tmp_path, objective):
    for name, text in FILES.items():
        (folder / name).write_text(text.splitlines()[0], encoding="utf-8")
    done = run("--objective", objective, "--report", str(tmp_path / "report.json"))
    assert done.exit_code == 0, done.output
    assert (tmp_path / "out.csv").read_text() == "mentee_id,mentor_id\n"
    report = json.loads((tmp_path / "report.json").read_text())
    assert (report["pairs"], report["unmatched"], report["mentors"], report["gap"]) == ([], [], [], 0)


def test_report(run, tmp_path):
    path = tmp_path / "report.json"
    assert run("--objective", "participation_score", "--seed", "7", "--report", str(path)).exit_code == 0
    text = path.read_text(encoding="utf-8")
    report = json.loads(text)
    assert list(report) == [
        "schema",
        "engine",
        "objective",
        "seed",
        "input_sha256",
        "optimal",
        "gap",
        "pairs",
        "unmatched",
        "mentors",
        "warnings",
    ]
    assert report["schema"] == "wayfellow-match-report/1"
    assert report["engine"] == f"wayfellow {__version__}"
    assert (report["objective"], report["seed"], report["optimal"], report["gap"]) == (
        "participation_score",
        7,
        True,
        0,
    )
    assert len(report["input_sha256"]) == 64
    assert [(pair["mentee_id"], pair["mentor_id"], pair["score"], pair["points"]) for pair in report["pairs"]] == [
        ("amara", "eva", 95, {}),
        ("ines", "li", 70, {}),
        ("ruth", "tom", -80, {}),
        ("zoe", "li", -5, {}),
    ]
    assert all(set(pair) == {"mentee_id", "mentor_id", "score", "points", "reasons"} for pair in report["pairs"])
    assert all(isinstance(reason, str) and reason for pair in report["pairs"] for reason in pair["reasons"])
    assert report["unmatched"] == []
    assert report["mentors"] == [
        {"mentor_id": "eva", "capacity": 1, "load": 1},
        {"mentor_id": "li", "capacity": 2, "load": 2},
        {"mentor_id": "tom", "capacity": 1, "load": 1},
    ]
    assert report["warnings"] == []


def test_report_says_why_somebody_has_nobody(folder, run, tmp_path):
    (folder / "rules.csv").write_text("kind,mentee_id,mentor_id\nforbid,ruth,tom\n")
    (folder / "mentors.csv").write_text("mentor_id,capacity,minimum\nli,1,1\neva,1,0\ntom,1,0\n")
    assert run("--objective", "participation_score", "--report", str(tmp_path / "report.json")).exit_code == 0
    unmatched = json.loads((tmp_path / "report.json").read_text())["unmatched"]
    assert [(one["mentee_id"], one["code"]) for one in unmatched] == [
        ("ruth", "no_allowed_pair"),
        ("zoe", "mentors_full"),
    ]
    assert all(set(one) == {"mentee_id", "code", "text", "smallest_change"} for one in unmatched)
    assert all(one["text"] and one["smallest_change"] for one in unmatched)


def test_order_of_rows_changes_no_byte(folder, run, tmp_path):
    options = ("--objective", "participation_score", "--report", str(tmp_path / "report.json"))
    assert run(*options).exit_code == 0
    before = [(tmp_path / name).read_bytes() for name in ("out.csv", "report.json")]
    for name, text in FILES.items():
        header, *rows = text.splitlines()
        (folder / name).write_text("\r\n".join([header, *reversed(rows)]), encoding="utf-8-sig")
    assert run(*options).exit_code == 0
    assert [(tmp_path / name).read_bytes() for name in ("out.csv", "report.json")] == before


def test_pin_below_the_minimum_stays_with_a_warning(folder, run, tmp_path):
    (folder / "rules.csv").write_text("kind,mentee_id,mentor_id\npin,zoe,li\n")
    report = tmp_path / "report.json"
    done = run("--objective", "min_pair_score", "--min-score", "80", "--report", str(report))
    assert done.exit_code == 0, done.output
    assert "zoe,li" in (tmp_path / "out.csv").read_text()
    warnings = json.loads(report.read_text())["warnings"]
    assert len(warnings) == 1
    assert warnings[0] in done.stderr


def test_a_result_that_fails_its_check_is_a_defect(folder):
    problem = read_folder(folder)
    result = match(problem)
    assert proven(result) is result
    with pytest.raises(click.ClickException) as caught:
        proven(replace(result, chosen=result.chosen[1:]))
    assert caught.value.exit_code == 1
    assert "the result fails its own check, which is a defect" in caught.value.format_message()


def test_the_names_of_objectives_are_those_of_the_engine():
    assert get_args(ObjectiveName) == match_pairs.OBJECTIVES
    assert match_people.OBJECTIVES == rules.OBJECTIVES


def test_runs_without_the_server_extra(folder, tmp_path):
    code = (
        "import sys\n"
        "for name in ('django', 'allauth', 'granian'): sys.modules[name] = None\n"
        "from wayfellow.cli import main\nmain(sys.argv[1:])"
    )
    options = ["match", "pairs", str(folder), "--objective", "balanced", "--out", str(tmp_path / "out.csv")]
    done = subprocess.run([sys.executable, "-c", code, *options], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout) == (0, ""), done.stderr
    assert done.stderr == "4 pairs, 4 of 5 mentees matched, total score 80, proven optimal\n"
    assert (tmp_path / "out.csv").read_text().startswith("mentee_id,mentor_id\namara,eva\n")
