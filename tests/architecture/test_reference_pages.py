"""The pages written from the code say what the code says."""

import os
import subprocess
import sys

import pytest

from tests.architecture.places import ROOT
from wayfellow.cli.pages import PAGES


@pytest.fixture(scope="module")
def written(tmp_path_factory):
    """The pages as a process of its own writes them: click remembers the help of commands that other tests ran."""
    folder = tmp_path_factory.mktemp("pages")
    environment = dict(os.environ, PYTHONPATH=str(ROOT / "src"), WAYFELLOW_HOME=str(folder))
    subprocess.run([sys.executable, "-m", "wayfellow.cli.pages", folder], check=True, env=environment)
    return folder


@pytest.mark.parametrize("name", PAGES)
def test_page_is_current(written, name):
    assert (ROOT / "docs" / name).read_text(encoding="utf-8") == (written / name).read_text(encoding="utf-8")
