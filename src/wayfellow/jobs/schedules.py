"""Schedules: each is enqueued once per slot, however many workers there are."""

import logging
from datetime import UTC, datetime

from django.utils.module_loading import import_string

from wayfellow.core.registry import Schedule, contributions

log = logging.getLogger("wayfellow.jobs")


def key_of_slot(schedule: Schedule, now: datetime) -> str:
    """`name@slot`: the key under which only one job of this slot can exist."""
    start = int(now.timestamp()) // schedule.every * schedule.every
    return f"{schedule.name}@{datetime.fromtimestamp(start, UTC):%Y-%m-%dT%H:%M:%SZ}"


class Scheduler:
    """Remembers which slots it has seen to, so that an idle worker writes nothing."""

    def __init__(self, schedules: list[Schedule] | None = None) -> None:
        self.schedules = contributions("schedule") if schedules is None else schedules
        self.seen: dict[str, str] = {}

    def enqueue_due(self, now: datetime) -> int:
        """Enqueue each schedule's current slot unless it is there already. Returns how many were asked for.

        One that cannot be enqueued is logged, holds nobody up, and is tried again.
        """
        asked = 0
        for schedule in self.schedules:
            key = key_of_slot(schedule, now)
            if self.seen.get(schedule.name) == key:
                continue
            try:
                import_string(schedule.task).using(key=key).enqueue()
            except Exception:
                log.exception("schedule %s could not be enqueued; the others go on", schedule.name)
                continue
            self.seen[schedule.name] = key
            asked += 1
        return asked
