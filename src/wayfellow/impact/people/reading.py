"""Read the people of a plan: a CSV file, checked whole, every problem at once."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np

from wayfellow.impact.errors import BadInput, Problem
from wayfellow.impact.people.cells import Cells, shown
from wayfellow.impact.people.model import Floats, Groups, Ints, People, Times
from wayfellow.impact.people.table import Table, read_table
from wayfellow.impact.people.times import read_times
from wayfellow.impact.plan import Covariate, Plan

MOST_PROBLEMS = 1000


def read_people(path: Path | str, plan: Plan) -> People:
    """Read and check the people that a plan is about.

    Args:
        path: a CSV file, which may be packed by gzip. Columns that the plan does not name are not read.

    Raises:
        BadInput: with a line for every problem: the file, the line of the file and the column.
    """
    table = read_table(path, columns=list(_columns_of(plan)))
    problems: list[Problem] = []
    cells = Cells(table, problems)
    columns, panel = plan.columns, plan.design == "roll-out"
    period = cells.wholes(columns.period) if panel and columns.period else None
    first = cells.wholes(columns.first_period, empty=0, low=0) if panel and columns.first_period else None
    order, person = _order(cells, columns.id, period)

    def bits(column: str | None) -> Floats | None:
        return None if column is None else cells.choice(column, (0, 1), required=True)

    def groups(column: str | None) -> Groups | None:
        return None if column is None else cells.groups(column)

    uses_arm = plan.design in ("lottery", "comparison")
    arm = bits(columns.arm) if uses_arm else None
    took_part = bits(columns.took_part) if plan.design == "lottery" else None
    clusters, sites = groups(columns.cluster), groups(columns.site)
    strata = groups(columns.strata) if plan.design == "lottery" else None
    covariates = covariates_of(plan)
    numbers = {one.column: cells.numbers(one.column) for one in covariates if one.kind == "number"}
    categories = {one.column: cells.groups(one.column) for one in covariates if one.kind == "category"}
    breakdown = {column: cells.groups(column) for column in columns.breakdown}
    times: dict[str, Times] = {}
    for outcome in plan.outcomes:
        if outcome.is_timed:
            times[outcome.name] = read_times(cells, outcome, index=columns.index_date)
            continue
        for column in (outcome.column, outcome.baseline):
            if column is not None and outcome.kind == "binary":
                numbers[column] = cells.choice(column, (0, 1), required=False)
            elif column is not None and column not in numbers:
                numbers[column] = cells.numbers(column)
    if columns.index_date is not None and not any(outcome.event_date for outcome in plan.outcomes):
        cells.dates(columns.index_date, required=True)
    if panel and first is not None:
        _check_constant(cells, columns.first_period or "", first, person)
        if clusters is not None:
            _check_constant(cells, columns.cluster or "", clusters.codes, person)
    if problems:
        raise BadInput(_in_order(problems, table))
    return People(
        file=table.file,
        data_sha256=table.sha256,
        size=len(table.lines),
        person=person[order],
        arm=_sorted(arm, order),
        took_part=_sorted(took_part, order),
        period=_sorted(period, order),
        first_period=_sorted(first, order),
        clusters=_sorted_groups(clusters, order),
        strata=_sorted_groups(strata, order),
        sites=_sorted_groups(sites, order),
        breakdown={column: _sorted_groups(found, order) for column, found in breakdown.items()},
        numbers={column: values[order] for column, values in numbers.items()},
        categories={column: _sorted_groups(found, order) for column, found in categories.items()},
        times={name: Times(time=one.time[order], event=one.event[order]) for name, one in times.items()},
    )


def covariates_of(plan: Plan) -> tuple[Covariate, ...]:
    """Every covariate of a plan, those of the two models too, each column once and as first named."""
    analysis = plan.analysis
    named = (*plan.columns.covariates, *(analysis.treatment_covariates or ()), *(analysis.outcome_covariates or ()))
    return tuple({covariate.column: covariate for covariate in reversed(named)}.values())


def _columns_of(plan: Plan) -> Iterator[str]:
    """Names of the columns that are read, the id first."""
    columns = plan.columns
    yield columns.id
    roles: tuple[str | None, ...] = (columns.cluster, columns.site, columns.index_date)
    if plan.design in ("lottery", "comparison"):
        roles += (columns.arm,)
    if plan.design == "lottery":
        roles += (columns.took_part, columns.strata)
    if plan.design == "roll-out":
        roles += (columns.period, columns.first_period)
    for outcome in plan.outcomes:
        roles += (outcome.column, outcome.baseline, outcome.time, outcome.event)
        roles += (outcome.event_date, outcome.competing_date, outcome.end_date)
    yield from (column for column in roles if column is not None)
    yield from columns.breakdown
    yield from (covariate.column for covariate in covariates_of(plan))


def _order(cells: Cells, column: str, period: Ints | None) -> tuple[Ints, Ints]:
    """Rows in the order of id and period, and the person of each row of the file, by position of its id."""
    ids = cells.table.cells[column]
    seen: dict[tuple[str, int], int] = {}
    for row, one in enumerate(ids):
        if not one.strip():
            cells.problem(row, column, "is empty, which is not allowed here")
            continue
        key = (one, 0 if period is None else int(period[row]))
        if key in seen:
            of_period = "" if period is None else f" for period {key[1]}"
            line = cells.table.lines[seen[key]]
            cells.problem(row, column, f"'{shown(one)}' is there twice{of_period}; first on line {line}")
        else:
            seen[key] = row
    rank = {one: position for position, one in enumerate(sorted(set(ids)))}
    person = np.array([rank[one] for one in ids], dtype=np.int64)
    return np.lexsort((np.zeros_like(person) if period is None else period, person)), person


def _check_constant(cells: Cells, column: str, values: Ints, person: Ints) -> None:
    """In a panel, what may not change from one period to the next."""
    first_row: dict[int, int] = {}
    for row, one in enumerate(person.tolist()):
        before = first_row.setdefault(one, row)
        if values[row] != values[before]:
            cell = shown(cells.table.cells[column][row])
            line = cells.table.lines[before]
            cells.problem(row, column, f"'{cell}' differs from line {line}, which is about the same person")


def _in_order(problems: list[Problem], table: Table) -> list[Problem]:
    """By line, then as found, each once; cut after a thousand."""
    told = sorted(dict.fromkeys(problems), key=lambda problem: problem.line or 0)
    if len(told) > MOST_PROBLEMS:
        more = f"and {len(told) - MOST_PROBLEMS:,} more problems"
        told = [*told[:MOST_PROBLEMS], Problem(table.file, more)]
    return told


def _sorted(values: Any, order: Ints) -> Ints | None:
    return None if values is None else np.nan_to_num(values[order]).astype(np.int64)


def _sorted_groups(found: Any, order: Ints) -> Any:
    return None if found is None else Groups(labels=found.labels, codes=found.codes[order])
