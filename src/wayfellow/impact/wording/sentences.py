"""The report in sentences: intervals before p-values, no stars, nothing that the rung does not carry."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from math import exp

from wayfellow.impact.estimates.effect import Effect
from wayfellow.impact.gates import RUNGS, Reason
from wayfellow.impact.plan import Outcome, Plan
from wayfellow.impact.wording.names import spoken
from wayfellow.impact.wording.numbers import amount, level_words

NOTHING_ELSE = {
    5: "The lot decided who was drawn, so that the groups differ in nothing else but by chance.",
    3: (
        "The people who started later, or never, stand for what would have happened without the programme. That holds "
        "if both would have moved in parallel, which no data can show in full."
    ),
    2: (
        "The groups were made comparable in what was measured before. What was not measured, such as drive or a "
        "manager's support, is not ruled out as the reason."
    ),
}


def sentences_of(
    plan: Plan, *, rung: int, reasons: Sequence[Reason], found: Sequence[tuple[Outcome, Effect | None, str]]
) -> list[str]:
    """All sentences of a report, the answer first.

    Args:
        reasons: the gates that failed.
        found: outcome, effect and claim, in the order of the plan.
    """
    ordered = sorted(found, key=lambda one: ("primary", "secondary", "placebo").index(one[0].role))
    return [
        *(_outcome(plan, rung, *one) for one in ordered),
        *_rung(plan, rung, reasons),
        *_plan(plan),
    ]


def _outcome(plan: Plan, rung: int, outcome: Outcome, effect: Effect | None, claim: str) -> str:
    name = spoken(plan, outcome)
    if effect is None:
        return f"{_capital(name)}: no figure can be given."
    figures = _figures(plan, outcome, effect)
    if outcome.role == "placebo":
        differs = effect.ci[0] > 0 or effect.ci[1] < 0
        told = "the groups differed already" if differs else "no clear difference, as it should be"
        return f"{_capital(name)}, from before the programme: {told} ({figures})."
    if claim == "caused":
        return f"The programme caused a difference in {name}: {figures}."
    if claim == "consistent-if-parallel":
        return (
            f"A difference in {name} is consistent with an effect of the programme, if both groups would "
            f"otherwise have moved in parallel: {figures}."
        )
    if claim == "associated":
        return f"Being mentored is associated with a difference in {name}: {figures}."
    if claim == "changed":
        return f"{_capital(name)} changed: {figures}."
    if claim == "no-clear-difference":
        what = "change" if plan.design == "before-after" else "difference"
        return f"No clear {what} in {name}: {figures}. The interval shows what is still possible."
    return f"{_capital(name)}: {figures}. No claim follows from it."


def _figures(plan: Plan, outcome: Outcome, effect: Effect) -> str:
    """Estimate, interval, then p."""
    if outcome.is_timed and outcome.measure == "hazard-ratio":
        told, lowest, highest = (f"{exp(max(-700.0, min(700.0, end))):.3g}" for end in (effect.estimate, *effect.ci))
        told, ends = f"hazard ratio {told}", f"{lowest} to {highest}"
    else:
        told = amount(effect.estimate, outcome, signed=True)
        ends = (
            f"{amount(effect.ci[0], outcome, signed=True, unit=False)} to {amount(effect.ci[1], outcome, signed=True)}"
        )
    p = "" if effect.p is None else f", p {'< .001' if effect.p < 0.001 else f'= {effect.p:.3f}'.replace('0.', '.', 1)}"
    return f"{told} ({level_words(plan.analysis.level)} interval {ends}{p})"


def _rung(plan: Plan, rung: int, reasons: Sequence[Reason]) -> Iterator[str]:
    if reasons:
        fallen = rung < RUNGS[plan.design]
        for reason in reasons:
            yield reason.text
        if fallen:
            yield f"So the evidence falls from rung {RUNGS[plan.design]} to rung {rung}."
    if rung >= 2:
        yield NOTHING_ELSE[rung]
    if plan.design == "before-after":
        yield (
            "There was no comparison group: what would have happened without the programme is not known, and nothing "
            "is said about what it did."
        )
    elif rung == 1:
        yield "The figures are shown, and no claim about the programme is made."
    if rung == 0:
        yield "No figure about these people is shown."
    if plan.design == "comparison":
        yield "The difference of the two groups as they are is not an effect: who is mentored was not left to chance."


def _plan(plan: Plan) -> Iterator[str]:
    if plan.exploratory:
        yield "This analysis is exploratory: it may follow a plan that was changed after it was locked."
    elif not plan.locked:
        yield "The plan was not registered: nothing shows that it was written before the data was seen."


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
