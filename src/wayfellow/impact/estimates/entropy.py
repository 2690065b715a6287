"""Entropy balance: weights for the others that give them the mentored people's means.

Hainmueller 2012: of all weights w > 0 with Σw = 1 and Σ w x = target, those closest to even. The dual is convex and
smooth: log Σ exp(-λ'(x - target)), whose gradient is the imbalance that is left.
"""

from dataclasses import dataclass

import numpy as np

from wayfellow.impact.estimates.matrix import Floats, centred

TOLERANCE = 1e-7  # imbalance left, in units of a column's spread


@dataclass(frozen=True, slots=True)
class Entropy:
    """Weights, summing to the number of people weighed, and whether they meet the target."""

    weights: Floats
    converged: bool


def entropy_weights(x: Floats, target: Floats, *, rounds: int = 200) -> Entropy:
    """Weights that give the rows of x the means `target`.

    Args:
        x: shape (n, p).
        target: shape (p,).
        rounds: most Newton steps; where the target lies outside of what weights can reach they do not end.
    """
    count = len(x)
    away = x - target
    idle = np.ptp(x, axis=0) == 0
    unreachable = bool((np.abs(away[:, idle]).max(initial=0.0) > 0).any()) if idle.any() else False
    z = centred(x, target)
    if z.shape[1] == 0:
        return Entropy(np.ones(count), not unreachable)
    z = np.linalg.qr(z)[0] * np.sqrt(count)
    multipliers = np.zeros(z.shape[1])
    value, weights = _dual(z, multipliers)
    for _ in range(rounds):
        gradient = weights @ z
        if np.abs(gradient).max() < TOLERANCE / 100:
            break
        hessian = (z * weights[:, None]).T @ z - np.outer(gradient, gradient)
        step = np.linalg.lstsq(hessian, gradient, rcond=1e-13)[0]
        size = 1.0
        while size > 1e-8:
            new_value, new_weights = _dual(z, multipliers + size * step)
            if new_value <= value - 1e-4 * size * float(gradient @ step):
                break
            size /= 2
        else:
            break
        multipliers, value, weights = multipliers + size * step, new_value, new_weights
    left = float(np.abs(weights @ z).max())
    return Entropy(weights * count, left < TOLERANCE and not unreachable)


def _dual(z: Floats, multipliers: Floats) -> tuple[float, Floats]:
    scores = -(z @ multipliers)
    top = float(scores.max())
    raised = np.exp(scores - top)
    total = float(raised.sum())
    return top + float(np.log(total)), raised / total
