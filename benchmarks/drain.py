"""How fast a process empties a queue, from the first job that is seen done to the last. Needs nothing but Python."""

import os
import signal
import subprocess
import time
from collections.abc import Callable, Mapping, Sequence

AT_MOST = 600.0


def drain(command: Sequence[str], left: Callable[[], int], *, environment: Mapping[str, str]) -> tuple[float, float]:
    """Start the process, wait until nothing is left, end it.

    Args:
        left: how many jobs are not done.

    Returns:
        jobs a second, and processor time a job of the process and all its children, in milliseconds.

    Raises:
        RuntimeError: the process ended by itself, or took longer than ten minutes.
    """
    total = left()
    before = os.times()
    process = subprocess.Popen(
        command, env=dict(environment), stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    try:
        end = time.monotonic() + AT_MOST
        while (first := left()) == total:
            _look(process, end)
        started = time.monotonic()
        while left():
            _look(process, end)
        took = time.monotonic() - started
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(60)
    after = os.times()
    cpu = after.children_user + after.children_system - before.children_user - before.children_system
    return first / took, cpu / total * 1000


def _look(process: "subprocess.Popen[bytes]", end: float) -> None:
    if process.poll() is not None:
        raise RuntimeError(f"the worker ended by itself, {process.returncode}")
    if time.monotonic() > end:
        raise RuntimeError("the queue is not empty after ten minutes")
    time.sleep(0.05)
