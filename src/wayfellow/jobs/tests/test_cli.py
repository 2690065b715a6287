"""`wayfellow jobs`."""

import json
from typing import Any

import pytest
from click.testing import CliRunner

from wayfellow.core.errors import NotFound, Refused
from wayfellow.jobs.cli import jobs
from wayfellow.jobs.models import Job
from wayfellow.jobs.running import run_pending
from wayfellow.jobs.tests import tasks


def run(*words: str) -> Any:
    return CliRunner().invoke(jobs, words)


def test_lists_dead_letters_and_runs_one_again(db: None) -> None:
    assert "No job is failed." in run("list").output
    tasks.give_up.enqueue()
    run_pending()
    job = Job.objects.get()
    listed = run("list").output
    assert str(job.pk) in listed
    assert "wayfellow.jobs.errors.Permanent: no use" in listed
    (entry,) = json.loads(run("list", "--json").output)
    assert (entry["id"], entry["state"], entry["attempts"]) == (str(job.pk), "failed", 1)
    assert "in the queue again" in run("run-again", str(job.pk)).output
    job.refresh_from_db()
    assert job.state == "waiting"


def test_cancels(db: None) -> None:
    tasks.note_it.enqueue()
    job = Job.objects.get()
    assert "cancelled" in run("cancel", str(job.pk)).output
    assert isinstance(run("cancel", str(job.pk)).exception, Refused)


@pytest.mark.parametrize("verb", ["run-again", "cancel"])
def test_unknown_and_malformed_ids(db: None, verb: str) -> None:
    assert isinstance(run(verb, "00000000-0000-0000-0000-000000000000").exception, NotFound)
    malformed = run(verb, "seven")
    assert malformed.exit_code == 2
    assert "not a valid UUID" in malformed.output
