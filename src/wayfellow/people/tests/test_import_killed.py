"""Imports under kill -9 and under rivals, on whichever database the tests run."""

import logging
import os
import random
import signal
import subprocess
import sys
import threading
import time
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from django.db import connection, connections

from wayfellow.jobs.models import Job
from wayfellow.jobs.worker import run_pending
from wayfellow.people.actions import import_checks
from wayfellow.people.actions import imports as actions
from wayfellow.people.importing import applying, checking
from wayfellow.people.models import ImportRow, Member, MemberImport, Organisation
from wayfellow.people.tests.lists import check

pytestmark = [pytest.mark.races, pytest.mark.django_db(transaction=True)]
SOURCE = Path(__file__).parents[3]
PEOPLE = 3000


def many(organisation: Organisation, count: int = PEOPLE, *, at_once: bool = True) -> MemberImport:
    """Everybody reports to somebody who comes later in the file; the last is the boss."""
    rows = [
        (f"{n:05}", f"Person {n}", f"p{n}@larkmoor.example", "Clerk", "Billing", f"{min(n + 7, count):05}")
        for n in range(1, count)
    ]
    boss = (f"{count:05}", "The Boss", "boss@larkmoor.example", "Head", "Billing")
    return check(organisation, *rows, boss, at_once=at_once)


def start_worker(home: Path) -> subprocess.Popen[bytes]:
    """A worker in a process of its own, on the database of the tests."""
    environment = {**os.environ, "PYTHONPATH": str(SOURCE), "WAYFELLOW_HOME": str(home)}
    name = str(connection.settings_dict["NAME"])
    if connection.vendor == "postgresql":
        environment["DATABASE_URL"] = f"{os.environ['DATABASE_URL'].rpartition('/')[0]}/{name}"
    elif not (home / "wayfellow.sqlite3").exists():
        (home / "wayfellow.sqlite3").symlink_to(name)
    command = [sys.executable, "-m", "wayfellow", "worker"]
    return subprocess.Popen(command, env=environment, stderr=subprocess.DEVNULL, stdout=subprocess.DEVNULL)


def progress(pk: int) -> tuple[str, int, int]:
    return MemberImport.objects.values_list("state", "rows_done", "linked_line").get(pk=pk)


def until(condition: Any, worker: subprocess.Popen[bytes], *, seconds: float = 60) -> None:
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end, "it did not happen in time"
        assert worker.poll() is None, "the worker ended by itself"
        time.sleep(0.005)


def everybody_is_there_once(count: int = PEOPLE) -> None:
    numbers = list(
        Member.objects.order_by("employee_number").values_list("employee_number", "manager__employee_number")
    )
    expected = [(f"{n:05}", f"{min(n + 7, count):05}") for n in range(1, count)]
    assert numbers == [*expected, (f"{count:05}", None)]


def test_a_worker_killed_in_the_middle_is_taken_over_without_double_or_gap(
    organisation: Organisation, tmp_path: Path
) -> None:
    started = actions.apply_import(None, many(organisation))
    moments = [
        lambda: progress(started.pk)[1] > 0,
        lambda: progress(started.pk)[1] > PEOPLE // 2,
        lambda: progress(started.pk)[2] > 0,
    ]
    for reached in moments:
        worker = start_worker(tmp_path)
        until(reached, worker)
        worker.send_signal(signal.SIGKILL)
        worker.wait()
        state, done, _ = progress(started.pk)
        assert state == "applying"
        assert Member.objects.count() == done
        # As if the lease of the dead worker had run out.
        Job.objects.filter(state="running").update(lease_until=datetime(2020, 1, 1, tzinfo=UTC))
    worker = start_worker(tmp_path)
    try:
        until(lambda: progress(started.pk)[0] == "done", worker)
    finally:
        worker.terminate()
        worker.wait(40)
    everybody_is_there_once()
    started.refresh_from_db()
    assert (started.created, started.refused_on_the_way) == (PEOPLE, 0)


