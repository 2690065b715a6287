"""The worker with real threads, on whichever database the tests run."""

import os
import signal
import threading
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.db import connections

from wayfellow.core import clock
from wayfellow.core.registry import Schedule
from wayfellow.jobs import claims, worker
from wayfellow.jobs.actions import cancel_job
from wayfellow.jobs.models import Job
from wayfellow.jobs.schedules import Scheduler, key_of_slot
from wayfellow.jobs.tests import tasks
from wayfellow.people.models import Organisation

pytestmark = [pytest.mark.races, pytest.mark.django_db(transaction=True)]


OURS = Job.objects.filter(key=None)  # without what the house's own schedules enqueue


def in_threads(count: int, function: Callable[[int], Any]) -> None:
    """Run it in threads that start together; the first error is raised here."""
    start = threading.Barrier(count)
    errors: list[BaseException] = []

    def work(number: int) -> None:
        try:
            start.wait(10)
            function(number)
        except BaseException as error:
            errors.append(error)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=work, args=(number,)) for number in range(count)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    if errors:
        raise errors[0]


def until(condition: Callable[[], bool], *, seconds: float = 10) -> None:
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end, "it did not happen in time"
        time.sleep(0.05)


@pytest.fixture
def working() -> Any:
    """`working(threads)` starts a worker; it goes home when the test ends."""
    stop = threading.Event()
    started: list[threading.Thread] = []

    def start(threads: int) -> threading.Event:
        thread = threading.Thread(target=worker.run, kwargs={"threads": threads, "stop": stop})
        thread.start()
        started.append(thread)
        return stop

    yield start
    tasks.go_on.set()
    stop.set()
    for thread in started:
        thread.join(40)
        assert not thread.is_alive()


def test_each_job_is_claimed_once_by_rivals() -> None:
    for number in range(30):
        tasks.note_it.enqueue(what=number)
    claimed: list[Any] = []

    def take(number: int) -> None:
        while job := claims.claim(f"worker {number}"):
            claimed.append(job.pk)

    in_threads(4, take)
    assert len(claimed) == 30
    assert len(set(claimed)) == 30


def test_many_are_claimed_once_by_rivals() -> None:
    for number in range(30):
        tasks.note_it.enqueue(what=number)
    claimed: list[Any] = []

    def take(number: int) -> None:
        while some := claims.claim_some(f"worker {number}", 4):
            claimed.extend(some)

    in_threads(4, take)
    assert len(claimed) == 30
    assert {job.pk for job in claimed} == set(OURS.values_list("pk", flat=True))
    for job in OURS.all():
        assert (job.state, job.attempts, job.fence, job.lease_until is None) == ("running", 1, 1, False)
    assert all(claims.complete(job) for job in claimed)


def test_whoever_was_begun_before_is_claimed_alone_and_in_its_turn() -> None:
    first, second, third, fourth = (tasks.note_it.using(priority=9 - at).enqueue(what=at).id for at in range(4))
    OURS.filter(pk=third).update(attempts=1)

    def claimed() -> list[str]:
        return [str(job.pk) for job in claims.claim_some("worker", 10)]

    assert [claimed(), claimed(), claimed(), claimed()] == [[first, second], [third], [fourth], []]


def test_a_slow_job_holds_up_none_of_those_taken_with_it(working: Any) -> None:
    for number in range(12):
        tasks.note_it.using(priority=20).enqueue(what=number)
    tasks.wait_for_it.using(priority=10).enqueue()
    for number in range(12, 24):
        tasks.note_it.enqueue(what=number)
    working(2)
    until(lambda: set(range(24)) <= set(tasks.ran), seconds=9)
    assert OURS.filter(task__endswith="wait_for_it", state="running").exists()
    assert OURS.filter(state="done").count() >= 23
    assert sorted(what for what in tasks.ran if isinstance(what, int) and what != 1) == [0, *range(2, 24)]


def test_jobs_taken_and_not_begun_are_given_back_by_who_goes_home(working: Any) -> None:
    for number in range(12):
        tasks.note_it.using(priority=20).enqueue(what=number)
    tasks.wait_for_it.using(priority=10).enqueue()
    for number in range(12, 24):
        tasks.note_it.enqueue(what=number)
    stop = working(1)
    until(lambda: OURS.filter(task__endswith="wait_for_it", state="running").exists())
    until(lambda: len(tasks.ran) >= 13)
    stop.set()
    tasks.go_on.set()
    until(lambda: not OURS.filter(state="running").exists())
    assert set(OURS.filter(state="waiting").values_list("attempts", flat=True)) <= {0}


