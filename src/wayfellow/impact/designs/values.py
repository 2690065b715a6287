"""Two groups: everything about one outcome that is a value."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np

from wayfellow.impact.designs.finding import Finding
from wayfellow.impact.designs.groups import Value, estimate, plain, uses_models, value_of
from wayfellow.impact.estimates.effect import Effect
from wayfellow.impact.estimates.lottery import WEAKEST_FIRST_STAGE, effect_on_takers, randomisation_p
from wayfellow.impact.estimates.missing import bounds
from wayfellow.impact.estimates.sensitivity import e_value_of_difference, e_value_of_ratio, pooled_sd
from wayfellow.impact.estimates.weights import effective
from wayfellow.impact.plan import Outcome
from wayfellow.impact.power import minimum_detectable
from wayfellow.impact.study import Study, observed
from wayfellow.impact.wording.names import spoken

FEWEST_ANSWERS = 0.70
WIDEST_GAP = 0.10
_HAIR = 1e-9  # a gap of exactly ten points is not more than ten


def find_value(study: Study, outcome: Outcome) -> Finding:
    """Estimate one outcome that is a value, with all that belongs beside it."""
    there = observed(study, outcome) == 1
    n0, n1 = (int((there & (study.arm == side)).sum()) for side in (0, 1))
    smallest, name = study.plan.smallest_group, spoken(study.plan, outcome)
    if min(n0, n1) < smallest:
        text = f"{name}: fewer than {smallest} people of a group have an answer; nothing is told of them."
        return Finding(refused=(("too_few_answers", text),))
    value = value_of(study, outcome)
    effect = estimate(study, outcome, value, stream=outcome.name)
    refused: tuple[tuple[str, str], ...] = ()
    if effect is None:
        text = f"{spoken(study.plan, outcome)}: the models could not be fitted; there is no estimate."
        refused = (("not_estimable", text),)
    found = Finding(
        method=None if effect is None else effect.method,
        n0=n0,
        n1=n1,
        effect=effect,
        plain=plain(study, outcome),
        compared=value.compared,
        details=_details(study, outcome, value, effect),
        response=(n0 / int((study.arm == 0).sum()), n1 / int((study.arm == 1).sum())),
        refused=refused,
        warnings=() if effect is None else _about(study, outcome, effect),
    )
    return _with_response(study, outcome, found)


def response_is_low(response: tuple[float | None, float | None]) -> bool:
    """Whether too few answered, or the groups answered too differently, to look at those who answered alone."""
    if response[0] is None or response[1] is None:
        return False
    return min(response[0], response[1]) < FEWEST_ANSWERS - _HAIR or abs(response[1] - response[0]) > WIDEST_GAP + _HAIR


def _about(study: Study, outcome: Outcome, effect: Effect) -> tuple[tuple[str, str], ...]:
    return tuple(
        (code, f"{spoken(study.plan, outcome)}: {text[0].lower()}{text[1:]}") for code, text in effect.warnings
    )


def _with_response(study: Study, outcome: Outcome, found: Finding) -> Finding:
    """Where response is low: the warning, the refusal and the bounds."""
    if not response_is_low(found.response):
        return found
    name = spoken(study.plan, outcome)
    share0, share1 = (f"{round(100 * (share or 0.0))} %" for share in found.response)
    warned = (
        "response_low",
        f"{name}: {share1} of the mentored and {share0} of the others answered. The rest may differ.",
    )
    refusal = (
        "complete_case_only",
        f"{spoken(study.plan, outcome)}: a result of those who answered alone is not given without its bounds.",
    )
    low, high = bounds(study.value(outcome.column or ""), study.arm, binary=outcome.kind == "binary")
    sensitivity = dict(found.details.get("sensitivity", {})) | {"bounds": [low, high]}
    return replace(
        found,
        details={**found.details, "sensitivity": sensitivity},
        refused=(*found.refused, refusal),
        warnings=(*found.warnings, warned),
    )


def _details(study: Study, outcome: Outcome, value: Value, effect: Effect | None) -> dict[str, Any]:
    plan = study.plan
    sd = pooled_sd(value.y, value.arm)
    others, mentored = (value.compared.weights[value.arm == side] for side in (0, 1))
    details: dict[str, Any] = {
        "mde": minimum_detectable(
            "continuous", effective(others), effective(mentored), sd=sd, level=plan.analysis.level, power=0.8
        )
    }
    if effect is not None and effect.means is not None:
        details |= {"arm0": {"mean": effect.means[0]}, "arm1": {"mean": effect.means[1]}}
    if effect is not None and effect.p_wild is not None:
        details["p_wild"] = effect.p_wild
    if plan.design == "lottery":
        if outcome.role == "primary":
            strata = study.strata[value.compared.rows]
            details["p_randomisation"] = randomisation_p(
                value.y, value.arm, strata, seed=plan.seed, stream=f"lottery {outcome.name}"
            )
        if study.people.took_part is not None and effect is not None:
            details["cace"] = _effect_on_takers(study, outcome, value, effect)
    elif effect is not None and outcome.role != "placebo":
        point = _e_value(outcome, effect, sd)
        if point is not None:
            details["sensitivity"] = {"e_value": {"point": point}}
    return details


def _e_value(outcome: Outcome, effect: Effect, sd: float) -> float | None:
    if outcome.kind != "binary":
        return e_value_of_difference(effect.estimate, sd)
    if effect.means is None or effect.means[0] <= 0:
        return None
    return e_value_of_ratio(effect.means[1] / effect.means[0])


def _effect_on_takers(study: Study, outcome: Outcome, value: Value, effect: Effect) -> dict[str, Any] | None:
    """Effect on those who took part because they were drawn."""
    took = study.people.took_part
    if took is None or uses_models(study):
        return None
    part = took[study.rows][value.compared.rows].astype(np.float64)
    level = study.plan.analysis.level

    kind = replace(outcome, kind="continuous")  # a share less a part of another is no share
    first = estimate(study, kind, replace(value, y=part), stream=f"first stage {outcome.name}")
    if first is None or first.estimate < WEAKEST_FIRST_STAGE:
        return None
    ratio = effect.estimate / first.estimate
    combined = estimate(study, kind, replace(value, y=value.y - ratio * part), stream=f"takers {outcome.name}")
    if combined is None:
        return None
    clusters = study.clusters(value.compared.rows)
    found = effect_on_takers(effect, first, combined, level=level, df=None if clusters is None else clusters.count - 1)
    if found is None:
        return None
    return {"estimate": found[0], "se": found[1], "ci": list(found[2]), "first_stage": first.estimate}
