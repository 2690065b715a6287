"""Weights from the chance to be mentored, and how far weights can be trusted.

Inverse probability weights: Hernán and Robins 2020, §12; for the treated: Hirano, Imbens and Ridder 2003. Effective
sample size: Kish 1965.
"""

import warnings
from dataclasses import dataclass

import numpy as np

from wayfellow.impact.estimates.entropy import entropy_weights
from wayfellow.impact.estimates.matrix import Floats, Ints, centred

_EDGE = 1e-8  # a chance nearer than this to 0 or 1 means that the groups can be told apart


@dataclass(frozen=True, slots=True)
class Score:
    """Chance of being 1, given columns, and whether the fit came to an end with no chance at 0 or 1."""

    p: Floats
    converged: bool


@dataclass(frozen=True, slots=True)
class Weights:
    """A weight for each person, shape (n,), and whether the method came to an end."""

    values: Floats
    converged: bool


def chance(x: Floats, one: Ints, *, link: str = "logit") -> Score:
    """Fit the chance of `one`, by logit or probit, on columns that are scaled and freed of repeats first."""
    import statsmodels.api as sm

    columns = centred(x, x.mean(axis=0)) if x.shape[1] else x
    design = np.hstack([np.ones((len(x), 1)), columns])
    model = (sm.Probit if link == "probit" else sm.Logit)(one.astype(np.float64), design)
    with warnings.catch_warnings(), np.errstate(all="ignore"):
        warnings.simplefilter("ignore")
        try:
            fit = model.fit(disp=0, maxiter=100)
            p, converged = np.asarray(fit.predict()), bool(fit.mle_retvals["converged"])
        except Exception:  # statsmodels names no single one: separation, a singular Hessian
            p, converged = np.full(len(x), np.nan), False
        edge = bool((p < _EDGE).any() or (p > 1 - _EDGE).any() or not np.isfinite(p).all())
        if edge or not converged:
            p, converged = _held_back(design, one), False
    return Score(p=np.clip(p, 1e-6, 1 - 1e-6), converged=converged)


def _held_back(design: Floats, one: Ints, *, penalty: float = 1e-3, rounds: int = 100) -> Floats:
    """Chances by a logit whose slopes are held back a little (ridge), so that they exist where the groups part."""
    coefficients = np.zeros(design.shape[1])
    held = np.full(design.shape[1], penalty * len(design))
    held[0] = 1e-9 * len(design)
    for _ in range(rounds):
        p = 1 / (1 + np.exp(-np.clip(design @ coefficients, -500, 500)))
        gradient = design.T @ (one - p) - held * coefficients
        hessian = (design * (p * (1 - p))[:, None]).T @ design + np.diag(held)
        step = np.linalg.solve(hessian, gradient)
        coefficients = coefficients + step / max(1.0, float(np.abs(step).max()) / 5)
        if np.abs(step).max() < 1e-10:
            break
    return 1 / (1 + np.exp(-np.clip(design @ coefficients, -500, 500)))


def weigh(x: Floats, arm: Ints, *, method: str, estimand: str, link: str = "logit") -> Weights:
    """Weights that make the others comparable with the mentored (ATT), or both with everybody (ATE).

    Args:
        x: columns of covariates, shape (n, p).
        arm: 0 or 1, shape (n,).
        method: "entropy" (ATT), "unadjusted" (all 1), else inverse probability, by which also the estimators that
            rest on regression are judged: it shows whether the groups overlap.
    """
    if method == "unadjusted" or x.shape[1] == 0:
        return Weights(np.ones(len(x)), True)
    mentored = arm == 1
    if method == "entropy":
        found = entropy_weights(x[~mentored], x[mentored].mean(axis=0))
        values = np.ones(len(x))
        values[~mentored] = found.weights
        return Weights(values, found.converged)
    score = chance(x, arm, link=link)
    return Weights(inverse_probability(score.p, arm, estimand=estimand), score.converged)


def inverse_probability(p: Floats, arm: Ints, *, estimand: str) -> Floats:
    """ATE: 1/p for the mentored, 1/(1 - p) for the others. ATT: 1 and p/(1 - p)."""
    if estimand == "ATE":
        return np.where(arm == 1, 1 / p, 1 / (1 - p))
    return np.where(arm == 1, 1.0, p / (1 - p))


def effective(weights: Floats) -> float:
    """Effective sample size, (Σw)² / Σw²."""
    squares = float((weights**2).sum())
    return float(weights.sum()) ** 2 / squares if squares > 0 else 0.0


@dataclass(frozen=True, slots=True)
class Trust:
    """How far weights can be trusted.

    Attributes:
        max_weight: ATT: the largest of the others' with their mean at 1; ATE: the largest of all, as it is.
        max_share: the largest share that one of the others has in the weight of them all.
    """

    ess_control: float
    ess_treated: float
    max_weight: float
    max_share: float


def trust(weights: Floats, arm: Ints, *, estimand: str) -> Trust:
    """How far weights can be trusted: Kish's sizes, the largest weight and the largest share."""
    others, mentored = weights[arm == 0], weights[arm == 1]
    return Trust(
        ess_control=effective(others),
        ess_treated=effective(mentored),
        max_weight=float(weights.max() if estimand == "ATE" else others.max() / others.mean()),
        max_share=float(others.max() / others.sum()),
    )
