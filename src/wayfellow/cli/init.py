"""`wayfellow init`."""

import sys

import click

from wayfellow.cli.site import migrate_database, set_up


@click.command()
@click.option("--organisation", metavar="NAME", help="Name of the organisation.")
@click.option("--slug", metavar="SLUG", help="Its part of every address: small letters, digits, hyphens.")
@click.option("--admin-email", metavar="EMAIL", help="E-mail address of its first administrator.")
def init(organisation: str | None, slug: str | None, admin_email: str | None) -> None:
    """Create an organisation and its administrator, and print a one-time link to sign in.

    Asks for what is missing, if there is somebody to ask. Creates the database first where needed.
    """
    given = {"--organisation": organisation, "--slug": slug, "--admin-email": admin_email}
    missing = [option for option, value in given.items() if not value]
    if missing and not sys.stdin.isatty():
        raise click.UsageError(f"missing: {', '.join(missing)}")
    questions = {"--organisation": "Organisation", "--slug": "Slug", "--admin-email": "E-mail of the administrator"}
    for option in missing:
        given[option] = click.prompt(questions[option])
    set_up()
    migrate_database(verbosity=0)
    from wayfellow.programmes.actions import found_organisation

    made, link = found_organisation(
        name=given["--organisation"], slug=given["--slug"], admin_email=given["--admin-email"]
    )
    click.echo(f"{made.name} is ready. Its administrator signs in here, once: {link}")
