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


def prices_of(result: Result, rules: Rules, solve: Callable[[Rules], Result], *, most_pairs: int) -> list[RulePrice]:
    """Match again with each rule off that takes pairs out.

    Args:
        result: the result with all rules.
        rules: the rules.
        solve: matches under other rules.
        most_pairs: in cohorts of more pairs than this, rules are counted and not priced.
    """
    problem = result.problem
    size = len(problem.mentee_ids) * len(problem.mentor_ids)
    prices = []
    for code, words, without in _each_off(rules):
        removed = sum(int(count.sum()) for rule, count in problem.removed.items() if rule == code)
        if not removed:
            continue
        if size > most_pairs:
            prices.append(RulePrice(words, removed, "not worked out: too many pairs", ""))
            continue
        free = solve(without)
        prices.append(RulePrice(words, removed, _gain(result, free), free.total_score))
    return prices


def _each_off(rules: Rules) -> list[tuple[str, str, Rules]]:
    """Each rule that is on: its code, it in words, and the rules without it."""
    listed = []
    if rules.reporting_line:
        words = "Nobody is matched with anyone above or below them"
        listed.append(("reporting_line", words, replace(rules, reporting_line=False)))
    if rules.common_language:
        listed.append(("no_common_language", "A common language", replace(rules, common_language=False)))
    if rules.min_hours:
        hours = "hour" if rules.min_hours == 1 else "hours"
        listed.append(("no_common_hours", f"{rules.min_hours} {hours} a week in common", replace(rules, min_hours=0)))
    for name in rules.must_differ:
        kept = tuple(other for other in rules.must_differ if other != name)
        listed.append((f"same_{name}", f"Different {name}", replace(rules, must_differ=kept)))
    for name in rules.must_agree:
        kept = tuple(other for other in rules.must_agree if other != name)
        listed.append((f"different_{name}", f"Same {name}", replace(rules, must_agree=kept)))
    return listed


def _gain(result: Result, free: Result) -> str:
    people = free.participation - result.participation
    pairs = len(free.chosen) - len(result.chosen)
    parts = []
    if people:
        parts.append(f"{_difference(people, 'mentee', 'mentees')} with a mentor")
    if pairs != people:
        parts.append(_difference(pairs, "pair", "pairs"))
    score = free.total_score - result.total_score
    if score:
        parts.append(_difference(score, "point", "points"))
    return ", ".join(parts) or "nothing changes"


def _difference(count: int, one: str, many: str) -> str:
    return f"{abs(count):,} {'more' if count > 0 else 'fewer'} {one if abs(count) == 1 else many}"
