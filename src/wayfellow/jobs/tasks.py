"""`@task`: django_tasks' decorator, in the types of our own backend."""

from collections.abc import Callable
from typing import Any, cast

import django_tasks

from wayfellow.jobs.backend import JobTask


def task(**options: Any) -> Callable[[Callable[..., Any]], JobTask]:
    """Make a function of a module a task.

    Args:
        options: `priority`, `queue_name`, `takes_context` as in django_tasks; `max_attempts`, how often it is tried.
    """
    return cast("Callable[[Callable[..., Any]], JobTask]", django_tasks.task(**options))
