"""What an estimator gives: a number with its interval."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from wayfellow.impact.estimates.matrix import Floats

ROUNDING = 1e-13  # of the largest value


@dataclass(frozen=True, slots=True)
class Effect:
    """A difference between two groups.

    Attributes:
        estimate: mentored less the others, in the unit of the outcome.
        se: its standard error.
        ci: lower and upper end of the interval.
        p: two-sided; None where none is defined.
        method: how it was found, in a few plain words.
        means: of the others and of the mentored, as the estimator weighs them; None where it has none.
        p_wild: p of the wild cluster bootstrap, where there are few clusters.
        warnings: (code, text) of what to know about it.
    """

    estimate: float
    se: float
    ci: tuple[float, float]
    p: float | None
    method: str
    means: tuple[float, float] | None = None
    p_wild: float | None = None
    warnings: Sequence[tuple[str, str]] = ()


def settled(estimate: float, se: float, *values: Floats) -> tuple[float, float]:
    """Estimate and error, 0 where they are no more than what rounding leaves of such values.

    Else an outcome that is the same for everybody would have an interval of noise, which can lie beside zero.
    """
    smallest = ROUNDING * max(float(np.nanmax(np.abs(one), initial=0.0)) for one in values)
    return (0.0 if abs(estimate) <= smallest else estimate), (0.0 if se <= smallest else se)


def interval(estimate: float, se: float, *, level: float, df: float | None = None) -> tuple[float, float]:
    """Estimate ± quantile × se: the normal quantile, or that of t with `df` degrees of freedom."""
    from scipy.stats import norm, t

    high = (1 + level) / 2
    reach = float(norm.ppf(high) if df is None else t.ppf(high, df)) * se
    return estimate - reach, estimate + reach


def two_sided_p(estimate: float, se: float, *, df: float | None = None) -> float:
    """p of no difference; 1 where both estimate and error are zero, 0 where only the error is."""
    from scipy.stats import norm, t

    if se == 0:
        return 1.0 if estimate == 0 else 0.0
    ratio = abs(estimate) / se
    return float(2 * (norm.sf(ratio) if df is None else t.sf(ratio, df)))
