"""Results are written whole or not at all."""

import os
import shutil
import stat
import tempfile
from pathlib import Path

import pytest

from wayfellow.matching.pairs_files import OutputRefused, check_outputs, write_outputs

NOBODY = 65534


def names(folder):
    return sorted(path.name for path in folder.iterdir())


def test_writes_all_and_leaves_nothing_else(tmp_path):
    out, report = tmp_path / "out.csv", tmp_path / "report.json"
    report.write_text("old")
    report.chmod(0o640)
    check_outputs({"--out": out, "--report": report})
    write_outputs({out: b"new", report: b"{}"})
    assert (out.read_bytes(), report.read_bytes()) == (b"new", b"{}")
    assert stat.S_IMODE(report.stat().st_mode) == 0o640
    assert names(tmp_path) == ["out.csv", "report.json"]


def test_follows_a_link(tmp_path):
    (tmp_path / "real.csv").write_text("old")
    (tmp_path / "link.csv").symlink_to("real.csv")
    write_outputs({tmp_path / "link.csv": b"new"})
    assert (tmp_path / "real.csv").read_bytes() == b"new"
    assert (tmp_path / "link.csv").is_symlink()


def test_a_device_stays_one(tmp_path):
    reader, writer = os.pipe()
    write_outputs({tmp_path / "out.csv": b"kept", tmp_path / f"../../../../../../../dev/fd/{writer}": b"told"})
    os.close(writer)
    with os.fdopen(reader, "rb") as pipe:
        assert pipe.read() == b"told"
    assert (tmp_path / "out.csv").read_bytes() == b"kept"


def test_second_that_fails_takes_the_first_back(tmp_path):
    first, second, third = tmp_path / "first.csv", tmp_path / "second.csv", tmp_path / "third.json"
    first.write_text("old")
    third.mkdir()
    (third / "inside").touch()
    fresh = {first: b"new", second: b"new", third / "away" / "file": b"new"}
    with pytest.raises(OutputRefused, match=r"away.file: No such file or directory"):
        write_outputs(fresh)
    assert (first.read_text(), names(tmp_path)) == ("old", ["first.csv", "third.json"])


def test_place_taken_meanwhile_takes_all_back(tmp_path, monkeypatch):
    first, second, third = tmp_path / "first.csv", tmp_path / "second.csv", tmp_path / "third.json"
    first.write_text("old")
    fsync = os.fsync

    def take_place(number):
        fsync(number)
        third.mkdir(exist_ok=True)

    monkeypatch.setattr(os, "fsync", take_place)
    third.write_text("")
    third.unlink()
    with pytest.raises(OutputRefused, match=r"third\.json"):
        write_outputs({first: b"new", second: b"new", third: b"new"})
    assert first.read_text() == "old"
    assert names(tmp_path) == ["first.csv", "third.json"]


@pytest.mark.parametrize(
    ("out", "report", "said"),
    [
        ("folder", None, "--out {folder}: this is a folder"),
        ("away/out.csv", None, "--out {out}: there is no folder {root}/away"),
        ("mentees.csv", None, "--out {out}: this is one of the files that are read"),
        ("rules.csv", None, "--out {out}: this is one of the files that are read"),
        ("folder/../mentees.csv", None, "this is one of the files that are read"),
        ("link.csv", None, "this is one of the files that are read"),
        ("hard.csv", None, "this is one of the files that are read"),
        ("same.csv", "folder/../same.csv", "this is the file of --out"),
        ("mentees.csv/out.csv", None, "there is no folder {root}/mentees.csv"),
        ("x" * 300, None, "File name too long"),
    ],
)
def test_refused(tmp_path, out, report, said):
    (tmp_path / "folder").mkdir()
    (tmp_path / "mentees.csv").touch()
    (tmp_path / "link.csv").symlink_to("mentees.csv")
    (tmp_path / "hard.csv").hardlink_to(tmp_path / "mentees.csv")
    outputs = {"--out": tmp_path / out} | ({"--report": tmp_path / report} if report else {})
    before = names(tmp_path)
    with pytest.raises(OutputRefused) as caught:
        check_outputs(outputs, inputs=[tmp_path / "mentees.csv", tmp_path / "rules.csv"])
    words = said.format(folder=tmp_path / "folder", out=tmp_path / out, root=tmp_path)
    assert words in str(caught.value)
    assert names(tmp_path) == before


@pytest.fixture
def somebody():
    """A folder, and the test as somebody who is not root: root may write everywhere."""
    folder, who = Path(tempfile.mkdtemp()), os.getresuid()
    if who[1] == 0:
        os.chown(folder, NOBODY, -1)
        os.setresuid(NOBODY, NOBODY, 0)
    yield folder
    os.setresuid(*who)
    folder.chmod(0o700)
    shutil.rmtree(folder)


def test_what_may_not_be_written_is_refused(somebody):
    (somebody / "out.csv").touch(mode=0o400)
    with pytest.raises(OutputRefused, match="this file may not be written"):
        check_outputs({"--out": somebody / "out.csv"})
    somebody.chmod(0o500)
    with pytest.raises(OutputRefused, match="may not be written to"):
        check_outputs({"--out": somebody / "new.csv"})
