"""Bad input: each kind is named with its file, line and column or key; exit 2, nothing written, no traceback."""

import gzip
import os
import subprocess
import sys
import time

import pytest
from click.testing import CliRunner

from wayfellow.cli import wayfellow
from wayfellow.impact import BadInput, read_people, read_plan
from wayfellow.impact.tests.cases import outcome, panel, plan_text, two_groups, write

TIMED = '[[outcome]]\nname = "left"\nkind = "time-to-event"\nrole = "primary"\nhorizon = 12\n'
DATED = TIMED + 'event_date = "left_on"\nend_date = "until"\nunit = "months"\n'
BINARY = outcome("promotion", column="promoted_18m", kind="binary")


def problems_of_plan(folder, text):
    (folder / "PLAN.toml").write_text(text)
    with pytest.raises(BadInput) as caught:
        read_plan(folder / "PLAN.toml")
    return [str(problem).replace(f"{folder}/", "") for problem in caught.value.problems]


def problems_of_people(folder, text, csv):
    (folder / "PLAN.toml").write_text(text)
    (folder / "people.csv").write_bytes(csv if isinstance(csv, bytes) else csv.encode())
    with pytest.raises(BadInput) as caught:
        read_people(folder / "people.csv", read_plan(folder / "PLAN.toml"))
    return [str(problem).replace(f"{folder}/", "") for problem in caught.value.problems]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (plan_text().replace("wayfellow-impact-plan/1", "other/2"), "key 'schema': 'other/2' is not 'wayfellow"),
        (plan_text(top="seed = 1.5"), "key 'seed': '1.5' is not a whole number"),
        (plan_text(top="seed = -1"), "key 'seed': '-1' is not"),
        (plan_text(top="sead = 1"), "key 'sead': unknown key 'sead'"),
        (plan_text("raffle"), "key 'design': 'raffle' is not one of lottery"),
        (plan_text(columns='mentor = "m"'), "key 'columns.mentor': unknown key 'mentor'"),
        (plan_text(columns='covariates = [{column = "x", kind = "text"}]'), "'text' is not one of number, category"),
        (plan_text(columns='covariates = ["x", "x"]'), "'x' stands there twice"),
        (plan_text().replace('arm = "arm"', ""), "key 'columns.arm': is required"),
        (plan_text("roll-out"), "key 'columns.period': is required"),
        (plan_text("before-after"), "key 'outcome 1.baseline': is required"),
        (plan_text(outcomes=outcome(role="secondary")), "key 'outcome.role': exactly one outcome must have"),
        (plan_text(outcomes=outcome() + outcome("other")), "key 'outcome.role': exactly one outcome must have"),
        (plan_text(outcomes=outcome() + outcome(role="placebo")), "key 'outcome 2.name': 'score' stands there twice"),
        (plan_text(outcomes=outcome(kind="count")), "key 'outcome 1.kind': 'count' is not one of binary"),
        (plan_text(outcomes=outcome(more="horizon = 3")), "key 'outcome 1.horizon': is not a key of a continuous"),
        (plan_text(outcomes=outcome(more="colour = 3")), "key 'outcome 1.colour': unknown key"),
        (plan_text(outcomes=TIMED + 'time = "t"\n'), "key 'outcome 1.event': is required"),
        (plan_text(outcomes=DATED), "dates need a column index_date"),
        (plan_text(analysis='method = "magic"'), "key 'analysis.method': 'magic' is not one of regression"),
        (plan_text(analysis='method = "entropy"'), "key 'analysis.method': 'entropy' is not one of"),
        (plan_text(analysis="level = 95"), "key 'analysis.level': '95' is not between 0 and 1"),
        (plan_text(analysis='se = "HC9"'), "key 'analysis.se': 'HC9' is not one of HC2"),
        (plan_text() + "[privacy]\nk = 4\n", "key 'privacy.k': '4' is not a whole number of at least 5"),
        (plan_text() + "[expect]\npower = 2\n", "key 'expect.power': '2' is not between 0 and 1"),
        (plan_text() + "[expect]\nper_arm = [1]\n", "key 'expect.per_arm': '[1]' is not two whole numbers"),
        ("title = ", "PLAN.toml line 1: is not TOML"),
    ],
)
def test_a_bad_plan(tmp_path, text, told):
    found = problems_of_plan(tmp_path, text)
    assert any(told in problem for problem in found), found
    assert all(problem.startswith("PLAN.toml") for problem in found)


def test_every_problem_of_a_plan_is_told_at_once(tmp_path):
    text = plan_text(top="seed = -1", analysis='se = "x"\nlevel = 2') + "[privacy]\nk = 1\n"
    assert len(problems_of_plan(tmp_path, text)) == 4


