"""Results as CSV: ids exactly as they came in, lines end in a line feed, the same result gives the same bytes."""

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any

from wayfellow.matching.result import Result

if TYPE_CHECKING:
    from wayfellow.matching.changes.regret import Regret

REGRET_COLUMNS = ("mentor_id", "participation_lost", "pairs_lost", "score_lost", "moves")


def pairs_csv(result: Result) -> bytes:
    """The pairs of a result, sorted by mentee and mentor; the header alone when there are none."""
    return _csv(("mentee_id", "mentor_id"), result.pairs)


def regrets_csv(found: Sequence["Regret"]) -> bytes:
    """What each mentor would cost; what cannot be forced has empty cells."""
    return _csv(REGRET_COLUMNS, ([getattr(regret, column) for column in REGRET_COLUMNS] for regret in found))


def _csv(header: Sequence[str], rows: Iterable[Sequence[Any]]) -> bytes:
    lines = [",".join(map(_cell, row)) for row in (header, *rows)]
    return "".join(f"{line}\n" for line in lines).encode()


def _cell(value: Any) -> str:
    """A cell, quoted where it must be: the csv module leaves a carriage return bare when lines end in a line feed."""
    text = "" if value is None else str(value)
    return '"' + text.replace('"', '""') + '"' if any(sign in text for sign in ',"\r\n') else text
