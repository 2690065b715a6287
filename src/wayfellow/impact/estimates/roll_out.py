"""A programme that started at different times: Callaway and Sant'Anna (2021), by diff-diff."""

from __future__ import annotations

import warnings
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Literal

import numpy as np
from numpy.typing import NDArray

from wayfellow.impact.estimates.effect import settled

if TYPE_CHECKING:
    import pandas as pd

Floats = NDArray[np.float64]
Whole = NDArray[np.int64]
Interval = tuple[float, float]

ALONE = 20  # a start group, or an event that rests on fewer people, is not shown alone
CONTROLS = {"never": "never_treated", "not-yet": "not_yet_treated"}


@dataclass(frozen=True)
class Cell:
    """Effect on one start group in one period; None where the group is too small to be shown alone."""

    group: int
    period: int
    estimate: float | None
    se: float | None


@dataclass(frozen=True)
class Event:
    """Effect so many periods after the start (before it: a lead); None where too few people are behind it."""

    event: int
    estimate: float | None
    se: float | None


@dataclass(frozen=True)
class Group:
    """Mean effect on one start group over its periods; None where it is too small to be shown alone."""

    group: int
    estimate: float | None
    se: float | None
    n: int | None


@dataclass(frozen=True)
class Honest:
    """What remains when trends need not be parallel (Rambachan and Roth 2023, relative magnitudes).

    Attributes:
        estimate: mean over the events from the start on, each counted alike.
        ci: its interval when a departure between two periods after the start is at most as large as the largest before.
        breakdown: the multiple of that largest departure from which on the interval holds 0; None beyond 10.
    """

    estimate: float
    ci: Interval
    breakdown: float | None


@dataclass(frozen=True)
class RollOut:
    """Effects of a programme that people entered at different times.

    Attributes:
        estimate, se, ci, p: mean over all people and periods in the programme (`simple`), or over the events from the
            start on (`event-study`); None when refused.
        att_gt: every start group and period.
        event_study: every event time.
        event_overall: estimate and standard error of the mean over the events from the start on.
        groups: every start group.
        group_overall: mean over the start groups, each by its size.
        pretrend_p: joint Wald test that all leads are 0; None without leads.
        honest_did: None when the leads or their covariance do not allow it.
        n_treated: people in the programme by the last period.
        n_never: people not in it by then.
        pre_periods: per start group, how many periods of the data lie before its start.
        refused: "no_comparison" or "did_not_converge", else None.
    """

    estimate: float | None
    se: float | None
    ci: Interval | None
    p: float | None
    att_gt: tuple[Cell, ...]
    event_study: tuple[Event, ...]
    event_overall: tuple[float, float] | None
    groups: tuple[Group, ...]
    group_overall: float | None
    pretrend_p: float | None
    honest_did: Honest | None
    n_treated: int
    n_never: int
    pre_periods: dict[int, int]
    refused: str | None = None


