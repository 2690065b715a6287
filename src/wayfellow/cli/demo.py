"""`wayfellow demo`."""

import fcntl
import hashlib
import json
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import click

from wayfellow import __version__
from wayfellow.cli.site import migrate_database, set_up
from wayfellow.cli.supervisor import CannotServe, refuse_taken_port, supervise
from wayfellow.core.home import make_home

HOST = "127.0.0.1"
# What a visitor did is kept that long; then the dates have run away from today, and the demo begins anew.
KEPT_FOR = timedelta(days=7)
# A demo neither writes to the database nor sends through the mail server of a real installation on this machine.
LEFT_ALONE = ("DATABASE_URL", "DATABASE_URL_FILE", "WAYFELLOW_MAIL_URL", "WAYFELLOW_MAIL_URL_FILE")


@click.command()
@click.option("--port", type=click.IntRange(1, 65535), default=8000, show_default=True, help="Port on 127.0.0.1.")
def demo(port: int) -> int:
    """Run a demo with made-up people, with its own database under var/demo (or WAYFELLOW_HOME).

    The people and their dates are made anew when they are a week old. Never use it with real people: anyone who reaches
    it can sign in as anyone.
    """
    refuse_taken_port(HOST, port)
    for name in LEFT_ALONE:
        os.environ.pop(name, None)
    os.environ |= {"WAYFELLOW_DEMO": "1", "WAYFELLOW_HOST": HOST, "WAYFELLOW_PORT": str(port)}
    os.environ["WAYFELLOW_BASE_URL"] = f"http://{HOST}:{port}"
    os.environ.setdefault("WAYFELLOW_HOME", "var/demo")
    os.environ.setdefault("WAYFELLOW_LOG_LEVEL", "WARNING")
    set_up()
    from django.conf import settings

    with _fresh_demo(settings.HOME):
        return supervise(
            host=HOST,
            port=port,
            ready=lambda: click.echo(f"Wayfellow demo is ready at http://{HOST}:{port}"),
        )


@contextmanager
def _fresh_demo(home: Path) -> Iterator[None]:
    """A home with today's demo in it; nobody else makes it anew while the block runs.

    Raises:
        CannotServe: the home holds something else, or a running demo is in the way.
    """
    note, wanted = home / "demo.json", _fingerprint()

    def is_stale() -> bool:
        return not _is_current(_read(note), wanted) or not (home / "wayfellow.sqlite3").exists()

    make_home(home)
    with (home / "demo.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_SH)
        if is_stale():
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                raise CannotServe(f"Another demo is running from {home}, and must end before a new one.") from None
            if is_stale():
                _remove(home, note)
                _load(note, wanted)
            _close_database()
        fcntl.flock(lock, fcntl.LOCK_SH)
        yield


def _load(note: Path, wanted: dict[str, str]) -> None:
    from wayfellow.demo.scenes import load

    note.write_text(json.dumps({"made": "unfinished"}))
    click.echo("Creating the demo's database ...")
    migrate_database(verbosity=0)
    load(progress=click.echo)
    note.write_text(json.dumps(wanted))


def _remove(home: Path, note: Path) -> None:
    """Remove the demo that is there. A database that no demo wrote stays."""
    _close_database()
    databases = list(home.glob("wayfellow.sqlite3*"))
    if databases and not note.exists():
        raise CannotServe(f"{home} holds a database that is not a demo's. Choose another folder: WAYFELLOW_HOME=…")
    for path in databases:
        path.unlink()
    shutil.rmtree(home / "files", ignore_errors=True)


def _fingerprint() -> dict[str, str]:
    """What today's demo is made from: the day, the version, the scenes and the migrations."""
    package = Path(__file__).resolve().parent.parent
    digest = hashlib.sha256()
    for path in sorted([*package.glob("demo/**/*.py"), *package.glob("*/migrations/*.py")]):
        digest.update(path.relative_to(package).as_posix().encode() + path.read_bytes())
    return {"day": f"{datetime.now(UTC):%Y-%m-%d}", "version": __version__, "made": digest.hexdigest()[:16]}


def _is_current(found: dict[str, str] | None, wanted: dict[str, str]) -> bool:
    """Whether the demo that is there is made of the same things, and its dates are near today still."""
    if found is None or found | {"day": wanted["day"]} != wanted:
        return False
    try:
        age = date.fromisoformat(wanted["day"]) - date.fromisoformat(found.get("day", ""))
    except ValueError:
        return False
    return timedelta(0) <= age <= KEPT_FOR


def _read(note: Path) -> dict[str, str] | None:
    try:
        return json.loads(note.read_text())
    except (OSError, ValueError):
        return None


def _close_database() -> None:
    from django.db import connections

    connections.close_all()
