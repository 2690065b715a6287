"""Two groups: one outcome that is a time until an event."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from wayfellow.impact.designs.finding import Compared, Finding
from wayfellow.impact.designs.groups import base_weights
from wayfellow.impact.estimates.effect import Effect
from wayfellow.impact.estimates.matrix import Floats, Ints
from wayfellow.impact.estimates.sensitivity import e_value_of_ratio
from wayfellow.impact.estimates.time_to_event import TimeToEvent, difference_at_horizon
from wayfellow.impact.estimates.weights import weigh
from wayfellow.impact.plan import Outcome
from wayfellow.impact.study import Study, outcome_covariates, treatment_covariates
from wayfellow.impact.wording.names import spoken

TOLD = {
    "cumulative-incidence": "difference in Aalen–Johansen incidence",
    "rmst": "difference in restricted mean time",
    "hazard-ratio": "log hazard ratio, Cox model with Efron's ties",
}


def find_timed(study: Study, outcome: Outcome) -> Finding:
    """Estimate one time-to-event outcome. Everybody has one: who was not seen to the end is censored."""
    weighted = study.plan.design == "comparison" and study.plan.analysis.method != "unadjusted"
    weighted = weighted and bool(treatment_covariates(study.plan))
    plain_one = _run(study, outcome, weights=None, reweigh=None, covariates=None)
    if weighted:
        base = base_weights(study)
        one = _run(study, outcome, weights=base.values, reweigh=_reweigher(study), covariates=None)
        compared = Compared(np.arange(study.size), base.values, base.converged, weighted=True)
        told = f"{TOLD[outcome.measure]}, weighted, bootstrap interval"
    else:
        x = _adjustment(study, outcome)
        one = plain_one if x is None else _run(study, outcome, weights=None, reweigh=None, covariates=x)
        compared = Compared(np.arange(study.size), np.ones(study.size))
        told = TOLD[outcome.measure] + (", bootstrap of clusters" if study.clusters() is not None else "")
    details: dict[str, Any] = {
        "arm0": {"mean": one.arm0_mean, "se": one.arm0_se},
        "arm1": {"mean": one.arm1_mean, "se": one.arm1_se},
        "logrank": None if one.logrank_chi2 is None else {"chi2": one.logrank_chi2, "p": one.logrank_p},
        "events0": one.events0,
        "events1": one.events1,
        "horizon": outcome.horizon,
    }
    if one.ratio is not None:
        details["ratio"] = {"estimate": one.ratio, "ci": None if one.ratio_ci is None else list(one.ratio_ci)}
    e_value = _e_value(study, outcome, one)
    if e_value is not None:
        details["sensitivity"] = {"e_value": {"point": e_value}}
    refused: tuple[tuple[str, str], ...] = ()
    if one.refused is not None:
        text = f"{spoken(study.plan, outcome)}: a hazard ratio needs ten events in each group and a model that fits."
        refused = ((one.refused, text),)
    warnings: tuple[tuple[str, str], ...] = ()
    if one.short_follow_up:
        text = f"{spoken(study.plan, outcome)}: a group was not followed to the horizon; its last value is carried on."
        warnings = (("short_follow_up", text),)
    return Finding(
        method=told,
        n0=int((study.arm == 0).sum()),
        n1=int((study.arm == 1).sum()),
        effect=_effect(one, told),
        plain=_effect(plain_one, TOLD[outcome.measure]),
        compared=compared,
        details=details,
        response=(1.0, 1.0),
        refused=refused,
        warnings=warnings,
    )


def timed_estimate(study: Study, outcome: Outcome) -> float | None:
    """The estimate alone, for looking again without some people."""
    weighted = study.plan.design == "comparison" and study.plan.analysis.method != "unadjusted"
    weighted = weighted and bool(treatment_covariates(study.plan))
    weights = base_weights(study).values if weighted else None
    covariates = None if weighted else _adjustment(study, outcome)
    return _run(study, outcome, weights=weights, reweigh=None, covariates=covariates, draws=2).estimate


def _adjustment(study: Study, outcome: Outcome) -> Floats | None:
    """Columns of the Cox model, which alone takes covariates without weights; none where the plan wants it plain."""
    covariates = outcome_covariates(study.plan)
    if outcome.measure != "hazard-ratio" or not covariates or study.plan.analysis.method == "unadjusted":
        return None
    return study.columns(covariates).x


def _run(
    study: Study,
    outcome: Outcome,
    *,
    weights: Floats | None,
    reweigh: Callable[[Ints], Floats | None] | None,
    covariates: Floats | None,
    draws: int = 300,
) -> TimeToEvent:
    times = study.people.times[outcome.name]
    clusters = study.clusters()
    time, event = times.time[study.rows], times.event[study.rows]
    return difference_at_horizon(
        time,
        event,
        study.arm,
        horizon=outcome.horizon if outcome.horizon is not None else float(time.max()),
        measure=outcome.measure,
        level=study.plan.analysis.level,
        weights=weights,
        reweigh=reweigh,
        covariates=covariates,
        cluster=None if clusters is None else clusters.codes,
        seed=study.plan.seed,
        draws=draws,
    )


def _reweigher(study: Study) -> Callable[[Ints], Floats | None]:
    """Weights made anew among the people of a draw."""
    analysis = study.plan.analysis
    x = study.columns(treatment_covariates(study.plan)).x

    def reweigh(rows: Ints) -> Floats | None:
        found = weigh(x[rows], study.arm[rows], method=analysis.method, estimand=analysis.estimand, link=analysis.link)
        return found.values if found.converged else None

    return reweigh


def _effect(one: TimeToEvent, told: str) -> Effect | None:
    if one.estimate is None or one.se is None or one.ci is None:
        return None
    means = None if one.arm0_mean is None or one.arm1_mean is None else (one.arm0_mean, one.arm1_mean)
    return Effect(one.estimate, one.se, one.ci, one.p, told, means)


def _e_value(study: Study, outcome: Outcome, one: TimeToEvent) -> float | None:
    if study.plan.design != "comparison":
        return None
    if outcome.measure == "cumulative-incidence" and one.arm0_mean and one.arm1_mean:
        return e_value_of_ratio(one.arm1_mean / one.arm0_mean)
    return None
