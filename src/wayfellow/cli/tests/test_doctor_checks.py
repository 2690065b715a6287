"""What each check of `wayfellow doctor` finds, without the command around it."""

from datetime import timedelta
from typing import Any

import pytest

from wayfellow.cli.doctor import database, machine, mail, queue
from wayfellow.core import clock
from wayfellow.jobs.models import Job
from wayfellow.notifications.actions import send_mail

CARRIER = "django_tasks.backends.immediate.ImmediateBackend"


def test_a_full_disk(tmp_path: Any, monkeypatch: Any, settings: Any) -> None:
    settings.HOME = tmp_path
    left = [10**8, 10**9, 10**11]
    monkeypatch.setattr(machine.shutil, "disk_usage", lambda _path: type("Usage", (), {"free": left.pop(0)}))
    found = [next(machine.check_disk()) for _turn in range(3)]
    assert [finding.is_wrong for finding in found] == [True, False, False]
    assert [bool(finding.mend) for finding in found] == [True, True, False]


def test_a_weak_secret(settings: Any) -> None:
    settings.SECRET_KEY = "short"
    assert any(finding.words.startswith("security.W009") and finding.mend for finding in machine.check_security())


@pytest.mark.parametrize("name", ["SESSION_COOKIE_SECURE", "CSRF_COOKIE_SECURE", "SECURE_SSL_REDIRECT"])
def test_what_tls_needs_is_asked_for_where_there_is_tls(settings: Any, name: str) -> None:
    settings.BASE_URL = "https://w.example.org"
    settings.SECURE_HSTS_SECONDS = 1
    setattr(settings, name, False)
    assert any(name in finding.words for finding in machine.check_security())
    settings.BASE_URL = "http://127.0.0.1:8000"
    assert not any(name in finding.words for finding in machine.check_security())


def test_a_clock_that_was_set_back(db: None) -> None:
    [well] = database.check_clock()
    assert not well.mend
    ahead = clock.now() + timedelta(days=400)
    Job.objects.create(task="x", run_after=ahead, created_at=ahead)
    [found] = database.check_clock()
    assert found.is_wrong
    assert f"{ahead:%Y-%m-%d %H:%M}" in found.words


@pytest.mark.peers
def test_the_address_is_called_as_people_do(live_server: Any, settings: Any) -> None:
    settings.BASE_URL = live_server.url
    [found] = machine.check_reachable()
    assert (found.is_wrong, found.words) == (False, f"{live_server.url} leads here")
    settings.BASE_URL = f"{live_server.url}/elsewhere"
    [found] = machine.check_reachable()
    assert found.is_wrong
    assert "answers 404" in found.words
    settings.BASE_URL = live_server.url.replace("http:", "https:")
    [found] = machine.check_reachable()
    assert found.is_wrong
    assert "does not answer" in found.words


def test_our_own_jobs_promise_everything() -> None:
    [found] = queue.check_carrier()
    assert not found.mend


def test_another_backend_for_jobs(settings: Any) -> None:
    settings.TASKS = {**settings.TASKS, "carrier": {"BACKEND": CARRIER}}
    [found] = queue.check_carrier()
    assert not found.is_wrong
    assert CARRIER in found.words
    assert "`wayfellow worker` runs beside it" in found.mend


def test_a_backend_that_is_not_there(settings: Any) -> None:
    settings.TASKS = {**settings.TASKS, "carrier": {"BACKEND": "nowhere.Backend"}}
    [found] = queue.check_carrier()
    assert found.is_wrong
    assert "nowhere.Backend cannot be used" in found.words
    [found] = machine.check_security()
    assert found.is_wrong


def test_a_dead_letter_and_a_queue_that_nobody_takes_up(db: None) -> None:
    past = clock.now() - timedelta(minutes=30)
    Job.objects.create(task="x", run_after=past, created_at=past)
    Job.objects.create(task="x", run_after=past, created_at=past, state="failed")
    dead, late = queue.check_queue()
    assert dead.is_wrong
    assert "wayfellow jobs run-again" in dead.mend
    assert late.is_wrong
    assert "waited 30 minutes" in late.words


def test_mails_that_wait_for_a_server_are_counted(db: None) -> None:
    send_mail(to="a@b.example", template="people/mail/join_refused", organisation=None, key="1")
    [found] = mail.check_mail(connect=False, ask_database=True)
    assert found.is_wrong
    assert "1 mails wait for one" in found.words
