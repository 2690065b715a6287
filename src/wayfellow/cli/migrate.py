"""`wayfellow migrate`."""

import click

from wayfellow.cli.site import migrate_database, set_up


@click.command()
def migrate() -> None:
    """Create the database, or bring it up to date with this version."""
    set_up()
    migrate_database()
