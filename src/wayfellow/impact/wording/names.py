"""Words that only a lottery can carry, and names that hold one."""

import re

from wayfellow.impact.plan import Outcome, Plan

# Below rung 5 no sentence says one of these; "caused" only in a negation.
OVERCLAIMS = (
    "led to",
    "resulted in",
    "thanks to",
    "because of the programme",
    "proves",
    "proved",
    "boosts",
    "boosted",
    "improves",
    "improved",
    "caused",
)
_OVERCLAIM = re.compile("|".join(re.escape(words).replace(r"\ ", r"\s+") for words in OVERCLAIMS), re.IGNORECASE)


def overclaims(text: str) -> list[str]:
    """The words of a text that claim an effect."""
    return [found.lower() for found in _OVERCLAIM.findall(text)]


def spoken(plan: Plan, outcome: Outcome) -> str:
    """The name of an outcome, or its number where its name itself claims an effect."""
    if not overclaims(outcome.name):
        return " ".join(outcome.name.split())
    return f"outcome {1 + [other.name for other in plan.outcomes].index(outcome.name)}"