def roll_out(
    person: NDArray,
    period: Whole,
    first_period: Whole,
    outcome: Floats,
    *,
    control_group: Literal["never", "not-yet"] = "never",
    aggregate: Literal["simple", "event-study"] = "simple",
    covariates: Floats | None = None,
    cluster: NDArray | None = None,
    level: float = 0.95,
) -> RollOut:
    """Estimate the effects of a roll-out. There is no random draw in it.

    Args:
        person: shape (n,), who the row is about.
        period: shape (n,), when; once per person and period.
        first_period: shape (n,), the person's first period in the programme, 0 for never. One after the last period
            of the data is never, too.
        outcome: shape (n,), nan is missing: a person counts for an effect who has the outcome in both of its periods.
        control_group: who shows what would have happened.
        aggregate: which mean is the estimate.
        covariates: shape (n, c), optional; their value in the base period is used, doubly robust.
        cluster: shape (n,), optional: the errors then allow for likeness within clusters, with t(G − 1).
        level: of the intervals.
    """
    panel, names = _panel(person, period, first_period, outcome, covariates, cluster)
    starts = panel.groupby("person")["start"].first()
    sizes = {int(group): int(count) for group, count in starts[starts > 0].value_counts().sort_index().items()}
    periods = np.unique(panel["period"])
    pre_periods = {group: int(np.sum(periods < group)) for group in sizes}
    nothing = RollOut(
        estimate=None,
        se=None,
        ci=None,
        p=None,
        att_gt=(),
        event_study=(),
        event_overall=None,
        groups=(),
        group_overall=None,
        pretrend_p=None,
        honest_did=None,
        n_treated=sum(sizes.values()),
        n_never=int(np.sum(starts == 0)),
        pre_periods=pre_periods,
        refused="no_comparison",
    )
    # Who is in the programme from the first period on shows no before.
    usable = panel[(panel["start"] == 0) | (panel["start"] > periods.min())] if len(periods) else panel
    if not np.any(usable["start"] > 0):
        return nothing
    if not np.any(usable["start"] == 0) and (control_group == "never" or usable["start"].nunique() < 2):
        return nothing
    options: dict[str, Any] = {
        "control_group": CONTROLS[control_group],
        "cluster": "cluster" if cluster is not None else None,
        "alpha": 1 - level,
    }
    try:
        fitted = _fit(usable, names, **options, base_period="varying")
        anchored = _fit(usable, names, **options, base_period="universal")
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            events, by_group = fitted.aggregate("event_study"), fitted.aggregate("group")
            anchored_events = anchored.aggregate("event_study")
    except (ValueError, np.linalg.LinAlgError):
        return replace(nothing, refused="did_not_converge")
    overall = _event_overall(events)
    estimate, se = overall or (np.nan, np.nan)
    if aggregate == "simple":
        estimate, se = float(fitted.overall_att), float(fitted.overall_se)
    df = fitted.df_inference
    # One cluster says nothing of how clusters differ.
    if not (np.isfinite(estimate) and np.isfinite(se)) or (df is not None and df < 1):
        return replace(nothing, refused="did_not_converge")
    estimate, se = settled(estimate, se, outcome)
    ci, p = _inference(estimate, se, level, df)
    return replace(
        nothing,
        refused=None,
        estimate=estimate,
        se=se,
        ci=ci,
        p=p,
        att_gt=_cells(fitted, sizes),
        event_study=_events(events, fitted, sizes),
        event_overall=overall,
        groups=_groups(by_group, sizes),
        group_overall=_group_overall(by_group, sizes),
        pretrend_p=_pretrend(events),
        honest_did=_honest(anchored_events, level),
    )


def _panel(
    person: NDArray,
    period: Whole,
    first_period: Whole,
    outcome: Floats,
    covariates: Floats | None,
    cluster: NDArray | None,
) -> tuple[pd.DataFrame, list[str]]:
    """The rows with an outcome by person and period, and the names of the covariates."""
    import pandas as pd

    _, who = np.unique(person, return_inverse=True)
    last = int(np.max(period)) if len(period) else 0
    columns: dict[str, Any] = {
        "person": who,
        "period": np.asarray(period, dtype=np.int64),
        "start": np.where(np.asarray(first_period) > last, 0, first_period).astype(np.int64),
        "outcome": np.asarray(outcome, dtype=float),
    }
    names = []
    for at in range(0 if covariates is None else covariates.shape[1]):
        names.append(f"covariate{at}")
        columns[names[-1]] = np.asarray(covariates, dtype=float)[:, at]
    if cluster is not None:
        _, columns["cluster"] = np.unique(cluster, return_inverse=True)
    panel = pd.DataFrame(columns).sort_values(["person", "period"], ignore_index=True)
    if cluster is not None:
        # Who changes the cluster on the way belongs to the first one.
        panel["cluster"] = panel.groupby("person")["cluster"].transform("first")
    return panel[np.isfinite(panel["outcome"])].reset_index(drop=True), names


def _fit(panel: pd.DataFrame, names: list[str], **options: Any) -> Any:
    from diff_diff import CallawaySantAnna

    with warnings.catch_warnings(), np.errstate(all="ignore"):
        warnings.simplefilter("ignore")
        return CallawaySantAnna(**options).fit(
            panel, outcome="outcome", unit="person", time="period", first_treat="start", covariates=names or None
        )


def _inference(estimate: float, se: float, level: float, df: float | None) -> tuple[Interval, float]:
    from scipy.stats import norm, t

    law = norm if df is None or not np.isfinite(df) else t(df)
    reach = float(law.ppf(0.5 + level / 2)) * se
    p = float(2 * law.sf(abs(estimate) / se)) if se > 0 else float(estimate == 0)
    return (estimate - reach, estimate + reach), p


