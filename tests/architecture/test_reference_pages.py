"""The pages written from the code say what the code says."""

import pytest

from tests.architecture.places import ROOT
from wayfellow.cli.pages import PAGES


@pytest.mark.parametrize("name", PAGES)
def test_page_is_current(name):
    assert (ROOT / "docs" / name).read_text(encoding="utf-8") == PAGES[name](), "run ./dev docs"
