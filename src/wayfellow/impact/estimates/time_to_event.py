"""Two groups whose members have an event, a competing one, or neither, by a horizon."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from wayfellow.impact.estimates.curves import AtHorizon, cumulative_incidence, restricted_mean
from wayfellow.impact.estimates.hazards import log_hazard_ratio, weighted_log_hazard_ratio

Floats = NDArray[np.float64]
Whole = NDArray[np.int64]
Measure = Literal["cumulative-incidence", "rmst", "hazard-ratio"]
Interval = tuple[float, float]
Reweigh = Callable[[Whole], Floats | None]

DRAWS = 300
EVENTS_FOR_A_RATIO = 10
STREAM = 0x717E  # this module's own stream of random numbers
CURVES = {"cumulative-incidence": cumulative_incidence, "rmst": restricted_mean, "hazard-ratio": cumulative_incidence}


@dataclass(frozen=True)
class TimeToEvent:
    """The difference of arm 1 to arm 0 by the horizon.

    Attributes:
        estimate: difference in incidence or restricted mean time, or the log hazard ratio; None when refused.
        se: its standard error.
        ci: its interval at the level asked for.
        p: two-sided, normal.
        arm0_mean, arm1_mean: incidence at the horizon, under `rmst` the restricted mean time.
        arm0_se, arm1_se: their standard errors.
        events0, events1: people with event 1, over all of the following.
        logrank_chi2, logrank_p: unweighted log-rank test, 1 degree of freedom; None when nothing can be compared.
        ratio, ratio_ci: hazard ratio and interval; None under the other measures.
        refused: "hazard_ratio" when there are too few events for a ratio or it is not finite, else None.
        short_follow_up: whether a group was not followed to the horizon, so that its last value is carried on.
    """

    estimate: float | None
    se: float | None
    ci: Interval | None
    p: float | None
    arm0_mean: float | None
    arm0_se: float | None
    arm1_mean: float | None
    arm1_se: float | None
    events0: int
    events1: int
    logrank_chi2: float | None
    logrank_p: float | None
    ratio: float | None
    ratio_ci: Interval | None
    refused: str | None
    short_follow_up: bool


@dataclass(frozen=True)
class _Sample:
    time: Floats
    event: Whole
    arm: Whole

    def rows(self, taken: NDArray) -> _Sample:
        return _Sample(self.time[taken], self.event[taken], self.arm[taken])


def difference_at_horizon(
    time: Floats,
    event: Whole,
    arm: Whole,
    *,
    horizon: float | None,
    measure: Measure = "cumulative-incidence",
    level: float = 0.95,
    weights: Floats | None = None,
    reweigh: Reweigh | None = None,
    covariates: Floats | None = None,
    cluster: NDArray | None = None,
    seed: int = 0,
    draws: int = DRAWS,
) -> TimeToEvent:
    """Compare two groups by the horizon.

    Without weights and clusters the interval is the normal one from the variances of the two curves, or of the Cox
    model. With either, the standard error comes from a bootstrap of people (within their groups) or of whole clusters,
    which makes the weights anew in each draw (Efron and Tibshirani 1993, §6; Austin 2016); an unweighted Cox model has
    one for clusters of its own. With G clusters the standard error is widened by √(G/(G−1)), as CR1 is, and the
    quantile is that of t(G−1); with one cluster there is no standard error.

    Args:
        time: shape (n,), from the index date to the event or the end of following, in one unit.
        event: shape (n,), 0 censored, 1 event, 2 competing.
        arm: shape (n,), 0 or 1; both must occur.
        horizon: in the unit of `time`; None, for a ratio only, leaves the groups' means out.
        measure: what is compared; a competing event counts as censored but under the incidence.
        level: of the interval.
        weights: shape (n,), optional, not negative: of a comparison.
        reweigh: with weights, gives the weights of the rows drawn (indices with repeats), or None when there are none.
            Without it the weights of the rows are kept.
        covariates: shape (n, c), optional: for the Cox model only, where there are no weights.
        cluster: shape (n,), optional: who belongs together.
        seed: of the draws.
        draws: how many.

    Raises:
        ValueError: a group is empty, or there is no horizon to compare by.
    """
    sample = _Sample(np.asarray(time, dtype=float), np.asarray(event, dtype=np.int64), np.asarray(arm, dtype=np.int64))
    if not (np.any(sample.arm == 0) and np.any(sample.arm == 1)):
        raise ValueError("both groups must have people")
    if horizon is None and measure != "hazard-ratio":
        raise ValueError("only a hazard ratio needs no horizon")
    events0, events1 = (int(np.sum(sample.event[sample.arm == side] == 1)) for side in (0, 1))
    drawn: list[tuple[float, float, float]] = []
    ratio_wanted = measure == "hazard-ratio"
    few = ratio_wanted and min(events0, events1) < EVENTS_FOR_A_RATIO
    resampled = weights is not None or cluster is not None
    clusters = None if cluster is None else len(np.unique(cluster))
    # As for regression: few clusters make the spread between them look too small.
    wider = np.nan if clusters == 1 else 1.0 if clusters is None else float(np.sqrt(clusters / (clusters - 1)))
    if resampled:
        # A ratio without weights has a standard error for clusters of its own.
        by_draw = ratio_wanted and weights is not None and not few
        drawn = _bootstrap(sample, horizon, measure, weights, reweigh, cluster, seed, draws, ratio=by_draw)
    arms = [_arm(sample, side, horizon, measure, weights) for side in (0, 1)]
    spreads = [wider * _spread([one[side] for one in drawn], draws) if resampled else arms[side].se for side in (0, 1)]

    estimate: float | None
    se: float | None
    if not ratio_wanted:
        estimate = arms[1].mean - arms[0].mean
        se = float(np.hypot(arms[0].se, arms[1].se))
        if resampled:
            se = wider * _spread([one[1] - one[0] for one in drawn], draws)
    elif few:
        estimate = se = None
    elif weights is not None:
        estimate = weighted_log_hazard_ratio(sample.time, sample.event, sample.arm, np.asarray(weights, dtype=float))
        se = wider * _spread([one[2] for one in drawn], draws)
    else:
        found = log_hazard_ratio(sample.time, sample.event, sample.arm, covariates, cluster)
        estimate, se = (found[0], wider * found[1]) if found else (None, None)
    se = se if se is not None and np.isfinite(se) else None
    ci, p = _interval(estimate, se, level, None if clusters is None else clusters - 1)
    chi2, logrank_p = _logrank(sample)
    shows_ratio = ratio_wanted and estimate is not None
    return TimeToEvent(
        estimate=estimate,
        se=se,
        ci=ci,
        p=p,
        arm0_mean=_finite(arms[0].mean),
        arm0_se=_finite(spreads[0]),
        arm1_mean=_finite(arms[1].mean),
        arm1_se=_finite(spreads[1]),
        events0=events0,
        events1=events1,
        logrank_chi2=chi2,
        logrank_p=logrank_p,
        ratio=float(np.exp(estimate)) if shows_ratio and estimate is not None else None,
        ratio_ci=(float(np.exp(ci[0])), float(np.exp(ci[1]))) if shows_ratio and ci is not None else None,
        refused="hazard_ratio" if ratio_wanted and estimate is None else None,
        short_follow_up=horizon is not None and any(_is_short(sample, side, horizon) for side in (0, 1)),
    )


def _arm(sample: _Sample, side: int, horizon: float | None, measure: Measure, weights: Floats | None) -> AtHorizon:
    if horizon is None:
        return AtHorizon(np.nan, np.nan)
    members = sample.arm == side
    held = None if weights is None else np.asarray(weights, dtype=float)[members]
    return CURVES[measure](sample.time[members], sample.event[members], horizon, held)


def _bootstrap(
    sample: _Sample,
    horizon: float | None,
    measure: Measure,
    weights: Floats | None,
    reweigh: Reweigh | None,
    cluster: NDArray | None,
    seed: int,
    draws: int,
    *,
    ratio: bool,
) -> list[tuple[float, float, float]]:
    """Means of arm 0 and 1 and the log hazard ratio (nan unless wanted) of each draw that could be made."""
    random = np.random.default_rng([STREAM, seed])
    pick = _clusters(cluster) if cluster is not None else _members(sample.arm)
    found = []
    for _ in range(draws):
        taken = pick(random)
        rows = sample.rows(taken)
        if not (np.any(rows.arm == 0) and np.any(rows.arm == 1)):
            continue
        held = None if weights is None else reweigh(taken) if reweigh else np.asarray(weights, dtype=float)[taken]
        if weights is not None and (held is None or not all(np.sum(held[rows.arm == side]) > 0 for side in (0, 1))):
            continue
        means = [_arm(rows, side, horizon, measure, held).mean for side in (0, 1)]
        log = weighted_log_hazard_ratio(rows.time, rows.event, rows.arm, held) if ratio and held is not None else None
        found.append((means[0], means[1], np.nan if log is None else log))
    return found


def _members(arm: Whole) -> Callable[[np.random.Generator], Whole]:
    groups = [np.flatnonzero(arm == side) for side in (0, 1)]
    return lambda random: np.concatenate([random.choice(group, size=len(group)) for group in groups])


def _clusters(cluster: NDArray) -> Callable[[np.random.Generator], Whole]:
    _, which = np.unique(cluster, return_inverse=True)
    members = [np.flatnonzero(which == one) for one in range(int(which.max()) + 1)]
    return lambda random: np.concatenate([members[one] for one in random.integers(len(members), size=len(members))])


def _spread(values: list[float], draws: int) -> float:
    """Standard deviation of what the draws gave; nan when fewer than half gave anything."""
    kept = np.asarray([value for value in values if np.isfinite(value)])
    return float(np.std(kept, ddof=1)) if len(kept) >= max(2, draws / 2) else np.nan


def _finite(value: float) -> float | None:
    return float(value) if np.isfinite(value) else None


def _interval(
    estimate: float | None, se: float | None, level: float, df: int | None
) -> tuple[Interval | None, float | None]:
    from scipy.stats import norm, t

    if estimate is None or se is None:
        return None, None
    law = norm if df is None else t(df)
    reach = float(law.ppf(0.5 + level / 2)) * se
    p: float | None = None if estimate else 1.0
    if se > 0:
        p = float(2 * law.sf(abs(estimate) / se))
    return (estimate - reach, estimate + reach), p


def _logrank(sample: _Sample) -> tuple[float | None, float | None]:
    from scipy.stats import chi2
    from statsmodels.duration.survfunc import survdiff

    happened = (sample.event == 1).astype(float)
    if not happened.any():
        return None, None
    with np.errstate(divide="ignore", invalid="ignore"):
        try:
            statistic = float(survdiff(sample.time, happened, sample.arm)[0])
        except np.linalg.LinAlgError:
            return None, None
    return (statistic, float(chi2.sf(statistic, 1))) if np.isfinite(statistic) else (None, None)


def _is_short(sample: _Sample, side: int, horizon: float) -> bool:
    """Whether the longest followed of a group left, without an event, before the horizon."""
    members = sample.arm == side
    longest = float(np.max(sample.time[members]))
    return longest < horizon and not np.any(sample.event[members & (sample.time == longest)] > 0)
