"""Solve for the effect, the people or the power of two groups (Cohen 1988; library: statsmodels)."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Literal

Kind = Literal["continuous", "binary"]

FAR_OUT = 12.0  # standard errors: power is 1 to the last digit, and the noncentral t no longer a number
LARGE = 1e6  # people: from here the t is the normal
STEP = 1.05
TRIES = 400


def minimum_detectable(
    kind: Kind,
    n0: float,
    n1: float,
    *,
    sd: float = 1.0,
    expected_control: float | None = None,
    level: float = 0.95,
    power: float = 0.8,
) -> float | None:
    """Smallest difference that is found with the power; None where no difference is.

    Args:
        kind: "continuous" for a two-sample t test; "binary" for two shares by their arcsines.
        n0: people without the programme, after all that takes away from them; need not be whole.
        n1: people in it.
        sd: standard deviation of the outcome; the difference is in its unit.
        expected_control: share without the programme; the difference is upward from it.
        level: of the interval: the test is two-sided at 1 − level.
        power: how often such a difference is to be found.
    """
    if kind == "binary" and (expected_control is None or not 0 < expected_control < 1):
        return None
    if not (n0 > 0 and n1 > 0 and sd >= 0 and power > 1 - level):
        return None
    near = _normal_effect(1 / (1 / n0 + 1 / n1), level, power)
    size = _root(lambda effect: _power(kind, effect, n0, n1, level) - power, near)
    if size is None:
        return None
    if kind == "continuous":
        return size * sd
    angle = math.asin(math.sqrt(expected_control or 0.0)) + size / 2
    return math.sin(angle) ** 2 - (expected_control or 0.0) if angle <= math.pi / 2 else None


def achieved(
    kind: Kind,
    effect: float,
    n0: float,
    n1: float,
    *,
    sd: float = 1.0,
    expected_control: float | None = None,
    level: float = 0.95,
) -> float | None:
    """How often an effect is found; None where that cannot be said. Arguments as for `minimum_detectable`."""
    size = _size(kind, effect, sd, expected_control)
    if size is None or not (n0 > 0 and n1 > 0) or (kind == "continuous" and n0 + n1 <= 2):
        return None
    return _power(kind, size, n0, n1, level)


def needed_per_arm(
    kind: Kind,
    effect: float,
    *,
    sd: float = 1.0,
    expected_control: float | None = None,
    level: float = 0.95,
    power: float = 0.8,
    design_effect: float = 1.0,
    response: float = 1.0,
) -> int | None:
    """People needed in each of two groups of one size; None where no number is enough.

    Rounded up before people are added for clusters and for those who will not answer, and again after.

    Args:
        effect: difference to be found, in the unit of the outcome.
        design_effect: how many times the people are needed because members of a cluster are alike.
        response: share that will answer.
        kind, sd, expected_control, level, power: as for `minimum_detectable`.
    """
    size = _size(kind, effect, sd, expected_control)
    if not size or power <= 1 - level:
        return None
    enough = max(2, math.ceil(2 * (_normal_effect(1.0, level, power) / size) ** 2 - 1e-9))
    while enough < LARGE and _power(kind, size, enough, enough, level) < power:
        enough += 1
    return math.ceil(enough * design_effect / response - 1e-9)


def _size(kind: Kind, effect: float, sd: float, expected_control: float | None) -> float | None:
    """The effect without a unit, never negative: d, or Cohen's h."""
    if kind == "continuous":
        return abs(effect) / sd if sd > 0 else None
    if expected_control is None or not 0 <= expected_control + effect <= 1:
        return None
    return abs(2 * math.asin(math.sqrt(expected_control + effect)) - 2 * math.asin(math.sqrt(expected_control)))


def _normal_effect(pairs: float, level: float, power: float) -> float:
    """Effect that a z test finds, at n0·n1/(n0+n1) = `pairs`."""
    from scipy.stats import norm

    return float(norm.ppf(0.5 + level / 2) + norm.ppf(power)) / math.sqrt(pairs)


def _power(kind: Kind, size: float, n0: float, n1: float, level: float) -> float:
    from statsmodels.stats.power import NormalIndPower, TTestIndPower

    test = NormalIndPower() if kind == "binary" or min(n0, n1) > LARGE else TTestIndPower()
    found = float(test.power(size, nobs1=n1, alpha=1 - level, ratio=n0 / n1))
    if math.isnan(found) and size * math.sqrt(1 / (1 / n0 + 1 / n1)) > FAR_OUT:
        return 1.0
    return found


def _root(missing: Callable[[float], float], near: float) -> float | None:
    """Where a growing function crosses 0, looked for upward from just below `near`."""
    from scipy.optimize import brentq

    low = high = near * 0.95
    for _ in range(TRIES):
        value = missing(high)
        if math.isnan(value):
            return None
        if value >= 0:
            return float(brentq(missing, low, high, xtol=1e-12, rtol=1e-12)) if high > low else high
        low, high = high, high * STEP
    return None
