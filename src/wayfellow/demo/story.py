"""A story: steps that happen at moments of the past, told in order, so that every row has a date that can be.

    story = Story(now=clock.now(), seed=7)
    story.on(30, send, amara)          # thirty days ago, at some hour of the working day
    story.after(2, answer, leif)       # two days after the step that says so
    story.tell()

Each step runs with the clock moved to its moment. At the end of each day its jobs run, as a worker would have run them.
"""

import heapq
import itertools
import random
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from django.apps import apps
from django.db.models import DateTimeField, Max, Model

from wayfellow.core import clock
from wayfellow.jobs.running import run_pending

Step = Callable[..., Any]
FIRST_HOUR, LAST_HOUR = 6, 17
LATEST = timedelta(minutes=3)


class Story:
    """What is going to happen, and when.

    Args:
        now: when the story ends.
        seed: what every choice is drawn from.
        every_day: called at the end of each day of the story.
    """

    def __init__(self, *, now: datetime, seed: int, every_day: tuple[Step, ...] = ()) -> None:
        self.now = now
        self.draw = random.Random(seed)  # noqa: S311  choices of a story, not secrets
        self.every_day = every_day
        self._steps: list[tuple[datetime, int, Step, tuple[Any, ...], dict[str, Any]]] = []
        self._count = itertools.count()

    def on(self, days_ago: float, step: Step, *args: Any, **kwargs: Any) -> None:
        """Let a step happen some days ago: a whole number is a day, at an hour drawn; a fraction is exact."""
        moment = self.now - timedelta(days=days_ago)
        if days_ago == int(days_ago) and days_ago > 0:
            minutes = self.draw.randrange(FIRST_HOUR * 60, LAST_HOUR * 60)
            moment = moment.replace(hour=0, minute=0, second=0, microsecond=0) + timedelta(minutes=minutes)
        self._add(moment, step, args, kwargs)

    def after(self, days: float, step: Step, *args: Any, **kwargs: Any) -> None:
        """Let a step follow the present one. What would lie after the end of the story does not happen."""
        moment = clock.now() + timedelta(days=days)
        if moment < self.now - LATEST:
            self._add(moment, step, args, kwargs)

    def _add(self, moment: datetime, step: Step, args: tuple[Any, ...], kwargs: dict[str, Any]) -> None:
        heapq.heappush(self._steps, (min(moment, self.now - LATEST), next(self._count), step, args, kwargs))

    def tell(self) -> None:
        """Run all steps in the order of their moments, those included that steps add."""
        while self._steps:
            day = self._steps[0][0].date()
            dates = _Dates()
            moment = self._steps[0][0]
            while self._steps and self._steps[0][0].date() == day:
                moment, _order, step, args, kwargs = heapq.heappop(self._steps)
                with clock.moved_to(moment):
                    step(*args, **kwargs)
            with clock.moved_to(moment):
                for habit in self.every_day:
                    habit()
                run_pending()
            dates.put_back(moment)


class _Dates:
    """Rows whose date of creation the database layer fills in by itself, so that it must be put back."""

    def __init__(self) -> None:
        self.before = {(model, name): _newest(model) for model, name in _dated()}

    def put_back(self, moment: datetime) -> None:
        for (model, name), newest in self.before.items():
            model._default_manager.filter(pk__gt=newest).update(**{name: moment})


def _dated() -> list[tuple[type[Model], str]]:
    return [
        (model, field.name)
        for model in apps.get_models()
        if model.__module__.startswith("wayfellow.")
        for field in model._meta.concrete_fields
        if isinstance(field, DateTimeField) and field.auto_now_add
    ]


def _newest(model: type[Model]) -> int:
    return model._default_manager.aggregate(newest=Max("pk"))["newest"] or 0
