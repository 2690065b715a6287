"""`wayfellow impact`: what a programme did, from files. Needs neither server nor database."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

import click

from wayfellow.cli.lazy import Command, LazyGroup
from wayfellow.cli.match_pairs import WrongInput

if TYPE_CHECKING:
    from wayfellow.impact.plan import Plan
    from wayfellow.impact.power import PowerReport

COMMANDS = {
    "plan": Command("wayfellow.cli.impact:plan", "Say what a programme could find out.", server=False, impact=True),
    "lock": Command("wayfellow.cli.impact:lock", "Lock a plan before the data is seen.", server=False),
    "analyse": Command("wayfellow.cli.impact:analyse", "Analyse people by a plan.", server=False, impact=True),
    "simulate": Command(
        "wayfellow.cli.impact_simulate:simulate", "Make up a company in which the effect is known.", server=False
    ),
}
PLAN = click.argument("plan_file", metavar="PLAN", type=click.Path(path_type=Path))
OUT = click.option(
    "--out", type=click.Path(path_type=Path), metavar="FILE", help="Write it there, not to standard output."
)


class PlanWasChanged(click.ClickException):
    """The plan was changed after it was locked."""

    exit_code = 3

    def show(self, file: object = None) -> None:
        """The message alone: it names the file first."""
        click.echo(self.format_message(), err=True)


@click.group(cls=LazyGroup, lazy=COMMANDS)
def impact() -> None:
    """Say what a programme did, without a server: a number, its interval, and what it cannot say.

    A plan is a TOML file that names the design, the columns and the outcomes before the data is looked at.
    """


@click.command()
@PLAN
@click.option("--format", "layout", type=click.Choice(("json", "text")), default="json", show_default=True)
@OUT
def plan(plan_file: Path, layout: str, out: Path | None) -> None:
    """Say what a programme could find out, before it starts.

    PLAN is a TOML file with [expect]: people per arm, power, response, and where people share mentors how alike they
    are.
    """
    from wayfellow.impact.errors import BadInput
    from wayfellow.impact.power import power

    try:
        _check_out(out, inputs=[plan_file])
        found = power(_read_plan(plan_file))
        _write(_json(found.to_dict()) if layout == "json" else _text(found), out)
    except BadInput as refused:
        raise WrongInput(str(refused)) from refused


@click.command()
@PLAN
def lock(plan_file: Path) -> None:
    """Lock a plan: write the digest of the file as its first line, and print it.

    A plan that is changed afterwards is only analysed with --exploratory. To lock it anew, take the line out.
    """
    from wayfellow.impact.errors import BadInput, PlanChanged
    from wayfellow.impact.plan import lock_plan

    try:
        _write(f"{lock_plan(plan_file)}\n".encode(), None)
    except BadInput as refused:
        raise WrongInput(str(refused)) from refused
    except PlanChanged as changed:
        raise PlanWasChanged(str(changed)) from changed


@click.command()
@PLAN
@click.option(
    "--data", required=True, type=click.Path(path_type=Path), metavar="FILE", help="The people: CSV, or CSV by gzip."
)
@click.option("--format", "layout", type=click.Choice(("json", "html", "pdf")), default="json", show_default=True)
@OUT
@click.option("--exploratory", is_flag=True, help="Accept a plan that was changed after it was locked.")
def analyse(plan_file: Path, data: Path, layout: str, out: Path | None, exploratory: bool) -> None:
    """Analyse people by a plan, and say no more than the design carries.

    The exit code is 0 whatever is found; 2 for a plan or file that cannot be used; 3 for a plan that was changed after
    it was locked.
    """
    from wayfellow.impact.errors import BadInput
    from wayfellow.impact.people import read_people

    try:
        _check_out(out, inputs=[plan_file, data])
        agreed = _read_plan(plan_file, exploratory=exploratory)
        people = read_people(data, agreed)

        from wayfellow.impact.analysis import analyse as analysed

        report = analysed(agreed, people).to_dict()
        _write(_rendered(report, agreed, layout), out)
    except BadInput as refused:
        raise WrongInput(str(refused)) from refused


def _rendered(report: dict, agreed: Plan, layout: str) -> bytes:
    if layout == "html":
        from wayfellow.impact.pages import to_html

        return to_html(report, agreed).encode()
    if layout == "pdf":
        from wayfellow.impact.pdf import to_pdf

        return to_pdf(report, agreed)
    return _json(report)


def _read_plan(path: Path, *, exploratory: bool = False) -> Plan:
    from wayfellow.impact.errors import PlanChanged
    from wayfellow.impact.plan import read_plan

    try:
        return read_plan(path, exploratory=exploratory)
    except PlanChanged as changed:
        raise PlanWasChanged(str(changed)) from changed


def _check_out(out: Path | None, *, inputs: list[Path]) -> None:
    from wayfellow.matching.pairs_files import OutputRefused, check_outputs

    if out is not None:
        try:
            check_outputs({"--out": out}, inputs=inputs)
        except OutputRefused as refused:
            raise WrongInput(str(refused)) from refused


def _write(content: bytes, out: Path | None) -> None:
    from wayfellow.matching.pairs_files import OutputRefused, write_outputs

    try:
        if out is not None:
            write_outputs({out: content})
        else:
            click.echo(content, nl=False)  # bytes: UTF-8 whatever the terminal's encoding
    except OutputRefused as refused:
        raise WrongInput(str(refused)) from refused
    except BrokenPipeError:
        raise  # the reader has seen enough
    except OSError as error:
        _cannot_show(error)


def _cannot_show(error: OSError) -> NoReturn:
    raise WrongInput(f"standard output: {error.strerror}") from error


def _json(data: dict) -> bytes:
    return (json.dumps(data, indent=2, ensure_ascii=False, allow_nan=False) + "\n").encode()


def _text(found: PowerReport) -> bytes:
    told = found.to_dict()
    notes = [f"Warning ({note['code']}): {note['text']}" for note in told["warnings"]]
    return "\n".join([*told["sentences"], *([""] if notes else []), *notes, ""]).encode()
