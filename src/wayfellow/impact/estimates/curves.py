"""What a group went through by a horizon: cumulative incidence and restricted mean time, with their variance."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Whole = NDArray[np.int64]


@dataclass(frozen=True)
class AtHorizon:
    """One group at the horizon.

    Attributes:
        mean: the incidence (a share) or the restricted mean time (in the unit of the times).
        se: its standard error; nan with weights, which carry an uncertainty of their own.
    """

    mean: float
    se: float


def cumulative_incidence(time: Floats, event: Whole, horizon: float, weights: Floats | None = None) -> AtHorizon:
    """Share with event 1 by the horizon when 2 competes with it: the Aalen–Johansen estimate.

    The variance is the one of Dinse and Larson (1986), in the form of Marubini and Valsecchi (1995, §10.3). It is
    summed here because statsmodels gives nan from the time on when the last people at risk have an event.

    Args:
        time: shape (n,), from the index date to the event or the end of following.
        event: shape (n,), 0 censored, 1 event, 2 competing.
        horizon: in the unit of the times; what happens at the horizon counts.
        weights: shape (n,), optional, not negative.
    """
    from statsmodels.duration.survfunc import CumIncidenceRight

    if not np.any((event == 1) & (time <= horizon)):
        return AtHorizon(0.0, 0.0 if weights is None else np.nan)
    with np.errstate(divide="ignore", invalid="ignore"):
        curve = CumIncidenceRight(time, event, freq_weights=weights)
    last = int(np.searchsorted(curve.times, horizon, side="right")) - 1
    incidence = np.asarray(curve.cinc[0])[: last + 1]
    reached = float(incidence[-1])
    if weights is not None:
        return AtHorizon(reached, np.nan)
    at_risk, ended, events = _counts(time, event, curve.times[: last + 1])
    alive_before = np.concatenate([[1.0], np.cumprod(1 - ended / at_risk)[:-1]])
    to_come = reached - incidence
    survivors = at_risk - ended
    # Where nobody is left, nothing is to come: that term is 0 and not 0 times infinity.
    leaving = np.divide(ended, at_risk * survivors, out=np.zeros_like(at_risk), where=survivors > 0)
    variance = (
        np.sum(to_come**2 * leaving)
        + np.sum(alive_before**2 * (at_risk - events) * events / at_risk**3)
        - 2 * np.sum(to_come * alive_before * events / at_risk**2)
    )
    return AtHorizon(reached, float(np.sqrt(max(variance, 0.0))))


def restricted_mean(time: Floats, event: Whole, horizon: float, weights: Floats | None = None) -> AtHorizon:
    """Mean time without the event up to the horizon: the area under the Kaplan–Meier curve.

    A competing event ends the following, as being censored does. The variance is Greenwood's, carried to the area
    (Klein and Moeschberger 2003, §4.5; Uno and others 2014).

    Args:
        time: shape (n,), from the index date to the event or the end of following.
        event: shape (n,), 1 is the event.
        horizon: in the unit of the times.
        weights: shape (n,), optional, not negative.
    """
    from statsmodels.duration.survfunc import SurvfuncRight

    happened = (event == 1).astype(float)
    if not np.any((happened > 0) & (time <= horizon)):
        return AtHorizon(float(horizon), 0.0 if weights is None else np.nan)
    curve = SurvfuncRight(time, happened, freq_weights=weights)
    within = np.asarray(curve.surv_times) <= horizon
    steps, alive = np.asarray(curve.surv_times)[within], np.asarray(curve.surv_prob)[within]
    widths = np.diff(np.concatenate([[0.0], steps, [horizon]]))
    areas = widths * np.concatenate([[1.0], alive])
    area = float(np.sum(areas))
    if weights is not None:
        return AtHorizon(area, np.nan)
    at_risk, events = np.asarray(curve.n_risk)[within], np.asarray(curve.n_events)[within]
    after = np.cumsum(areas[:0:-1])[::-1]  # area from each step to the horizon
    survivors = at_risk - events
    greenwood = np.divide(events, at_risk * survivors, out=np.zeros(len(events)), where=survivors > 0)
    return AtHorizon(area, float(np.sqrt(np.sum(after**2 * greenwood))))


def _counts(time: Floats, event: Whole, steps: Floats) -> tuple[Floats, Floats, Floats]:
    """At each step: how many are at risk, how many end with any event, how many with event 1."""
    ordered = np.sort(time)
    at_risk = len(time) - np.searchsorted(ordered, steps, side="left")

    def happening(at: Floats) -> Floats:
        ordered_events = np.sort(at)
        first, past = (np.searchsorted(ordered_events, steps, side=side) for side in ("left", "right"))
        return (past - first).astype(float)

    return at_risk.astype(float), happening(time[event > 0]), happening(time[event == 1])
