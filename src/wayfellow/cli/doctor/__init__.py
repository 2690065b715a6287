"""`wayfellow doctor`: what is wrong with this installation, and what to do about it."""

from collections.abc import Callable, Iterator

import click

from wayfellow.cli.doctor.database import check_clock, check_database
from wayfellow.cli.doctor.events import check_events
from wayfellow.cli.doctor.finding import Finding
from wayfellow.cli.doctor.machine import check_address, check_disk, check_home, check_reachable, check_security
from wayfellow.cli.doctor.mail import check_mail
from wayfellow.cli.doctor.passwords import check_passwords
from wayfellow.cli.doctor.queue import check_carrier, check_queue
from wayfellow.cli.site import set_up

Check = Callable[[], Iterator[Finding]]


@click.command()
@click.option("--mail", is_flag=True, help="Also connect to the mail server (sends nothing).")
@click.option("--events", is_flag=True, help="Also verify every organisation's record from end to end.")
@click.option("--address", is_flag=True, help="Also call the address that people use, as they do.")
def doctor(mail: bool, events: bool, address: bool) -> int:
    """Check settings, database, files, mail, clock and queue, and say how to mend what is wrong.

    The exit code is 1 when something must be mended.
    """
    set_up()
    click.echo("ok     settings: all are known and can be read")
    wrong = _show_all(check_home, check_disk, check_address, check_carrier, check_security, check_passwords)
    if address:
        wrong |= _show_all(check_reachable)
    database_is_wrong = _show_all(check_database)
    if not database_is_wrong:  # what follows asks the database
        wrong |= _show_all(check_clock, check_queue, *([check_events] if events else []))
    wrong |= _show_all(lambda: check_mail(connect=mail, ask_database=not database_is_wrong))
    return 1 if wrong or database_is_wrong else 0


def _show_all(*checks: Check) -> bool:
    """Show what the checks find. Returns whether something is wrong."""
    shown = [_show(finding) for check in checks for finding in check()]
    return any(shown)


def _show(finding: Finding) -> bool:
    state = "WRONG" if finding.is_wrong else "hint" if finding.mend else "ok"
    click.echo(f"{state:<7}{finding.subject}: {finding.words}")
    if finding.mend:
        click.echo(f"       {finding.mend}")
    return finding.is_wrong
