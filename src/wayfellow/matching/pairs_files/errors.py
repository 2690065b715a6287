"""What is wrong with the files, for a person who has them open beside the message."""

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Place:
    """One thing that is wrong, with file, line (the header is line 1) and column where they are known."""

    text: str
    file: str
    line: int | None = None
    column: str = ""

    def __str__(self) -> str:
        line = "" if self.line is None else f" line {self.line}"
        column = f", column {self.column!r}" if self.column else ""
        return f"{self.file}{line}{column}: {self.text}"


class FilesRefused(ValueError):
    """The files cannot be used.

    Args:
        places: what to show, in the order of files and lines.
        more: how many findings there are beyond those.
    """

    def __init__(self, places: Sequence[Place], *, more: int = 0) -> None:
        self.places = tuple(places)
        self.more = more
        lines = [str(place) for place in self.places]
        if more:
            lines.append(f"and {more:,} more")
        super().__init__("\n".join(lines))
