"""Read what people answered: a CSV file, checked whole, every problem at once."""

from __future__ import annotations

from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from wayfellow.impact.errors import BadInput, Problem
from wayfellow.impact.people.cells import shown
from wayfellow.impact.people.table import Table, read_table
from wayfellow.impact.scoring.instrument import Instrument

Floats = NDArray[np.float64]

MOST_PROBLEMS = 1000


def read_responses(path: Path | str, instrument: Instrument) -> tuple[list[str], dict[str, Floats]]:
    """The people by id, and their answers by item: nan where there is none, nothing turned round yet.

    Args:
        path: a CSV file with the column `id` and one column per item; other columns are not read.

    Raises:
        BadInput: with a line for every problem: the file, the line of the file and the column.
    """
    table = read_table(path, columns=["id", *instrument.items])
    problems = _id_problems(table)
    low, high = instrument.low, instrument.high
    of_cell = {"": np.nan}
    for value in range(low, high + 1):
        of_cell |= {str(value): float(value), f"{value}.0": float(value)}  # the latter from columns with gaps
    answers = {}
    for item in instrument.items:
        found = [of_cell.get(cell) for cell in table.cells[item]]
        for row, known in enumerate(found):
            if known is None:
                text = f"'{shown(table.cells[item][row])}' is not a whole number from {low} to {high}"
                problems.append(Problem(table.file, text, line=table.lines[row], column=item))
        answers[item] = np.array([np.nan if value is None else value for value in found], dtype=np.float64)
    if problems:
        at = {name: position for position, name in enumerate(table.header)}
        problems.sort(key=lambda one: (one.line or 0, at.get(one.column or "", 0)))
        raise BadInput(_cut(problems, table.file))
    order = sorted(range(len(table.lines)), key=lambda row: table.cells["id"][row])
    return [table.cells["id"][row] for row in order], {item: values[order] for item, values in answers.items()}


def _id_problems(table: Table) -> list[Problem]:
    problems: list[Problem] = []
    first: dict[str, int] = {}
    for cell, line in zip(table.cells["id"], table.lines, strict=True):
        if not cell.strip():
            problems.append(Problem(table.file, "is empty, which is not allowed here", line=line, column="id"))
        elif cell in first:
            text = f"'{shown(cell)}' is already on line {first[cell]}"
            problems.append(Problem(table.file, text, line=line, column="id"))
        else:
            first[cell] = line
    return problems


def _cut(problems: list[Problem], file: str) -> list[Problem]:
    if len(problems) <= MOST_PROBLEMS:
        return problems
    more = len(problems) - MOST_PROBLEMS
    return [*problems[:MOST_PROBLEMS], Problem(file, f"has {more:,} more problems like these")]
