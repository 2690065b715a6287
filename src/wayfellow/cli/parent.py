"""Ties a child process to its supervisor: when the supervisor is gone, however it went, the child ends too."""

import os
import signal
import threading

VARIABLE = "WAYFELLOW_SUPERVISOR_PIPE"


def stop_with_parent() -> None:
    """Send this process SIGTERM when the other end of the pipe that the supervisor handed down is closed."""
    number = os.environ.pop(VARIABLE, "")
    if not number.isdigit():
        return
    pipe = int(number)
    os.set_inheritable(pipe, False)

    def watch() -> None:
        while os.read(pipe, 1):
            pass
        os.kill(os.getpid(), signal.SIGTERM)

    threading.Thread(target=watch, name="supervisor-watch", daemon=True).start()
