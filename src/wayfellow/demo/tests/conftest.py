import importlib
from collections.abc import Iterator

import pytest
from django.urls import clear_url_caches

import wayfellow.demo.urls
import wayfellow.urls


@pytest.fixture
def demo_mode(settings) -> Iterator[None]:
    """The site as `wayfellow demo` serves it."""
    settings.DEMO = True
    _read_addresses_again()
    yield
    settings.DEMO = False
    _read_addresses_again()


def _read_addresses_again() -> None:
    importlib.reload(wayfellow.demo.urls)
    importlib.reload(wayfellow.urls)
    clear_url_caches()
