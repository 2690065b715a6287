"""Jobs a second: a queue of trivial jobs, enqueued beforehand, emptied by one worker process, against django-q2.

Both keep their queue in the same kind of database with the same settings, give a job an addition to do and keep its
result. Ours runs one job at a time. django-q2 runs as it comes, and tuned: it then fetches fifty jobs a query, holds
five hundred, and its worker process is not made anew all the time. Counted from the first job seen done to the last,
so that starting up is nobody's loss.
"""

import os
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from benchmarks.measure import measure_alone, peer, show
from benchmarks.scratch import databases, new_database

JOBS = 3_000
LEAST_TIMES = 5.0
AS_IT_COMES: dict[str, int] = {}
TUNED = {"bulk": 50, "queue_limit": 500, "recycle": 100_000}


def main() -> None:
    jobs = int(sys.argv[1]) if len(sys.argv) > 1 else JOBS
    python = peer("django-q2")
    rows = []
    for name, url in databases().items():
        with _home() as home:
            ours = measure_alone("benchmarks.jobs_throughput", "drain_ours", new_database(url), home, jobs).value
        rows.append([name, "Wayfellow, one thread", ours[0], ours[1], ""])
        for words, options in (("django-q2", AS_IT_COMES), ("django-q2, tuned", TUNED)):
            with _home() as home:
                arguments = ("benchmarks.peer_django_q2", "drain_django_q2", new_database(url), home, options, jobs)
                theirs = measure_alone(*arguments, python=python).value
            rows.append([name, words, theirs[0], theirs[1], ours[0] / theirs[0]])
    headings = ["database", "queue", "jobs a second", "CPU ms a job", "ours is faster, times"]
    show(f"{jobs:,} trivial jobs, one worker process; wanted: {LEAST_TIMES:g} times", headings, rows)


def drain_ours(url: str, home: str, jobs: int) -> tuple[float, float]:
    """Enqueue the jobs, then let one worker do them."""
    os.environ |= {"WAYFELLOW_HOME": home, "WAYFELLOW_LOG_LEVEL": "ERROR", "DATABASE_URL": url}
    from wayfellow.cli.site import migrate_database, set_up

    set_up()
    migrate_database(verbosity=0)
    from django.db import transaction

    from benchmarks.drain import drain
    from benchmarks.trivial_job import add
    from wayfellow.jobs.models import Job

    with transaction.atomic():
        for at in range(jobs):
            add.enqueue(one=at, other=1)
    waiting = Job.objects.exclude(state__in=[Job.State.DONE, Job.State.FAILED])
    command = [sys.executable, "-m", "wayfellow", "worker", "--threads", "1"]
    answer = drain(command, waiting.count, environment=os.environ)
    assert Job.objects.filter(state=Job.State.DONE).count() >= jobs
    return answer


@contextmanager
def _home() -> Iterator[str]:
    with tempfile.TemporaryDirectory(prefix="wayfellow-jobs-") as folder:
        yield str(Path(folder))


if __name__ == "__main__":
    main()
