"""Find the line of headings and check that each column has one of its own."""

from collections.abc import Sequence

from wayfellow.tables.cells import clean_cell, restore, why_not_cell
from wayfellow.tables.errors import shown, table_error
from wayfellow.tables.limits import MAX_COLUMNS

TITLE_LINES = 10


def header_index(lines: Sequence[Sequence[str]]) -> int:
    """Which of the first lines holds the headings: a lone title above a wider table is passed over."""
    widths = [sum(1 for cell in cells if cell.strip()) for cells in lines]
    for at, width in enumerate(widths):
        if width > 1 or max(widths[at:]) < 3:
            return at
    return 0


def column_letter(at: int) -> str:
    """Name a column the way spreadsheets do: 0 is A, 27 is AB."""
    letters = ""
    at += 1
    while at:
        at, rest = divmod(at - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def read_headings(
    line: int, headings: Sequence[str], rows: Sequence[Sequence[str]], neutralised: bool
) -> tuple[tuple[str, ...], tuple[int, ...]]:
    """The headings of a table and the positions they stand at; columns without heading or values are passed over.

    Raises:
        TableError: a heading is missing, unreadable or double, or there are too many.
    """
    tidy = restore if neutralised else clean_cell
    names = [" ".join(tidy(heading).split()) for heading in headings]
    while names and not names[-1]:
        names.pop()
    if len(names) > MAX_COLUMNS:
        raise table_error("too_many_columns", line=line, count=len(names), limit=MAX_COLUMNS)
    seen: dict[str, int] = {}
    for at, name in enumerate(names):
        if why_not_cell(headings[at]):
            raise table_error("heading_unreadable", line=line, letter=column_letter(at))
        if not name:
            if any(at < len(cells) and clean_cell(cells[at]) for cells in rows):
                raise table_error("heading_empty", line=line, letter=column_letter(at))
            continue
        first = seen.setdefault(name.casefold(), at)
        if first != at:
            letters = {"first": column_letter(first), "second": column_letter(at)}
            raise table_error("heading_twice", line=line, column=name, heading=shown(name), **letters)
    positions = tuple(at for at, name in enumerate(names) if name)
    return tuple(names[at] for at in positions), positions
