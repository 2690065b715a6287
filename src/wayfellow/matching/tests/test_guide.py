"""The examples in the guide for analysts and in the package's own words do what they say."""

import doctest
import importlib
import pkgutil
from pathlib import Path

import pytest

import wayfellow.matching

GUIDE = Path(__file__).resolve().parents[4] / "docs" / "guides" / "analysts.md"
MODULES = [
    "wayfellow.matching",
    *(
        name
        for _, name, _ in pkgutil.walk_packages(wayfellow.matching.__path__, "wayfellow.matching.")
        if ".tests" not in name
    ),
]


def test_guide():
    done = doctest.testfile(str(GUIDE), module_relative=False, encoding="utf-8")
    assert (done.failed, done.attempted > 10) == (0, True)


@pytest.mark.parametrize("name", MODULES)
def test_examples_in_modules(name):
    assert doctest.testmod(importlib.import_module(name)).failed == 0


def test_the_public_names_are_all_there():
    assert sorted(wayfellow.matching.__all__) == wayfellow.matching.__all__
    for name in wayfellow.matching.__all__:
        assert getattr(wayfellow.matching, name).__doc__
    with pytest.raises(AttributeError, match="no attribute 'nobody'"):
        _ = wayfellow.matching.nobody
