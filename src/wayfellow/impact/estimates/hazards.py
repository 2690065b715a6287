"""The hazard ratio of Cox, with weights where a comparison needs them."""

from __future__ import annotations

import warnings

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Whole = NDArray[np.int64]

STEPS = 50
CLOSE = 1e-10
CLOSE_SCORE = 1e-6  # of the mean score of a person
LARGEST_SE = 100
LARGEST_LOG = 20


def log_hazard_ratio(
    time: Floats, event: Whole, arm: Whole, covariates: Floats | None = None, cluster: NDArray | None = None
) -> tuple[float, float] | None:
    """Log hazard ratio of arm 1 to arm 0 and its standard error, with Efron's ties; None when there is none.

    Args:
        time: shape (n,).
        event: shape (n,), 1 is the event, anything else ends the following.
        arm: shape (n,), 0 or 1.
        covariates: shape (n, c), optional. Columns that say nothing new are left out.
        cluster: shape (n,), optional: the standard error then allows for likeness within clusters (Lin and Wei 1989).
    """
    from statsmodels.duration.hazard_regression import PHReg

    columns = _independent(arm, covariates)
    model = PHReg(time, columns, status=(event == 1).astype(float), ties="efron")
    with warnings.catch_warnings(), np.errstate(all="ignore"):
        warnings.simplefilter("ignore")
        # Newton's steps are exact but overshoot where a covariate is skewed; there a line search goes first.
        for first in (None, "bfgs"):
            try:
                start = None if first is None else model.fit(method=first, maxiter=500).params
                fitted = model.fit(start_params=start, skip_hessian=True)
                slope = np.max(np.abs(model.score(fitted.params))) / len(time)
                estimate, se = float(fitted.params[0]), float(fitted.bse[0])
                if cluster is not None:
                    residuals = score_residuals(time, event == 1, columns, np.asarray(fitted.params))
                    inverse = np.linalg.inv(model.hessian(fitted.params))
                    se = float(np.sqrt(inverse[0] @ _squares(residuals, cluster) @ inverse[0]))
            except (np.linalg.LinAlgError, ValueError):
                continue
            # A group that parts the events without a tie has its best ratio at infinity, with a flat top before it.
            if slope < CLOSE_SCORE and np.isfinite(estimate) and 0 < se < LARGEST_SE:
                return estimate, se
    return None


def weighted_log_hazard_ratio(time: Floats, event: Whole, arm: Whole, weights: Floats) -> float | None:
    """Log hazard ratio of arm 1 to arm 0 under weights, with Efron's ties; None when it is not finite.

    The ties' denominators and the mean weight of those who tie are as in Therneau and Grambsch (2000, §3.3 and §7.1).
    statsmodels has no weights here.

    Args:
        time: shape (n,).
        event: shape (n,), 1 is the event.
        arm: shape (n,), 0 or 1.
        weights: shape (n,), not negative.
    """
    happened = event == 1
    moments, which = np.unique(time[happened], return_inverse=True)
    if not len(moments):
        return None
    risk1, risk0 = (_after(time[arm == side], weights[arm == side], moments)[which] for side in (1, 0))
    dying, side = weights[happened], arm[happened] == 1
    ties = np.bincount(which)
    rank = np.arange(len(which)) - np.repeat(np.cumsum(ties) - ties, ties)
    back = np.empty(len(which), dtype=np.int64)
    back[np.argsort(which, kind="stable")] = rank
    share = back / ties[which]
    risk1 = risk1 - share * np.bincount(which, dying * side)[which]
    risk0 = risk0 - share * np.bincount(which, dying * ~side)[which]
    shared = (np.bincount(which, dying) / ties)[which]
    observed = float(np.sum(dying * side))
    ratio = 0.0
    for _ in range(STEPS):
        expected = risk1 * np.exp(ratio) / (risk1 * np.exp(ratio) + risk0)
        score = observed - float(np.sum(shared * expected))
        information = float(np.sum(shared * expected * (1 - expected)))
        if not information > 0 or abs(ratio) > LARGEST_LOG:
            return None
        step = float(np.clip(score / information, -1, 1))
        ratio += step
        if abs(step) < CLOSE:
            return ratio
    return None


def score_residuals(time: Floats, happened: NDArray[np.bool_], columns: Floats, params: Floats) -> Floats:
    """What each person adds to the slope of the likelihood (Lin and Wei 1989), shape (n, c).

    statsmodels has them, but undefined for who leaves before the first event (who adds nothing), and in a time that
    grows with people times events.
    """
    moments, place = np.unique(time[happened], return_inverse=True)
    relative = np.exp(columns @ params - np.max(columns @ params))
    risk = _after(time, relative, moments)
    means = np.column_stack([_after(time, relative * column, moments) for column in columns.T]) / risk[:, None]
    hazard = np.bincount(place) / risk
    past = np.searchsorted(moments, time, side="right")
    summed = np.concatenate([[0.0], np.cumsum(hazard)])[past]
    summed_means = np.vstack([np.zeros(columns.shape[1]), np.cumsum(hazard[:, None] * means, axis=0)])[past]
    residuals: Floats = -relative[:, None] * (columns * summed[:, None] - summed_means)
    residuals[happened] += columns[happened] - means[place]
    return residuals


def _squares(residuals: Floats, cluster: NDArray) -> Floats:
    """Sum over the clusters of the square of what each adds."""
    _, which = np.unique(cluster, return_inverse=True)
    sums: Floats = np.column_stack([np.bincount(which, column) for column in residuals.T])
    return sums.T @ sums


def _after(time: Floats, weights: Floats, moments: Floats) -> Floats:
    """Weight at risk at each moment."""
    order = np.argsort(time, kind="stable")
    total = np.concatenate([[0.0], np.cumsum(weights[order])])
    return total[-1] - total[np.searchsorted(time[order], moments, side="left")]


def _independent(arm: Whole, covariates: Floats | None) -> Floats:
    """The arm and those columns, scaled, that add something to it and to the ones before them."""
    kept = [arm.astype(float)]
    basis = [np.ones(len(arm)) / np.sqrt(len(arm))]
    for column in [kept[0], *(covariates.T if covariates is not None else ())]:
        spread = float(np.std(column))
        if not spread > 0:
            continue
        scaled = (column - np.mean(column)) / spread
        rest = scaled - sum(one * float(one @ scaled) for one in basis)
        length = float(np.linalg.norm(rest))
        if length < 1e-7 * np.sqrt(len(arm)):
            continue
        basis.append(rest / length)
        if column is not kept[0]:
            kept.append(scaled)
    return np.column_stack(kept)