FEW, KILLS = 240, 10


def work_until_killed(statements: int, *, before: bool) -> bool:
    """A worker in a process of its own, killed at its n-th statement, before or after that; whether it got so far."""
    connections.close_all()  # nothing of the database may be open in two processes
    child = os.fork()
    if child == 0:
        try:
            logging.disable(logging.CRITICAL)
            left = statements

            def count(execute: Any, *arguments: Any) -> Any:
                nonlocal left
                left -= 1
                if left == 0 and before:
                    os.kill(os.getpid(), signal.SIGKILL)
                answer = execute(*arguments)
                if left == 0:
                    os.kill(os.getpid(), signal.SIGKILL)
                return answer

            with connection.execute_wrapper(count):
                run_pending()
            os._exit(0)
        finally:
            os._exit(1)
    _, status = os.waitpid(child, 0)
    # As if the lease of the dead worker had run out, and it had not been the last attempt.
    Job.objects.filter(state="running").update(lease_until=datetime(2020, 1, 1, tzinfo=UTC), attempts=1)
    assert os.WIFSIGNALED(status) or os.WEXITSTATUS(status) == 0
    return os.WIFSIGNALED(status)


@pytest.mark.parametrize("seed", [5, 6])
def test_killed_ten_times_at_random_statements_of_check_and_apply(
    organisation: Organisation, monkeypatch: pytest.MonkeyPatch, seed: int
) -> None:
    for module in (applying, checking):
        monkeypatch.setattr(module, "AT_ONCE", 10)
    monkeypatch.setattr(applying, "LINK_AT_ONCE", 10)
    monkeypatch.setattr(import_checks, "LARGE_ROWS", 1)
    draw = random.Random(seed)
    found = many(organisation, FEW, at_once=False)
    kills = {"reading": 0, "applying": 0}
    for state, wanted in (("reading", KILLS // 2), ("applying", KILLS)):
        while kills[state] < wanted and progress(found.pk)[0] == state:
            kills[state] += work_until_killed(draw.randint(1, 40), before=draw.random() < 0.5)
            assert Member.objects.count() == progress(found.pk)[1] * (state == "applying")
        assert kills[state] == wanted, "it was done before it could be killed so often"
        run_pending()
        if state == "reading":
            lines = ImportRow.objects.filter(member_import=found).order_by("line").values_list("line", flat=True)
            assert list(lines) == list(range(2, FEW + 2))
            found.refresh_from_db()
            assert (found.state, found.to_create, found.to_refuse) == ("checked", FEW, 0)
            actions.apply_import(None, found)
    everybody_is_there_once(FEW)
    found.refresh_from_db()
    assert (found.state, found.created, found.rows_done, found.refused_on_the_way) == ("done", FEW, FEW, 0)


def test_rivals_apply_each_row_once(organisation: Organisation, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(applying, "AT_ONCE", 20)
    monkeypatch.setattr(applying, "LINK_AT_ONCE", 20)
    started = actions.apply_import(None, many(organisation, 200))
    errors: list[BaseException] = []

    def work() -> None:
        try:
            actions.apply_here(started.pk, started.turn)
        except BaseException as error:
            errors.append(error)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=work) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert errors == []
    everybody_is_there_once(200)
    started.refresh_from_db()
    assert (started.state, started.created, started.rows_done) == ("done", 200, 200)


def test_two_imports_of_the_same_people_at_once_create_each_once(organisation: Organisation) -> None:
    both = [actions.apply_import(None, many(organisation, 600)) for _ in range(2)]
    errors: list[BaseException] = []

    def work(started: MemberImport) -> None:
        try:
            actions.apply_here(started.pk, started.turn)
        except BaseException as error:
            errors.append(error)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=work, args=(started,)) for started in both]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert errors == []
    assert Member.objects.count() == 600
    assert sum(MemberImport.objects.values_list("created", flat=True)) == 600
