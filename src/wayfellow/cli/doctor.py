"""`wayfellow doctor`: what is wrong with this installation, and what to do about it."""

import sqlite3
import stat
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

import click

from wayfellow.cli.site import pending_migrations, set_up

OLDEST_SQLITE = (3, 37)
PATIENCE = timedelta(minutes=10)
CLOCKS_MAY_DIFFER = timedelta(seconds=5)


@dataclass(frozen=True)
class Finding:
    """One thing that was looked at.

    Attributes:
        subject: what was looked at.
        words: what was found.
        mend: what to do about it; empty when all is well.
        is_wrong: whether it must be mended (a hint otherwise).
    """

    subject: str
    words: str
    mend: str = ""
    is_wrong: bool = False


@click.command()
@click.option("--mail", is_flag=True, help="Also connect to the mail server (sends nothing).")
def doctor(mail: bool) -> int:
    """Check settings, database, files, mail, clock and queue, and say how to mend what is wrong.

    The exit code is 1 when something must be mended.
    """
    set_up()
    click.echo("ok     settings: all are known and can be read")
    checks: list[Callable[[], Iterator[Finding]]] = [check_home, check_address, check_database]
    wrong = False
    for finding in (finding for check in checks for finding in check()):
        wrong |= _show(finding)
    if not wrong:  # what follows asks the database
        for finding in (finding for check in (check_clock, check_queue) for finding in check()):
            wrong |= _show(finding)
    for finding in check_mail(connect=mail):
        wrong |= _show(finding)
    return 1 if wrong else 0


def _show(finding: Finding) -> bool:
    state = "WRONG" if finding.is_wrong else "hint" if finding.mend else "ok"
    click.echo(f"{state:<7}{finding.subject}: {finding.words}")
    if finding.mend:
        click.echo(f"       {finding.mend}")
    return finding.is_wrong


def check_home() -> Iterator[Finding]:
    """The folder of the installation is there and readable by its owner alone."""
    from django.conf import settings

    home: Path = settings.HOME
    if not home.is_dir():
        yield Finding("files", f"{home} does not exist", "Run: wayfellow migrate", is_wrong=True)
        return
    open_to_others = [
        path
        for path in (home, home / "secret", home / "files", *home.glob("wayfellow.sqlite3*"))
        if path.exists() and stat.S_IMODE(path.stat().st_mode) & 0o077 and (path == home or not _is_shut(home))
    ]
    if open_to_others:
        names = " ".join(str(path) for path in open_to_others)
        yield Finding("files", f"others can read {names}", f"Run: chmod go-rwx {names}", is_wrong=True)
    else:
        yield Finding("files", f"{home} is readable by its owner alone")


def _is_shut(folder: Path) -> bool:
    return not stat.S_IMODE(folder.stat().st_mode) & 0o077


def check_address() -> Iterator[Finding]:
    """Links in mails lead somewhere, and over TLS."""
    from django.conf import settings

    if settings.SECURE_SSL_REDIRECT and not settings.TRUSTED_PROXIES:
        yield Finding(
            "address",
            f"no proxy is trusted, so every visitor is sent to {settings.BASE_URL} again and again",
            "Let the proxy that ends TLS set X-Forwarded-Proto, and set WAYFELLOW_TRUSTED_PROXIES=1.",
            is_wrong=True,
        )
    elif settings.BASE_URL.startswith("https://"):
        yield Finding("address", settings.BASE_URL)
    else:
        yield Finding(
            "address",
            f"{settings.BASE_URL} is not https, so cookies travel in the clear",
            "Set WAYFELLOW_BASE_URL to the https address that people use. On this machine alone http will do.",
        )


