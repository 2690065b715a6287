"""The answer in a few plain words, and what each outcome reads like. Nothing here goes beyond the claim."""

from typing import Any

from wayfellow.impact.document.model import Tone
from wayfellow.impact.document.numbers import Facts, between, difference_of
from wayfellow.impact.wording.names import overclaims

QUESTION = "Did the programme make a difference?"


def answer(report: Facts, primary: Facts | None) -> str:
    """What the report says of the primary outcome, in one or two sentences that its claim carries."""
    rung = report["design"]["rung"]
    if rung == 0 or primary is None:
        return (
            "There are too few people to say anything. A figure about so few would be a figure about single persons, "
            "so none is shown."
        )
    named, estimate = _spoken(report, primary), primary.get("estimate")
    name = named[:1].upper() + named[1:]
    if estimate is None:
        return f"No figure for {named} can be defended here. The reasons stand below."
    size = difference_of(primary, abs(estimate), unit=True).lstrip("+")
    way = "higher" if estimate > 0 else "lower"
    span = f"{between(primary, primary.get('ci'))}"
    level = f"{100 * (primary.get('level') or 0.95):g}% interval {span}"
    claim = primary.get("claim")
    if claim == "caused":
        return (
            f"Yes, on {named}: places were drawn by lot, and it was {size} {way} for those who drew one ({level}). "
            "Chance alone would rarely do that."
        )
    if claim == "consistent-if-parallel":
        return (
            f"{name} was {size} {way} after people started ({level}). That is what the programme changed only if both "
            "groups would otherwise have moved in parallel."
        )
    if claim == "associated":
        return (
            f"{name} was {size} {way} for people in the programme than for similar people outside it ({level}). "
            "What was not measured may still explain it."
        )
    if claim == "changed":
        return (
            f"{name} was {size} {way} afterwards than before ({level}). There was no comparison group, so nobody "
            "knows what would have happened anyway."
        )
    if claim == "no-clear-difference":
        return (
            f"We cannot tell yet. The best estimate for {named} is {difference_of(primary, estimate, unit=True)}, and "
            f"its interval, {span}, has room for no difference at all."
        )
    return (
        f"This cannot say what the programme did. {name} was {size} {way} ({level}), but the design does not carry a "
        "claim, for the reasons below."
    )


READINGS: dict[str, tuple[str, Tone]] = {
    "caused": ("Clearly {way}", "good"),
    "consistent-if-parallel": ("{Way}, if trends were parallel", "info"),
    "associated": ("{Way}; cause open", "info"),
    "changed": ("{Way} than before", "info"),
    "no-clear-difference": ("Cannot tell yet", "none"),
}


def reading(outcome: Facts) -> tuple[str, Tone]:
    """(words, tone) of one outcome's claim."""
    estimate, ci = outcome.get("estimate"), outcome.get("ci") or (0.0, 0.0)
    if estimate is None:
        return "Not shown", "none"
    if outcome.get("role") == "placebo":
        excludes = ci[0] > 0 or ci[1] < 0
        return ("Differs before the start", "warn") if excludes else ("No sign of trouble", "good")
    words, tone = READINGS.get(str(outcome.get("claim")), ("No claim", "none"))
    way = "higher" if estimate > 0 else "lower"
    return words.format(way=way, Way=way.capitalize()), tone


def can_say(report: Facts, columns_alike: int) -> list[str]:
    """What may be said, from what the report found."""
    found = []
    rung = report["design"]["rung"]
    if rung == 0:
        return ["Nothing about these people: not even how many there were."]
    if report.get("plan_locked") and not report.get("exploratory"):
        found.append("The plan is the one that was locked; the analysis did what it says.")
    if columns_alike:
        found.append(f"After weighting, the groups are alike on average in all {columns_alike} columns compared.")
    if rung == 5:
        found.append("Places were drawn by lot, so nothing but chance and the programme set the groups apart.")
    for outcome in report["outcomes"]:
        if outcome.get("claim") in {"caused", "consistent-if-parallel", "associated", "changed"}:
            found.append(f"The difference in {_spoken(report, outcome)} is larger than chance alone usually makes.")
        if outcome.get("role") == "primary" and outcome.get("mde") is not None:
            least = difference_of(outcome, abs(outcome["mde"]), unit=True).lstrip("+")
            found.append(
                f"A difference of {least} in {_spoken(report, outcome)} would have been seen four times in five."
            )
    return found or ["How large the differences were among the people who were looked at."]


def cannot_say(report: Facts) -> list[str]:
    """What may not be said: the refusals and warnings in their own words, and what the rung leaves open."""
    found: list[str] = []
    if report["design"]["rung"] < 5:
        found.append("That the programme was the cause: only a lottery among those who want a place can say that.")
    for one in (*_noted(report, "refused"), *_noted(report, "warnings")):
        if one not in found:
            found.append(one)
    if report.get("exploratory"):
        found.append("That this was the plan all along: it was changed after it was locked.")
    elif not report.get("plan_locked"):
        found.append("That the plan was written before the results were known: it was not locked.")
    hidden = (report.get("suppression") or {}).get("cells") or 0
    if hidden:
        cells = "1 group is" if hidden == 1 else f"{hidden} groups are"
        found.append(f"Anything about groups of fewer than {report['suppression']['k']}: {cells} not shown.")
    return found


def _spoken(report: Facts, outcome: Facts) -> str:
    """The name of an outcome, or its number where its name itself claims an effect."""
    name = str(outcome["name"])
    return f"outcome {1 + report['outcomes'].index(outcome)}" if overclaims(name) else name


def _noted(report: Facts, key: str) -> list[Any]:
    return [one["text"] for one in report.get(key) or ()]
