"""`wayfellow match`: the matching engine on files. Needs neither server nor database."""

import click

from wayfellow.cli.lazy import Command, LazyGroup

COMMANDS = {
    "people": Command("wayfellow.cli.match_people:people", "Match the people of a spreadsheet.", server=False),
    "pairs": Command("wayfellow.cli.match_pairs:pairs", "Match a folder of CSV files with ready scores.", server=False),
    "regret": Command(
        "wayfellow.cli.match_pairs:regret", "Say what each mentor would cost for a mentee.", server=False
    ),
}


@click.group(cls=LazyGroup, lazy=COMMANDS)
def match() -> None:
    """Match mentees and mentors in files, without a server.

    Every result is proven: the best there is for the objective, and the same for the same input and seed.
    """
