"""Small groups stay hidden: cells of a breakdown, and what could be reckoned from the others."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from wayfellow.impact.estimates.matrix import Ints
from wayfellow.impact.people import Groups
from wayfellow.impact.study import Study

EMPTY = "missing"


@dataclass(frozen=True, slots=True)
class Cell:
    """People with one value of a column; both numbers None where hidden."""

    value: str
    n0: int | None
    n1: int | None
    suppressed: bool


def breakdown(study: Study, column: str) -> tuple[Cell, ...]:
    """How many people of each group have each value, small cells hidden.

    A cell with 1 to k - 1 people in a group is hidden. Where it would be the only one, its size would be what is left
    of the whole, so the smallest other cell goes as well.
    """
    sizes = _sizes(study, study.people.breakdown[column])
    hidden = {value for value, (n0, n1) in sizes.items() if any(0 < n < study.plan.k for n in (n0, n1))}
    others = [value for value in sizes if value not in hidden]
    if len(hidden) == 1 and others:
        hidden.add(min(others, key=lambda value: (sum(sizes[value]), value)))
    return tuple(
        Cell(value, None, None, True) if value in hidden else Cell(value, n0, n1, False)
        for value, (n0, n1) in sizes.items()
    )


def sites(study: Study) -> list[tuple[str, Ints]]:
    """Each site with the rows of the people of it."""
    groups = study.people.sites
    if groups is None:
        return []
    codes = groups.codes[study.rows]
    return [
        (EMPTY if code < 0 else groups.labels[code], np.flatnonzero(codes == code))
        for code in np.unique(codes).tolist()
    ]


def may_leave_out(study: Study, rows: Ints) -> bool:
    """Whether both those rows and the rest have enough people in each group that there is to be told apart."""
    inside = np.zeros(study.size, dtype=bool)
    inside[rows] = True
    smallest = study.plan.smallest_group
    for part, needs_both in ((inside, False), (~inside, True)):
        for side in np.unique(study.arm).tolist():
            count = len(np.unique(study.people.person[study.rows[part & (study.arm == side)]]))
            if 0 < count < smallest or (count == 0 and needs_both):
                return False
    return True


def _sizes(study: Study, groups: Groups) -> dict[str, tuple[int, int]]:
    """People by value and group; whoever has several rows counts by the first."""
    _, first = np.unique(study.people.person[study.rows], return_index=True)
    codes, sides = groups.codes[study.rows][first], study.arm[first]
    found = {}
    for code in sorted(set(codes.tolist()), key=lambda code: (code < 0, code)):
        here = codes == code
        label = EMPTY if code < 0 else groups.labels[code]
        while label in found:  # a value that is the very word for an empty cell
            label += "_"
        found[label] = (int((here & (sides == 0)).sum()), int((here & (sides == 1)).sum()))
    return found
