"""Missing answers: weights that let those who answered stand for those who are like them and did not.

Inverse probability of response: Seaman and White 2013. Bounds: Horowitz and Manski 2000.
"""

import numpy as np

from wayfellow.impact.estimates.matrix import Floats, Ints
from wayfellow.impact.estimates.weights import chance

FLOOR = 0.02  # of a chance to answer: nobody stands for more than fifty


def response_weights(observed: Ints, arm: Ints, x: Floats) -> Floats:
    """1 / P(observed given arm and covariates), for everybody.

    That some kind of people have all answered parts the groups, and does no harm: they stand for themselves alone.

    Args:
        observed: whether the outcome is there, 0 or 1, shape (n,).
        arm: 0 or 1, shape (n,).
        x: columns of covariates, shape (n, p).
    """
    if observed.all():
        return np.ones(len(observed))
    score = chance(np.hstack([arm.astype(np.float64)[:, None], x]), observed)
    return 1 / np.maximum(score.p, FLOOR)


def bounds(y: Floats, arm: Ints, *, binary: bool) -> tuple[float, float]:
    """The difference in means if the missing are as bad as can be for the programme, and as good.

    Lowest: every mentored person without an answer has the lowest value, every other one the highest; highest: the
    other way round. The values are 0 and 1 for a binary outcome, else the 5th and 95th percentile of the answers.

    Args:
        y: nan where missing, shape (n,).
    """
    low, high = (0.0, 1.0) if binary else np.nanquantile(y, [0.05, 0.95]).tolist()
    missing = np.isnan(y)

    def mean(group: int, value: float) -> float:
        return float(np.where(missing, value, y)[arm == group].mean())

    return mean(1, low) - mean(0, high), mean(1, high) - mean(0, low)