@pytest.mark.parametrize(
    ("plan", "csv", "told"),
    [
        (plan_text(outcomes=BINARY), "id,arm,promoted_18m\na,1,1\nb,0,yes\n",
         "people.csv line 3, column 'promoted_18m': 'yes' is not one of 0, 1"),
        (plan_text(), "id,arm,y\na,1,3\nb,0,NA\n", "people.csv line 3, column 'y': 'NA' is not a number"),
        (plan_text(), "id,arm,y\na,1,inf\n", "people.csv line 2, column 'y': 'inf' is not a number"),
        (plan_text(), "id,arm,y\na,1,1e99\n", "people.csv line 2, column 'y': '1e99' is not between"),
        (plan_text(), "id,arm,y\na,2,1\n", "people.csv line 2, column 'arm': '2' is not one of 0, 1"),
        (plan_text(), "id,arm,y\na,,1\n", "people.csv line 2, column 'arm': is empty"),
        (plan_text(), "id,arm,y\n,1,1\n", "people.csv line 2, column 'id': is empty"),
        (plan_text(), "id,arm,y\nP1,1,1\nP2,1,1\nP1,1,1\n",
         "people.csv line 4, column 'id': 'P1' is there twice; first on line 2"),
        (plan_text(), "id,arm,y\na,1\n", "people.csv line 2: has 2 cells where the header has 3"),
        (plan_text(), "id,arm\na,1\n", "people.csv line 1, column 'y': is not in the header"),
        (plan_text(), "id,arm,y,y\na,1,1,1\n", "people.csv line 1, column 'y': stands in the header more than once"),
        (plan_text(), "id,arm,y\n", "people.csv line 1: has a header but no rows"),
        (plan_text(), "", "people.csv line 1: has no header"),
        (plan_text(), b"id,arm,y\na,1,\xff\n", "people.csv line 2: is not UTF-8 text"),
        (plan_text(), b"id,arm,y\na,1,\x00\n", "people.csv line 2: is not a text file"),
        (plan_text(), 'id,arm,y\na,1,"3\n', "people.csv line 2: is not CSV"),
        (plan_text(), b"\x1f\x8bnothing", "people.csv: cannot be unpacked"),
        (plan_text(), 'id,arm,y\n"a\nb",1,1\nc,1,no\n', "people.csv line 4, column 'y': 'no' is not a number"),
        (plan_text(columns='took_part = "took"'), "id,arm,took,y\na,1,,1\n", "line 2, column 'took': is empty"),
        (plan_text(outcomes=TIMED + 'time = "t"\nevent = "e"\n'), "id,arm,t,e\na,1,-1,3\n",
         "people.csv line 2, column 'e': '3' is not one of 0, 1, 2"),
        (plan_text(outcomes=TIMED + 'time = "t"\nevent = "e"\n'), "id,arm,t,e\na,1,-1,0\n", "'-1' is less than 0"),
        (plan_text(outcomes=DATED, columns='index_date = "start"'),
         "id,arm,start,left_on,until\na,1,2025-03-01,2025-02-28,2026-01-01\n",
         "people.csv line 2, column 'left_on': '2025-02-28' is before the index date"),
        (plan_text(outcomes=DATED, columns='index_date = "start"'),
         "id,arm,start,left_on,until\na,1,01.03.2025,,2026-01-01\n",
         "people.csv line 2, column 'start': '01.03.2025' is not a date like"),
        (plan_text(outcomes=DATED, columns='index_date = "start"'),
         "id,arm,start,left_on,until\na,1,2025-02-30,,2026-01-01\n", "'2025-02-30' is not a date like"),
        (plan_text("roll-out", columns='period = "p"\nfirst_period = "f"'), "id,p,f,y\na,1,3,1\na,2,4,1\n",
         "people.csv line 3, column 'f': '4' differs from line 2"),
        (plan_text("roll-out", columns='period = "p"\nfirst_period = "f"'), "id,p,f,y\na,1,3,1\na,1,3,1\n",
         "people.csv line 3, column 'id': 'a' is there twice for period 1; first on line 2"),
    ],
)  # fmt: skip
def test_bad_people(tmp_path, plan, csv, told):
    found = problems_of_people(tmp_path, plan, csv)
    assert any(told in problem for problem in found), found
    assert all("\n" not in problem and problem.startswith("people.csv") for problem in found)


