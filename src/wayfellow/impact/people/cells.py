"""Turn the cells of one column into an array, keeping a problem for each cell that does not fit."""

import re
from datetime import date

import numpy as np

from wayfellow.impact.errors import Problem
from wayfellow.impact.people.model import Floats, Groups, Ints
from wayfellow.impact.people.table import Table

LARGEST = 1e50  # beyond it a variance of squares leaves the range of a float
_NUMBER = r"[ \t]*[+-]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][+-]?[0-9]{1,3})?[ \t]*"
_ONE_NUMBER = re.compile(_NUMBER)
_NUMBERS = re.compile(f"(?:(?:{_NUMBER})?\n)*")
_WHOLE = re.compile(r"[ \t]*[+-]?[0-9]{1,15}(?:\.0*)?[ \t]*")
_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


class Cells:
    """Columns of a table as arrays. A cell that does not fit leaves a problem and a harmless value."""

    def __init__(self, table: Table, problems: list[Problem]) -> None:
        self.table = table
        self.problems = problems

    def problem(self, row: int, column: str, text: str) -> None:
        """Keep a problem with a cell; `row` counts from 0 in the order of the file."""
        self.problems.append(Problem(self.table.file, text, line=self.table.lines[row], column=column))

    def numbers(self, column: str, *, required: bool = False, low: float | None = None) -> Floats:
        """Finite numbers; nan where a cell is empty."""
        cells = self.table.cells[column]
        if _NUMBERS.fullmatch("\n".join([*cells, ""])) is None:
            for row, cell in enumerate(cells):
                if cell and _ONE_NUMBER.fullmatch(cell) is None:
                    self.problem(row, column, f"'{shown(cell)}' is not a number")
            cells = [cell if _ONE_NUMBER.fullmatch(cell) else "" for cell in cells]
        values = np.array([float(cell) if cell else np.nan for cell in cells], dtype=np.float64)
        for row in np.flatnonzero(np.abs(values) > LARGEST).tolist():
            self.problem(row, column, f"'{shown(cells[row])}' is not between {-LARGEST:g} and {LARGEST:g}")
            values[row] = 0.0
        if low is not None:
            for row in np.flatnonzero(values < low).tolist():
                self.problem(row, column, f"'{shown(cells[row])}' is less than {low:g}")
        if required:
            for row, cell in enumerate(self.table.cells[column]):
                if not cell:
                    self.problem(row, column, "is empty, which is not allowed here")
        return values

    def choice(self, column: str, allowed: tuple[int, ...], *, required: bool) -> Floats:
        """Some whole numbers; nan where a cell is empty."""
        of_cell = {str(value): float(value) for value in allowed}
        of_cell |= {f"{value}.0": float(value) for value in allowed}  # as a spreadsheet writes a column with gaps
        values = np.full(len(self.table.cells[column]), np.nan)
        for row, cell in enumerate(self.table.cells[column]):
            value = of_cell.get(cell)
            if value is not None:
                values[row] = value
            elif cell or required:
                told = f"'{shown(cell)}' is not one of" if cell else "is empty; it must be one of"
                self.problem(row, column, f"{told} {', '.join(map(str, allowed))}")
        return values

    def wholes(self, column: str, *, empty: int | None = None, low: int | None = None) -> Ints:
        """Whole numbers; an empty cell counts as `empty`, or is a problem where that is None."""
        values = np.zeros(len(self.table.cells[column]), dtype=np.int64)
        for row, cell in enumerate(self.table.cells[column]):
            if not cell and empty is not None:
                values[row] = empty
            elif _WHOLE.fullmatch(cell) is None:
                told = f"'{shown(cell)}' is not a whole number" if cell else "is empty, which is not allowed here"
                self.problem(row, column, told)
            else:
                values[row] = int(cell.strip().partition(".")[0])
                if low is not None and values[row] < low:
                    self.problem(row, column, f"'{shown(cell)}' is less than {low}")
        return values

    def dates(self, column: str, *, required: bool) -> Floats:
        """Days since the year 1; nan where a cell is empty."""
        values = np.full(len(self.table.cells[column]), np.nan)
        for row, cell in enumerate(self.table.cells[column]):
            if cell:
                try:
                    values[row] = date.fromisoformat(cell).toordinal() if _DATE.fullmatch(cell) else _no_date()
                except ValueError:
                    self.problem(row, column, f"'{shown(cell)}' is not a date like 2026-03-31")
            elif required:
                self.problem(row, column, "is empty, which is not allowed here")
        return values

    def groups(self, column: str) -> Groups:
        """Labels; -1 where a cell is empty."""
        cells = self.table.cells[column]
        labels = sorted({cell for cell in cells if cell})
        code_of = {label: code for code, label in enumerate(labels)} | {"": -1}
        return Groups(labels=tuple(labels), codes=np.array([code_of[cell] for cell in cells], dtype=np.int64))


def shown(cell: str) -> str:
    """A cell, cut where it is long."""
    return cell if len(cell) <= 60 else cell[:57] + "…"


def _no_date() -> int:
    raise ValueError
