"""How alike two groups are in what was known before: standardised mean differences.

Austin 2009. The denominator is that before weighting, also after it.
"""

from dataclasses import dataclass

import numpy as np

from wayfellow.impact.estimates.matrix import Floats, Ints, Matrix

FINE, ADJUST = 0.05, 0.25


@dataclass(frozen=True, slots=True)
class BalanceRow:
    """One column: its difference before and after, in standard deviations."""

    covariate: str
    column: str
    before: float
    after: float

    @property
    def status(self) -> str:
        """fine up to .05, adjust up to .25 (regression can take care of it), else fail: What Works Clearinghouse."""
        size = abs(self.after)
        return "fine" if size <= FINE else "adjust" if size <= ADJUST else "fail"


def balance(columns: Matrix, arm: Ints, *, estimand: str, rows: Ints, weights: Floats) -> tuple[BalanceRow, ...]:
    """Differences of all columns that are shown.

    Args:
        arm: 0 or 1, shape (n,).
        estimand: ATT: in standard deviations of the mentored; ATE: of the root of the mean of both variances.
        rows: positions of those who are compared in the end.
        weights: of those, shape (len(rows),).
    """
    x = columns.shown
    spread = _spread(x, arm, estimand=estimand)
    before = x[arm == 1].mean(axis=0) - x[arm == 0].mean(axis=0)
    taken, group = x[rows], arm[rows]
    after = _mean(taken, weights, group == 1) - _mean(taken, weights, group == 0)
    return tuple(
        BalanceRow(covariate, column, _over(float(b), float(s)), _over(float(a), float(s)))
        for (covariate, column), b, a, s in zip(columns.shown_names, before, after, spread, strict=True)
    )


def _spread(x: Floats, arm: Ints, *, estimand: str) -> Floats:
    """Standard deviations, p(1 - p) under the root for a column of 0 and 1."""
    binary = ((x == 0) | (x == 1)).all(axis=0)

    def variance(group: Floats) -> Floats:
        p = group.mean(axis=0)
        usual = group.var(axis=0, ddof=1) if len(group) > 1 else np.zeros(x.shape[1])
        return np.where(binary, p * (1 - p), usual)

    both = [variance(x[arm == 0]), variance(x[arm == 1])]
    pooled = np.sqrt((both[0] + both[1]) / 2)
    if estimand == "ATE":
        return pooled
    return np.where(both[1] > 0, np.sqrt(both[1]), pooled)


def _mean(x: Floats, weights: Floats, group: np.ndarray) -> Floats:
    return np.average(x[group], axis=0, weights=weights[group])


def _over(difference: float, spread: float) -> float:
    return difference / spread if spread > 0 else 0.0
