"""What would have to be true for a result to be wrong.

E-value: VanderWeele and Ding 2017; for a difference in standard deviations: Chinn 2000 by way of exp(.91 d).
"""

import math

import numpy as np

from wayfellow.impact.estimates.matrix import Floats, Ints


def e_value_of_ratio(ratio: float) -> float | None:
    """RR + √(RR(RR - 1)), a ratio below 1 turned over; None where there is no ratio."""
    if not math.isfinite(ratio) or ratio <= 0:
        return None
    ratio = max(ratio, 1 / ratio)
    found = ratio + math.sqrt(ratio * (ratio - 1))
    return found if math.isfinite(found) else None


def e_value_of_difference(estimate: float, sd: float) -> float | None:
    """By the ratio exp(.91 d), d the difference in standard deviations."""
    if sd <= 0:
        return None
    exponent = 0.91 * estimate / sd
    return e_value_of_ratio(math.exp(exponent)) if abs(exponent) < 300 else None


def pooled_sd(y: Floats, arm: Ints) -> float:
    """Standard deviation within the groups."""
    groups = [y[arm == 0], y[arm == 1]]
    free = sum(len(group) - 1 for group in groups)
    squares = sum(float(((group - group.mean()) ** 2).sum()) for group in groups)
    return float(np.sqrt(squares / free)) if free > 0 else 0.0
