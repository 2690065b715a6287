"""What `pip install` gets."""

import subprocess
import sys
import zipfile

import pytest

from tests.architecture.places import ROOT


@pytest.fixture(scope="module")
def wheel(tmp_path_factory):
    folder = tmp_path_factory.mktemp("wheel")
    done = subprocess.run(
        [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    [path] = folder.glob("*.whl")
    with zipfile.ZipFile(path) as archive:
        yield archive


def test_holds_what_is_needed_to_run(wheel):
    names = wheel.namelist()
    assert "wayfellow/cli/__init__.py" in names
    assert any(name.startswith("wayfellow/web/templates/") for name in names)
    assert any(name.startswith("wayfellow/web/static/") for name in names)
    assert "wayfellow/locale/de/LC_MESSAGES/django.mo" in names
    assert any(name.endswith("/licenses/LICENSE") for name in names)


def test_leaves_tests_out(wheel):
    assert [name for name in wheel.namelist() if "/tests/" in name] == []


def test_metadata(wheel):
    [metadata] = [name for name in wheel.namelist() if name.endswith("/METADATA")]
    text = wheel.read(metadata).decode()
    assert "License-Expression: Apache-2.0" in text
    assert "Requires-Python: >=3.11" in text
    assert "Requires-Dist: django~=5.2.0; extra == 'server'" in text
    [points] = [name for name in wheel.namelist() if name.endswith("/entry_points.txt")]
    assert "wayfellow = wayfellow.cli:main" in wheel.read(points).decode()
