"""`wayfellow search`: the index of what can be found. Imported once Django is set up."""

import click

from wayfellow.core.errors import NotFound
from wayfellow.discovery.actions import rebuild_index
from wayfellow.people.models import Organisation


@click.group()
def search() -> None:
    """What can be found: the index of mentors."""


@search.command("rebuild")
@click.option("--organisation", "slug", metavar="SLUG", help="Only this organisation's; all without it.")
def rebuild(slug: str | None) -> None:
    """Write the index anew, while people search.

    Whoever searches meanwhile finds each person as before or as after, nobody twice and nobody not at all. Stopped
    half-way it does no harm; start it again.
    """
    rows = Organisation.objects.order_by("slug")
    if slug is not None:
        rows = rows.filter(slug=slug)
        if not rows:
            raise NotFound("organisation_unknown", f"No organisation has the short name {slug}.")
    for organisation in rows:
        done = 0
        for done in rebuild_index(organisation):
            click.echo(f"{organisation.slug}: {done} members", err=True)
        click.echo(f"{organisation.slug}: done, {done} members.")
