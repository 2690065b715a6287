"""Batches in which one bad record never stops the others."""

import logging
from collections.abc import Callable, Iterable
from typing import TypeVar

from django.db import transaction

from wayfellow.jobs.claims import words_of

log = logging.getLogger("wayfellow.jobs")
Item = TypeVar("Item")


class SomeFailed(Exception):
    """Some items of a batch failed; the others are done. Trying again does the failed ones again."""


def each_alone(items: Iterable[Item], function: Callable[[Item], object], what: str) -> int:
    """Run a function for each item in a transaction of its own; log a failure and go on.

    Args:
        items: rows, or their keys.
        function: gets one item. It must be safe to run again for an item that is done.
        what: what an item is, for the log: "expired request".

    Returns:
        How many were done.

    Raises:
        SomeFailed: at the end, when any failed, so that the job is seen and tried again.
    """
    done = failed = 0
    for item in items:
        try:
            with transaction.atomic():
                function(item)
        except Exception as error:
            failed += 1
            log.warning("%s %s: %s: %s", what, getattr(item, "pk", item), type(error).__name__, words_of(error))
        else:
            done += 1
    if failed:
        raise SomeFailed(f"{what}: {failed} of {done + failed} failed")
    return done
