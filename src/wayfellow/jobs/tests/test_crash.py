"""Workers are killed and frozen while they work: no job is lost, and none is done twice in the database.

Leases are short here, so that a worker that is frozen for a second and a half has lost its jobs when it wakes.
"""

import logging
import os
import random
import signal
import subprocess
import sys
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.db import connections

from wayfellow.jobs import claims, schedules, worker
from wayfellow.jobs.models import Job
from wayfellow.jobs.tests import smtp_peer, tasks
from wayfellow.notifications.actions import send_mail
from wayfellow.notifications.models import Mail, Notice

pytestmark = [pytest.mark.races, pytest.mark.django_db(transaction=True), pytest.mark.timeout(180)]

LEASE = 1.0
FROZEN_FOR = LEASE * 1.5
DATABASE_JOBS, MAILS, BLOWS = 700, 300, 60
WORKERS = 4


class Workers:
    """Processes that work, as `wayfellow worker` does; each can be killed or frozen at any moment."""

    def __init__(self, threads: int) -> None:
        self.threads = threads
        self.alive: set[int] = set()
        self.frozen: dict[int, float] = {}

    def start(self) -> None:
        connections.close_all()  # nothing of the database may be open in two processes
        child = os.fork()
        if child == 0:
            try:
                logging.disable(logging.CRITICAL)
                worker.run(threads=self.threads, stop=threading.Event())
            finally:
                os._exit(1)
        self.alive.add(child)

    def kill(self, child: int) -> None:
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
        self.alive.discard(child)
        self.frozen.pop(child, None)

    def freeze(self, child: int) -> None:
        os.kill(child, signal.SIGSTOP)
        self.frozen[child] = time.monotonic() + FROZEN_FOR

    def wake(self) -> None:
        """Let those go on whose time is over."""
        for child, until in list(self.frozen.items()):
            if time.monotonic() >= until:
                os.kill(child, signal.SIGCONT)
                del self.frozen[child]

    def replace_the_dead(self) -> int:
        """Start a worker for each that has ended by itself. Returns how many had."""
        ended = [child for child in self.alive if os.waitpid(child, os.WNOHANG)[0]]
        self.alive -= set(ended)
        for _child in ended:
            self.start()
        return len(ended)

    def end(self) -> None:
        for child in list(self.alive):
            self.kill(child)


@pytest.fixture
def workers(monkeypatch: Any) -> Iterator[Callable[[int], Workers]]:
    monkeypatch.setattr(claims, "LEASE", timedelta(seconds=LEASE))
    monkeypatch.setattr(claims, "FIRST_WAIT", timedelta(seconds=0.1))
    monkeypatch.setattr(worker, "RENEW_EVERY", LEASE / 4)
    monkeypatch.setattr(worker, "TICK", LEASE / 20)
    monkeypatch.setattr(worker, "LOOK_EVERY", 0.05)
    monkeypatch.setattr(worker, "AFTER_TROUBLE", 0.1)
    monkeypatch.setattr(schedules, "contributions", lambda _what: [])
    made: list[Workers] = []

    def start(threads: int) -> Workers:
        made.append(Workers(threads))
        return made[0]

    yield start
    for group in made:
        group.end()


@pytest.fixture
def mail_server(tmp_path: Path, settings: Any) -> Iterator[Callable[[], list[str]]]:
    """A mail server outside; calling it gives what it got: one line a mail, address and Message-ID."""
    path = tmp_path / "mails"
    path.touch()
    command = [sys.executable, smtp_peer.__file__, str(path)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout
        port = int(process.stdout.readline())
        settings.MAIL_URL = f"smtp://127.0.0.1:{port}"
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", port
        try:
            yield lambda: path.read_text().splitlines()
        finally:
            process.kill()


def how_many_are_over() -> int:
    return Job.objects.filter(state__in=["done", "failed"]).count()


def test_killed_and_frozen_sixty_times(workers: Any, mail_server: Any, member: Any, organisation: Any) -> None:
    dice = random.Random(20261126)
    for number in range(DATABASE_JOBS):
        tasks.tell_it.using(key=f"tell:{number}").enqueue(member_id=member.pk, number=number)
    for number in range(MAILS):
        send_mail(
            to=f"m{number}@larkmoor.example",
            template="people/mail/join_refused",
            facts={"name": "Amara", "help": ""},
            organisation=organisation,
            key=f"crash:{number}",
        )
    total, struck = DATABASE_JOBS + MAILS, Counter[str]()
    group = workers(2)
    for _number in range(WORKERS):
        group.start()
    end = time.monotonic() + 120
    while (over := how_many_are_over()) < total or group.frozen:
        assert time.monotonic() < end, f"{over} of {total} after {sum(struck.values())} blows"
        group.wake()
        awake = sorted(group.alive - group.frozen.keys())
        if awake and sum(struck.values()) < BLOWS and over >= sum(struck.values()) * (total * 9 // 10) // BLOWS:
            child = dice.choice(awake)
            if dice.random() < 0.5:
                group.kill(child)
                group.start()
                struck["killed"] += 1
            else:
                group.freeze(child)
                struck["frozen"] += 1
        time.sleep(0.01)

    assert sum(struck.values()) == BLOWS
    assert min(struck.values()) > BLOWS / 4
    assert dict(Counter(Job.objects.values_list("state", flat=True))) == {"done": total}
    told = Counter(notice.facts["number"] for notice in Notice.objects.all())
    assert told == Counter(range(DATABASE_JOBS))  # each once
    assert Job.objects.filter(fence__gt=1).count() > 10  # blows that hit somebody at work
    assert dict(Counter(Mail.objects.values_list("state", flat=True))) == {"sent": MAILS}
    got = mail_server()
    assert len({line.split()[0] for line in got}) == MAILS  # each at least once
    assert len(set(got)) == MAILS  # and always under the same Message-ID
    assert {line.split()[1] for line in got} == set(Mail.objects.values_list("message_id", flat=True))


def test_poison_ends_as_a_dead_letter_and_holds_nobody_up(workers: Any, member: Any) -> None:
    tasks.kill_the_worker.using(priority=50).enqueue()
    tasks.break_down.using(priority=50).enqueue()
    for number in range(100):
        tasks.tell_it.enqueue(member_id=member.pk, number=number)
    group = workers(2)
    group.start()
    died, end = 0, time.monotonic() + 60
    while how_many_are_over() < 102:
        assert time.monotonic() < end
        died += group.replace_the_dead()
        time.sleep(0.02)
    assert died == 3
    assert Notice.objects.count() == 100
    deadly, broken = Job.objects.filter(state="failed").order_by("created_at")
    assert (deadly.attempts, deadly.error_type) == (3, "wayfellow.jobs.errors.LostLease")
    assert deadly.error == "Its worker vanished on every attempt."
    assert (broken.attempts, broken.error_type) == (3, "wayfellow.core.errors.InvalidInput")
    assert broken.error
    assert "@" not in broken.error
