"""Real processes for the browser to talk to: an installation of its own, the demo, a mail server."""

import contextlib
import os
import shutil
import signal
import socket
import sqlite3
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path
from uuid import uuid4

ROOT = Path(__file__).resolve().parent.parent.parent
COMMAND = [sys.executable, "-m", "wayfellow"]
STARTING_TAKES = 110.0  # seconds; the first start of the demo also loads its people


def free_port() -> int:
    """A port on loopback that nothing listens on now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def clean_environment(**settings: str) -> dict[str, str]:
    """Our environment without its Wayfellow settings, and with these."""
    ours = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith(("WAYFELLOW_", "DJANGO_")) and name != "DATABASE_URL"
    }
    return ours | {"PYTHONPATH": str(ROOT / "src"), "PYTHONUNBUFFERED": "1", **settings}


class Server:
    """A `wayfellow serve` or `wayfellow demo` that is running, with what it said."""

    def __init__(self, *arguments: str, url: str, environment: dict[str, str], log: Path, ready: str) -> None:
        self.url, self.log = url, log
        with log.open("wb") as out:
            self.process = subprocess.Popen(
                [*COMMAND, *arguments],
                env=environment,
                cwd=ROOT,
                stdin=subprocess.DEVNULL,
                stdout=out,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )
        deadline = time.monotonic() + STARTING_TAKES
        while ready not in self.said():
            try:
                self.process.wait(0.05)
            except subprocess.TimeoutExpired:
                if time.monotonic() < deadline:
                    continue
                self.stop()
            raise AssertionError(f"wayfellow {' '.join(arguments)} is not ready:\n{self.said()}")

    def said(self) -> str:
        """All that it has written so far."""
        return self.log.read_text(errors="replace")

    def stop(self) -> None:
        """Ask it to end, as Ctrl-C does, and wait until all of it has."""
        self.process.send_signal(signal.SIGINT)
        try:
            self.process.wait(30)
        except subprocess.TimeoutExpired:
            os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait()
            raise


class Postbox:
    """A mail server on loopback. What it was given can be waited for."""

    def __init__(self) -> None:
        from aiosmtpd.controller import Controller

        self.mails: list[EmailMessage] = []
        self.arrived = threading.Condition()
        self.port = free_port()
        self.controller = Controller(self, hostname="127.0.0.1", port=self.port)
        self.controller.start()

    async def handle_DATA(self, server, session, envelope):
        mail = message_from_bytes(envelope.content, policy=policy.default)
        mail.envelope_to = list(envelope.rcpt_tos)
        with self.arrived:
            self.mails.append(mail)
            self.arrived.notify_all()
        return "250 OK"

    def to(self, email: str, subject: str = "") -> list[EmailMessage]:
        """Mails to this address whose subject holds these words, oldest first."""
        return [mail for mail in self.mails if email in mail.envelope_to and subject in mail["Subject"]]

    def wait_for(self, email: str, subject: str = "", *, timeout: float = 20) -> EmailMessage:
        """The newest such mail, as soon as there is one."""
        with self.arrived:
            there = self.arrived.wait_for(lambda: self.to(email, subject), timeout)
        assert there, f"no mail to {email} about {subject!r}, but: {[(m['To'], m['Subject']) for m in self.mails]}"
        return there[-1]

    def stop(self) -> None:
        """Close the door."""
        self.controller.stop()


@contextlib.contextmanager
def fresh_database() -> Iterator[dict[str, str]]:
    """Settings of a database that nobody has used: SQLite in the home, or a new one on the server of DATABASE_URL."""
    url = os.environ.get("DATABASE_URL", "")
    if not url:
        yield {}
        return
    import psycopg

    server, _, _ = url.rpartition("/")
    name = f"wayfellow_browser_{uuid4().hex[:8]}"
    with psycopg.connect(f"{server}/postgres", autocommit=True) as connection:
        connection.execute(f'CREATE DATABASE "{name}"')
    try:
        yield {"DATABASE_URL": f"{server}/{name}"}
    finally:
        with psycopg.connect(f"{server}/postgres", autocommit=True) as connection:
            connection.execute(f'DROP DATABASE "{name}" WITH (FORCE)')


@dataclass
class Site:
    """An installation: its home, its settings, its mails, and its server once it was started."""

    home: Path
    postbox: Postbox
    settings: dict[str, str] = field(default_factory=dict)
    server: Server | None = None
    port: int = field(default_factory=free_port)

    def __post_init__(self) -> None:
        self.url = f"http://127.0.0.1:{self.port}"
        self.settings |= {
            "WAYFELLOW_HOME": str(self.home),
            "WAYFELLOW_BASE_URL": self.url,
            "WAYFELLOW_MAIL_URL": f"smtp://127.0.0.1:{self.postbox.port}",
        }

    def run(self, *arguments: str, code: int = 0) -> str:
        """Run a `wayfellow` command to its end; what it printed.

        Args:
            code: the exit code it must have.
        """
        done = subprocess.run(
            [*COMMAND, *arguments],
            env=clean_environment(**self.settings),
            cwd=ROOT,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            timeout=100,
        )
        assert done.returncode == code, f"{arguments}: {done.returncode}\n{done.stdout}\n{done.stderr}"
        return done.stdout

    def serve(self) -> None:
        """Start `wayfellow serve`: web and worker."""
        self.server = Server(
            "serve",
            "--port",
            str(self.port),
            url=self.url,
            environment=clean_environment(**self.settings),
            log=self.home / "serve.log",
            ready="Wayfellow is ready at",
        )


@contextlib.contextmanager
def a_site(home: Path) -> Iterator[Site]:
    """An installation with nothing in it yet; ended and cleared away afterwards."""
    postbox = Postbox()
    try:
        with fresh_database() as settings:
            site = Site(home, postbox, dict(settings))
            try:
                yield site
            finally:
                if site.server is not None:
                    site.server.stop()
    finally:
        postbox.stop()


def copy_demo(home: Path, copy: Path) -> None:
    """A copy of a demo's home, which may be running: the database as it is now."""
    copy.mkdir(exist_ok=True)
    for name in ("secret", "demo.json"):
        shutil.copy(home / name, copy / name)
    shutil.copytree(home / "files", copy / "files", dirs_exist_ok=True)
    with contextlib.closing(sqlite3.connect(home / "wayfellow.sqlite3")) as source:
        source.execute("VACUUM INTO ?", [str(copy / "wayfellow.sqlite3")])


def start_demo(home: Path) -> Server:
    """`wayfellow demo` with a home and a port of its own."""
    port = free_port()
    return Server(
        "demo",
        "--port",
        str(port),
        url=f"http://127.0.0.1:{port}",
        environment=clean_environment(WAYFELLOW_HOME=str(home)),
        log=home / "demo.log",
        ready="Wayfellow demo is ready at",
    )
