"""How far a scale's items measure one thing: Cronbach's alpha and McDonald's omega."""

from __future__ import annotations

import warnings

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]

STEPS = 5000
CLOSE = 1e-6


def pairwise_covariance(answers: Floats) -> Floats:
    """Covariance of every two items over the people who answered both; nan where fewer than 2 did.

    Args:
        answers: shape (n, items), nan is no answer.
    """
    count = answers.shape[1]
    found = np.full((count, count), np.nan)
    for one in range(count):
        for other in range(one, count):
            both = np.isfinite(answers[:, one]) & np.isfinite(answers[:, other])
            if np.sum(both) >= 2:
                first, second = answers[both, one], answers[both, other]
                value = np.sum((first - first.mean()) * (second - second.mean())) / (np.sum(both) - 1)
                found[one, other] = found[other, one] = value
    return found


def pairwise_correlation(answers: Floats) -> Floats:
    """Correlation of every two items over the people who answered both; nan where it is not defined.

    Args:
        answers: shape (n, items), nan is no answer.
    """
    count = answers.shape[1]
    found = np.full((count, count), np.nan)
    for one in range(count):
        for other in range(one, count):
            both = np.isfinite(answers[:, one]) & np.isfinite(answers[:, other])
            first, second = (
                answers[both, at] - np.mean(answers[both, at]) if both.any() else np.zeros(0) for at in (one, other)
            )
            scale = float(np.sqrt(np.sum(first**2) * np.sum(second**2)))
            if scale > 0:
                found[one, other] = found[other, one] = 1.0 if one == other else np.sum(first * second) / scale
    return found


def alpha(covariance: Floats) -> float | None:
    """Cronbach's alpha (1951) from a covariance matrix, standardised alpha from a correlation matrix.

    None for fewer than 2 items, for a matrix with a gap, and where the sum of the items does not vary.
    """
    items = len(covariance)
    if items < 2 or not np.all(np.isfinite(covariance)):
        return None
    total = float(np.sum(covariance))
    return items / (items - 1) * (1 - float(np.trace(covariance)) / total) if total > 0 else None


def omega(correlation: Floats) -> float | None:
    """McDonald's omega (1999) of one factor: its share of the variance of the sum of the standardised items.

    The factor is found by iterated principal axes. None for fewer than 3 items, which one factor does not determine,
    where the iteration does not converge, and where an item would have no error of its own (a Heywood case).
    """
    from statsmodels.multivariate.factor import Factor

    if len(correlation) < 3 or not np.all(np.isfinite(correlation)):
        return None
    with warnings.catch_warnings(), np.errstate(all="ignore"):
        warnings.simplefilter("ignore")
        try:
            fitted = Factor(corr=correlation, n_factor=1, method="pa").fit(maxiter=STEPS, tol=1e-8)
            loadings, unique = np.asarray(fitted.loadings)[:, 0], np.asarray(fitted.uniqueness)
            # The library does not say whether it came to rest: one more step must not move it.
            roots, directions = np.linalg.eigh(correlation - np.diag(unique))
        except (ValueError, IndexError, np.linalg.LinAlgError):
            return None
    again = roots[-1] * directions[:, -1] ** 2
    if not np.all(np.isfinite(loadings)) or np.min(unique) <= 0 or np.max(np.abs(again - loadings**2)) > CLOSE:
        return None
    common = float(np.sum(loadings)) ** 2
    return common / (common + float(np.sum(unique)))
