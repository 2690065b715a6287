"""Two groups, by lottery or not: one outcome that is a value."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from wayfellow.impact.designs.finding import Compared
from wayfellow.impact.estimates.effect import Effect
from wayfellow.impact.estimates.least_squares import arm_effect
from wayfellow.impact.estimates.lottery import plain_difference
from wayfellow.impact.estimates.matrix import Floats, Ints
from wayfellow.impact.estimates.missing import response_weights
from wayfellow.impact.estimates.treatment_models import treatment_effect
from wayfellow.impact.estimates.weights import Weights, weigh
from wayfellow.impact.plan import Covariate, Outcome
from wayfellow.impact.study import Study, observed, outcome_covariates, treatment_covariates

MODELS = ("aipw", "regression", "ipw-regression")


@dataclass(frozen=True, slots=True)
class Value:
    """One outcome of those who have it."""

    y: Floats
    arm: Ints
    compared: Compared


def uses_models(study: Study) -> bool:
    """Whether statsmodels' `TreatmentEffect` estimates, which takes no weights of ours."""
    analysis = study.plan.analysis
    given = bool(treatment_covariates(study.plan))
    return study.plan.design == "comparison" and given and (analysis.method in MODELS or analysis.se == "stacked")


def base_weights(study: Study) -> Weights:
    """Weights of everybody, from what was known before; made once."""
    plan = study.plan
    if plan.design != "comparison":
        return Weights(np.ones(study.size), True)
    key = ("weights",)
    if key not in study.cache:
        study.cache[key] = weigh(
            study.columns(treatment_covariates(plan)).x,
            study.arm,
            method=plan.analysis.method,
            estimand=plan.analysis.estimand,
            link=plan.analysis.link,
        )
    found = study.cache[key]
    assert isinstance(found, Weights)  # noqa: S101
    return found


def value_of(study: Study, outcome: Outcome) -> Value:
    """The outcome of those who have it, with the weights that they are compared with.

    `missing = "complete"`, and the models of statsmodels, know only those who answered: their weights are made among
    them. Else they are those of everybody, times 1 / P(answered).
    """
    plan = study.plan
    there = observed(study, outcome)
    rows = np.flatnonzero(there)
    all_there = len(rows) == study.size
    covariates = plan.columns.covariates or treatment_covariates(plan)
    alone = plan.analysis.missing == "complete" or not covariates or uses_models(study)
    y = study.value(outcome.column or "")[rows]
    if all_there or alone:
        base = base_weights(study if all_there else study.only(rows))
        compared = Compared(rows, base.values, base.converged, weighted=bool(np.ptp(base.values) > 0))
        return Value(y, study.arm[rows], compared)
    base = base_weights(study)
    answered = response_weights(there, study.arm, study.columns(covariates).x)
    weights = (base.values * answered)[rows]
    compared = Compared(rows, weights, base.converged, weighted=plan.design == "comparison", response_weighted=True)
    return Value(y, study.arm[rows], compared)


def estimate(study: Study, outcome: Outcome, value: Value, *, stream: str) -> Effect | None:
    """The effect on one outcome, by the method of the plan; None where a model cannot be fitted."""
    plan, analysis = study.plan, study.plan.analysis
    rows, weights = value.compared.rows, value.compared.weights
    clusters = study.clusters(rows)
    if uses_models(study):
        some = study.only(rows)
        return treatment_effect(
            value.y,
            value.arm,
            method=analysis.method,
            estimand=analysis.estimand,
            link=analysis.link,
            treatment_x=some.columns(treatment_covariates(plan)).x,
            outcome_x=some.columns(outcome_covariates(plan)).x,
            level=analysis.level,
            clusters=clusters,
            seed=plan.seed,
            stream=f"models {stream}",
        )
    x, means = _adjustment(study, outcome, value)
    if not value.compared.response_weighted and clusters is None and x is None and not value.compared.weighted:
        return plain_difference(
            value.y, value.arm, binary=outcome.kind == "binary", level=analysis.level, se=_plain_se(study)
        )
    return arm_effect(
        value.y,
        value.arm,
        level=analysis.level,
        se=analysis.se if analysis.se != "stacked" else "HC2",
        x=x,
        means=means,
        weights=weights,
        clusters=clusters,
        seed=plan.seed,
        stream=f"wild {stream}",
    )


def plain(study: Study, outcome: Outcome) -> Effect:
    """The difference of the groups as they are, of those who have the outcome."""
    y = study.value(outcome.column or "")
    there = ~np.isnan(y)
    return plain_difference(
        y[there],
        study.arm[there],
        binary=outcome.kind == "binary",
        level=study.plan.analysis.level,
        se=_plain_se(study),
    )


def _plain_se(study: Study) -> str:
    return study.plan.analysis.se


def _adjustment(study: Study, outcome: Outcome, value: Value) -> tuple[Floats | None, Floats | None]:
    """Columns of the regression, and where they are centred."""
    plan, rows = study.plan, value.compared.rows
    if plan.analysis.method in ("unadjusted", "ipw"):
        return None, None
    if plan.design == "comparison":
        x = study.columns(outcome_covariates(plan)).x[rows]
        mentored = value.arm == 1
        means = np.average(x[mentored], axis=0, weights=value.compared.weights[mentored]) if x.shape[1] else None
        return (x, means) if x.shape[1] else (None, None)
    extra = () if outcome.baseline is None else (Covariate(outcome.baseline),)
    columns = study.columns(outcome_covariates(plan), extra=extra).x
    x = np.hstack([columns, study.strata_columns])[rows]
    return (x, None) if x.shape[1] else (None, None)