def check_database() -> Iterator[Finding]:
    """The database answers, is new enough and up to date."""
    from django.db import Error, connection

    try:
        if connection.vendor == "postgresql":
            # Outside the pool, which tries for long and then does not say why.
            connection.Database.connect(**connection.get_connection_params(), connect_timeout=5).close()
        missing = pending_migrations()
    except (Error, connection.Database.Error) as error:
        yield Finding(
            "database",
            (str(error).strip().splitlines() or ["no answer"])[0],
            "Check DATABASE_URL, and that the server runs and lets this user in.",
            is_wrong=True,
        )
        return
    if connection.vendor == "sqlite":
        yield from _check_sqlite()
    else:
        yield Finding("database", f"PostgreSQL {connection.pg_version // 10000} answers")
    if missing:
        words = f"{missing} migrations of this version are missing"
        yield Finding("migrations", words, "Run: wayfellow migrate", is_wrong=True)
    else:
        yield Finding("migrations", "up to date")


def _check_sqlite() -> Iterator[Finding]:
    version = sqlite3.sqlite_version
    if sqlite3.sqlite_version_info < OLDEST_SQLITE:
        mend = "Use a Python built with SQLite 3.37 or newer, or PostgreSQL (DATABASE_URL)."
        yield Finding("database", f"SQLite {version} is too old", mend, is_wrong=True)
        return
    memory = sqlite3.connect(":memory:")
    try:
        memory.execute("CREATE VIRTUAL TABLE t USING fts5(words)")
    except sqlite3.OperationalError:
        mend = "Use a Python built with it, or PostgreSQL (DATABASE_URL)."
        yield Finding("database", f"SQLite {version} has no full-text search (FTS5)", mend, is_wrong=True)
    else:
        yield Finding("database", f"SQLite {version} with full-text search")
    finally:
        memory.close()


def check_clock() -> Iterator[Finding]:
    """This machine and the database agree what time it is."""
    from django.db import connection

    if connection.vendor == "sqlite":
        return
    with connection.cursor() as cursor:
        cursor.execute("SELECT clock_timestamp()")
        theirs: datetime = cursor.fetchone()[0]
    apart = abs(datetime.now(UTC) - theirs)
    if apart > CLOCKS_MAY_DIFFER:
        words = f"this machine and the database are {apart.total_seconds():.0f} seconds apart"
        yield Finding("clock", words, "Let both follow a time server (NTP).", is_wrong=True)
    else:
        yield Finding("clock", "agrees with the database")


def check_queue() -> Iterator[Finding]:
    """Jobs leave the queue, and none has failed for good."""
    from wayfellow.jobs.queries import health

    now = datetime.now(UTC)
    state = health(now)
    if state["dead_letters"]:
        words = f"{state['dead_letters']} jobs have failed for good"
        yield Finding("queue", words, "See `wayfellow jobs list`, then `wayfellow jobs run-again ID`.", is_wrong=True)
    if state["oldest"] is not None and now - state["oldest"] > PATIENCE:
        words = f"the oldest job has waited {(now - state['oldest']) // timedelta(minutes=1)} minutes"
        yield Finding("queue", words, "Is a worker running? Run: wayfellow serve, or wayfellow worker", is_wrong=True)
    elif not state["dead_letters"]:
        yield Finding("queue", f"{state['waiting']} jobs wait, none for long")


def check_mail(*, connect: bool) -> Iterator[Finding]:
    """There is a mail server, and (when asked to connect) it lets us in."""
    from django.conf import settings
    from django.core.mail import get_connection

    if settings.DEMO:
        yield Finding("mail", "the demo keeps it on its outbox page")
        return
    if not settings.MAIL_URL:
        mend = "Set WAYFELLOW_MAIL_URL, such as smtp+tls://user:password@mail.example.org:587"
        yield Finding("mail", "no mail server is set, so nobody gets mail", mend, is_wrong=True)
        return
    server = f"{settings.EMAIL_HOST}:{settings.EMAIL_PORT}"
    if not connect:
        yield Finding("mail", f"goes through {server} (not tried; try it with --mail)")
        return
    connection = get_connection("django.core.mail.backends.smtp.EmailBackend")
    try:
        connection.open()
        connection.close()
    except OSError as error:  # smtplib's errors are of this family too
        yield Finding("mail", f"{server} says: {error}", "Check WAYFELLOW_MAIL_URL.", is_wrong=True)
    else:
        yield Finding("mail", f"{server} lets us in")
