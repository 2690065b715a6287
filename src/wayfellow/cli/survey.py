"""`wayfellow survey`: score a questionnaire's answers in files. Needs neither server nor database."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import click

from wayfellow.cli.lazy import Command, LazyGroup
from wayfellow.cli.match_pairs import WrongInput

if TYPE_CHECKING:
    from wayfellow.impact.scoring import Scores, SubscaleScores

COMMANDS = {
    "score": Command("wayfellow.cli.survey:score", "Score the answers to an instrument.", server=False, impact=True),
}
FIGURES = ("n", "n_too_few_answers", "mean", "sd", "alpha", "alpha_standardised", "omega", "sem", "reliable_change")
HEADINGS = ("n", "too few", "mean", "sd", "alpha", "std. alpha", "omega", "sem", "reliable change")


@click.group(cls=LazyGroup, lazy=COMMANDS)
def survey() -> None:
    """Score surveys in files, without a server."""


@click.command()
@click.argument("instrument", metavar="INSTRUMENT", type=click.Path(path_type=Path))
@click.option(
    "--responses",
    required=True,
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="CSV file with the column id and one column per item.",
)
@click.option(
    "--people",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="Write each person's scores there, as CSV: id and one column per subscale.",
)
@click.option("--format", "layout", type=click.Choice(("json", "text")), default="json", show_default=True)
@click.option(
    "--out", type=click.Path(path_type=Path), metavar="FILE", help="Write the summary there, not to standard output."
)
def score(instrument: Path, responses: Path, people: Path | None, layout: str, out: Path | None) -> None:
    """Score the answers to an instrument, and say how reliable its scales are.

    INSTRUMENT is a TOML file: the questionnaire's name, version, language, licence and source, its scale, and which
    items make which subscale. The summary holds nothing about one person.
    """
    from wayfellow.impact.errors import BadInput
    from wayfellow.impact.scoring import read_instrument
    from wayfellow.impact.scoring import score as scored
    from wayfellow.matching.pairs_files import OutputRefused, check_outputs, write_outputs

    outputs = {option: path for option, path in (("--out", out), ("--people", people)) if path is not None}
    try:
        check_outputs(outputs, inputs=[instrument, responses])
        found = scored(read_instrument(instrument), responses)
        summary = _json(found) if layout == "json" else _text(found)
        contents = {} if out is None else {out: summary}
        if people is not None:
            contents[people] = found.people_csv()
        write_outputs(contents)
    except (BadInput, OutputRefused) as refused:
        raise WrongInput(str(refused)) from refused
    if out is None:
        _show(summary)


def _show(summary: bytes) -> None:
    try:
        click.echo(summary, nl=False)  # bytes: UTF-8 whatever the terminal's encoding
    except BrokenPipeError:
        raise  # the reader has seen enough
    except OSError as error:
        raise WrongInput(f"standard output: {error.strerror}") from error


def _json(found: Scores) -> bytes:
    return (json.dumps(found.to_dict(), indent=2, ensure_ascii=False, allow_nan=False) + "\n").encode()


def _text(found: Scores) -> bytes:
    """Aligned columns for a person; a dash where there is no figure."""
    about = found.instrument
    rows = [["subscale", *HEADINGS], *([one.name, *_figures(one)] for one in found.subscales)]
    widths = [max(len(row[at]) for row in rows) for at in range(len(rows[0]))]
    lines = [f"{about.name}, version {about.version}, language {about.language}, licence {about.licence}", ""]
    for first, *rest in rows:
        cells = [first.ljust(widths[0]), *(cell.rjust(width) for cell, width in zip(rest, widths[1:], strict=True))]
        lines.append("  ".join(cells).rstrip())
    notes = [f"Warning ({note.code}): {note.text}" for note in found.warnings]
    notes += [f"Refused ({note.code}): {note.text}" for note in found.refused]
    return "\n".join([*lines, *([""] if notes else []), *notes, ""]).encode()


def _figures(one: SubscaleScores) -> list[str]:
    values = [getattr(one, name) for name in FIGURES]
    return ["–" if value is None else f"{value:,}" if isinstance(value, int) else f"{value:.3f}" for value in values]
