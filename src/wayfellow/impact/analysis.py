"""The whole analysis: from a plan and its people to a report."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import numpy as np

from wayfellow.impact.designs.change import find_change
from wayfellow.impact.designs.finding import Finding
from wayfellow.impact.designs.groups import estimate, value_of
from wayfellow.impact.designs.panel import find_panel
from wayfellow.impact.designs.timed import find_timed, timed_estimate
from wayfellow.impact.designs.values import find_value
from wayfellow.impact.estimates.effect import Effect
from wayfellow.impact.estimates.matrix import Ints
from wayfellow.impact.estimates.multiplicity import adjusted
from wayfellow.impact.estimates.roll_out import RollOut
from wayfellow.impact.gates import (
    RUNGS,
    Alike,
    Reason,
    alike,
    excludes_zero,
    failed,
    rung_of,
    too_few_answers,
    too_few_people,
)
from wayfellow.impact.people import People
from wayfellow.impact.plan import Outcome, Plan
from wayfellow.impact.privacy import breakdown, may_leave_out, sites
from wayfellow.impact.report import SCHEMA, Report, plain
from wayfellow.impact.study import Study, observed, study_of
from wayfellow.impact.wording.claims import claim_of, may_say
from wayfellow.impact.wording.names import spoken
from wayfellow.impact.wording.sentences import sentences_of

Notes = list[tuple[str, str]]


def analyse(plan: Plan, people: People) -> Report:
    """Analyse people by their plan.

    The result depends on nothing but the two: the same plan and people give the same report to the byte.

    Args:
        plan: as `read_plan` gives it.
        people: as `read_people` gives them for this plan.
    """
    study = study_of(plan, people)
    small = too_few_people(study)
    if small is not None:
        return _report(study, [Finding() for _ in plan.outcomes], [small], None)
    findings, panel = _findings(study)
    primary = findings[plan.outcomes.index(plan.primary)]
    small = too_few_answers(plan, primary)
    if small is not None:
        return _report(study, [Finding() for _ in plan.outcomes], [small], None)
    groups = alike(study, primary)
    placebos = {
        spoken(plan, outcome): finding
        for outcome, finding in zip(plan.outcomes, findings, strict=True)
        if outcome.role == "placebo"
    }
    return _report(study, findings, failed(study, primary, placebos, groups, panel), groups)


def _findings(study: Study) -> tuple[list[Finding], RollOut | None]:
    """What each outcome shows, and the roll-out of the primary one."""
    found: list[Finding] = []
    panel = None
    for outcome in study.plan.outcomes:
        if study.plan.design == "before-after":
            finding = find_change(study, outcome)
        elif study.plan.design == "roll-out":
            finding, rolled = find_panel(study, outcome)
            panel = rolled if outcome.role == "primary" else panel
        else:
            finding = find_timed(study, outcome) if outcome.is_timed else find_value(study, outcome)
        found.append(finding)
    if study.people.sites is not None:
        found = _without_sites(study, found)
    return found, panel


def _without_sites(study: Study, findings: Sequence[Finding]) -> list[Finding]:
    """Every outcome again without each site; hidden where a site or the rest is small."""
    outcomes = study.plan.outcomes
    told: list[list[dict[str, Any]]] = [[] for _ in outcomes]
    for site, rows in sites(study):
        rest = study.only(np.delete(np.arange(study.size), rows)) if may_leave_out(study, rows) else None
        for one, outcome, finding in zip(told, outcomes, findings, strict=True):
            again = None if rest is None or finding.effect is None else _estimate_alone(study, rest, rows, outcome)
            one.append({"left_out": site, "estimate": again})
    return [
        replace(
            finding,
            details={
                **finding.details,
                "sensitivity": {**finding.details.get("sensitivity", {}), "leave_one_site_out": one},
            },
        )
        if finding.effect is not None
        else finding
        for one, finding in zip(told, findings, strict=True)
    ]


def _estimate_alone(study: Study, rest: Study, rows: Ints, outcome: Outcome) -> float | None:
    """The estimate of the rest; None where it, or what it lacks of the whole, rests on too few answers."""
    if outcome.is_timed:
        return timed_estimate(rest, outcome)
    there = observed(study, outcome)[rows] == 1
    answered = [
        len(np.unique(study.people.person[study.rows[rows]][there & (study.arm[rows] == side)])) for side in (0, 1)
    ]
    if any(0 < count < study.plan.smallest_group for count in answered):
        return None
    if study.plan.design == "before-after":
        effect = find_change(rest, outcome).effect
    elif study.plan.design == "roll-out":
        effect = find_panel(rest, outcome)[0].effect
    else:
        value = value_of(rest, outcome)
        if min(int((value.arm == side).sum()) for side in (0, 1)) < rest.plan.smallest_group:
            return None
        effect = estimate(rest, outcome, value, stream=f"site {outcome.name}")
    return None if effect is None else effect.estimate


def _report(study: Study, findings: Sequence[Finding], reasons: Sequence[Reason], groups: Alike | None) -> Report:
    plan, people = study.plan, study.people
    rung = rung_of(plan, reasons)
    shown = rung > 0
    claims = _claims(plan, findings, rung)
    refused, warnings = _notes(plan, findings, rung)
    primary = findings[plan.outcomes.index(plan.primary)]
    cells = [(column, breakdown(study, column)) for column in plan.columns.breakdown] if shown else []
    effects: list[tuple[Outcome, Effect | None, str]] = [
        (outcome, finding.effect, claim)
        for outcome, finding, (claim, _) in zip(plan.outcomes, findings, claims, strict=True)
    ]
    return Report(
        plain(
            {
                "schema": SCHEMA,
                "title": plan.title,
                "plan_sha256": plan.sha256,
                "data_sha256": people.data_sha256,
                "seed": plan.seed,
                "exploratory": plan.exploratory,
                "plan_locked": plan.locked,
                "design": {
                    "declared": plan.design,
                    "rung": rung,
                    "rung_declared": RUNGS[plan.design],
                    "may_say": may_say(plan.design, rung),
                    "reasons": [{"code": reason.code, "text": reason.text} for reason in reasons],
                },
                "flow": {
                    "rows": people.size if shown else None,
                    "people": people.count if shown else None,
                    "analysed": {"arm0": None if plan.design == "before-after" else primary.n0, "arm1": primary.n1},
                },
                "balance": _balance(groups),
                "weights": _weights(plan, groups),
                "outcomes": [
                    _outcome(plan, outcome, finding, claim=claim, p_adjusted=p_adjusted)
                    for outcome, finding, (claim, p_adjusted) in zip(plan.outcomes, findings, claims, strict=True)
                ],
                "missingness": [
                    {
                        "outcome": outcome.name,
                        "response_arm0": finding.response[0],
                        "response_arm1": finding.response[1],
                    }
                    for outcome, finding in zip(plan.outcomes, findings, strict=True)
                ],
                "breakdown": [
                    {
                        "column": column,
                        "cells": [
                            {"value": cell.value, "n0": cell.n0, "n1": cell.n1, "suppressed": cell.suppressed}
                            for cell in found
                        ],
                    }
                    for column, found in cells
                ],
                "suppression": {
                    "k": plan.k,
                    "cells": sum(cell.suppressed for _, found in cells for cell in found) if shown else None,
                },
                "refused": _coded(refused),
                "warnings": _coded(warnings),
                "sentences": sentences_of(plan, rung=rung, reasons=reasons, found=effects),
            }
        )
    )


def _claims(plan: Plan, findings: Sequence[Finding], rung: int) -> list[tuple[str, float | None]]:
    """Claim and adjusted p of each outcome: secondary ones are adjusted among each other."""
    at = [position for position, outcome in enumerate(plan.outcomes) if outcome.role == "secondary"]
    effects = [findings[position].effect for position in at]
    of = dict(zip(at, adjusted([None if effect is None else effect.p for effect in effects]), strict=True))
    found = []
    for position, (outcome, finding) in enumerate(zip(plan.outcomes, findings, strict=True)):
        claim = claim_of(
            design=plan.design,
            rung=rung,
            role=outcome.role,
            clear=excludes_zero(finding),
            p_adjusted=of.get(position),
            level=plan.analysis.level,
            estimated=finding.effect is not None and not _moved_before(finding),
        )
        found.append((claim, of.get(position)))
    return found


def _moved_before(finding: Finding) -> bool:
    """In a roll-out, whether this very outcome did not move in parallel before."""
    pretrend = finding.details.get("rollout", {}).get("pretrend_p")
    return pretrend is not None and pretrend < 1 - 0.95


def _notes(plan: Plan, findings: Sequence[Finding], rung: int) -> tuple[Notes, Notes]:
    """What is refused, and the warnings."""
    refused: Notes = []
    warnings: Notes = [("not_used", f"{key} {why}.") for key, why in plan.unused]
    if plan.design == "comparison":
        text = "The difference of the two groups as they are is shown, and is not an effect."
        refused.append(("unadjusted_as_effect", text))
    if rung <= 1:
        refused.append(("effect_claim", "Nothing is said about what the programme did: the design does not carry it."))
    if rung == 2:
        text = "What was not measured can differ between the groups, and is not ruled out as the reason."
        warnings.append(("unmeasured_confounding", text))
    for outcome, finding in zip(plan.outcomes, findings, strict=True):
        refused += finding.refused
        warnings += finding.warnings
        if _moved_before(finding) and outcome.role != "primary":
            text = f"{spoken(plan, outcome)}: the groups did not move in parallel before, so no claim is made."
            warnings.append(("pretrend", text))
    return refused, warnings


def _coded(notes: Notes) -> list[dict[str, str]]:
    return [{"code": code, "text": text[:1].upper() + text[1:]} for code, text in dict.fromkeys(notes)]


def _balance(groups: Alike | None) -> dict[str, Any] | None:
    if groups is None or not groups.rows:
        return None
    return {
        "estimand": groups.estimand,
        "max_before": groups.max_before,
        "max_after": groups.max_after,
        "rows": [
            {
                "covariate": row.covariate,
                "column": row.column,
                "smd_before": row.before,
                "smd_after": row.after,
                "status": row.status,
            }
            for row in groups.rows
        ],
    }


def _weights(plan: Plan, groups: Alike | None) -> dict[str, Any] | None:
    if groups is None or groups.trust is None or plan.analysis.method == "unadjusted" or not groups.rows:
        return None
    trust = groups.trust
    return {
        "method": plan.analysis.method,
        "ess_control": trust.ess_control,
        "ess_treated": trust.ess_treated,
        "max_weight": trust.max_weight,
        "max_share": trust.max_share,
    }


def _outcome(plan: Plan, outcome: Outcome, finding: Finding, *, claim: str, p_adjusted: float | None) -> dict[str, Any]:
    effect, details = finding.effect, finding.details
    sensitivity = {"e_value": None, "bounds": None, "leave_one_site_out": None, "honest_did": None}
    return {
        "name": outcome.name,
        "role": outcome.role,
        "kind": outcome.kind,
        "measure": _measure(plan, outcome),
        "method": finding.method,
        "n0": finding.n0,
        "n1": finding.n1,
        "estimate": None if effect is None else effect.estimate,
        "se": None if effect is None else effect.se,
        "ci": None if effect is None else list(effect.ci),
        "level": plan.analysis.level,
        "p": None if effect is None else effect.p,
        "p_adjusted": p_adjusted,
        "p_wild": details.get("p_wild"),
        "claim": claim,
        "arm0": {"mean": None, "se": None} | details.get("arm0", {}),
        "arm1": {"mean": None, "se": None} | details.get("arm1", {}),
        "unadjusted": _unadjusted(finding.plain),
        "mde": details.get("mde"),
        "p_randomisation": details.get("p_randomisation"),
        "cace": details.get("cace"),
        "logrank": details.get("logrank"),
        "ratio": details.get("ratio"),
        "events0": details.get("events0"),
        "events1": details.get("events1"),
        "horizon": outcome.horizon,
        "unit": outcome.unit if outcome.is_timed else None,
        "sensitivity": {**sensitivity, **details.get("sensitivity", {})},
        "rollout": details.get("rollout"),
    }


def _measure(plan: Plan, outcome: Outcome) -> str:
    if outcome.is_timed:
        return outcome.measure
    if plan.design == "before-after":
        return "mean-change"
    return "risk-difference" if outcome.kind == "binary" else "mean-difference"


def _unadjusted(effect: Effect | None) -> dict[str, Any] | None:
    if effect is None:
        return None
    return {
        "estimate": effect.estimate,
        "se": effect.se,
        "ci": list(effect.ci),
        "p": effect.p,
        "method": effect.method,
    }
