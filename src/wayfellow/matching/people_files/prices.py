"""What each hard rule costs: the result with that rule off, beside the one with it."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from wayfellow.matching.criteria.rules import Rules
from wayfellow.matching.problem import Problem
from wayfellow.matching.result import Result

if TYPE_CHECKING:
    from wayfellow.matching.explanations import RulePrice


@dataclass(frozen=True, slots=True)
class PriceRow:
    """One rule at work.

    Args:
        rule: it in words.
        pairs_removed: pairs that it forbids, alone or with others.
        gain: what would be had without it, in words.
        score_without: the total score without it; empty: not worked out.
    """

    rule: str
    pairs_removed: int
    gain: str
    score_without: int | str


def prices_of(result: Result, rules: Rules, build: Callable[[Rules], Problem] | None) -> list[PriceRow]:
    """Match again with each rule off that takes pairs out.

    Args:
        result: the result with all rules.
        rules: the rules.
        build: builds the cohort under other rules; None where it has too many pairs to be matched again and again.
    """
    from wayfellow.matching.explanations import price_of_rules

    removed = {code: int(count.sum()) for code, count in result.problem.removed.items() if count.any()}
    at_work = {code: off for code, off in _each_off(rules).items() if code in removed}
    priced: dict[str, RulePrice] = {}
    if build is not None:
        priced = {price.rule: price for price in price_of_rules(result, at_work, lambda code: build(at_work[code][1]))}
    rows = []
    for code, (words, _) in at_work.items():
        gain = "not worked out: too many pairs"
        score: int | str = ""
        if code in priced:
            gain, score = _gain(priced[code]), priced[code].result.total_score
        rows.append(PriceRow(words, removed[code], gain, score))
    return rows


def _each_off(rules: Rules) -> dict[str, tuple[str, Rules]]:
    """Each rule that is on, by its code: it in words, and the rules without it."""
    listed = {}
    if rules.reporting_line:
        words = "Nobody is matched with anyone above or below them"
        listed["reporting_line"] = (words, replace(rules, reporting_line=False))
    if rules.common_language:
        listed["no_common_language"] = ("A common language", replace(rules, common_language=False))
    if rules.min_hours:
        words = f"{rules.min_hours} {'hour' if rules.min_hours == 1 else 'hours'} a week in common"
        listed["no_common_hours"] = (words, replace(rules, min_hours=0))
    for name in rules.must_differ:
        kept = tuple(other for other in rules.must_differ if other != name)
        listed[f"same_{name}"] = (f"Different {name}", replace(rules, must_differ=kept))
    for name in rules.must_agree:
        kept = tuple(other for other in rules.must_agree if other != name)
        listed[f"different_{name}"] = (f"Same {name}", replace(rules, must_agree=kept))
    return listed


def _gain(price: "RulePrice") -> str:
    parts = []
    if price.participation:
        parts.append(f"{_difference(price.participation, 'mentee', 'mentees')} with a mentor")
    if price.pairs != price.participation:
        parts.append(_difference(price.pairs, "pair", "pairs"))
    if price.score:
        parts.append(_difference(price.score, "point", "points"))
    return ", ".join(parts) or "nothing would be gained"


def _difference(count: int, one: str, many: str) -> str:
    return f"{abs(count):,} {'more' if count > 0 else 'fewer'} {one if abs(count) == 1 else many}"
