"""Enqueuing writes a row in the caller's transaction."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import transaction
from django_tasks.base import TaskResultStatus
from django_tasks.exceptions import TaskResultDoesNotExist

from wayfellow.core import clock
from wayfellow.jobs.models import Job
from wayfellow.jobs.running import run_pending
from wayfellow.jobs.tests import tasks


def test_a_job_is_written_and_run(db: None) -> None:
    result = tasks.note_it.enqueue(what="this")
    assert result.status == TaskResultStatus.READY
    assert run_pending() == 1
    assert tasks.ran == ["this"]
    result.refresh()
    assert result.status == TaskResultStatus.SUCCESSFUL
    assert result.return_value == "noted this"


def test_a_job_of_a_transaction_that_fails_never_was(db: None) -> None:
    with pytest.raises(RuntimeError), transaction.atomic():
        tasks.note_it.enqueue()
        raise RuntimeError
    assert not Job.objects.exists()
    assert run_pending() == 0


def test_run_after_and_priority_are_kept(db: None) -> None:
    tasks.note_it.using(run_after=clock.now() + timedelta(hours=1)).enqueue(what="later")
    tasks.note_it.enqueue(what="now")
    tasks.note_it.using(priority=10).enqueue(what="first")
    run_pending()
    assert tasks.ran == ["first", "now"]
    run_pending(now=clock.now() + timedelta(hours=2))
    assert tasks.ran == ["first", "now", "later"]


def test_one_job_for_a_key(db: None, organisation: Any) -> None:
    first = tasks.note_it.using(key="digest:1", organisation=organisation).enqueue()
    second = tasks.note_it.using(key="digest:1").enqueue()
    assert first.id == second.id
    assert Job.objects.get().organisation == organisation
    run_pending()
    tasks.note_it.using(key="digest:1").enqueue()
    assert run_pending() == 0


def test_arguments_are_erased_when_it_is_done(db: None) -> None:
    tasks.note_it.enqueue(what="Amara Oyelunde")
    run_pending()
    job = Job.objects.get()
    assert (job.args, job.kwargs) == ([], {})


def test_an_unknown_result_says_so(db: None) -> None:
    with pytest.raises(TaskResultDoesNotExist):
        tasks.note_it.get_result("nothing")


def test_jobs_that_jobs_enqueue_run_too(db: None) -> None:
    tasks.enqueue_another.enqueue()
    assert run_pending() == 2
    assert tasks.ran == ["first", "second"]


def test_one_at_a_time(db: None) -> None:
    tasks.note_it.enqueue(what=1)
    tasks.note_it.enqueue(what=2)
    assert run_pending(until_idle=False) == 1
    assert len(tasks.ran) == 1
