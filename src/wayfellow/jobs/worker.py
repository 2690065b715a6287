"""The worker: some threads that take jobs, one that renews their leases and keeps the schedules."""

import logging
import os
import platform
import random
import threading
import time
from collections import deque
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field

from django.db import Error, close_old_connections, connections

from wayfellow.core import clock
from wayfellow.jobs import carrying, claims
from wayfellow.jobs.models import Job
from wayfellow.jobs.running import Run, run_job, run_pending
from wayfellow.jobs.schedules import Scheduler

__all__ = ["run", "run_pending"]

log = logging.getLogger("wayfellow.jobs")
LOOK_EVERY = 0.5
TICK = 1.0
# After jobs that took less than QUICK a thread takes more at once, up to MOST_AT_ONCE; it lets others have them when
# it does not come to them in PATIENCE. All in seconds.
MOST_AT_ONCE, QUICK, PATIENCE = 16, 0.05, 1.0
RENEW_EVERY = claims.LEASE.total_seconds() / 4
AFTER_TROUBLE = 5.0
GOODBYE = 25.0


def run(*, threads: int, stop: threading.Event) -> None:
    """Work until `stop` is set, then let running jobs end or give themselves back, and return.

    Where another backend carries the jobs it runs none: it keeps the schedules, and gives what is due to the carrier.

    Args:
        threads: how many jobs at once.
        stop: set by whoever wants the worker to go home, such as a signal handler.
    """
    name = f"{platform.node()}:{os.getpid()}"[:60]
    hands: dict[str, Hand] = {}
    ended = threading.Event()
    helpers = [
        threading.Thread(target=_take_jobs, args=(f"{name}:{number}", hands, stop), name=f"job-{number}", daemon=True)
        for number in range(0 if carrying.is_set() else threads)
    ]
    heart = threading.Thread(target=_beat, args=(hands, stop, ended), name="job-heart", daemon=True)
    for thread in (*helpers, heart):
        thread.start()
    log.info("worker %s: ready, %s at once", name, len(helpers))
    stop.wait()
    for thread in helpers:
        thread.join(GOODBYE)
    ended.set()
    heart.join(TICK * 5)
    log.info("worker %s: gone", name)


@dataclass
class Hand:
    """What one thread has: the job that runs, and those it took with it because all were quick of late."""

    run: Run | None = None
    since: float = 0.0
    waiting: deque[Job] = field(default_factory=deque)
    most: int = 1

    def put_back(self) -> None:
        """Let others have what was not begun. The thread and the heart may both do it: each job is popped once."""
        while self.waiting:
            with suppress(IndexError):
                claims.release(self.waiting.pop())


def _take_jobs(worker: str, hands: dict[str, Hand], stop: threading.Event) -> None:
    hand = hands[worker] = Hand()
    taken_at = 0.0

    def once() -> bool:
        nonlocal taken_at
        # What lay for long may have run out of its lease, as when this process was frozen.
        if time.monotonic() - taken_at > min(PATIENCE, claims.LEASE.total_seconds() / 4):
            hand.put_back()
        if not hand.waiting:
            taken_at = time.monotonic()
            hand.waiting.extend(claims.claim_some(worker, hand.most))
        try:
            run = Run(hand.waiting.popleft(), going_home=stop)
        except IndexError:
            hand.most = 1
            return False
        hand.since, hand.run = time.monotonic(), run
        try:
            run_job(run)
        finally:
            hand.run = None
        hand.most = min(hand.most * 2, MOST_AT_ONCE) if time.monotonic() - hand.since < QUICK else 1
        return True

    def leave() -> bool:
        hand.put_back()
        return True

    try:
        while not stop.is_set():
            if not _guarded(once, stop):
                stop.wait(LOOK_EVERY * random.uniform(0.8, 1.2))  # noqa: S311  keeps workers out of step
        _guarded(leave, stop)
    finally:
        connections.close_all()


def _beat(hands: dict[str, Hand], stop: threading.Event, ended: threading.Event) -> None:
    scheduler = Scheduler()
    renewed_at = time.monotonic()

    def renew() -> bool:
        """By the clock, not by turns: a turn can be long, and a lease does not wait."""
        nonlocal renewed_at
        if time.monotonic() - renewed_at >= RENEW_EVERY:
            current = [run for hand in list(hands.values()) if (run := hand.run)]
            lost = {job.pk for job in claims.renew([run.job for run in current])}
            renewed_at = time.monotonic()
            for run in current:
                if run.job.pk in lost and not run.finished:
                    run.lost.set()
        return True

    def put_back() -> bool:
        """A job that takes long holds up none of those behind it."""
        for hand in list(hands.values()):
            if hand.run and hand.waiting and time.monotonic() - hand.since > PATIENCE:
                hand.put_back()
        return True

    def enqueue() -> bool:
        if not stop.is_set():
            scheduler.enqueue_due(clock.now())
            if carrying.is_set():
                carrying.give_due(clock.now())
        return True

    try:
        while not ended.wait(TICK):
            _guarded(renew, ended)
            _guarded(put_back, ended)
            _guarded(enqueue, ended)
    finally:
        connections.close_all()


def _guarded(once: Callable[[], bool], stop: threading.Event) -> bool:
    """Do it; when the database is away or something else is wrong, say so and wait: a worker outlives that."""
    close_old_connections()
    try:
        return once()
    except Error as error:
        log.error("the database does not answer: %s", claims.words_of(error))
        connections.close_all()
    except Exception as error:
        log.error("could not go on: %s: %s", type(error).__name__, claims.words_of(error))
    stop.wait(AFTER_TROUBLE)
    return False
