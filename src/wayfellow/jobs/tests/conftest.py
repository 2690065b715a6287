from collections.abc import Iterator

import pytest

from wayfellow.jobs.tests import tasks


@pytest.fixture(autouse=True)
def forgotten() -> Iterator[None]:
    """What the tasks of other tests left behind is forgotten."""
    tasks.forget()
    yield
    tasks.go_on.set()
