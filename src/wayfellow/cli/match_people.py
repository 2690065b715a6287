"""`wayfellow match people`: a programme manager's spreadsheet in, a workbook of pairs out."""

from __future__ import annotations

import sys
import threading
import time
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from wayfellow.cli import match_pairs
from wayfellow.cli.match_pairs import NotProven, WrongInput

if TYPE_CHECKING:
    from wayfellow.matching.people_files.rows import Sheet
    from wayfellow.matching.people_files.run import Done, Input

# A sheet of sign-ups holds no ranked lists and no sizes of circles.
OBJECTIVES = tuple(name for name in match_pairs.OBJECTIVES if name not in ("stable", "circles"))
_FILE = click.Path(path_type=Path)
_OTHER_KINDS = (".csv", ".xls", ".ods", ".json", ".txt", ".pdf")
_QUIET_FOR = 1.0
_EVERY = 10.0


@click.command()
@click.argument("files", metavar="FILE...", nargs=-1, required=True, type=_FILE)
@click.option("--out", required=True, type=_FILE, metavar="FILE.xlsx", help="Write the workbook there.")
@click.option("--report", type=_FILE, metavar="FILE.json", help="Write pairs, reasons and proof there, as JSON.")
@click.option("--rules", type=_FILE, metavar="FILE.toml", help="Weights, hard rules, pins, groups.")
@click.option("--objective", type=click.Choice(OBJECTIVES), metavar="NAME", help=f"{', '.join(OBJECTIVES)}.")
@click.option("--min-score", type=int, metavar="N", help="Lowest score of a pair, 0 to 10000, under min_pair_score.")
@click.option(
    "--columns",
    multiple=True,
    metavar="HEADING=FIELD",
    help="Read a column as this field; nothing after = leaves it out. May be repeated.",
)
@click.option("--first", type=click.Choice(("mentees", "mentors")), help="What the first of two files holds.")
@click.option("--keep", type=_FILE, metavar="LAST.xlsx", help="Keep the pairs marked yes in last time's workbook.")
@click.option("--keep-all", is_flag=True, help="Keep all pairs of the workbook given with --keep.")
@click.option("--seed", type=click.IntRange(0, 2**63 - 1), help="Decides ties.  [default: 0]")
@click.option("--skip-bad-rows", is_flag=True, help="Go on without rows that cannot be used, and list them.")
def people(
    files: tuple[Path, ...],
    out: Path,
    report: Path | None,
    rules: Path | None,
    objective: str | None,
    min_score: int | None,
    columns: tuple[str, ...],
    first: str | None,
    keep: Path | None,
    keep_all: bool,
    seed: int | None,
    skip_bad_rows: bool,
) -> None:
    """Match the people of a spreadsheet, and write a workbook with reasons.

    FILE is a CSV or XLSX file with one row per person and a column Role (mentor, mentee, both); or two files, one of
    mentees and one of mentors. Columns are recognised by their headings, in several languages, and shown before the
    run. The workbook has the sheets Pairs, Unmatched, Mentors, Fairness and Settings.
    """
    from wayfellow.matching.pairs_files import OutputRefused, check_outputs, write_outputs

    if len(files) > 2:
        raise click.UsageError("Give one file, or two: mentees and mentors.")
    if keep_all and keep is None:
        raise click.UsageError("--keep-all goes with --keep LAST.xlsx.")
    if out.suffix.lower() in _OTHER_KINDS:
        raise click.UsageError(f"--out {out}: the workbook is an XLSX file; give it a name that ends in .xlsx.")
    inputs = [*files, *(path for path in (rules, keep) if path)]
    try:
        check_outputs({"--out": out} | ({"--report": report} if report else {}), inputs=inputs)
        with _Progress() as progress:
            given = _read(
                files, rules=rules, columns=columns, first=first, keep=keep, keep_all=keep_all, skip=skip_bad_rows
            )
            done = _run(given, objective=objective, min_score=min_score, seed=seed, progress=progress)
        write_outputs({out: done.workbook} | ({report: done.report} if report else {}))
    except OutputRefused as refused:
        raise WrongInput(str(refused)) from refused
    _tell(given, done, out)