def test_the_worker_does_each_job_once(working: Any) -> None:
    for number in range(40):
        tasks.slowly.enqueue(what=number)
    working(2)
    working(2)
    until(lambda: OURS.all().filter(state="done").count() == 40, seconds=30)
    assert sorted(tasks.ran) == list(range(40))


def test_a_schedule_fires_once_per_slot_however_many_workers() -> None:
    schedule = Schedule(name="remind", task="wayfellow.jobs.tests.tasks.note_it", every=3600)
    moment = datetime(2026, 11, 26, 19, 30, tzinfo=UTC)

    def tick(number: int) -> None:
        scheduler = Scheduler([schedule])
        scheduler.enqueue_due(moment)
        scheduler.enqueue_due(moment.replace(minute=45))

    in_threads(8, tick)
    assert Job.objects.get().key == "remind@2026-11-26T19:00:00Z"
    Scheduler([schedule]).enqueue_due(moment.replace(hour=20))
    assert Job.objects.count() == 2
    assert key_of_slot(schedule, moment.replace(hour=20)) == "remind@2026-11-26T20:00:00Z"


def test_a_schedule_that_is_broken_holds_no_other_up() -> None:
    broken = Schedule(name="broken", task="wayfellow.jobs.tests.tasks.not_there", every=3600)
    whole = Schedule(name="whole", task="wayfellow.jobs.tests.tasks.note_it", every=3600)
    scheduler = Scheduler([broken, whole])
    assert scheduler.enqueue_due(datetime(2026, 11, 26, 19, 30, tzinfo=UTC)) == 1
    assert Job.objects.get().key == "whole@2026-11-26T19:00:00Z"


def test_a_worker_that_was_frozen_past_its_lease_changes_nothing(working: Any) -> None:
    tasks.wait_for_it.enqueue()
    working(1)
    until(lambda: tasks.ran == [1])
    OURS.all().update(lease_until=datetime(2020, 1, 1, tzinfo=UTC))  # as if no heartbeat had come
    thief = claims.claim("another")
    assert thief
    tasks.note_it.enqueue(what="the next")
    tasks.go_on.set()
    until(lambda: "the next" in tasks.ran)  # one thread: by then it has tried to finish the first
    assert not Organisation.objects.exists()
    job = OURS.all().get(pk=thief.pk)
    assert (job.state, job.worker, job.fence) == ("running", "another", thief.fence)


def test_the_heartbeat_renews_the_lease(working: Any, monkeypatch: Any) -> None:
    monkeypatch.setattr(worker, "RENEW_EVERY", 0.5)
    tasks.wait_for_it.enqueue()
    working(1)
    until(lambda: tasks.ran == [1])
    first = OURS.all().get().lease_until
    until(lambda: OURS.all().get().lease_until > first)


def test_a_schedule_that_cannot_be_enqueued_does_not_stop_the_heart(working: Any, monkeypatch: Any) -> None:
    broken = Schedule("broken", "wayfellow.jobs.tests.tasks.there_is_none", 60)
    monkeypatch.setattr("wayfellow.jobs.schedules.contributions", lambda _what: [broken])
    monkeypatch.setattr(worker, "RENEW_EVERY", 0.5)
    monkeypatch.setattr(worker, "AFTER_TROUBLE", 0.2)
    tasks.wait_for_it.enqueue()
    working(1)
    until(lambda: tasks.ran == [1])
    first = OURS.all().get().lease_until
    until(lambda: OURS.all().get().lease_until > first)


def test_a_running_job_hears_that_it_is_cancelled(working: Any) -> None:
    tasks.count_up.enqueue(total=10_000)
    working(1)
    until(lambda: len(tasks.ran) > 3)
    cancel_job(OURS.all().get())
    until(lambda: OURS.all().get().state == "cancelled")


def test_going_home_gives_the_job_back(working: Any) -> None:
    tasks.count_up.enqueue(total=10_000)
    stop = working(1)
    until(lambda: len(tasks.ran) > 3)
    stop.set()
    until(lambda: OURS.all().get().state == "waiting")
    assert OURS.all().get().attempts == 0


def test_a_job_of_a_worker_that_is_killed_is_done_by_the_next(working: Any) -> None:
    tasks.count_up.enqueue(total=200)
    connections.close_all()  # nothing of the database may be open in two processes
    child = os.fork()
    if child == 0:
        try:
            worker.run(threads=1, stop=threading.Event())
        finally:
            os._exit(1)
    try:
        until(lambda: OURS.all().filter(progress_done__gt=2).exists())
    finally:
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
    job = OURS.all().get()
    assert (job.state, job.attempts) == ("running", 1)
    OURS.all().update(lease_until=clock.now() - timedelta(seconds=1))  # a minute later
    working(1)
    until(lambda: OURS.all().get().state == "done", seconds=20)
    assert OURS.all().get().attempts == 2
