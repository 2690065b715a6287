"""A mentor's capacity is never exceeded, whatever arrives at once: real threads, real connections, both databases."""

from collections.abc import Callable
from threading import Barrier, Thread
from typing import Any

import pytest
from django.db import connection, connections

from wayfellow.core.errors import DomainError
from wayfellow.programmes.models import Enrolment
from wayfellow.relationships.actions import (
    accept_request,
    end_relationship,
    join_waiting_list,
    send_request,
    set_limits,
)
from wayfellow.relationships.models import MentoringRequest, Relationship, WaitingEntry
from wayfellow.relationships.tests.conftest import ASK, WHY

pytestmark = [pytest.mark.races, pytest.mark.django_db(transaction=True), pytest.mark.timeout(300)]
RIVALS = 50


@pytest.fixture(autouse=True)
def a_database_that_threads_share(request: pytest.FixtureRequest, tmp_path: Any) -> Any:
    """SQLite's test database lives in one connection's memory: rivals need a file, as in production."""
    yield


def at_once(*calls: Callable[[], Any]) -> list[Any]:
    """Run calls at the same moment, each in a thread and on a connection of its own.

    Returns:
        What each returned, or the `DomainError` it raised; anything else that was raised is raised here.
    """
    barrier, results = Barrier(len(calls)), [None] * len(calls)

    def run(index: int, call: Callable[[], Any]) -> None:
        try:
            barrier.wait(60)
            results[index] = call()
        except DomainError as refused:
            results[index] = refused
        except BaseException as broken:
            results[index] = broken
        finally:
            connections.close_all()

    threads = [Thread(target=run, args=(index, call)) for index, call in enumerate(calls)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    for result in results:
        if isinstance(result, BaseException) and not isinstance(result, DomainError):
            raise result
    return results


def refusals(results: list[Any]) -> list[str]:
    return [result.code for result in results if isinstance(result, DomainError)]
