"""The `wayfellow` command. Starts without Django: each command is imported when it is asked for."""

import sys
from collections.abc import Sequence

import click

from wayfellow import __version__
from wayfellow.cli.lazy import Command, LazyGroup
from wayfellow.cli.trouble import explain

COMMANDS = {
    "init": Command("wayfellow.cli.init:init", "Create an organisation and its administrator."),
    "serve": Command("wayfellow.cli.serve:serve", "Run web server and worker under one supervisor."),
    "worker": Command("wayfellow.cli.worker:worker", "Run the jobs: mail, reminders, imports."),
    "migrate": Command("wayfellow.cli.migrate:migrate", "Create or update the database."),
    "members": Command("wayfellow.people.cli:members", "Import and export an organisation's members.", site=True),
    "skills": Command("wayfellow.skills.cli:skills", "Import O*NET or ESCO; list skills and occupations.", site=True),
    "match": Command("wayfellow.cli.match:match", "Match mentees and mentors in files; no server.", server=False),
    "survey": Command("wayfellow.cli.survey:survey", "Score survey answers in files; no server.", server=False),
    "impact": Command("wayfellow.cli.impact:impact", "Say what a programme did, from files; no server.", server=False),
    "jobs": Command("wayfellow.jobs.cli:jobs", "See the queue; run again or cancel a job.", site=True),
    "search": Command("wayfellow.discovery.cli:search", "Write the index of what can be found anew.", site=True),
    "doctor": Command("wayfellow.cli.doctor:doctor", "Check this installation and say how to mend it."),
    "demo": Command("wayfellow.cli.demo:demo", "Run a demo with its own database and made-up people."),
}


@click.group(cls=LazyGroup, lazy=COMMANDS, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, message="wayfellow %(version)s")
def wayfellow() -> None:
    """Self-hosted mentoring: find the right mentor, run the relationship well, see what it did."""


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the command line and exit. Never shows a traceback: each error becomes a message and an exit code."""
    try:
        code = wayfellow.main(args=arguments, prog_name="wayfellow", standalone_mode=False)
    except BaseException as error:  # every error ends here, Ctrl-C too
        sys.exit(explain(error))
    sys.exit(code if isinstance(code, int) else 0)
