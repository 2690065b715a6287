"""`wayfellow impact simulate`: a made-up company in which the effect of mentoring is known."""

from pathlib import Path

import click

from wayfellow.cli.match_pairs import WrongInput

DESIGNS = ("lottery", "roll-out", "comparison", "before-after")


@click.command()
@click.argument("design", metavar="DESIGN", type=click.Choice(DESIGNS))
@click.option("--out", required=True, type=click.Path(path_type=Path), metavar="DIR", help="Folder to write into.")
@click.option("--people", type=int, default=200, show_default=True, metavar="N", help="People in the company.")
@click.option("--effect", type=float, default=0.0, show_default=True, metavar="SD", help="What a mentor does.")
@click.option("--seed", type=int, default=0, show_default=True, metavar="N", help="Decides every draw.")
@click.option(
    "--self-selection", type=float, default=1.0, show_default=True, help="How far standing and keenness choose."
)
@click.option(
    "--unmeasured", type=float, default=0.5, show_default=True, help="How far keenness, in no column, moves all."
)
@click.option("--mentees-each", type=int, default=4, show_default=True, metavar="N", help="People who share a mentor.")
@click.option("--icc", type=float, default=0.05, show_default=True, help="Variance that they have in common.")
@click.option("--leaving", type=float, default=0.08, show_default=True, help="Share who leave within twelve months.")
@click.option("--missing", type=float, default=0.1, show_default=True, help="Share of the others who do not answer.")
@click.option("--take-up", type=float, default=0.9, show_default=True, help="Share of the drawn who take part.")
@click.option("--force", is_flag=True, help="Write over files that are there.")
def simulate(
    design: str,
    out: Path,
    people: int,
    effect: float,
    seed: int,
    self_selection: float,
    unmeasured: float,
    mentees_each: int,
    icc: float,
    leaving: float,
    missing: float,
    take_up: float,
    force: bool,
) -> None:
    """Make up a company in which the effect of mentoring is known: none, unless --effect says otherwise.

    DESIGN says who has a mentor: lottery (by lot), roll-out (in waves), comparison (whoever wanted one) or before-after
    (everybody). DIR gets PLAN.toml and people.csv, which `wayfellow impact analyse` reads, and truth.json. --effect is
    in standard deviations of each outcome.
    """
    from wayfellow.impact.simulate import SettingsRefused, write_company
    from wayfellow.impact.simulate import simulate as make

    try:
        company = make(
            design,
            people=people,
            effect=effect,
            seed=seed,
            self_selection=self_selection,
            unmeasured=unmeasured,
            mentees_each=mentees_each,
            icc=icc,
            leaving=leaving,
            missing=missing,
            take_up=take_up,
        )
        write_company(company, out, force=force)
    except SettingsRefused as refused:
        raise WrongInput(str(refused)) from refused
    click.echo(f"{out / 'PLAN.toml'}, {out / 'people.csv'} and {out / 'truth.json'} are written.", err=True)