def _read(
    files: Sequence[Path],
    *,
    rules: Path | None,
    columns: Sequence[str],
    first: str | None,
    keep: Path | None,
    keep_all: bool,
    skip: bool,
) -> Input:
    from wayfellow.matching.people_files.cohort import BadCells
    from wayfellow.matching.people_files.rules import MatchRules, RulesError, columns_of, read_rules
    from wayfellow.matching.people_files.run import read_files, understand
    from wayfellow.tables.errors import TableError

    try:
        read_from = read_rules(rules) if rules else MatchRules()
        sheets = read_files(files, columns={**read_from.columns, **columns_of(columns)})
        for sheet in sheets:
            _show_columns(sheet)
        given = understand(
            sheets,
            read_from,
            rules_name=rules.name if rules else "rules",
            first=first.removesuffix("s") if first else None,
            keep=keep,
            keep_all=keep_all,
            skip_bad_rows=skip,
        )
    except BadCells as error:
        count = len(error.faults)
        cells = "1 cell cannot be used" if count == 1 else f"{count:,} cells cannot be used"
        hint = "" if skip else "\nMend them, or go on without these rows with --skip-bad-rows."
        raise WrongInput(f"{cells}:\n{error}{hint}") from error
    except (RulesError, TableError) as error:
        raise WrongInput(str(error)) from error
    if given.cohort.skipped:
        click.echo("Rows left out:", err=True)
        for fault in given.cohort.skipped:
            click.echo(f"  {fault}", err=True)
    return given


def _run(given: Input, *, objective: str | None, min_score: int | None, seed: int | None, progress: _Progress) -> Done:
    from wayfellow.matching.errors import ProblemError
    from wayfellow.matching.people_files import run as running

    chosen = objective or given.rules.objective or "participation_score"
    lowest = given.rules.min_score if min_score is None else min_score
    if chosen == "min_pair_score" and lowest is None:
        raise click.UsageError("The objective min_pair_score needs --min-score N, or min_score in the rules.")
    if chosen != "min_pair_score" and lowest is not None:
        raise click.UsageError(f"A lowest score is for the objective min_pair_score, not for {chosen}.")
    try:
        return running.run(
            given,
            objective=chosen,  # type: ignore[arg-type]
            seed=seed if seed is not None else given.rules.seed or 0,
            min_score=lowest,
            on_progress=progress,
        )
    except ProblemError as error:
        raise WrongInput("\n".join(running.in_words(given, error))) from error
    except running.NotProven as error:
        raise NotProven(f"the result fails its own check, which is a defect: {error}") from error


def _show_columns(sheet: Sheet) -> None:
    """What each column was read as, before anything is done with it."""
    from wayfellow.matching.people_files.book import column_note, column_words

    rows = "1 row" if len(sheet.rows) == 1 else f"{len(sheet.rows):,} rows"
    click.echo(f"{sheet.name}: {rows}", err=True)
    width = min(40, max(len(column.header) for column in sheet.columns))
    for column in sheet.columns:
        words = column_words(column.field) if column.field else "left out"
        note = column_note(column)
        why = f" ({note.removeprefix('Left out: ').rstrip('.')})" if note else ""
        click.echo(f"  {column.header:<{width}}  {words}{why}", err=True)


def _tell(given: Input, done: Done, out: Path) -> None:
    result = done.result
    wanting = int((result.problem.want > 0).sum())
    pairs = "1 pair" if len(result.chosen) == 1 else f"{len(result.chosen):,} pairs"
    proven = "proven the best there is" if result.certificate.optimal else f"gap at most {result.certificate.gap:,}"
    click.echo(f"{pairs}; {result.participation:,} of {wanting:,} mentees have a mentor; {proven}.")
    if result.cautions:
        warnings = "1 warning" if len(result.cautions) == 1 else f"{len(result.cautions):,} warnings"
        click.echo(f"{warnings}, listed on sheet Settings.")
    click.echo(f"Wrote {out}.")


class _Progress:
    """Says on standard error what is being done, once it takes more than a second."""

    def __enter__(self) -> _Progress:
        self._began = time.monotonic()
        self._step = "reading"
        self._ended = threading.Event()
        self._watch = threading.Thread(target=self._tick, daemon=True)
        self._watch.start()
        return self

    def __exit__(self, *error: object) -> None:
        self._ended.set()
        self._watch.join()

    def __call__(self, step: str) -> None:
        self._step = step
        if time.monotonic() - self._began > _QUIET_FOR:
            self._say()

    def _tick(self) -> None:
        wait = _QUIET_FOR
        while not self._ended.wait(wait):
            self._say()
            wait = _EVERY

    def _say(self) -> None:
        seconds = time.monotonic() - self._began
        print(f"{self._step[:1].upper()}{self._step[1:]} … {seconds:.0f} s", file=sys.stderr, flush=True)
