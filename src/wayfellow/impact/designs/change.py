"""The same people before and after: one outcome."""

from __future__ import annotations

import numpy as np

from wayfellow.impact.designs.finding import Finding
from wayfellow.impact.estimates.before_after import mean_change
from wayfellow.impact.plan import Outcome
from wayfellow.impact.study import Study, observed
from wayfellow.impact.wording.names import spoken


def find_change(study: Study, outcome: Outcome) -> Finding:
    """Mean change of those who have both values. `arm0` is before, `arm1` after."""
    rows = np.flatnonzero(observed(study, outcome))
    smallest, name = study.plan.smallest_group, spoken(study.plan, outcome)
    if len(rows) < smallest:
        text = f"{name}: fewer than {smallest} people have a value before and after; nothing is told of them."
        return Finding(refused=(("too_few_answers", text),))
    before = study.value(outcome.baseline or "")[rows]
    after = study.value(outcome.column or "")[rows]
    effect = mean_change(before, after, level=study.plan.analysis.level, clusters=study.clusters(rows))
    share = len(rows) / study.size
    warnings = [(code, f"{spoken(study.plan, outcome)}: {text[0].lower()}{text[1:]}") for code, text in effect.warnings]
    refused = []
    sensitivity = {}
    if share < 0.70:
        warnings.append(
            ("response_low", f"{name}: {round(100 * share)} % have a value before and after; the rest may differ.")
        )
        refused.append(("complete_case_only", f"{name}: a result of those who answered alone comes with its bounds."))
        sensitivity = {"bounds": _bounds(study, outcome)}
    assert effect.means is not None  # noqa: S101
    return Finding(
        method=effect.method,
        n0=len(rows),
        n1=len(rows),
        effect=effect,
        details={
            "arm0": {"mean": effect.means[0]},
            "arm1": {"mean": effect.means[1]},
            **({"sensitivity": sensitivity} if sensitivity else {}),
        },
        response=(None, share),
        refused=tuple(refused),
        warnings=tuple(warnings),
    )


def _bounds(study: Study, outcome: Outcome) -> list[float]:
    """The mean change if everybody without a value had the lowest after and the highest before, and the other way."""
    before, after = study.value(outcome.baseline or ""), study.value(outcome.column or "")
    if outcome.kind == "binary":
        low, high = 0.0, 1.0
    else:
        low, high = np.nanquantile(np.concatenate([before, after]), [0.05, 0.95]).tolist()

    def mean(first: float, last: float) -> float:
        changes = np.where(np.isnan(after), last, after) - np.where(np.isnan(before), first, before)
        return float(changes.mean())

    return [mean(high, low), mean(low, high)]
