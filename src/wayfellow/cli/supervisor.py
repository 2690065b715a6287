"""One process that runs web server and worker as children and ends both, whatever happens."""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from http.client import HTTPConnection, HTTPException

import click

from wayfellow.cli.parent import VARIABLE
from wayfellow.cli.signals import stop_on_signals

WEB = ("-m", "wayfellow.cli.web")
WORKER = ("-m", "wayfellow", "worker")
STARTING_TAKES = 90.0  # seconds until a web server that does not answer is given up
ENDING_TAKES = 25.0  # seconds that children get to finish before they are killed
LONGEST_PAUSE = 60.0


class CannotServe(click.ClickException):
    """The web server cannot start. The message says why."""


class PortTaken(CannotServe):
    """Nothing can listen on this port."""

    exit_code = 2


def refuse_taken_port(host: str, port: int) -> None:
    """Raise `PortTaken` when nothing can listen there."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except (OSError, OverflowError) as error:
            why = getattr(error, "strerror", None) or "not a port"
            raise PortTaken(f"Port {port} on {host} cannot be used: {why}. Choose another with --port.") from None


class _Child:
    """A child in a process group of its own, tied to us by a pipe that closes when we are gone."""

    def __init__(self, arguments: tuple[str, ...]) -> None:
        self.pipe, theirs = os.pipe()[::-1]
        self.process = subprocess.Popen(
            [sys.executable, *arguments],
            stdin=subprocess.DEVNULL,
            pass_fds=[theirs],
            env={**os.environ, VARIABLE: str(theirs)},
            start_new_session=True,
        )
        os.close(theirs)
        self.started = time.monotonic()

    def signal(self, number: int) -> None:
        with suppress(ProcessLookupError, PermissionError):
            os.killpg(self.process.pid, number)

    def end(self, deadline: float) -> None:
        """Wait until the deadline, then kill what is left of the group."""
        with suppress(subprocess.TimeoutExpired):
            self.process.wait(max(0.0, deadline - time.monotonic()))
        self.signal(signal.SIGKILL)
        self.process.wait()
        os.close(self.pipe)


def _answers(host: str, port: int) -> bool:
    """Whether the web server says that it is ready."""
    host = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(host, host)  # noqa: S104
    connection = HTTPConnection(host, port, timeout=5)
    try:
        connection.request("GET", "/readyz", headers={"Host": "localhost"})
        return connection.getresponse().status == 200
    except (OSError, HTTPException):
        return False
    finally:
        connection.close()


def supervise(*, host: str, port: int, ready: Callable[[], None]) -> int:
    """Run web server and worker until SIGTERM or SIGINT; restart a worker that dies; call `ready` once, when it is so.

    Returns:
        0 after a signal; 1 when the web server ended or never answered.
    """
    stop = stop_on_signals()
    web = _Child(WEB)
    worker: _Child | None = _Child(WORKER)
    restart_at, pause, is_ready, code = 0.0, 1.0, False, 0
    try:
        while not stop.wait(0.5 if is_ready else 0.05):
            now = time.monotonic()
            if web.process.poll() is not None:
                code = _complain(f"The web server has ended (exit code {web.process.returncode}).")
                break
            if not is_ready and _answers(host, port):
                is_ready = True
                ready()
            if not is_ready and now - web.started > STARTING_TAKES:
                code = _complain(f"The web server does not answer after {STARTING_TAKES:.0f} seconds.")
                break
            if worker is not None and worker.process.poll() is not None:
                pause = 1.0 if now - worker.started > LONGEST_PAUSE else min(pause * 2, LONGEST_PAUSE)
                _complain(f"The worker has ended (exit code {worker.process.returncode}); again in {pause:.0f} s.")
                worker.end(now)
                worker, restart_at = None, now + pause
            if worker is None and now >= restart_at:
                worker = _Child(WORKER)
    finally:
        children = [child for child in (web, worker) if child is not None]
        for child in children:
            child.signal(signal.SIGTERM)
        deadline = time.monotonic() + ENDING_TAKES
        for child in children:
            child.end(deadline)
    return code


def _complain(text: str) -> int:
    click.echo(text, err=True)
    return 1
