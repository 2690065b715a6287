"""What can be wrong with a cohort, looked for a column at a time."""

from collections.abc import Callable, Sequence

import numpy as np
from numpy.typing import NDArray

from wayfellow.matching.errors import Finding
from wayfellow.matching.problem import LARGEST_COUNT, LARGEST_SCORE, Flags, Ints

Rows = NDArray[np.intp]


def shortened(text: str, *, length: int = 60) -> str:
    """A value short enough to stand in a message."""
    return text if len(text) <= length else text[: length - 1] + "…"


def quoted(value: object) -> str:
    """A value as it was written, in quotation marks if it is text, short enough to stand in a message."""
    return repr(shortened(value)) if isinstance(value, str) else shortened(repr(value))


def flag(mask: Flags, *, table: str, column: str, text: Callable[[int], str]) -> list[Finding]:
    """A finding for every row that `mask` marks."""
    return [Finding(text(row), table, row, column) for row in np.flatnonzero(mask).tolist()]


def ids_amiss(ids: Sequence[str], *, table: str, column: str) -> list[Finding]:
    """Ids that are no text, empty, not sayable in UTF-8, or that stand twice."""
    sound = set(map(type, ids)) <= {str}
    if sound and len(set(ids)) == len(ids) and "" not in ids and _encodable("".join(ids)):
        return []
    findings = []
    seen: set[str] = set()
    for row, given in enumerate(ids):
        text = id_fault(given)
        if not text and given in seen:
            text = f"{quoted(given)} stands here twice"
        if text:
            findings.append(Finding(text, table, row, column))
        else:
            seen.add(given)
    return findings


def id_fault(given: object) -> str:
    """What is wrong with an id by itself; empty when nothing is."""
    if not isinstance(given, str):
        return f"{quoted(given)} is not text"
    if not given:
        return "the cell is empty"
    return "" if _encodable(given) else f"{quoted(given)} holds half a character"


def _encodable(text: str) -> bool:
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True


def counts_amiss(values: Ints, *, table: str, column: str, least: int = 0) -> list[Finding]:
    """Counts below the least or beyond `LARGEST_COUNT`."""
    if not values.size or (values.min() >= least and values.max() <= LARGEST_COUNT):
        return []
    below = flag(values < least, table=table, column=column, text=lambda row: f"{values[row]} is less than {least}")
    above = flag(
        values > LARGEST_COUNT,
        table=table,
        column=column,
        text=lambda row: count_too_large(str(values[row])),
    )
    return below + above


def count_too_large(given: str) -> str:
    """What to say of a count beyond the largest or far below zero."""
    return f"{given} is less than 0" if given.startswith("-") else f"{given} is more than {LARGEST_COUNT:,}"


def minimums_amiss(minimum: Ints, capacity: Ints) -> list[Finding]:
    """Minimums above the capacity of the same mentor."""
    return flag(
        (minimum > capacity) & (capacity >= 0),
        table="mentors",
        column="minimum",
        text=lambda row: f"{minimum[row]} is more than the capacity, {capacity[row]}",
    )


def scores_amiss(scores: Ints) -> list[Finding]:
    """Scores too large to add up."""
    if not scores.size or (scores.min() >= -LARGEST_SCORE and scores.max() <= LARGEST_SCORE):
        return []
    return flag(
        (scores > LARGEST_SCORE) | (scores < -LARGEST_SCORE),
        table="pairs",
        column="score",
        text=lambda row: score_too_large(str(scores[row])),
    )


def score_too_large(given: str) -> str:
    """What to say of a score beyond the largest."""
    return f"{given} is beyond the largest score, {LARGEST_SCORE:,} either way"


def repeats(*keys: NDArray[np.integer] | Flags) -> Rows:
    """Rows whose keys all stand in an earlier row, ascending."""
    size = keys[0].size
    if size < 2:
        return np.empty(0, dtype=np.intp)
    cells = 1
    for key in keys:
        cells *= int(key.max()) + 1 if key.min() >= 0 else 8 * size + 1
    # Where rows fill much of the space they could fill, counting is faster than sorting.
    if cells <= 8 * size:
        cell = np.zeros(size, dtype=np.int64)
        for key in keys:
            cell *= int(key.max()) + 1
            cell += key
        if np.bincount(cell).max() == 1:
            return np.empty(0, dtype=np.intp)
    order = np.lexsort(keys[::-1])
    same = np.ones(size - 1, dtype=bool)
    for key in keys:
        same &= key[order[1:]] == key[order[:-1]]
    return np.sort(order[1:][same])


def surplus(people: NDArray[np.integer], most: Ints) -> Rows:
    """For each person named more often than they may be, the first row that is too many."""
    over = np.bincount(people, minlength=most.size) > most
    rows = np.flatnonzero(over[people])
    found: dict[int, int] = {}
    left = dict.fromkeys(np.flatnonzero(over).tolist(), 0)
    for row, person in zip(rows.tolist(), people[rows].tolist(), strict=True):
        left[person] += 1
        if left[person] > most[person]:
            found.setdefault(person, row)
    return np.array(sorted(found.values()), dtype=np.intp)
