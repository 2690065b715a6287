"""One hash for a cohort, whatever order its rows came in."""

import hashlib
from collections.abc import Iterable

import numpy as np

from wayfellow.matching.problem import Problem


def problem_sha256(problem: Problem) -> str:
    """SHA-256 over the canonical form of a cohort: equal for equal cohorts, different for different ones.

    It covers ids, wishes, places, minimums, allowed pairs with scores, pins, what each hard rule took out, circles,
    preferences, strata, names and points. Files with the same content in another row order have the same hash.
    """
    digest = hashlib.sha256(b"wayfellow-problem/1\0")

    def add(name: str, content: bytes) -> None:
        for part in (name.encode(), content):
            digest.update(len(part).to_bytes(8, "little"))
            digest.update(part)

    def array(name: str, values: np.ndarray | None) -> None:
        add(name, b"none" if values is None else np.ascontiguousarray(values, dtype="<i8").tobytes())

    def texts(name: str, values: Iterable[str]) -> None:
        content = bytearray()
        for value in values:
            encoded = value.encode("utf-8", "surrogatepass")
            content += len(encoded).to_bytes(4, "little") + encoded
        add(name, bytes(content))

    texts("mentee_ids", problem.mentee_ids)
    texts("mentor_ids", problem.mentor_ids)
    for name in ("want", "capacity", "minimum", "mentee", "mentor", "score", "pinned", "stratum", "points"):
        array(name, getattr(problem, name))
    for rule in sorted(problem.removed):
        array(f"removed {rule}", problem.removed[rule])
    if problem.circles is not None:
        for name in ("mentor", "min_size", "max_size"):
            array(f"circles {name}", getattr(problem.circles, name))
    if problem.preferences is not None:
        for side in ("mentee", "mentor"):
            for name in ("chooser", "choice", "rank"):
                array(f"preferences {side} {name}", getattr(problem.preferences, f"{side}_{name}"))
    texts("strata", problem.strata)
    texts("criteria", problem.criteria)
    texts("names", (text for pair in sorted(problem.names.items()) for text in pair))
    return digest.hexdigest()
