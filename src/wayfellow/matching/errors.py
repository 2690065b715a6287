"""What is wrong with a cohort that was handed in: every finding at once, each with its place."""

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that is wrong.

    Args:
        text: what is wrong, as a sentence without its place.
        table: which table it stands in: "mentees", "mentors", "pairs", "rules", "preferences",
            "circles" or "answers".
        row: position of the row in what was handed in, counted from 0; None when no single row is at fault.
        column: the column at fault; empty when it is the row as a whole.
        pair: (mentee id, mentor id) of the pair at fault, where a row is not known but this is.
    """

    text: str
    table: str
    row: int | None = None
    column: str = ""
    pair: tuple[str, str] | None = None

    def __str__(self) -> str:
        row = "" if self.row is None else f"row {self.row}"
        place = ", ".join(part for part in (self.table, row, self.column) if part)
        return f"{place}: {self.text}"


class ProblemError(ValueError):
    """The cohort contradicts itself. `findings` holds all that was found, in the order of the tables and rows."""

    def __init__(self, findings: Iterable[Finding]) -> None:
        self.findings = tuple(findings)
        super().__init__("\n".join(str(finding) for finding in self.findings))


class CannotSolve(RuntimeError):
    """The solver gave no answer although the cohort is sound: its status, for a report of the defect."""
