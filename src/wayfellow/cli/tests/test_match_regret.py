"""`wayfellow match regret`: what each mentor would cost a cohort."""

import json

import pytest
from click.testing import CliRunner

from wayfellow.cli import wayfellow

FILES = {
    "mentees.csv": "mentee_id,want\nines,1\namara,1\nzoe,1\n",
    "mentors.csv": "mentor_id,capacity,minimum\nli,1,0\neva,1,0\nbo,1,0\nno,1,0\n",
    "pairs.csv": "mentee_id,mentor_id,score,allowed\n"
    "ines,li,70,1\nines,eva,90,1\namara,li,1000,1\namara,eva,95,1\nines,bo,60,1\nines,no,60,0\nzoe,eva,1,1\n",
}


@pytest.fixture
def regret(tmp_path):
    """`regret("--mentee", "ines")`: the command on a folder of good files."""
    for name, text in FILES.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    return lambda *options: CliRunner().invoke(wayfellow, ["match", "regret", str(tmp_path), *options])


def test_csv(regret):
    done = regret("--mentee", "ines", "--format", "csv")
    assert (done.exit_code, done.stderr) == (0, "")
    assert done.stdout.splitlines() == [
        "mentor_id,participation_lost,pairs_lost,score_lost,moves",
        "bo,0,0,0,0",
        "eva,1,1,-29,2",
        "li,1,1,896,3",
        "no,,,,0",
    ]


def test_json(regret):
    done = regret("--mentee", "ines", "--format", "json")
    assert (done.exit_code, done.stderr) == (0, "")
    found = json.loads(done.stdout)
    assert [one["mentor_id"] for one in found] == ["bo", "eva", "li", "no"]
    assert found[1] == {"mentor_id": "eva", "participation_lost": 1, "pairs_lost": 1, "score_lost": -29, "moves": 2}
    assert (found[3]["participation_lost"], found[3]["pairs_lost"], found[3]["score_lost"]) == (None, None, None)


def test_text(regret):
    done = regret("--mentee", "ines")
    assert (done.exit_code, done.stderr) == (0, "")
    lines = done.stdout.splitlines()
    assert lines[0].split() == ["mentor_id", "participation_lost", "pairs_lost", "score_lost", "moves"]
    assert [line.split() for line in lines[1:]] == [
        ["bo", "0", "0", "0", "0"],
        ["eva", "1", "1", "-29", "2"],
        ["li", "1", "1", "896", "3"],
        ["no", "–", "–", "–", "0"],
    ]
    assert len({len(line) for line in lines}) == 1


def test_unknown_mentee(regret):
    done = regret("--mentee", "Ines")
    assert (done.exit_code, done.stdout) == (2, "")
    assert done.stderr == "--mentee: 'Ines' is not among the mentees of mentees.csv\n"


def test_bad_cells(regret, tmp_path):
    done = regret("--mentee", "ines")
    (tmp_path / "mentors.csv").write_text("mentor_id,capacity\nli,1\n")
    done = regret("--mentee", "ines")
    assert (done.exit_code, done.stdout) == (2, "")
    assert done.stderr == "mentors.csv line 1, column 'minimum': there is no such column\n"


def test_no_mentors(regret, tmp_path):
    for name in ("mentors.csv", "pairs.csv"):
        (tmp_path / name).write_text(FILES[name].splitlines()[0])
    assert regret("--mentee", "ines", "--format", "json").stdout == "[]\n"
    assert regret("--mentee", "ines", "--format", "csv").stdout.count("\n") == 1
