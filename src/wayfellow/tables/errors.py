"""What can be wrong with a file, a row or a cell, in words for the person who made the file.

Every message is a template in `messages.MESSAGES` filled with facts, so a caller may translate it: the code names the
template, the facts are what goes into it.
"""

from dataclasses import dataclass, field
from typing import Any

from wayfellow.tables.messages import MESSAGES


class TableError(Exception):
    """The file as a whole, or an argument about it, cannot be used.

    Args:
        code: stable identifier, a key of `MESSAGES`.
        message: the sentence for a person.
        line: line of the file (the heading is usually line 1), if one is to blame.
        column: heading of the column as the file writes it, if one is to blame.
        facts: what was filled into the message.
    """

    def __init__(
        self,
        code: str,
        message: str,
        line: int | None = None,
        column: str | None = None,
        facts: dict[str, Any] | None = None,
    ) -> None:
        super().__init__(code, message, line, column, facts)
        self.code = code
        self.message = message
        self.line = line
        self.column = column
        self.facts = facts or {}

    def __str__(self) -> str:
        return located(self.message, line=self.line, column=self.column)


@dataclass(frozen=True, slots=True)
class Reason:
    """Why something is as it is: a code, a sentence, and the facts in it."""

    code: str
    message: str
    facts: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Problem:
    """One fault of one row; `column` is the heading as the file writes it, None when the whole row is meant."""

    line: int
    column: str | None
    code: str
    reason: str
    facts: dict[str, Any] = field(default_factory=dict)

    def __str__(self) -> str:
        return located(self.reason, line=self.line, column=self.column)


def located(message: str, *, line: int | None, column: str | None) -> str:
    """Put the place in front of a message: `Line 14, column “Start date”: …`."""
    places = [f"line {line}"] if line is not None else []
    if column is not None:
        places.append(f"column “{column}”")
    if not places:
        return message
    place = ", ".join(places)
    return f"{place[0].upper()}{place[1:]}: {message}"


def reason(code: str, **facts: Any) -> Reason:
    """Make a `Reason` from a code of `MESSAGES` and its facts."""
    return Reason(code, MESSAGES[code].format(**facts), facts)


def table_error(code: str, *, line: int | None = None, column: str | None = None, **facts: Any) -> TableError:
    """Make a `TableError` from a code of `MESSAGES` and its facts."""
    return TableError(code, MESSAGES[code].format(**facts), line=line, column=column, facts=facts)


def problem(why: Reason, *, line: int, column: str | None) -> Problem:
    """Put a `Reason` in its place in the file."""
    return Problem(line, column, why.code, why.message, why.facts)


def shown(text: str, *, length: int = 60) -> str:
    """Shorten a value from a file so that it can stand in a message."""
    text = " ".join(text.split())
    return text if len(text) <= length else text[: length - 1] + "…"
