"""Every door states who may call it, and the system checks are quiet."""

import pytest
from django.core.checks import run_checks

from wayfellow.core.access import Access, walk_views


@pytest.mark.parametrize(
    ("route", "pattern"), [pytest.param(*entry, id=f"/{entry[0]} {entry[1].name}") for entry in walk_views()]
)
def test_view_states_access(route, pattern):
    assert isinstance(getattr(pattern.callback, "access", None), Access)


def test_there_are_views():
    assert len(walk_views()) > 20


def test_system_checks_find_nothing():
    assert run_checks() == []
