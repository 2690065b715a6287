"""Another `django.tasks` backend carries the jobs: they run, and what our table promises still holds."""

from datetime import timedelta
from typing import Any

import django_tasks
import pytest
from django.db import transaction

from wayfellow.core import clock
from wayfellow.jobs import carrying
from wayfellow.jobs.models import Job
from wayfellow.jobs.tests import tasks
from wayfellow.people.models import Organisation

IMMEDIATE = "django_tasks.backends.immediate.ImmediateBackend"
DUMMY = "django_tasks.backends.dummy.DummyBackend"

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def carried_by(settings: Any) -> Any:
    """`carried_by(backend)`: jobs are carried by this backend."""

    def carry(backend: str) -> Any:
        settings.TASKS = {**settings.TASKS, "carrier": {"BACKEND": backend}}
        return django_tasks.task_backends["carrier"]

    return carry


def test_nothing_else_carries_jobs_by_default(settings: Any) -> None:
    assert not carrying.is_set()
    assert list(settings.TASKS) == ["default"]


def test_runs_after_the_commit_and_not_before(carried_by: Any) -> None:
    carried_by(IMMEDIATE)
    with transaction.atomic():
        tasks.note_it.enqueue(what="one")
        assert tasks.ran == []
    assert tasks.ran == ["one"]
    assert Job.objects.get().state == "done"


def test_what_is_rolled_back_never_runs(carried_by: Any) -> None:
    carrier = carried_by(DUMMY)
    with transaction.atomic():
        tasks.note_it.enqueue()
        transaction.set_rollback(True)
    assert carrier.results == []


def test_a_task_of_ours_has_its_context_priority_and_key(carried_by: Any) -> None:
    carried_by(IMMEDIATE)
    tasks.finish_it.using(key="once").enqueue(what="harbour")
    tasks.finish_it.using(key="once").enqueue(what="harbour")
    tasks.say_key.using(key="the key", priority=10).enqueue()
    assert Organisation.objects.get().name == "harbour"
    assert tasks.ran == ["the key"]


def test_a_job_brought_twice_is_done_once(carried_by: Any) -> None:
    carrier = carried_by(DUMMY)
    tasks.note_it.enqueue()
    [given] = carrier.results
    for _turn in range(2):
        given.task.call(*given.args)
    assert tasks.ran == ["it"]
    assert Job.objects.get().attempts == 1


def test_what_is_put_off_is_given_when_it_is_due(carried_by: Any) -> None:
    carrier = carried_by(DUMMY)
    now = clock.now()
    tasks.note_it.using(run_after=now + timedelta(hours=1)).enqueue()
    assert carrying.give_due(now) == 0
    assert carrying.give_due(now + timedelta(hours=2)) == 1
    assert len(carrier.results) == 1


def test_a_failed_job_is_tried_again(carried_by: Any) -> None:
    carried_by(IMMEDIATE)
    tasks.break_down.enqueue()
    job = Job.objects.get()
    assert (job.state, job.attempts) == ("waiting", 1)
    assert carrying.give_due(clock.now()) == 0
    Job.objects.update(run_after=clock.now(), carried_at=clock.now() - timedelta(seconds=20))
    assert carrying.give_due(clock.now()) == 1
    assert Job.objects.get().attempts == 2


def test_what_the_carrier_loses_is_given_again_after_a_minute(carried_by: Any) -> None:
    carrier = carried_by(DUMMY)
    tasks.note_it.enqueue()
    carrier.clear()
    assert carrying.give_due(clock.now()) == 0
    assert carrying.give_due(clock.now() + timedelta(seconds=61)) == 1
    [given] = carrier.results
    given.task.call(*given.args)
    assert Job.objects.get().state == "done"


def test_what_a_dead_worker_left_behind_is_given_again(carried_by: Any) -> None:
    carried_by(IMMEDIATE)
    past = clock.now() - timedelta(seconds=5)
    job = Job.objects.create(
        task="wayfellow.jobs.tests.tasks.note_it", state="running", run_after=past, created_at=past,
        carried_at=past, lease_until=clock.now() - timedelta(seconds=1), fence=1, attempts=1,
    )  # fmt: skip
    assert carrying.give_due(clock.now()) == 1
    job.refresh_from_db()
    assert (job.state, job.fence) == ("done", 2)


def test_a_carrier_that_does_not_answer_breaks_nothing(carried_by: Any, monkeypatch: Any) -> None:
    carrier = carried_by(DUMMY)

    def away(*_args: Any) -> None:
        raise ConnectionError("no broker")

    monkeypatch.setattr(carrier, "enqueue", away)
    tasks.note_it.enqueue()
    assert Job.objects.get().state == "waiting"


def test_our_own_worker_leaves_the_jobs_to_it(carried_by: Any) -> None:
    import threading

    from wayfellow.jobs import worker

    carrier = carried_by(DUMMY)
    stop = threading.Event()
    thread = threading.Thread(target=worker.run, kwargs={"threads": 2, "stop": stop})
    thread.start()
    try:
        for _turn in range(200):
            if carrier.results or Job.objects.filter(carried_at__isnull=False).count() > 2:
                break
            stop.wait(0.05)
        assert not Job.objects.exclude(state="waiting").exists()
        assert Job.objects.filter(carried_at__isnull=False).exists()
    finally:
        stop.set()
        thread.join(20)
