"""How a job ends: done, tried again, given up, cancelled, taken over."""

import itertools
from datetime import timedelta
from typing import Any

import pytest

from wayfellow.core import clock
from wayfellow.core.errors import Refused
from wayfellow.jobs import claims
from wayfellow.jobs.actions import cancel_job, clear_jobs, run_again
from wayfellow.jobs.batches import SomeFailed, each_alone
from wayfellow.jobs.errors import LostLease
from wayfellow.jobs.models import Job
from wayfellow.jobs.queries import health
from wayfellow.jobs.running import JobContext, Run, run_job, run_pending
from wayfellow.jobs.tests import tasks
from wayfellow.people.models import Organisation

FAR = timedelta(days=2)


def test_a_failed_job_is_tried_again_later_and_then_given_up(db: None) -> None:
    tasks.break_down.enqueue()
    run_pending()
    job = Job.objects.get()
    assert job.state == Job.State.WAITING
    assert timedelta(seconds=10) < job.run_after - clock.now() < timedelta(seconds=20)
    for number in (1, 2):
        run_pending(now=clock.now() + FAR * number)
    job.refresh_from_db()
    assert tasks.ran == ["tried"] * 3
    assert job.state == Job.State.FAILED
    assert job.error_type == "wayfellow.core.errors.InvalidInput"
    assert job.kwargs == {}
    assert health(clock.now())["dead_letters"] == 1


def test_the_error_that_is_kept_names_nobody(db: None) -> None:
    tasks.break_down.enqueue(email="ines@larkmoor.example")
    run_pending()
    job = Job.objects.get()
    assert job.error == "cannot write to … about …"
    assert "tasks.py" in job.traceback
    assert "larkmoor" not in job.traceback


def test_waits_grow_and_have_a_limit() -> None:
    seconds = [claims.wait_before(attempt).total_seconds() for attempt in range(2, 9)]
    assert 11 <= seconds[0] <= 19
    assert all(later > earlier for earlier, later in itertools.pairwise(seconds[:-1]))
    assert max(seconds) <= 6 * 3600 * 1.25


def test_a_permanent_failure_is_not_tried_again(db: None) -> None:
    tasks.give_up.enqueue()
    run_pending()
    run_pending(now=clock.now() + FAR)
    assert tasks.ran == ["tried"]
    assert Job.objects.get().state == Job.State.FAILED


def test_a_dead_letter_can_be_run_again(db: None) -> None:
    tasks.give_up.enqueue()
    run_pending()
    job = run_again(Job.objects.get())
    assert (job.state, job.attempts, job.error) == (Job.State.WAITING, 0, "")
    run_pending()
    assert tasks.ran == ["tried", "tried"]


def test_what_is_done_cannot_be_run_again_or_cancelled(db: None) -> None:
    tasks.note_it.enqueue()
    run_pending()
    with pytest.raises(Refused) as refused:
        run_again(Job.objects.get())
    assert refused.value.code == "job_not_over"
    with pytest.raises(Refused) as refused:
        cancel_job(Job.objects.get())
    assert refused.value.code == "job_over"


def test_a_waiting_job_is_cancelled_at_once(db: None) -> None:
    tasks.note_it.enqueue()
    assert cancel_job(Job.objects.get()).state == Job.State.CANCELLED
    assert run_pending() == 0


def test_a_running_job_stops_when_it_is_asked_to(db: None) -> None:
    tasks.count_up.enqueue(total=1000)
    job = claims.claim("test")
    assert job
    cancel_job(job)
    run_job(Run(job))
    job.refresh_from_db()
    assert job.state == Job.State.CANCELLED
    assert len(tasks.ran) == 0


def test_a_job_of_a_worker_that_goes_home_is_given_back(db: None) -> None:
    tasks.count_up.enqueue(total=5)
    job = claims.claim("test")
    assert job
    run = Run(job)
    run.going_home.set()
    run_job(run)
    job.refresh_from_db()
    assert (job.state, job.attempts) == (Job.State.WAITING, 0)
    run_pending()
    job.refresh_from_db()
    assert job.state == Job.State.DONE
    assert job.progress_words == "5 of 5"


def test_effect_and_end_commit_together_or_not_at_all(db: None) -> None:
    tasks.finish_it.enqueue(what="good")
    tasks.finish_it.enqueue(what="bad", fail=True)
    run_pending()
    assert list(Organisation.objects.values_list("slug", flat=True)) == ["good"]
    assert sorted(Job.objects.values_list("state", flat=True)) == ["done", "waiting"]
    assert Job.objects.get(state="done").result == "good"


def test_who_lost_the_lease_writes_nothing(db: None) -> None:
    tasks.finish_it.enqueue(what="twice")
    slow = claims.claim("slow")
    quick = claims.claim("quick", now=clock.now() + FAR)
    assert slow
    assert quick
    assert quick.fence == slow.fence + 1
    run_job(Run(slow))
    assert not Organisation.objects.exists()
    assert not claims.complete(slow)
    assert not claims.fail(slow, RuntimeError())
    assert claims.renew([slow, quick]) == [slow]
    run_job(Run(quick))
    assert Organisation.objects.get().slug == "twice"
    with pytest.raises(LostLease):
        JobContext(task_result=None, run=Run(slow)).progress(1, 2)


def test_a_job_that_kills_every_worker_is_given_up(db: None) -> None:
    tasks.break_down.enqueue()
    moment = clock.now()
    for number in range(3):
        assert claims.claim(f"worker {number}", now=moment + FAR * number)
    assert claims.claim("the next", now=moment + FAR * 3) is None
    job = Job.objects.get()
    assert job.state == Job.State.FAILED
    assert "vanished" in job.error


def test_a_job_without_a_task_is_a_dead_letter(db: None) -> None:
    tasks.note_it.enqueue()
    Job.objects.update(task="wayfellow.jobs.tests.tasks.gone")
    run_pending()
    assert Job.objects.get().state == Job.State.FAILED


def test_the_key_is_the_same_at_every_attempt(db: None) -> None:
    tasks.say_key.using(key="mail:1").enqueue()
    run_pending()
    assert tasks.ran == ["mail:1"]


def test_one_bad_item_never_stops_a_batch(db: None) -> None:
    done: list[str] = []

    def do(slug: str) -> None:
        Organisation.objects.create(name=slug, slug=slug)
        if slug == "bad":
            raise ValueError("bad")
        done.append(slug)

    with pytest.raises(SomeFailed, match="1 of 3"):
        each_alone(["a", "bad", "c"], do, "organisation")
    assert done == ["a", "c"]
    assert sorted(Organisation.objects.values_list("slug", flat=True)) == ["a", "c"]


def test_health_and_clearing(db: None) -> None:
    now = clock.now()
    assert health(now) == {"waiting": 0, "due": 0, "oldest": None, "running": 0, "abandoned": 0, "dead_letters": 0}
    tasks.note_it.enqueue()
    tasks.note_it.using(run_after=now + FAR).enqueue()
    later = clock.now()
    found = health(later)
    assert (found["waiting"], found["due"]) == (2, 1)
    assert found["oldest"] <= later
    run_pending()
    assert clear_jobs() == 0
    Job.objects.filter(state="done").update(finished_at=now - timedelta(days=31))
    assert clear_jobs() == 1


def test_failures_are_logged_without_names(db: None, caplog: Any) -> None:
    with caplog.at_level("INFO", logger="wayfellow.jobs"):
        tasks.break_down.enqueue(email="ines@larkmoor.example")
        run_pending()
    assert "attempt 1 of 3 failed" in caplog.text
    assert "larkmoor" not in caplog.text
    assert "Amara" not in caplog.text
