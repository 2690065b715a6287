"""`wayfellow impact plan`: what the programme of a plan can detect."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from wayfellow.impact.errors import BadInput, Problem
from wayfellow.impact.power.solving import Kind, achieved, minimum_detectable, needed_per_arm

if TYPE_CHECKING:
    from wayfellow.impact.plan import Outcome, Plan

SCHEMA = "wayfellow-impact-power/1"
DESIGN_NOTES = {
    "comparison": (
        "before_weighting",
        "Weighting two groups that differ costs people: what can be detected will be larger than said here.",
    ),
    "roll-out": (
        "two_groups_assumed",
        "The figures are those of two groups measured once; a roll-out with many periods can do better or worse.",
    ),
    "before-after": (
        "no_comparison_group",
        "The figures are those of two groups. Without a comparison group no effect can be detected, only a change.",
    ),
}


@dataclass(frozen=True)
class Note:
    """A code and its sentence."""

    code: str
    text: str


@dataclass(frozen=True)
class OutcomePower:
    """What can be found about one outcome.

    Attributes:
        name, kind: as in the plan.
        effective_n0, effective_n1: people after non-response and likeness within clusters.
        mde: smallest difference found with the power, in the unit of the outcome; None where there is none.
        needed_per_arm: people to enter in each group to find the expected effect; None without one.
        power: how often the expected effect will be found; None without one.
    """

    name: str
    kind: str
    effective_n0: float
    effective_n1: float
    mde: float | None
    needed_per_arm: int | None
    power: float | None


@dataclass(frozen=True)
class PowerReport:
    """What `wayfellow impact plan` says."""

    title: str
    design: str
    power: float
    level: float
    outcomes: tuple[OutcomePower, ...]
    sentences: tuple[str, ...]
    warnings: tuple[Note, ...]

    def to_dict(self) -> dict[str, Any]:
        """The JSON of the contract."""
        return {
            "schema": SCHEMA,
            "design": self.design,
            "power": self.power,
            "outcomes": [
                {
                    "name": one.name,
                    "kind": one.kind,
                    "effective_n0": one.effective_n0,
                    "effective_n1": one.effective_n1,
                    "mde": one.mde,
                    "needed_per_arm": one.needed_per_arm,
                    "power": one.power,
                }
                for one in self.outcomes
            ],
            "sentences": list(self.sentences),
            "warnings": [{"code": one.code, "text": one.text} for one in self.warnings],
        }

    def to_text(self) -> str:
        """The same for a person who reads a terminal."""
        lines = [self.title, "", *self.sentences]
        if self.warnings:
            lines += ["", *(f"Warning ({one.code}): {one.text}" for one in self.warnings)]
        return "\n".join(lines) + "\n"


def power(plan: Plan) -> PowerReport:
    """What the programme of a plan can detect.

    Raises:
        BadInput: the plan does not say how many people are expected, or an expected share is none.
    """
    problems = _problems(plan)
    if problems:
        raise BadInput(problems)
    outcomes, sentences, warnings = [], [], []
    for outcome in plan.outcomes:
        found = _outcome(plan, outcome)
        outcomes.append(found)
        sentences += _sentences(plan, outcome, found)
        warnings += _warnings(plan, outcome, found)
    if plan.design in DESIGN_NOTES:
        warnings.append(Note(*DESIGN_NOTES[plan.design]))
    return PowerReport(
        title=plan.title,
        design=plan.design,
        power=plan.expect.power,
        level=plan.analysis.level,
        outcomes=tuple(outcomes),
        sentences=tuple(sentences),
        warnings=tuple(warnings),
    )


def _problems(plan: Plan) -> list[Problem]:
    problems = []
    if plan.expect.per_arm is None:
        problems.append(
            Problem(plan.file, "is required to plan: people expected without and with", key="expect.per_arm")
        )
    for number, outcome in enumerate(plan.outcomes, 1):
        if _kind(outcome) != "binary":
            continue
        control, effect = outcome.expected_control, outcome.expected_effect
        key = f"outcome {number}.expected_effect"
        if effect is not None and control is None:
            problems.append(Problem(plan.file, "needs expected_control, the share without the programme", key=key))
        elif effect is not None and control is not None and not 0 <= control + effect <= 1:
            text = f"'{effect:g}' with expected_control {control:g} gives a share outside 0 and 1"
            problems.append(Problem(plan.file, text, key=key))
    return problems


def _kind(outcome: Outcome) -> Kind | None:
    """How an outcome is planned: as a mean or a share; None for times, of which a plan says too little."""
    if outcome.kind == "binary":
        return "binary"
    if outcome.kind == "time-to-event":
        return "binary" if outcome.measure == "cumulative-incidence" and outcome.expected_control is not None else None
    return "continuous"


def _outcome(plan: Plan, outcome: Outcome) -> OutcomePower:
    expect = plan.expect
    design_effect = 1 + (expect.cluster_size - 1) * expect.icc
    n0, n1 = (people * expect.response / design_effect for people in expect.per_arm or (0, 0))
    kind = _kind(outcome)
    if kind is None:
        return OutcomePower(outcome.name, outcome.kind, n0, n1, None, None, None)
    of_outcome: dict[str, Any] = {
        "sd": outcome.expected_sd,
        "expected_control": outcome.expected_control,
        "level": plan.analysis.level,
    }
    needed = reached = None
    if outcome.expected_effect is not None:
        needed = needed_per_arm(
            kind,
            outcome.expected_effect,
            power=expect.power,
            design_effect=design_effect,
            response=expect.response,
            **of_outcome,
        )
        reached = achieved(kind, outcome.expected_effect, n0, n1, **of_outcome)
    return OutcomePower(
        outcome.name,
        outcome.kind,
        n0,
        n1,
        minimum_detectable(kind, n0, n1, power=expect.power, **of_outcome),
        needed,
        reached,
    )


def _sentences(plan: Plan, outcome: Outcome, found: OutcomePower) -> list[str]:
    chance = f"{plan.expect.power:.0%} power and {plan.analysis.level:.0%} confidence".replace("%", " %")
    if found.mde is None:
        return [f"For “{outcome.name}”, what this programme can detect at {chance} cannot be said from this plan."]
    if _kind(outcome) == "binary":
        control = outcome.expected_control or 0.0
        size = f"a rise from {_share(control)} to {_share(control + found.mde)}"
    else:
        size = (
            f"a difference of {_plain(found.mde)} between the groups (standard deviation {_plain(outcome.expected_sd)})"
        )
    sentences = [f"For “{outcome.name}”, at {chance}, this programme can detect at best {size}."]
    if found.needed_per_arm is not None and found.power is not None:
        expected = outcome.expected_effect or 0.0
        told = f"{_plain(100 * expected)} percentage points" if _kind(outcome) == "binary" else _plain(expected)
        sentences.append(
            f"The expected difference of {told} would be found in {_share(found.power)} of such programmes; "
            f"{found.needed_per_arm:,} people in each group would find it in {_share(plan.expect.power)}."
        )
    return sentences


def _warnings(plan: Plan, outcome: Outcome, found: OutcomePower) -> list[Note]:
    warnings = []
    if found.mde is None:
        if outcome.kind == "time-to-event":
            why = "A time is planned as a share: give measure “cumulative-incidence” and expected_control."
        elif outcome.kind == "binary" and outcome.expected_control is None:
            why = "Give expected_control, the share without the programme."
        else:
            why = "Even the largest possible difference would be missed too often with so few people."
        warnings.append(Note("mde_unknown", f"“{outcome.name}”: {why}"))
    if found.power is not None and found.power < plan.expect.power:
        needed = f" It needs {found.needed_per_arm:,} people in each group." if found.needed_per_arm else ""
        text = (
            f"“{outcome.name}”: the expected effect would be found in only {_share(found.power)} of such programmes, "
            f"less than the {_share(plan.expect.power)} that are wanted.{needed}"
        )
        warnings.append(Note("underpowered", text))
    return warnings


def _share(value: float) -> str:
    return f"{100 * value:.1f}".removesuffix(".0") + " %"


def _plain(value: float) -> str:
    return f"{value:,.0f}" if abs(value) >= 1000 else f"{value:.3g}"
