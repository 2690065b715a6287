"""The price of each hard rule."""

from collections.abc import Callable, Iterable

from wayfellow.matching.explanations.facts import RulePrice
from wayfellow.matching.problem import Problem
from wayfellow.matching.result import Result
from wayfellow.matching.solve import match


def price_of_rules(result: Result, rules: Iterable[str], build: Callable[[str], Problem]) -> tuple[RulePrice, ...]:
    """What each hard rule costs: the cohort is matched anew with the rule off.

    Args:
        result: the result with all rules.
        rules: the rules to price, by name.
        build: builds the cohort without one rule, by its name.
    """
    prices = []
    for rule in rules:
        free = match(build(rule), objective=result.objective, seed=result.seed, min_score=result.min_score)
        prices.append(
            RulePrice(
                rule,
                free.participation - result.participation,
                len(free.chosen) - len(result.chosen),
                free.total_score - result.total_score,
                free,
            )
        )
    return tuple(prices)
