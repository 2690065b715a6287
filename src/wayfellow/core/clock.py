"""The one place that reads the time. Policies and queries take `now` as an argument."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import datetime

from django.utils import timezone

_moved: ContextVar[datetime | None] = ContextVar("moved_to", default=None)


def now() -> datetime:
    """The current moment, aware, in UTC."""
    return _moved.get() or timezone.now()


@contextmanager
def moved_to(moment: datetime) -> Iterator[None]:
    """Act at another moment: for scenes and tests. It holds for this thread and stands still inside the block.

    Raises:
        ValueError: the moment names no time zone.
    """
    if moment.tzinfo is None:
        raise ValueError("a moment needs a time zone")
    reset = _moved.set(moment)
    try:
        yield
    finally:
        _moved.reset(reset)
