"""What a carrier runs: the job with the number that it was given. Imported only where `carrying.is_set()`."""

import os
import platform
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from uuid import UUID

import django_tasks
from django.db import connections

from wayfellow.jobs import claims
from wayfellow.jobs.carrying import ALIAS
from wayfellow.jobs.running import Run, run_job

RENEW_EVERY = claims.LEASE.total_seconds() / 4


@django_tasks.task(backend=ALIAS)
def run_carried(job_id: str) -> None:
    """Run this job, unless it is over or somebody has it."""
    job = claims.claim(f"carrier:{platform.node()}:{os.getpid()}"[:80], only=UUID(job_id))
    if job is None:
        return
    run = Run(job)
    with _lease_kept(run):
        run_job(run)


@contextmanager
def _lease_kept(run: Run) -> Iterator[None]:
    ended = threading.Event()

    def beat() -> None:
        try:
            while not ended.wait(RENEW_EVERY):
                if claims.renew([run.job]) and not run.finished:
                    run.lost.set()
        finally:
            connections.close_all()

    heart = threading.Thread(target=beat, name="job-heart", daemon=True)
    heart.start()
    try:
        yield
    finally:
        ended.set()
        heart.join()
