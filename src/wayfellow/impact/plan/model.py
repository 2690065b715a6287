"""What a plan says, checked."""

from dataclasses import dataclass, field
from typing import Literal

Design = Literal["lottery", "roll-out", "comparison", "before-after"]
Kind = Literal["binary", "continuous", "scale", "time-to-event"]
Role = Literal["primary", "secondary", "placebo"]
Measure = Literal["cumulative-incidence", "rmst", "hazard-ratio"]
Unit = Literal["days", "weeks", "months", "years"]


@dataclass(frozen=True, slots=True)
class Covariate:
    """Something known before the programme. `square` adds the square of a number; a category becomes 0/1 columns."""

    column: str
    kind: Literal["number", "category"] = "number"
    square: bool = False


@dataclass(frozen=True, slots=True)
class Columns:
    """Which column of the people's file plays which part; None where none does."""

    id: str
    arm: str | None = None
    took_part: str | None = None
    period: str | None = None
    first_period: str | None = None
    index_date: str | None = None
    cluster: str | None = None
    strata: str | None = None
    site: str | None = None
    breakdown: tuple[str, ...] = ()
    covariates: tuple[Covariate, ...] = ()


@dataclass(frozen=True, slots=True)
class Outcome:
    """One thing that is measured. Of the column fields only those of its kind are set."""

    name: str
    kind: Kind
    role: Role = "secondary"
    column: str | None = None
    baseline: str | None = None
    higher_is: Literal["better", "worse"] = "better"
    sensitive: bool = False
    time: str | None = None
    event: str | None = None
    event_date: str | None = None
    competing_date: str | None = None
    end_date: str | None = None
    horizon: float | None = None
    unit: Unit = "days"
    measure: Measure = "cumulative-incidence"
    expected_control: float | None = None
    expected_effect: float | None = None
    expected_sd: float = 1.0

    @property
    def is_timed(self) -> bool:
        """Whether it is a time until an event."""
        return self.kind == "time-to-event"


@dataclass(frozen=True, slots=True)
class Analysis:
    """How the effect is estimated. `method` and `estimand` are already those of the design when none was given."""

    method: str
    estimand: Literal["ATT", "ATE"]
    se: Literal["HC2", "classical", "HC0", "HC3", "stacked"] = "HC2"
    missing: Literal["auto", "complete", "response-weights"] = "auto"
    control_group: Literal["never", "not-yet"] = "never"
    aggregate: Literal["simple", "event-study"] = "simple"
    link: Literal["logit", "probit"] = "logit"
    treatment_covariates: tuple[Covariate, ...] | None = None
    outcome_covariates: tuple[Covariate, ...] | None = None
    level: float = 0.95


@dataclass(frozen=True, slots=True)
class Expect:
    """What is expected before launch, for `wayfellow impact plan`."""

    per_arm: tuple[int, int] | None = None
    power: float = 0.8
    response: float = 1.0
    icc: float = 0.0
    cluster_size: float = 1.0


@dataclass(frozen=True, slots=True)
class Plan:
    """A plan.

    Attributes:
        file: the file as it was named, for messages.
        sha256: hexadecimal digest of the file without its `locked` line.
        locked: whether the file holds a `locked` line.
        exploratory: whether it runs although it was changed after it was locked.
        k: smallest group that is shown.
        text: the file's text, for the report.
        unused: (key, why) of each that was given but that the design does not use.
    """

    file: str
    title: str
    design: Design
    seed: int
    columns: Columns
    outcomes: tuple[Outcome, ...]
    analysis: Analysis
    k: int
    expect: Expect
    sha256: str
    locked: bool
    exploratory: bool = False
    text: str = field(default="", repr=False)
    unused: tuple[tuple[str, str], ...] = ()

    @property
    def primary(self) -> Outcome:
        """The one outcome that the plan is about."""
        return next(outcome for outcome in self.outcomes if outcome.role == "primary")

    @property
    def smallest_group(self) -> int:
        """People needed in each group before any figure is shown: k, or 10 where an outcome is delicate."""
        return max(self.k, 10) if any(outcome.sensitive for outcome in self.outcomes) else self.k
