"""What is wrong with what was handed in: every problem at once, each with its place."""

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that is wrong.

    Args:
        file: the file, as it was named.
        text: what is wrong, without its place; a wrong value is quoted.
        line: line of the file, counted from 1 (the header).
        column: the column of a table.
        key: the key of a plan or an instrument, such as `analysis.level`.
    """

    file: str
    text: str
    line: int | None = None
    column: str | None = None
    key: str | None = None

    def __str__(self) -> str:
        place = self.file if self.line is None else f"{self.file} line {self.line}"
        if self.column is not None:
            place = f"{place}, column '{self.column}'"
        if self.key is not None:
            place = f"{place}, key '{self.key}'"
        return " ".join(f"{place}: {self.text}".split())  # one line each, whatever a cell held


class BadInput(ValueError):
    """A plan, a file of people, an instrument or an output path that cannot be used.

    Attributes:
        problems: all that was found, in the order of the file.
    """

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__("\n".join(str(problem) for problem in self.problems))


class PlanChanged(ValueError):
    """A plan was changed after it was locked."""
