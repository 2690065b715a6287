"""Which file holds the mentees and which the mentors, when there is no role column."""

from collections.abc import Sequence

from wayfellow.matching.people_files.messages import sheet_error
from wayfellow.matching.people_files.rows import Sheet
from wayfellow.matching.people_files.vocabulary import WORDS
from wayfellow.tables.errors import shown
from wayfellow.tables.words import fold

MENTEE, MENTOR = "mentee", "mentor"
_TELLING = {
    MENTEE: ("wants", "skills_wanted"),
    MENTOR: ("capacity", "minimum", "skills_offered", "trained"),
}
OTHER = {MENTEE: MENTOR, MENTOR: MENTEE}


def sides_of(sheets: Sequence[Sheet], *, first: str | None = None) -> list[str | None]:
    """The side that each file is of; None where its role column says it row by row.

    Args:
        sheets: one or two files.
        first: what the first file holds, "mentee" or "mentor", if it was said.

    Raises:
        TableError: it cannot be told.
    """
    if len(sheets) == 1:
        if sheets[0].has("role"):
            return [None]
        if first is not None:
            raise sheet_error("alone", file=sheets[0].name)
        headings = shown(", ".join(sheets[0].headers), length=300)
        raise sheet_error("role_missing", file=sheets[0].name, headings=headings)
    if first is not None:
        return [first, OTHER[first]]
    sides = [None if sheet.has("role") else _by_name(sheet) or _by_columns(sheet) for sheet in sheets]
    for at, sheet in enumerate(sheets):
        other = sides[1 - at]
        if sides[at] is None and not sheet.has("role") and other:
            sides[at] = OTHER[other]
    undecided = [at for at, sheet in enumerate(sheets) if sides[at] is None and not sheet.has("role")]
    if undecided or (sides[0] and sides[0] == sides[1]):
        raise sheet_error("sides_unclear", one=sheets[0].name, other=sheets[1].name)
    return sides


def _by_name(sheet: Sheet) -> str | None:
    words = fold(sheet.name.rpartition(".")[0]).replace("_", " ").split()
    mentee, mentor = (any(word in WORDS[side] for word in words) for side in (MENTEE, MENTOR))
    return (MENTEE if mentee else MENTOR) if mentee != mentor else None


def _by_columns(sheet: Sheet) -> str | None:
    points = {side: sum(sheet.has(name) for name in names) for side, names in _TELLING.items()}
    if points[MENTEE] == points[MENTOR] or all(points.values()):
        return None
    return max(points, key=lambda side: points[side])
