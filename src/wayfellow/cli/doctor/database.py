"""The database: it answers, is new enough and up to date, and agrees what time it is."""

import sqlite3
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

from wayfellow.cli.doctor.finding import Finding
from wayfellow.cli.site import pending_migrations

OLDEST_SQLITE = (3, 37)
OLDEST_POSTGRESQL = 14
CLOCKS_MAY_DIFFER = timedelta(seconds=5)


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
    elif connection.pg_version // 10000 < OLDEST_POSTGRESQL:
        words = f"PostgreSQL {connection.pg_version // 10000} is too old"
        yield Finding("database", words, f"Use PostgreSQL {OLDEST_POSTGRESQL} or newer.", is_wrong=True)
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
    yield from _check_journal()


def _check_journal() -> Iterator[Finding]:
    """A network disk shares no memory between processes, so SQLite falls back to a journal that locks readers out."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("PRAGMA journal_mode")
        mode = cursor.fetchone()[0]
    if mode != "wal":
        mend = "Move WAYFELLOW_HOME to a disk of this machine, or use PostgreSQL (DATABASE_URL)."
        words = f"SQLite cannot keep its write-ahead log here (its journal is in mode {mode})"
        yield Finding("database", words, mend, is_wrong=True)


def check_clock() -> Iterator[Finding]:
    """The clock was not set back, and this machine and the database agree."""
    from django.db import connection

    from wayfellow.jobs.models import Job

    now = datetime.now(UTC)
    newest = Job.objects.order_by("-created_at").values_list("created_at", flat=True).first()
    if newest is not None and newest - now > CLOCKS_MAY_DIFFER:
        words = f"here it is {now:%Y-%m-%d %H:%M} UTC, but something was asked for at {newest:%Y-%m-%d %H:%M}"
        yield Finding("clock", words, "Let this machine follow a time server (NTP).", is_wrong=True)
        return
    if connection.vendor == "sqlite":
        yield Finding("clock", f"{now:%Y-%m-%d %H:%M} UTC, and nothing here is newer")
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
