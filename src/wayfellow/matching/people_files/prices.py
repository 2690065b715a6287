"""What each hard rule costs: the result with that rule off, beside the one with it."""

from collections.abc import Callable
from dataclasses import dataclass, replace

from wayfellow.matching.criteria.rules import Rules
from wayfellow.matching.result import Result


@dataclass(frozen=True, slots=True)
class RulePrice:
    """One rule at work.

    Args:
        rule: it in words.
        pairs_removed: pairs that it forbids, alone or with others.
        gain: what would be had without it, in words.
        score_without: the total score without it; None: not worked out.
    """

    rule: str
    pairs_removed: int
    gain: str
    score_without: int | str
