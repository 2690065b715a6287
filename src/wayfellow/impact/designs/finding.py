"""What was found for one outcome, before rungs and words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from wayfellow.impact.estimates.effect import Effect
from wayfellow.impact.estimates.matrix import Floats, Ints


@dataclass(frozen=True, slots=True)
class Compared:
    """Who is compared in the end, and with which weights.

    Attributes:
        rows: positions in the study, sorted.
        weights: of those, shape (len(rows),).
        converged: whether the method of the weights came to an end.
        weighted: whether there are weights at all.
        response_weighted: whether those who answered stand for those who did not.
    """

    rows: Ints
    weights: Floats
    converged: bool = True
    weighted: bool = False
    response_weighted: bool = False


@dataclass(frozen=True, slots=True)
class Finding:
    """What was found for one outcome.

    Attributes:
        n0, n1: people who are compared; None where a group is too small to be told of.
        effect: None where nothing could or may be told.
        plain: the difference of the groups as they are.
        details: further keys of the outcome in the report.
        response: share of the people who have the outcome, by group; None as n0 and n1.
        refused, warnings: (code, text).
    """

    method: str | None = None
    n0: int | None = None
    n1: int | None = None
    effect: Effect | None = None
    plain: Effect | None = None
    compared: Compared | None = None
    details: Mapping[str, Any] = field(default_factory=dict)
    response: tuple[float | None, float | None] = (None, None)
    refused: tuple[tuple[str, str], ...] = ()
    warnings: tuple[tuple[str, str], ...] = ()
