"""`wayfellow worker`."""

import os

import click

from wayfellow.cli.parent import stop_with_parent
from wayfellow.cli.signals import stop_on_signals
from wayfellow.cli.site import set_up


@click.command()
@click.option("--threads", type=click.IntRange(1, 64), help="Jobs run at once. [default: WAYFELLOW_WORKER_THREADS]")
def worker(threads: int | None) -> None:
    """Run jobs (mail, reminders, imports) until told to stop.

    SIGTERM or Ctrl-C lets the jobs in hand finish; what was not begun stays in the queue.
    """
    stop = stop_on_signals()
    stop_with_parent()
    if threads is not None:
        os.environ["WAYFELLOW_WORKER_THREADS"] = str(threads)
    set_up()
    from django.conf import settings

    from wayfellow.jobs.worker import run

    run(threads=settings.WORKER_THREADS, stop=stop)
