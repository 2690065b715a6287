"""`wayfellow survey score`, as a person at the command line sees it."""

import json
import os
import stat
import subprocess
import sys

import pytest

from wayfellow.cli import main
from wayfellow.cli.tests.conftest import SOURCE
from wayfellow.impact.tests.test_scoring import INSTRUMENT, answers_of


@pytest.fixture
def files(tmp_path):
    (tmp_path / "I.toml").write_text(INSTRUMENT)
    (tmp_path / "r.csv").write_text("\n".join(answers_of(60)))
    return tmp_path


@pytest.fixture
def run(files, capsysbinary, monkeypatch):
    """Run `wayfellow survey score` in the folder; exit code, standard output, standard error."""
    monkeypatch.chdir(files)

    def go(*arguments, instrument="I.toml", responses="r.csv"):
        with pytest.raises(SystemExit) as ended:
            main(["survey", "score", instrument, "--responses", responses, *arguments])
        out, err = capsysbinary.readouterr()
        return ended.value.code, out, err.decode()

    return go


def apart(command, folder):
    """Run a command in a process of its own."""
    return subprocess.run(
        command,
        cwd=folder,
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
        env={**os.environ, "PYTHONPATH": str(SOURCE)},
    )


def test_json_is_the_default(run):
    code, out, err = run()
    assert (code, err) == (0, "")
    found = json.loads(out)
    assert list(found) == ["schema", "instrument", "version", "language", "licence", "subscales", "warnings", "refused"]
    assert found["schema"] == "wayfellow-survey-scores/1"
    assert [one["name"] for one in found["subscales"]] == ["trust"]


def test_files_are_written_and_nothing_is_printed(run, files):
    assert run("--out", "s.json", "--people", "p.csv") == (0, b"", "")
    assert (files / "s.json").read_bytes() == run()[1]
    lines = (files / "p.csv").read_text().splitlines()
    assert lines[0] == "id,trust"
    assert len(lines) == 61


def test_people_are_in_their_own_file_only(run, files):
    out = run("--people", "p.csv")[1]
    assert b"p17" not in out
    assert b"p17" not in run("--format", "text")[1]


def test_text_for_a_person(run):
    code, out, _ = run("--format", "text")
    assert code == 0
    text = out.decode()
    assert text.startswith("Mentoring check, version 1, language en, licence CC0-1.0\n")
    assert "trust" in text and "alpha" in text


def test_text_says_what_is_warned_and_refused(run, files):
    (files / "r.csv").write_text("\n".join(answers_of(60, like=0.1)))
    text = run("--format", "text")[1].decode()
    assert "Warning (alpha_low): “trust”" in text
    assert "Refused (subscale_comparison): “trust”" in text


def test_order_of_rows_changes_nothing(run, files):
    first = run("--people", "p.csv")[1], (files / "p.csv").read_bytes()
    header, *rows = (files / "r.csv").read_text().splitlines()
    (files / "r.csv").write_text("\r\n".join([f"\ufeff{header}", *reversed(rows)]))
    assert (run("--people", "p.csv")[1], (files / "p.csv").read_bytes()) == first


def test_bad_input_names_the_place_and_writes_nothing(run, files):
    (files / "r.csv").write_text("id,q1,q2,q3\na,1,2,3\nb,9,x,\n")
    assert run("--out", "s.json", "--people", "p.csv") == (
        2,
        b"",
        "r.csv line 3, column 'q1': '9' is not a whole number from 1 to 5\n"
        "r.csv line 3, column 'q2': 'x' is not a whole number from 1 to 5\n",
    )
    assert sorted(path.name for path in files.iterdir()) == ["I.toml", "r.csv"]


def test_a_bad_instrument_names_the_key(run, files):
    (files / "I.toml").write_text(INSTRUMENT.replace('licence = "CC0-1.0"\n', "").replace("max = 5", "max = 0"))
    code, out, err = run()
    assert (code, out) == (2, b"")
    assert err.splitlines() == [
        "I.toml, key 'licence': is required",
        "I.toml, key 'scale.max': '0' is not more than min, '1'",
    ]


@pytest.mark.parametrize("which", ["instrument", "responses"])
@pytest.mark.parametrize("content", [None, b"", b"\xff\xfe", b"\x00\x01\x02", b"a = [", b'"', b"[" * 20_000])
def test_files_that_are_none_of_ours(run, files, which, content):
    path = files / "bad"
    if content is not None:
        path.write_bytes(content)
    code, out, err = run(**{which: "bad"})
    assert (code, out) == (2, b"")
    assert err.startswith("bad")
    assert "Traceback" not in err


@pytest.mark.parametrize("which", ["instrument", "responses"])
def test_a_folder_is_no_file(run, which):
    code, _, err = run(**{which: "."})
    assert code == 2
    assert err == ".: cannot be read: Is a directory\n"


@pytest.mark.parametrize("option", ["--out", "--people"])
@pytest.mark.parametrize("place", [".", "nowhere/s.json", "r.csv", "I.toml"])
def test_outputs_that_cannot_be_written(run, files, option, place):
    before = {path.name: path.read_bytes() for path in files.iterdir()}
    code, out, err = run(option, place)
    assert (code, out) == (2, b"")
    assert err.startswith(f"{option} {place}: ")
    assert {path.name: path.read_bytes() for path in files.iterdir()} == before


def test_two_outputs_are_two_files(run):
    assert run("--out", "s", "--people", "s")[0] == 2


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write anywhere")
def test_a_folder_that_may_not_be_written(run, files):
    (files / "shut").mkdir()
    (files / "shut").chmod(stat.S_IRUSR | stat.S_IXUSR)
    assert run("--out", "shut/s.json")[0] == 2


def test_responses_are_asked_for(capsys):
    with pytest.raises(SystemExit) as ended:
        main(["survey", "score", "I.toml"])
    assert ended.value.code == 2
    assert "--responses" in capsys.readouterr().err


@pytest.mark.parametrize("end", ["| head -1", "> /dev/full"])
def test_a_reader_that_goes_away_or_is_full_gets_no_traceback(files, end):
    command = f"{sys.executable} -m wayfellow survey score I.toml --responses r.csv {end}"
    done = apart(["/bin/sh", "-c", command], files)
    assert "Traceback" not in done.stderr and "unexpected" not in done.stderr
    assert done.returncode == (0 if "head" in end else 2)


def test_bad_input_loads_no_statistics_library(files):
    (files / "r.csv").write_text("id,q1,q2,q3\na,9,2,3\n")
    code = (
        "import sys\nfrom wayfellow.cli import main\n"
        "try: main(['survey', 'score', 'I.toml', '--responses', 'r.csv'])\n"
        "except SystemExit as ended: print(ended.code, sorted(sys.modules))"
    )
    done = apart([sys.executable, "-c", code], files)
    assert done.stdout.startswith("2 ")
    for heavy in ("'statsmodels'", "'scipy'", "'pandas'", "'diff_diff'", "'typst'", "'django'"):
        assert heavy not in done.stdout
