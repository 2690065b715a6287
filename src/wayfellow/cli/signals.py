"""Being told to stop."""

import os
import signal
import threading
from typing import Any


def stop_on_signals() -> threading.Event:
    """An event that SIGINT and SIGTERM set, from a thread of its own.

    A handler that set the event itself would run in the main thread, which may just hold the event's lock in `wait()`,
    and then both would wait for ever.
    """
    stop = threading.Event()
    told, tell = os.pipe()

    def pass_on() -> None:
        os.read(told, 1)
        stop.set()

    def handle(*args: Any) -> None:
        os.write(tell, b"x")

    threading.Thread(target=pass_on, name="told-to-stop", daemon=True).start()
    signal.signal(signal.SIGINT, handle)
    signal.signal(signal.SIGTERM, handle)
    return stop
