"""What the demo is made of: two organisations, told by their own actions from a seed until today."""

from collections.abc import Callable
from typing import Any

from django.db import connection

from wayfellow.core import clock
from wayfellow.demo.scenes.larkmoor import LARKMOOR, tell_larkmoor
from wayfellow.demo.scenes.northfen import NORTHFEN, tell_northfen
from wayfellow.people.models import Organisation
from wayfellow.search.actions import touch_later

__all__ = ["LARKMOOR", "NORTHFEN", "load"]

MILESTONES = 5


def load(progress: Callable[[str], Any] = lambda words: None) -> None:
    """Fill an empty, migrated database with the demo.

    Args:
        progress: called with a line for whoever waits.
    """
    now = clock.now()
    if connection.vendor == "sqlite" and not connection.in_atomic_block:
        # A load that is cut off is begun anew, so nothing of it has to survive a power cut.
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA synchronous = OFF")
    with touch_later():
        progress("Telling the story of Larkmoor Utilities ...")
        tell_larkmoor(now=now, told=_say_milestones(progress))
        progress("Telling the story of Northfen College ...")
        tell_northfen(now=now)
    Organisation.objects.filter(slug__in=(LARKMOOR, NORTHFEN)).update(is_demo=True)


def _say_milestones(progress: Callable[[str], Any]) -> Callable[[int, int], None]:
    """A line each time another part of the days is told."""

    def told(done: int, of: int) -> None:
        if done * MILESTONES // of > (done - 1) * MILESTONES // of:
            progress(f"  {done * 100 // of} % of {of} days")

    return told
