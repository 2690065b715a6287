"""Hard rules: pairs that must not be, whatever they are worth."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from wayfellow.matching.criteria import hours, language, perspective
from wayfellow.matching.criteria.linear import Linear, by_class
from wayfellow.matching.criteria.person import Person
from wayfellow.matching.criteria.reporting import reporting_pairs
from wayfellow.matching.errors import Finding
from wayfellow.matching.result import Caution

# Added to a pair's units by a rule that forbids it: more than all criteria together, so that the sum is below zero.
FORBIDS = -(2.0**24)

Places = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Rules:
    """Which hard rules apply. Nobody is ever matched with themselves.

    Args:
        reporting_line: nobody is matched to anyone above or below them, at any depth.
        common_language: two people who both state languages share one.
        min_hours: two people who both state when they are free share so many hours a week, at most 12; 0 is off.
        must_differ: dimensions along which two people who both state something must not be the same.
        must_agree: dimensions along which two people who both state something must be the same.
    """

    reporting_line: bool = True
    common_language: bool = True
    min_hours: int = 1
    must_differ: tuple[str, ...] = ()
    must_agree: tuple[str, ...] = ()


@dataclass(frozen=True, eq=False)
class Barred:
    """The pairs that the rules forbid.

    Args:
        by_class: rule → product that is below zero for the pairs it forbids.
        pairs: rule → positions of mentees and of mentors, for rules about single pairs.
        min_hours: hours in common that a pair needs.
        cautions: what to know about the rules.
    """

    by_class: Mapping[str, Linear] = field(default_factory=dict)
    pairs: Mapping[str, tuple[Places, Places]] = field(default_factory=dict)
    min_hours: int = 0
    cautions: tuple[Caution, ...] = ()


def findings_of_rules(rules: Rules) -> list[Finding]:
    """What is wrong with rules that somebody set."""
    found = []
    if not 0 <= rules.min_hours <= hours.MOST_REQUIRED:
        text = f"hours in common that are required are 0 to {hours.MOST_REQUIRED}, not {rules.min_hours}"
        found.append(Finding(text, "rules", column="min_hours"))
    for dimension in dict.fromkeys(rules.must_differ):
        if dimension in rules.must_agree:
            text = f"{dimension} must differ and must agree: then nobody can be matched"
            found.append(Finding(text, "rules", column="must_agree"))
    return found


def barred(
    mentees: Sequence[Person],
    mentors: Sequence[Person],
    rules: Rules,
    *,
    everybody: Sequence[Person],
    forbidden: tuple[Places, Places],
) -> Barred:
    """Find the pairs that the rules forbid.

    Args:
        everybody: mentees, mentors and who is neither but stands in the reporting line.
        forbidden: pairs ruled out one by one, as positions.
    """
    by_rule: dict[str, Linear] = {}
    if rules.common_language and language.has_data(mentees, mentors):
        spoken, others = language.spoken(mentees), language.spoken(mentors)
        by_rule["no_common_language"] = by_class(spoken, ~language.shares(spoken, others) * FORBIDS, others)
    for dimension in perspective.usable(mentees, mentors, (*rules.must_differ, *rules.must_agree)):
        ours, theirs = perspective.stated(mentees, dimension), perspective.stated(mentors, dimension)
        differs = perspective.differs(ours, theirs)
        if dimension in rules.must_differ:
            by_rule[f"same_{dimension}"] = by_class(ours, ~differs * FORBIDS, theirs)
        if dimension in rules.must_agree:
            by_rule[f"different_{dimension}"] = by_class(ours, differs * FORBIDS, theirs)

    at = {person.id: j for j, person in enumerate(mentors)}
    same = [(i, at[person.id]) for i, person in enumerate(mentees) if person.id in at]
    pairs = {"same_person": _places(same)}
    cautions: tuple[Caution, ...] = ()
    if rules.reporting_line:
        above_or_below, cautions = reporting_pairs(mentees, mentors, everybody)
        pairs["reporting_line"] = _places(above_or_below)
    pairs["forbidden"] = forbidden
    return Barred(
        by_rule,
        {rule: places for rule, places in pairs.items() if len(places[0])},
        rules.min_hours if hours.has_data(mentees, mentors) else 0,
        cautions,
    )


def words_of(rule: str, rules: Rules | None = None) -> str:
    """What a rule means for a pair, to end a sentence such as "12 mentors are left out because …"."""
    known = {
        "same_person": "that is the same person",
        "reporting_line": "one of the two stands above the other in the reporting line",
        "no_common_language": "the two share no language",
        "forbidden": "the pair was ruled out by hand",
    }
    if rule in known:
        return known[rule]
    if rule == "no_common_hours":
        least = rules.min_hours if rules else 1
        return f"the two share fewer than {least} hours a week" if least > 1 else "the two share no free hour"
    kind, _, dimension = rule.partition("_")
    return f"{dimension} must not be the same" if kind == "same" else f"{dimension} must be the same"


def _places(pairs: Sequence[tuple[int, int]]) -> tuple[Places, Places]:
    table = np.array(pairs, dtype=np.int64).reshape(-1, 2)
    return table[:, 0], table[:, 1]
