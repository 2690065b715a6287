"""The locked dependencies."""

import re
import tomllib

import pytest

from tests.architecture.places import ROOT

LOCKS = sorted((ROOT / "requirements").glob("*.lock"))
PIN = re.compile(r"^([a-z0-9][a-z0-9-]*)(?:\[[a-z,-]+\])?==(\S+)", re.MULTILINE)


def pins(name: str) -> dict[str, str]:
    return dict(PIN.findall((ROOT / "requirements" / f"{name}.lock").read_text()))


def test_there_is_one_for_each_way_to_install_and_for_each_peer_of_a_benchmark():
    groups = tomllib.loads((ROOT / "pyproject.toml").read_text())["dependency-groups"]
    benches = sorted(name for name in groups if name.startswith("bench-"))
    assert sorted(path.stem for path in LOCKS) == sorted(["base", "server", "test", *benches])


@pytest.mark.parametrize("path", LOCKS, ids=lambda path: path.stem)
def test_lock_holds_no_address(path):
    assert not re.search(r"https?:|file:|--index|--find-links|@ ", path.read_text())


@pytest.mark.parametrize("path", LOCKS, ids=lambda path: path.stem)
def test_every_pin_has_hashes(path):
    for entry in re.split(r"\n(?=\S)", path.read_text().strip()):
        assert "==" in entry.splitlines()[0], entry
        assert "--hash=sha256:" in entry, entry


def test_what_serves_is_what_was_tested():
    assert pins("base").items() <= pins("server").items() <= pins("test").items()


def test_locks_cover_what_is_declared():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())

    def names(requirements: list[str]) -> set[str]:
        return {re.match(r"[A-Za-z0-9-]+", entry)[0].lower() for entry in requirements}

    declared = names(project["project"]["dependencies"])
    assert declared <= pins("base").keys()
    extras = project["project"]["optional-dependencies"]
    assert "wayfellow[impact]" in extras["server"]
    declared |= names([entry for entry in extras["server"] if entry != "wayfellow[impact]"])
    declared |= names(extras["impact"])
    assert declared <= pins("server").keys()
    assert declared | names(project["dependency-groups"]["test"]) <= pins("test").keys()


def test_what_gives_the_numbers_of_a_roll_out_is_pinned():
    assert pins("server")["diff-diff"] == "3.13.0"
