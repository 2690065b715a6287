"""Facets as numbers: each value of a document is its number in the table of values, with a degree from 0 to 7.

Four bytes a value, the least significant first: number × 8 + degree. What a degree means is the owner's affair, such
as the level of a skill.
"""

from collections.abc import Iterable

import numpy as np
from numpy.typing import NDArray

DEGREES = 8
_BITS = 3
_TYPE = np.dtype("<u4")
_MOST = 2**32 // DEGREES


def pack(values: Iterable[tuple[int, int]]) -> bytes:
    """Numbers and degrees as they are stored.

    Raises:
        ValueError: a number or degree does not fit.
    """
    found = []
    for number, degree in values:
        if not (0 < number < _MOST and 0 <= degree < DEGREES):
            raise ValueError(f"value {number} with degree {degree} has no code")
        found.append(number * DEGREES + degree)
    return np.array(found, dtype=_TYPE).tobytes()


def unpack(stored: Iterable[bytes]) -> tuple[NDArray[np.int32], NDArray[np.int32], NDArray[np.int32]]:
    """The values of many documents, one after another: document (its place among these), number, degree."""
    rows = list(stored)
    lengths = np.fromiter(map(len, rows), np.int64, len(rows)) // _TYPE.itemsize
    flat = np.frombuffer(b"".join(rows), _TYPE)
    owner = np.repeat(np.arange(len(rows), dtype=np.int32), lengths)
    return owner, (flat >> _BITS).astype(np.int32), (flat & (DEGREES - 1)).astype(np.int32)
