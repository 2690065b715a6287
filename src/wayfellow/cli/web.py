"""The web process of `wayfellow serve`: granian with the WSGI application. Run as `python -m wayfellow.cli.web`."""

import os
import sys

from granian import Granian
from granian.constants import Interfaces
from granian.log import LogLevels

from wayfellow.cli.parent import stop_with_parent
from wayfellow.cli.site import set_up
from wayfellow.cli.trouble import explain

# A request holds a thread and a database connection: no more than the default of WAYFELLOW_DATABASE_POOL.
THREADS = min(8, 2 * (os.cpu_count() or 1) + 1)


def main() -> None:
    """Serve until SIGTERM."""
    stop_with_parent()
    set_up()
    from django.conf import settings

    Granian(
        target="wayfellow.wsgi:application",
        address=settings.HOST,
        port=settings.PORT,
        interface=Interfaces.WSGI,
        workers=settings.WEB_WORKERS,
        blocking_threads=THREADS,
        websockets=False,
        log_level=LogLevels.warning,
        respawn_failed_workers=True,
        workers_kill_timeout=10,
    ).serve()


if __name__ == "__main__":
    try:
        main()
    except Exception as error:
        sys.exit(explain(error))
