"""`wayfellow serve`."""

import os

import click

from wayfellow.cli.site import is_new, migrate_database, pending_migrations, set_up
from wayfellow.cli.supervisor import CannotServe, refuse_taken_port, supervise


@click.command()
@click.option("--host", help="Address to listen on. [default: WAYFELLOW_HOST, or 127.0.0.1]")
@click.option("--port", type=click.IntRange(1, 65535), help="Port to listen on. [default: WAYFELLOW_PORT, or 8000]")
@click.option("--workers", type=click.IntRange(1, 64), help="Web processes. [default: WAYFELLOW_WEB_WORKERS, or 1]")
def serve(host: str | None, port: int | None, workers: int | None) -> int:
    """Run web server and worker until Ctrl-C or SIGTERM.

    A new database is created first. Without an organisation yet, a one-time link is printed that creates the first one.
    """
    for name, value in (("HOST", host), ("PORT", port), ("WEB_WORKERS", workers)):
        if value is not None:
            os.environ[f"WAYFELLOW_{name}"] = str(value)
    if port is not None:
        os.environ.setdefault("WAYFELLOW_BASE_URL", f"http://127.0.0.1:{port}")
    set_up()
    from django.conf import settings

    refuse_taken_port(settings.HOST, settings.PORT)
    if is_new():
        click.echo("Creating the database ...")
        migrate_database(verbosity=0)
    missing = pending_migrations()
    if missing:
        raise CannotServe(f"The database lacks {missing} migrations of this version. Run: wayfellow migrate")
    link = prepare()

    def ready() -> None:
        click.echo(f"Wayfellow is ready at {settings.BASE_URL} (listening on {settings.HOST}:{settings.PORT})")
        if link:
            click.echo(f"No organisation yet. Create the first one here, once: {link}")

    return supervise(host=settings.HOST, port=settings.PORT, ready=ready)


def prepare() -> str | None:
    """The one-time set-up link while there is no organisation. Leaves no database connection open."""
    from django.db import connections

    from wayfellow.people.actions.organisations import make_setup_link

    try:
        return make_setup_link()
    finally:
        connections.close_all()
