"""The gates: what has to hold for a design to carry its rung."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from wayfellow.impact.designs.finding import Finding
from wayfellow.impact.designs.values import response_is_low
from wayfellow.impact.estimates.balance import BalanceRow, balance
from wayfellow.impact.estimates.matrix import Matrix
from wayfellow.impact.estimates.roll_out import RollOut
from wayfellow.impact.estimates.weights import Trust, trust
from wayfellow.impact.plan import Plan
from wayfellow.impact.study import Study, person_sides, treatment_covariates
from wayfellow.impact.wording.names import overclaims

RUNGS = {"lottery": 5, "roll-out": 3, "comparison": 2, "before-after": 1}
WIDEST_IMBALANCE = 0.25
SMALLEST_ESS = 30
LARGEST_SHARE = 0.05
FEWEST_TREATED = 20
FEWEST_PERIODS = 2
PRETREND_P = 0.05


@dataclass(frozen=True, slots=True)
class Reason:
    """A gate that failed, and the rung it falls to; None where the rung stays."""

    code: str
    text: str
    falls_to: int | None


@dataclass(frozen=True, slots=True)
class Alike:
    """How alike the groups are, and how far the weights of the primary outcome can be trusted."""

    estimand: str
    rows: tuple[BalanceRow, ...]
    trust: Trust | None

    @property
    def max_before(self) -> float:
        """Largest difference before, in standard deviations."""
        return max((abs(row.before) for row in self.rows), default=0.0)

    @property
    def max_after(self) -> float:
        """Largest difference that is left."""
        return max((abs(row.after) for row in self.rows), default=0.0)


def rung_of(plan: Plan, reasons: Sequence[Reason]) -> int:
    """The rung that is left."""
    return min([RUNGS[plan.design], *(reason.falls_to for reason in reasons if reason.falls_to is not None)])


def too_few_people(study: Study) -> Reason | None:
    """A group so small that a figure could tell of a person. No size is told, not even in the reason."""
    plan = study.plan
    sides = person_sides(study)
    if plan.design == "before-after" or (plan.design == "roll-out" and plan.analysis.control_group != "never"):
        needed = [sides[1]]
    else:
        needed = [sides[0], sides[1]]
    return None if min(needed) >= plan.smallest_group else _too_few(plan)


def too_few_answers(plan: Plan, primary: Finding) -> Reason | None:
    """A group with so few answers to the primary outcome."""
    return _too_few(plan) if any(code == "too_few_answers" for code, _ in primary.refused) else None


def alike(study: Study, primary: Finding) -> Alike | None:
    """Balance and weights of the primary outcome; None for designs without two groups, or without covariates."""
    plan = study.plan
    if plan.design not in ("lottery", "comparison") or primary.compared is None:
        return None
    estimand = "ATE" if plan.design == "lottery" else plan.analysis.estimand
    compared = primary.compared
    arm = study.arm[compared.rows]
    found = trust(compared.weights, arm, estimand=estimand) if plan.design == "comparison" else None
    covariates = plan.columns.covariates or treatment_covariates(plan)
    if not covariates:
        return Alike(estimand, (), found)
    whole, rows = study, compared.rows
    if plan.analysis.missing == "complete" and len(rows) < study.size:
        whole, rows = study.only(rows), np.arange(len(rows))  # they are all there is
    columns: Matrix = whole.columns(covariates)
    return Alike(estimand, balance(columns, whole.arm, estimand=estimand, rows=rows, weights=compared.weights), found)


def failed(
    study: Study, primary: Finding, placebos: Mapping[str, Finding], groups: Alike | None, panel: RollOut | None
) -> list[Reason]:
    """Every gate that failed, in the order of the contract."""
    design = study.plan.design
    reasons: list[Reason] = []
    if design == "lottery":
        reasons += _lottery(primary, groups)
    if design == "roll-out" and panel is not None:
        reasons += _panel(panel)
    if design == "comparison":
        reasons += _comparison(study, primary, groups)
    return reasons + _placebos(design, placebos)


def excludes_zero(finding: Finding) -> bool:
    """Whether the interval lies on one side of zero."""
    return finding.effect is not None and (finding.effect.ci[0] > 0 or finding.effect.ci[1] < 0)


def _too_few(plan: Plan) -> Reason:
    text = f"A group has fewer than {plan.smallest_group} people, so that a figure could tell of one of them."
    return Reason("too_few_people", text, 0)


def _lottery(primary: Finding, groups: Alike | None) -> list[Reason]:
    if not response_is_low(primary.response):
        return []
    alike_still = groups is not None and bool(groups.rows) and groups.max_after <= WIDEST_IMBALANCE
    share0, share1 = (f"{round(100 * (share or 0.0))} %" for share in primary.response)
    text = f"{share1} of those drawn and {share0} of the others answered, which undoes the draw. " + (
        "Those who answered are alike in what was known before."
        if alike_still
        else "Nothing shows that those who answered are alike."
    )
    return [Reason("attrition_high", text, 2 if alike_still else 1)]


def _panel(panel: RollOut) -> list[Reason]:
    reasons = []
    if panel.pre_periods and min(panel.pre_periods.values()) < FEWEST_PERIODS:
        text = "A start group has fewer than two earlier periods, so that its trend before cannot be seen."
        reasons.append(Reason("too_few_pre_periods", text, 1))
    if panel.n_treated < FEWEST_TREATED:
        text = f"Fewer than {FEWEST_TREATED} people were in the programme."
        reasons.append(Reason("too_few_treated", text, 1))
    if panel.pretrend_p is not None and panel.pretrend_p < PRETREND_P:
        text = "The groups did not move in parallel before the programme started."
        reasons.append(Reason("pretrend", text, 1))
    return reasons


def _comparison(study: Study, primary: Finding, groups: Alike | None) -> list[Reason]:
    reasons = []
    if not treatment_covariates(study.plan) and not study.plan.columns.covariates:
        text = "Nothing that was known before is given, so that the groups cannot be made comparable."
        reasons.append(Reason("no_covariates", text, 1))
    if groups is None or groups.trust is None:
        return reasons
    if groups.max_after > WIDEST_IMBALANCE:
        worst = max(groups.rows, key=lambda row: abs(row.after))
        text = f"The groups still differ by {abs(worst.after):.2f} standard deviations in {_column(worst.column)}."
        reasons.append(Reason("imbalance", text, 1))
    converged = primary.compared is not None and primary.compared.converged
    if not converged or (primary.effect is None and not any(code == "hazard_ratio" for code, _ in primary.refused)):
        text = "There are no weights that make the groups comparable: they hardly overlap."
        reasons.append(Reason("no_overlap", text, 1))
    if groups.trust.ess_control < SMALLEST_ESS:
        text = f"The others count like {groups.trust.ess_control:.0f} people once weighted; {SMALLEST_ESS} are needed."
        reasons.append(Reason("low_ess", text, 1))
    if groups.trust.max_share > LARGEST_SHARE:
        text = f"One of the others carries {100 * groups.trust.max_share:.0f} % of their weight; 5 % is the most."
        reasons.append(Reason("heavy_weight", text, 1))
    return reasons


def _column(name: str) -> str:
    """The name of a column, unless it itself claims an effect."""
    return "a column of what was known before" if overclaims(name) else name


def _placebos(design: str, placebos: Mapping[str, Finding]) -> list[Reason]:
    reasons = []
    for name, finding in placebos.items():
        if excludes_zero(finding):
            text = f"{name} was measured before the programme and differs already, so the groups are not alike."
            reasons.append(Reason("placebo_failed", text, None if design == "lottery" else 1))
    return reasons
