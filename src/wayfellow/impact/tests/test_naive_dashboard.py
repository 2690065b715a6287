"""The guide on naive dashboards: its commands, run, give its figures."""

import json
import re
import shlex
from pathlib import Path

import pytest
from click.testing import CliRunner

from wayfellow.cli.impact import impact

GUIDE = Path(__file__).resolve().parents[4] / "docs" / "guides" / "naive-dashboard.md"
pytest.importorskip("statsmodels")
pytest.importorskip("diff_diff")


def commands():
    return [shlex.split(line)[2:] for line in re.findall(r"^wayfellow impact .*$", GUIDE.read_text(), re.M)]


def rows(heading):
    """The table that follows a heading, as lists of cells without its head."""
    part = GUIDE.read_text().split(f"## {heading}\n")[1].split("\n## ")[0]
    lines = [line for line in part.splitlines() if line.startswith("|")]
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in lines[2:]]


@pytest.fixture(scope="module")
def reports(tmp_path_factory):
    folder = tmp_path_factory.mktemp("dashboard")
    found = {}
    for words in commands():
        if words[0] != "simulate":
            continue
        name = words[1]
        words[words.index("--out") + 1] = str(folder / name)
        assert CliRunner().invoke(impact, words).exit_code == 0
        files = [str(folder / name / "PLAN.toml"), "--data", str(folder / name / "people.csv")]
        done = CliRunner().invoke(impact, ["analyse", *files])
        assert done.exit_code == 0, done.output
        found[name] = json.loads(done.stdout)
    return found


def told(value):
    return f"{value:+.2f}".replace("-", "−")


def test_the_dashboard_shows_what_the_guide_says(reports):
    for company, _, figure, interval in rows("The dashboard"):
        outcome = reports[company]["outcomes"][0]
        shown = outcome if company == "before-after" else outcome["unadjusted"]
        assert (figure, interval) == (told(shown["estimate"]), " to ".join(map(told, shown["ci"])))
        assert shown["ci"][0] > 0


def test_ours_says_what_the_guide_says(reports):
    told_rows = rows("What `wayfellow impact` says")
    assert [row[0] for row in told_rows] == ["before-after", "comparison", "roll-out", "lottery"]
    for company, rung, claim, estimate, interval in told_rows:
        report = reports[company]
        outcome = report["outcomes"][0]
        assert (int(rung), claim) == (report["design"]["rung"], outcome["claim"])
        assert (estimate, interval) == (told(outcome["estimate"]), " to ".join(map(told, outcome["ci"])))


def test_what_is_quoted_is_said(reports):
    quoted = " ".join(re.search(r"\*\*before-after\*\*: \"(.*?)\"", GUIDE.read_text(), re.S)[1].split())
    assert quoted in " ".join(reports["before-after"]["sentences"])
    assert "not ruled out" in " ".join(reports["comparison"]["sentences"])
    refused = {one["code"] for one in reports["comparison"]["refused"]}
    assert "unadjusted_as_effect" in refused
