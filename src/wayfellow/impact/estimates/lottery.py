"""Drawn by lot: the difference between those drawn and the others.

Newcombe 1998 (interval of two proportions, his method 10); Fisher 1935; randomisation p: Phipson and Smyth 2010;
effect on those who took part: Angrist, Imbens and Rubin 1996.
"""

import numpy as np

from wayfellow.impact.estimates.clusters import generator
from wayfellow.impact.estimates.effect import Effect, interval
from wayfellow.impact.estimates.least_squares import arm_effect
from wayfellow.impact.estimates.matrix import Floats, Ints

PERMUTATIONS = 999
WEAKEST_FIRST_STAGE = 0.1


def plain_difference(y: Floats, arm: Ints, *, binary: bool, level: float, se: str) -> Effect:
    """The difference between the two groups as they are: Newcombe's interval for 0/1, else Welch's or the classical.

    Args:
        y: no value missing, shape (n,).
        se: "classical" assumes one spread in both groups; anything else is Welch's, which is HC2.
    """
    if binary:
        return risk_difference(y, arm, level=level)
    found = arm_effect(y, arm, level=level, se="classical" if se == "classical" else "HC2")
    told = "classical" if se == "classical" else "Welch"
    return Effect(found.estimate, found.se, found.ci, found.p, f"difference in means, {told}", found.means)


def risk_difference(y: Floats, arm: Ints, *, level: float) -> Effect:
    """Difference of two proportions, Newcombe's interval, Fisher's exact p."""
    from scipy.stats import fisher_exact
    from statsmodels.stats.proportion import confint_proportions_2indep

    n0, n1 = int((arm == 0).sum()), int((arm == 1).sum())
    x0, x1 = int(y[arm == 0].sum()), int(y[arm == 1].sum())
    low, high = confint_proportions_2indep(x1, n1, x0, n0, method="newcomb", compare="diff", alpha=1 - level)
    p0, p1 = x0 / n0, x1 / n1
    return Effect(
        estimate=p1 - p0,
        se=float(np.sqrt(p0 * (1 - p0) / n0 + p1 * (1 - p1) / n1)),
        ci=(float(low), float(high)),
        p=float(fisher_exact([[x1, n1 - x1], [x0, n0 - x0]])[1]),
        method="risk difference, Newcombe interval, Fisher's exact p",
        means=(p0, p1),
    )


def randomisation_p(y: Floats, arm: Ints, strata: Ints, *, seed: int, stream: str) -> float:
    """p of the difference in means, from 999 draws of the lot again within the strata.

    Args:
        strata: a code for each person, shape (n,).
    """
    draws = generator(seed, stream)
    order = np.argsort(strata, kind="stable")
    ends = np.flatnonzero(np.diff(strata[order])) + 1
    sides = np.split(arm[order], ends)
    # Less the mean of their stratum, so that what a draw within strata cannot change does not count.
    values = [part - part.mean() for part in np.split(y[order], ends)]
    drawn_of = [int(part.sum()) for part in sides]
    observed = abs(sum(float(part[side == 1].sum()) for part, side in zip(values, sides, strict=True)))
    # The sum over the mentored is the difference in means but for a factor that no draw changes.
    slack = 1e-10 * (observed + float(np.abs(np.concatenate(values)).mean()))
    as_far = 0
    for _ in range(PERMUTATIONS):
        total = sum(
            float(draws.choice(part, count, replace=False, shuffle=False).sum())
            for part, count in zip(values, drawn_of, strict=True)
        )
        as_far += abs(total) >= observed - slack
    return (as_far + 1) / (PERMUTATIONS + 1)


def effect_on_takers(
    intended: Effect, first: Effect, combined: Effect, *, level: float, df: float | None = None
) -> tuple[float, float, tuple[float, float]] | None:
    """Effect on those who took part because they were drawn: estimate, standard error, interval.

    Two-stage least squares with one instrument: the ratio of the two effects, and the error of the effect on
    outcome − ratio × took part, over the first stage.

    Args:
        intended: effect of being drawn on the outcome.
        first: effect of being drawn on taking part.
        combined: effect of being drawn on outcome − ratio × took part.

    Returns:
        None where the first stage is under .1: too few took part because of it.
    """
    if first.estimate < WEAKEST_FIRST_STAGE:
        return None
    estimate = intended.estimate / first.estimate
    error = combined.se / first.estimate
    return estimate, error, interval(estimate, error, level=level, df=df)
