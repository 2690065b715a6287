"""A story: steps that happen at moments of the past, told in order, so that every row has a date that can be.

    story = Story(now=clock.now(), seed=7)
    story.on(30, send, amara)          # thirty days ago
    story.after(2, answer, leif)       # two days after the step that says so
    story.tell()

Each step runs with the clock moved to its moment. At the end of each day its jobs run, as a worker would have run them.
Everything is counted back from `now`, so that the hour at which the story is told changes nothing in it.
"""

import heapq
import itertools
import math
import random
from collections.abc import Callable
from datetime import datetime, timedelta
from functools import cache
from typing import Any

from django.apps import apps
from django.db.models import DateTimeField, Model
from django.utils import timezone

from wayfellow.core import clock
from wayfellow.jobs.running import run_pending

Step = Callable[..., Any]
DAY = timedelta(days=1)
LATEST = timedelta(minutes=3)


class Story:
    """What is going to happen, and when.

    Args:
        now: when the story ends.
        seed: what every choice is drawn from.
        every_day: called at the end of each day of the story.
        told: called with how many days are told, and of how many.
    """

    def __init__(
        self,
        *,
        now: datetime,
        seed: int,
        every_day: tuple[Step, ...] = (),
        told: Callable[[int, int], Any] = lambda done, of: None,
    ) -> None:
        self.now = now
        self.draw = random.Random(seed)
        self.every_day = every_day
        self.told = told
        self._steps: list[tuple[datetime, int, Step, tuple[Any, ...], dict[str, Any]]] = []
        self._count = itertools.count()

    def on(self, days_ago: float, step: Step, *args: Any, **kwargs: Any) -> None:
        """Let a step happen some days ago."""
        self._add(self.now - days_ago * DAY, step, args, kwargs)

    def after(self, days: float, step: Step, *args: Any, **kwargs: Any) -> None:
        """Let a step follow the present one. What would lie after the end of the story does not happen."""
        moment = clock.now() + days * DAY
        if moment < self.now - LATEST:
            self._add(moment, step, args, kwargs)

    def _add(self, moment: datetime, step: Step, args: tuple[Any, ...], kwargs: dict[str, Any]) -> None:
        heapq.heappush(self._steps, (min(moment, self.now - LATEST), next(self._count), step, args, kwargs))

    def tell(self) -> None:
        """Run all steps in the order of their moments, those included that steps add; each day ends with its jobs."""
        days = math.floor((self.now - self._steps[0][0]) / DAY)
        for days_ago in range(days, -1, -1):
            self._tell_until(self.now - days_ago * DAY - LATEST)
            self.told(days - days_ago + 1, days + 1)

    def _tell_until(self, evening: datetime) -> None:
        began = timezone.now()
        while self._steps and self._steps[0][0] <= evening:
            moment, _order, step, args, kwargs = heapq.heappop(self._steps)
            with clock.moved_to(moment):
                step(*args, **kwargs)
        with clock.moved_to(evening):
            for habit in self.every_day:
                habit()
            run_pending()
        _put_back_dates(began, evening)


def _put_back_dates(began: datetime, moment: datetime) -> None:
    """Date rows whose date of creation the database layer has filled in by itself, from the machine's clock."""
    for model, name in _dated():
        model._default_manager.filter(**{f"{name}__gte": began}).update(**{name: moment})


@cache
def _dated() -> list[tuple[type[Model], str]]:
    return [
        (model, field.name)
        for model in apps.get_models()
        if model.__module__.startswith("wayfellow.")
        for field in model._meta.concrete_fields
        if isinstance(field, DateTimeField) and field.auto_now_add
    ]
