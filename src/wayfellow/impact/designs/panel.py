"""A programme that starts at different times: one outcome."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

import numpy as np

from wayfellow.impact.designs.finding import Finding
from wayfellow.impact.designs.values import response_is_low
from wayfellow.impact.estimates.effect import Effect
from wayfellow.impact.estimates.matrix import Floats
from wayfellow.impact.estimates.roll_out import RollOut, roll_out
from wayfellow.impact.plan import Outcome
from wayfellow.impact.study import Study, outcome_covariates
from wayfellow.impact.wording.names import spoken

METHOD = "Callaway and Sant'Anna, compared with those {} in the programme"


def find_panel(study: Study, outcome: Outcome) -> tuple[Finding, RollOut | None]:
    """Estimate one outcome of a roll-out; also what the gates look at."""
    analysis = study.plan.analysis
    y = study.value(outcome.column or "")
    there = ~np.isnan(y)
    person = study.people.person[study.rows]
    answered = [len(np.unique(person[there & (study.arm == side)])) for side in (0, 1)]
    smallest, name = study.plan.smallest_group, spoken(study.plan, outcome)
    needed = answered if analysis.control_group == "never" else answered[1:]
    if min(needed) < smallest:
        text = f"{name}: fewer than {smallest} people of a group have an answer; nothing is told of them."
        return Finding(refused=(("too_few_answers", text),)), None
    found = _rolled(study, y)
    method = METHOD.format("never" if analysis.control_group == "never" else "not yet")
    refused: tuple[tuple[str, str], ...] = ()
    effect = None
    if found.estimate is None or found.se is None or found.ci is None:
        text = (
            f"{spoken(study.plan, outcome)}: there is nobody to compare with in the same periods, or too little to fit."
        )
        refused = (("not_estimable", text),)
    else:
        effect = Effect(found.estimate, found.se, found.ci, found.p, method)
    shares = [float(there[study.arm == side].mean()) if bool((study.arm == side).any()) else None for side in (0, 1)]
    warnings: tuple[tuple[str, str], ...] = ()
    details = _details(found, smallest=smallest)
    if response_is_low((shares[0], shares[1])):
        warnings = (("response_low", f"{name}: many answers are missing, or more in one group. They may differ."),)
        text = f"{name}: a result of those who answered alone is not given without its bounds."
        refused += (("complete_case_only", text),)
        bounds = None if effect is None else _bounds(study, y, binary=outcome.kind == "binary")
        details["sensitivity"] = {**details.get("sensitivity", {}), "bounds": bounds}
    finding = Finding(
        method=method,
        n0=answered[0] if answered[0] == 0 or answered[0] >= smallest else None,
        n1=answered[1],
        effect=effect,
        details=details,
        response=(shares[0] if answered[0] >= smallest else None, shares[1]),
        refused=refused,
        warnings=warnings,
    )
    return finding, found


def _rolled(study: Study, y: Floats) -> RollOut:
    """The roll-out of one outcome, nan where missing."""
    people, analysis, rows = study.people, study.plan.analysis, study.rows
    assert people.period is not None and people.first_period is not None  # noqa: S101
    covariates = outcome_covariates(study.plan)
    x = study.columns(covariates).x if covariates else None
    return roll_out(
        people.person[rows],
        people.period[rows],
        people.first_period[rows],
        y,
        control_group=analysis.control_group,
        aggregate=analysis.aggregate,
        covariates=x if x is not None and x.shape[1] else None,
        cluster=None if people.clusters is None else _clusters(study),
        level=analysis.level,
    )


def _bounds(study: Study, y: Floats, *, binary: bool) -> list[float] | None:
    """The estimate if the missing answers are as bad as can be for the programme, and as good.

    Bad: low of the mentored once they are in it, high before; of the others high once the first are in it, low before.
    The values are 0 and 1 for a binary outcome, else the 5th and 95th percentile of the answers.
    """
    people, rows = study.people, study.rows
    assert people.period is not None and people.first_period is not None  # noqa: S101
    period, first = people.period[rows], people.first_period[rows]
    mentored = study.arm == 1
    after = period >= np.where(mentored, first, first[mentored].min())
    low, high = (0.0, 1.0) if binary else np.nanquantile(y, [0.05, 0.95]).tolist()
    ends = []
    for bad, good in ((low, high), (high, low)):
        found = _rolled(study, np.where(np.isnan(y), np.where(after == mentored, bad, good), y))
        if found.estimate is None:
            return None
        ends.append(found.estimate)
    return sorted(ends)


def _clusters(study: Study) -> np.ndarray:
    """Code of each row's cluster; whoever has none is alone in one."""
    groups = study.people.clusters
    assert groups is not None  # noqa: S101
    codes, person = groups.codes[study.rows], study.people.person[study.rows]
    return np.where(codes < 0, len(groups.labels) + person, codes)


def _details(found: RollOut, *, smallest: int) -> dict[str, Any]:
    overall = found.event_overall
    details: dict[str, Any] = {
        "rollout": {
            "att_gt": [asdict(cell) for cell in found.att_gt],
            "event_study": [asdict(event) for event in found.event_study],
            "event_overall": None if overall is None else {"estimate": overall[0], "se": overall[1]},
            "groups": [asdict(group) for group in found.groups],
            "group_overall": None if found.group_overall is None else {"estimate": found.group_overall},
            "pretrend_p": found.pretrend_p,
        }
    }
    if found.honest_did is not None:
        told = asdict(found.honest_did)
        details["sensitivity"] = {"honest_did": {**told, "ci": list(told["ci"])}}
    return details
