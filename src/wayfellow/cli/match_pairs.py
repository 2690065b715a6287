"""`wayfellow match pairs` and `wayfellow match regret`, on a folder of CSV files."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from wayfellow.matching.changes.regret import Regret
    from wayfellow.matching.problem import Problem
    from wayfellow.matching.result import Result

OBJECTIVES = (
    "participation_score",
    "free_score",
    "min_pair_score",
    "worst_first",
    "leximin",
    "balanced",
    "minimums",
    "stable",
    "circles",
    "lottery",
)
FOLDER = click.argument("folder", metavar="DIR", type=click.Path(path_type=Path))
SEED = click.option("--seed", type=click.IntRange(0, 2**63 - 1), default=0, show_default=True, help="Decides ties.")


class WrongInput(click.ClickException):
    """What was handed in cannot be used."""

    exit_code = 2

    def show(self, file: Any = None) -> None:
        """The message alone: its lines name files, which an “Error:” before the first would hide."""
        click.echo(self.format_message(), err=True)


class NotProven(click.ClickException):
    """The engine gave a result that its own check refuses: a defect of ours."""

    exit_code = 1


@click.command()
@FOLDER
@click.option(
    "--objective", required=True, type=click.Choice(OBJECTIVES), metavar="NAME", help=f"{', '.join(OBJECTIVES)}."
)
@click.option("--min-score", type=int, metavar="N", help="Lowest score of a pair, under min_pair_score.")
@SEED
@click.option(
    "--out", required=True, type=click.Path(path_type=Path), metavar="FILE", help="Write the pairs there, as CSV."
)
@click.option(
    "--report", type=click.Path(path_type=Path), metavar="FILE", help="Write reasons and proof there, as JSON."
)
def pairs(folder: Path, objective: str, min_score: int | None, seed: int, out: Path, report: Path | None) -> None:
    """Match a folder of CSV files with ready scores.

    DIR holds mentees.csv (mentee_id, want), mentors.csv (mentor_id, capacity, minimum) and pairs.csv (mentee_id,
    mentor_id, score, allowed), and where you have them rules.csv (kind, mentee_id, mentor_id), preferences.csv (side,
    person_id, choice_id, rank) and circles.csv (mentor_id, min_size, max_size).
    """
    from wayfellow.matching.pairs_files import FILES, OutputRefused, check_outputs, pairs_csv, write_outputs

    _check_min_score(objective, min_score)
    outputs = {"--out": out} | ({"--report": report} if report else {})
    try:
        check_outputs(outputs, inputs=[folder / name for name in FILES])
        problem = _read(folder)
        result = _matched(folder, problem, objective=objective, seed=seed, min_score=min_score)
        contents = {out: pairs_csv(result)}
        if report:
            contents[report] = _report(result)
        write_outputs(contents)
    except OutputRefused as refused:
        raise WrongInput(str(refused)) from refused
    for caution in result.cautions:
        click.echo(caution.text, err=True)
    click.echo(_summary(result), err=True)


@click.command()
@FOLDER
@click.option("--mentee", "mentee_id", required=True, metavar="ID", help="Whose mentors.")
@click.option("--format", "layout", type=click.Choice(("text", "json", "csv")), default="text", show_default=True)
def regret(folder: Path, mentee_id: str, layout: str) -> None:
    """Say what each mentor would cost for a mentee.

    For every mentor: how many mentees with a mentor, how many pairs and how much score the best result loses when this
    mentee must have this mentor, and how many mentees then change mentors. DIR is as for `wayfellow match pairs`.
    """
    from wayfellow.matching.changes.regret import regrets
    from wayfellow.matching.pairs_files import regrets_csv
    from wayfellow.matching.report import report_bytes

    problem = _read(folder)
    if mentee_id not in set(problem.mentee_ids):
        raise WrongInput(f"--mentee: {mentee_id!r} is not among the mentees of mentees.csv")
    found = regrets(_matched(folder, problem, objective="participation_score", seed=0, min_score=None), mentee_id)
    if layout == "text":
        click.echo(_table(found), nl=False)
        return
    told = regrets_csv(found) if layout == "csv" else report_bytes([_facts(one) for one in found])
    click.echo(told, nl=False)  # bytes: UTF-8 whatever the terminal's encoding


def _check_min_score(objective: str, min_score: int | None) -> None:
    from wayfellow.matching.problem import LARGEST_SCORE

    if objective == "min_pair_score" and min_score is None:
        raise click.UsageError("--objective min_pair_score needs --min-score N.")
    if objective != "min_pair_score" and min_score is not None:
        raise click.UsageError(f"--min-score is for --objective min_pair_score, not {objective}.")
    if min_score is not None and abs(min_score) > LARGEST_SCORE:
        raise click.UsageError(f"--min-score must be between -{LARGEST_SCORE:,} and {LARGEST_SCORE:,}.")


def _read(folder: Path) -> Problem:
    from wayfellow.matching.pairs_files import FilesRefused, read_folder

    try:
        return read_folder(folder)
    except FilesRefused as refused:
        raise WrongInput(str(refused)) from refused


def _matched(folder: Path, problem: Problem, *, objective: str, seed: int, min_score: int | None) -> Result:
    """The result, its proof checked."""
    from wayfellow.matching.errors import CannotSolve, ProblemError
    from wayfellow.matching.pairs_files import refused_later
    from wayfellow.matching.solve import match

    try:
        result = match(problem, objective=objective, seed=seed, min_score=min_score)  # type: ignore[arg-type]
    except ProblemError as error:
        raise WrongInput(str(refused_later(folder, error))) from error
    except CannotSolve as error:
        raise NotProven(f"the solver gave no answer, which is a defect: {error}") from error
    return proven(result)


def proven(result: Result) -> Result:
    """The result, if it stands up to the engine's own check.

    Raises:
        NotProven: it does not.
    """
    from wayfellow.matching.verify import verify

    verdict = verify(result)
    if not verdict.ok:
        raise NotProven("the result fails its own check, which is a defect: " + "; ".join(verdict.faults))
    return result


def _report(result: Result) -> bytes:
    from wayfellow.matching.digest import problem_sha256
    from wayfellow.matching.explanations import explain
    from wayfellow.matching.report import report_bytes, report_of

    return report_bytes(report_of(result, explain(result), input_sha256=problem_sha256(result.problem)))


def _summary(result: Result) -> str:
    pairs_found = len(result.chosen)
    parts = [
        f"{pairs_found:,} {'pair' if pairs_found == 1 else 'pairs'}",
        f"{result.participation:,} of {len(result.problem.mentee_ids):,} mentees matched",
        f"total score {result.total_score:,}",
        "proven optimal" if result.certificate.optimal else f"at most {result.certificate.gap:,} from the optimum",
    ]
    return ", ".join(parts)


def _facts(found: Regret) -> dict[str, Any]:
    from wayfellow.matching.pairs_files.writing import REGRET_COLUMNS

    return {column: getattr(found, column) for column in REGRET_COLUMNS}


def _table(found: list[Regret]) -> str:
    """Aligned columns for a person; a dash where the pair cannot be forced."""
    from wayfellow.matching.pairs_files.writing import REGRET_COLUMNS

    rows = [list(REGRET_COLUMNS)]
    for one in found:
        values = [getattr(one, column) for column in REGRET_COLUMNS[1:]]
        rows.append([one.mentor_id, *("–" if value is None else f"{value:,}" for value in values)])
    widths = [max(len(row[at]) for row in rows) for at in range(len(REGRET_COLUMNS))]
    lines = []
    for first, *rest in rows:
        cells = [first.ljust(widths[0]), *(cell.rjust(width) for cell, width in zip(rest, widths[1:], strict=True))]
        lines.append("  ".join(cells).rstrip() + "\n")
    return "".join(lines)