def test_every_problem_of_a_file_is_told_in_order(tmp_path):
    rows = "".join(f"P{at},{at % 3},x\n" for at in range(6))
    found = problems_of_people(tmp_path, plan_text(), "id,arm,y\n" + rows)
    assert len(found) == 8
    lines = [int(problem.split("line ")[1].split(",")[0]) for problem in found]
    assert lines == sorted(lines)


def test_good_oddities(tmp_path):
    text = b"\xef\xbb\xbfy,id,arm,more\r\n1.5,a,1,yes\r\n\r\n,b,0,no\r\n"
    (tmp_path / "PLAN.toml").write_text(plan_text())
    (tmp_path / "people.csv.gz").write_bytes(gzip.compress(text))
    people = read_people(tmp_path / "people.csv.gz", read_plan(tmp_path / "PLAN.toml"))
    assert people.count == 2


class TestCommand:
    def run(self, *arguments):
        return CliRunner().invoke(wayfellow, ["impact", *map(str, arguments)])

    def test_bad_people_write_nothing(self, tmp_path):
        plan, people = write(tmp_path, plan_text(), two_groups(20) | {"y": ["x"] * 20})
        out = tmp_path / "report.json"
        done = self.run("analyse", plan, "--data", people, "--out", out)
        assert (done.exit_code, done.stdout, out.exists()) == (2, "", False)
        assert len(done.stderr.splitlines()) == 20
        assert done.stderr.startswith(f"{people} line 2, column 'y': 'x' is not a number")

    def test_paths_that_cannot_be(self, tmp_path):
        plan, people = write(tmp_path, plan_text(), two_groups(20))
        for arguments in (
            ("analyse", tmp_path / "none.toml", "--data", people),
            ("analyse", tmp_path, "--data", people),
            ("analyse", plan, "--data", tmp_path),
            ("analyse", plan, "--data", tmp_path / "none.csv"),
            ("analyse", plan, "--data", people, "--out", tmp_path),
            ("analyse", plan, "--data", people, "--out", tmp_path / "none" / "report.json"),
            ("analyse", plan, "--data", people, "--out", people),
            ("analyse", people, "--data", people),
            ("lock", tmp_path),
            ("plan", tmp_path / "none.toml"),
            ("plan", plan),  # without people per arm
        ):
            done = self.run(*arguments)
            assert done.exit_code == 2, arguments
            assert done.stderr.strip() and "Traceback" not in done.stderr

    def test_a_locked_plan_that_changed(self, tmp_path):
        plan, people = write(tmp_path, plan_text(), two_groups(40))
        first = self.run("analyse", plan, "--data", people)
        done = self.run("lock", plan)
        line = done.stdout.strip()
        assert done.exit_code == 0 and line.startswith('locked = "sha256:')
        assert plan.read_text().splitlines()[0] == line
        assert self.run("lock", plan).stdout.strip() == line
        locked = self.run("analyse", plan, "--data", people)
        assert '"plan_locked": false' in first.stdout and '"plan_locked": true' in locked.stdout
        assert line.split(":")[1].strip('"') in locked.stdout
        plan.write_text(plan.read_text().replace("seed = 7", "seed = 8"))
        for command in (("analyse", plan, "--data", people), ("lock", plan), ("plan", plan)):
            done = self.run(*command)
            assert (done.exit_code, done.stdout) == (3, "")
            assert "was changed after it was locked" in done.stderr
        done = self.run("analyse", plan, "--data", people, "--exploratory")
        assert done.exit_code == 0 and '"exploratory": true' in done.stdout

    def test_bad_input_is_answered_at_once(self, tmp_path):
        plan, people = write(tmp_path, plan_text(), two_groups(20_000) | {"y": ["x"] * 20_000})
        source = os.environ | {"PYTHONPATH": os.pathsep.join(sys.path)}
        code = (
            "import sys, time; start = time.perf_counter(); from wayfellow.cli import wayfellow\n"
            f"try: wayfellow.main(['impact', 'analyse', {str(plan)!r}, '--data', {str(people)!r}])\n"
            "finally: print([m for m in ('statsmodels', 'diff_diff', 'scipy.stats', 'pandas') if m in sys.modules])"
        )
        began = time.process_time()
        done = subprocess.run([sys.executable, "-c", code], env=source, capture_output=True, text=True, check=False)
        assert (done.returncode, done.stdout.strip()) == (2, "[]")
        assert time.process_time() - began < 1


def test_a_panel_reads(tmp_path):
    plan, people = write(
        tmp_path, plan_text("roll-out", columns='period = "period"\nfirst_period = "first_period"'), panel()
    )
    assert read_people(people, read_plan(plan)).count == 60
