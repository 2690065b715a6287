"""Last time's workbook: the pairs that are to stay."""

from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path

from wayfellow.matching.people_files.cells import parse_yes_no
from wayfellow.matching.people_files.cohort import BadCells, Fault
from wayfellow.matching.people_files.messages import sheet_error
from wayfellow.matching.people_files.rows import read_bytes
from wayfellow.tables.errors import Reason, problem
from wayfellow.tables.reading import Row, read_table

SHEET = "Pairs"
MENTEE_ID, MENTOR_ID, KEEP = "Mentee ID", "Mentor ID", "Keep"


@dataclass(frozen=True)
class Kept:
    """The pairs to keep, as (mentee id, mentor id), and what could not be kept."""

    pairs: tuple[tuple[str, str], ...]
    warnings: tuple[str, ...]


def read_kept(path: Path, *, mentees: Collection[str], mentors: Collection[str], keep_all: bool = False) -> Kept:
    """Read which pairs of an earlier workbook are to stay: those marked yes in column Keep.

    Args:
        path: the workbook.
        mentees, mentors: ids of those who take part now; a pair with anybody else is a warning.
        keep_all: all of its pairs, whatever column Keep says.

    Raises:
        TableError: it cannot be read, or has no sheet Pairs with the columns Mentee ID, Mentor ID and Keep.
        BadCells: a cell of column Keep is neither yes nor no.
    """
    table = read_table(read_bytes(path), path.name, neutralised=True, sheet=SHEET)
    missing = [heading for heading in (MENTEE_ID, MENTOR_ID, KEEP) if heading not in table.headers]
    if missing:
        raise sheet_error("not_a_result", file=path.name, missing=", ".join(missing))
    mentee_at, mentor_at, keep_at = (table.headers.index(heading) for heading in (MENTEE_ID, MENTOR_ID, KEEP))
    pairs: list[tuple[str, str]] = []
    warnings: list[str] = []
    faults: list[Fault] = []
    for row in table:
        keep = keep_all or _marked(row, keep_at)
        if isinstance(keep, Reason):
            faults.append(Fault(path.name, problem(keep, line=row.line, column=KEEP)))
        elif keep and row.cells[mentee_at] and row.cells[mentor_at]:
            pair = row.cells[mentee_at], row.cells[mentor_at]
            gone = [
                f"{person} is not among the {side}s now"
                for person, known, side in ((pair[0], mentees, "mentee"), (pair[1], mentors, "mentor"))
                if person not in known
            ]
            if gone:
                warnings.append(f"{path.name}, line {row.line}: the pair is not kept, because {' and '.join(gone)}.")
            else:
                pairs.append(pair)
    if faults:
        raise BadCells(faults)
    return Kept(tuple(dict.fromkeys(pairs)), tuple(warnings))


def _marked(row: Row, at: int) -> bool | Reason:
    return parse_yes_no(row.cells[at]) if row.cells[at] else False