def _number(value: float) -> float | None:
    return float(value) if np.isfinite(value) else None


def _cells(fitted: Any, sizes: dict[int, int]) -> tuple[Cell, ...]:
    found = []
    for (group, period), cell in sorted(fitted.group_time_effects.items()):
        if not np.isfinite(cell["effect"]):
            continue
        shown = sizes[int(group)] >= ALONE
        found.append(
            Cell(
                int(group),
                int(period),
                float(cell["effect"]) if shown else None,
                _number(cell["se"]) if shown else None,
            )
        )
    return tuple(found)


def _events(events: Any, fitted: Any, sizes: dict[int, int]) -> tuple[Event, ...]:
    behind: dict[int, int] = {}
    for (group, period), cell in fitted.group_time_effects.items():
        if np.isfinite(cell["effect"]):
            event = int(period) - int(group)
            behind[event] = behind.get(event, 0) + sizes[int(group)]
    found = []
    for event, estimate, se in zip(events.event_time, events.att, events.se, strict=True):
        if not np.isfinite(estimate):
            continue
        shown = behind.get(int(event), 0) >= ALONE
        found.append(Event(int(event), float(estimate) if shown else None, _number(se) if shown else None))
    return tuple(found)


def _groups(by_group: Any, sizes: dict[int, int]) -> tuple[Group, ...]:
    found = []
    for label, estimate, se in zip(by_group.label, by_group.att, by_group.se, strict=True):
        size = sizes[int(label)]
        if size < ALONE:
            found.append(Group(int(label), None, None, None))
        else:
            found.append(Group(int(label), _number(estimate), _number(se), size))
    return tuple(found)


def _group_overall(by_group: Any, sizes: dict[int, int]) -> float | None:
    shares = [(float(att), sizes[int(label)]) for label, att in zip(by_group.label, by_group.att, strict=True)]
    shares = [(att, size) for att, size in shares if np.isfinite(att)]
    if not shares:
        return None
    return sum(att * size for att, size in shares) / sum(size for _, size in shares)


def _event_overall(events: Any) -> tuple[float, float] | None:
    """Mean over the events from the start on, with the covariance between them."""
    index = [int(event) for event in events.vcov_index] if events.vcov is not None else []
    after = [at for at, event in enumerate(index) if event >= 0]
    if not after:
        return None
    effects = dict(zip((int(event) for event in events.event_time), events.att, strict=True))
    share = np.full(len(after), 1 / len(after))
    estimate = float(share @ np.array([effects[index[at]] for at in after]))
    return estimate, float(np.sqrt(max(share @ np.asarray(events.vcov)[np.ix_(after, after)] @ share, 0.0)))


def _pretrend(events: Any) -> float | None:
    """Joint Wald test of the leads, chi-squared with as many degrees as the leads have directions."""
    from scipy.stats import chi2

    index = [int(event) for event in events.vcov_index] if events.vcov is not None else []
    leads = [at for at, event in enumerate(index) if event < 0]
    if not leads:
        return None
    effects = dict(zip((int(event) for event in events.event_time), events.att, strict=True))
    values = np.array([effects[index[at]] for at in leads])
    spread = np.asarray(events.vcov)[np.ix_(leads, leads)]
    if not (np.all(np.isfinite(values)) and np.all(np.isfinite(spread))):
        return None
    directions = int(np.linalg.matrix_rank(spread, hermitian=True))
    if not directions:
        return None
    return float(chi2.sf(float(values @ np.linalg.pinv(spread, hermitian=True) @ values), directions))


def _honest(events: Any, level: float) -> Honest | None:
    from diff_diff import HonestDiD

    with warnings.catch_warnings(), np.errstate(all="ignore"):
        warnings.simplefilter("ignore")
        try:
            honest = HonestDiD(method="relative_magnitude", M=1.0, alpha=1 - level)
            found = honest.fit(events)
            ci = (float(found.ci_lb), float(found.ci_ub))
            if not np.all(np.isfinite(ci)):
                return None
            breakdown = honest.breakdown_value(events)
        except (ValueError, np.linalg.LinAlgError):
            return None
    return Honest(float(found.original_estimate), ci, None if breakdown is None else float(breakdown))
