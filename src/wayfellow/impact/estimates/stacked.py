"""The stacked sandwich: the error of an effect that counts that the models behind it were estimated as well.

All estimating equations are written as one, and the covariance is A⁻¹ B A⁻ᵀ / n (Stefanski and Boos 2002). The
estimates are statsmodels'; its own covariance is not used, because statsmodels 0.15 takes the last six parameters for
the treatment model however many there are (`ipw_ra`), and gives negative variances where an effect is near zero.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from wayfellow.impact.estimates.matrix import Floats, Ints

_STEP = 1e-5


@dataclass(frozen=True, slots=True)
class Stack:
    """Models and people of one estimate.

    Attributes:
        outcome, treatment: design matrices with a constant, shapes (n, k) and (n, m), scaled.
        gamma: coefficients of the treatment model, shape (m,).
        means: of the others and the mentored.
    """

    y: Floats
    arm: Ints
    outcome: Floats
    treatment: Floats
    gamma: Floats
    link: str
    method: str
    estimand: str
    means: tuple[float, float]

    @property
    def has_outcome_model(self) -> bool:
        """Whether there is a regression in each group."""
        return self.method not in ("ipw", "entropy")

    @property
    def has_weights(self) -> bool:
        """Whether the treatment model plays a part."""
        return self.method != "regression"


def stacked_se(stack: Stack) -> float:
    """Standard error of the difference of the two means; nan where it cannot be had."""
    theta = _solution(stack)
    terms = _moments(stack, theta)
    slope = np.empty((len(theta), len(theta)))
    for at in range(len(theta)):
        step = np.zeros(len(theta))
        step[at] = _STEP
        ahead, behind = _moments(stack, theta + step), _moments(stack, theta - step)
        slope[:, at] = (ahead.mean(axis=0) - behind.mean(axis=0)) / (2 * _STEP)
    try:
        influence = np.linalg.solve(slope, terms.T)
    except np.linalg.LinAlgError:
        return float("nan")
    difference = influence[1] - influence[0]
    return float(np.sqrt((difference**2).sum())) / len(stack.y)


def weights_of(p: Floats, arm: Ints, estimand: str) -> tuple[Floats, Floats]:
    """Weights of the others and of the mentored, each zero in the other group."""
    if estimand == "ATT":
        return (1 - arm) * p / (1 - p), arm.astype(np.float64)
    return (1 - arm) / (1 - p), arm / p


def fitted(stack: Stack) -> tuple[Floats, Floats]:
    """Coefficients of the regression in each group, weighted under `ipw-regression`."""
    w0, w1 = 1.0 - stack.arm, stack.arm.astype(np.float64)
    if stack.method == "ipw-regression":
        w0, w1 = weights_of(_chance(stack, stack.gamma)[0], stack.arm, stack.estimand)
    found = []
    for weights in (w0, w1):
        root = np.sqrt(weights)
        found.append(np.linalg.lstsq(stack.outcome * root[:, None], stack.y * root, rcond=None)[0])
    return found[0], found[1]


def _solution(stack: Stack) -> Floats:
    parts = [np.array(stack.means)]
    if stack.has_outcome_model:
        parts += [*fitted(stack)]
    if stack.has_weights:
        parts.append(stack.gamma)
    return np.concatenate(parts)


def _chance(stack: Stack, gamma: Floats) -> tuple[Floats, Floats]:
    """Chance to be mentored, and its derivative by the linear predictor."""
    index = stack.treatment @ gamma
    if stack.link == "probit":
        from scipy.special import ndtr

        return np.clip(ndtr(index), 1e-12, 1 - 1e-12), np.exp(-(index**2) / 2) / np.sqrt(2 * np.pi)
    from scipy.special import expit

    p = np.clip(expit(index), 1e-12, 1 - 1e-12)
    return p, p * (1 - p)


def _moments(stack: Stack, theta: Floats) -> Floats:
    """Every estimating equation of every person, shape (n, parameters)."""
    y, arm, x, z = stack.y, stack.arm, stack.outcome, stack.treatment
    mean0, mean1 = theta[:2]
    k = x.shape[1] if stack.has_outcome_model else 0
    b0, b1, gamma = theta[2 : 2 + k], theta[2 + k : 2 + 2 * k], theta[2 + 2 * k :]
    target = arm.astype(np.float64) if stack.estimand == "ATT" else np.ones(len(y))
    score: list[Floats] = []
    w0, w1 = 1.0 - arm, arm.astype(np.float64)
    if stack.has_weights:
        p, density = _chance(stack, gamma)
        w0, w1 = weights_of(p, arm, stack.estimand)
        score = [z * (density * (arm - p) / (p * (1 - p)))[:, None]]
    if stack.method == "entropy":  # what is solved is not the likelihood, but that the columns balance
        score = [z * (arm - w0)[:, None]]
    if not stack.has_outcome_model:
        columns = [w0 * (y - mean0), w1 * (y - mean1)]
        return np.column_stack([*columns, *score])
    fit0, fit1 = x @ b0, x @ b1
    if stack.method == "aipw":
        columns = [target * (fit0 - mean0) + w0 * (y - fit0), target * (fit1 - mean1) + w1 * (y - fit1)]
        w0, w1 = 1.0 - arm, arm.astype(np.float64)
    else:
        columns = [target * (fit0 - mean0), target * (fit1 - mean1)]
    return np.column_stack([*columns, x * (w0 * (y - fit0))[:, None], x * (w1 * (y - fit1))[:, None], *score])
