"""Every job of an organisation reads in words, and every name that is written down is a task."""

from django.utils.module_loading import import_string

from wayfellow.core.registry import contributions
from wayfellow.jobs.backend import JobTask
from wayfellow.jobs.policy import NOT_AN_ADMINISTRATORS_TO_CANCEL
from wayfellow.jobs.words import TASKS, task_in_words


def test_every_name_is_a_task() -> None:
    for path in {*TASKS, *NOT_AN_ADMINISTRATORS_TO_CANCEL}:
        assert isinstance(import_string(path), JobTask), path


def test_every_subscriber_has_words() -> None:
    assert {entry.task for entry in contributions("subscriptions")} <= TASKS.keys()


def test_what_has_no_words_reads_as_it_is_called() -> None:
    assert task_in_words("wayfellow.jobs.actions.clear_jobs_job") == "Clear jobs"
