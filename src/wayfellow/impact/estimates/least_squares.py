"""The difference between two groups by weighted least squares, with robust or clustered errors.

The fit is that of statsmodels. The sandwiches are written out because those of statsmodels build an n × n matrix for
the leverages (HC2, HC3): 3 GB for 20,000 people. Sources: MacKinnon and White 1985 (HC2, HC3); Lin 2013 (covariates
centred and interacted with the arm); Liang and Zeger 1986, with the correction of Stata (CR1).
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from warnings import catch_warnings, simplefilter

import numpy as np

from wayfellow.impact.estimates.clusters import Clusters, wild_p
from wayfellow.impact.estimates.effect import Effect, interval, settled, two_sided_p
from wayfellow.impact.estimates.matrix import Floats, Ints, centred, independent

FEW_CLUSTERS = 30
_FULL = 1 - 1e-10  # a leverage of 1: the fit goes through that person, who then says nothing about the error


def arm_effect(
    y: Floats,
    arm: Ints,
    *,
    level: float,
    se: str = "HC2",
    x: Floats | None = None,
    means: Floats | None = None,
    weights: Floats | None = None,
    clusters: Clusters | None = None,
    seed: int = 0,
    stream: str = "",
) -> Effect:
    """Difference in means, with covariates centred and interacted with the arm.

    Args:
        y: outcome, shape (n,).
        arm: 0 or 1, shape (n,).
        se: "classical", "HC0", "HC2" or "HC3"; with clusters CR1 whatever it says.
        x: covariates, shape (n, p); left out, with a warning, where a group has fewer than two people per column.
        means: where they are centred, shape (p,); by default at their weighted means.
        weights: shape (n,); all 1 by default.
        clusters: then the interval is t with G - 1 degrees of freedom, and under 30 clusters `p_wild` is given.
        seed, stream: of the draws of the wild bootstrap.
    """
    import statsmodels.api as sm

    weights = np.ones(len(y)) if weights is None else weights
    warnings: list[tuple[str, str]] = []
    adjust = np.zeros((len(y), 0))
    if x is not None and x.shape[1]:
        at = np.average(x, axis=0, weights=weights) if means is None else means
        adjust = centred(x, at)
        fewest = int(min(arm.sum(), len(arm) - arm.sum()))
        if fewest < 2 * (adjust.shape[1] + 1):
            warnings.append(
                (
                    "covariates_left_out",
                    f"{adjust.shape[1]} covariate columns are too many for {fewest} "
                    "people in a group: the plain difference is given instead.",
                )
            )
            adjust = adjust[:, :0]
    a = arm.astype(np.float64)[:, None]
    design = np.hstack([np.ones_like(a), a, adjust, a * adjust])
    design = design[:, independent(design, after=2)]
    with warnings_off():
        fit = sm.WLS(y, design, weights=weights).fit()
    estimate = float(fit.params[1])
    p_wild = None
    df = None
    if clusters is not None and clusters.count >= 2:
        error = float(np.sqrt(_cr1(fit, clusters)))
        df = clusters.count - 1
        if clusters.count < FEW_CLUSTERS:
            warnings.append(
                (
                    "few_clusters",
                    f"There are only {clusters.count} clusters; intervals from so few are "
                    "rough, and p_wild is the safer p.",
                )
            )
            p_wild = wild_p(fit.model.wexog, fit.model.wendog, clusters, seed=seed, stream=stream)
    else:
        error = float(np.sqrt(_variance(fit, se)))
    estimate, error = settled(estimate, error, y)
    told = "clustered (CR1)" if df is not None else se
    weighted = "weighted " if np.ptp(weights) > 0 else ""
    what = "least squares with covariates" if adjust.shape[1] else "difference in means"
    return Effect(
        estimate=estimate,
        se=error,
        ci=interval(estimate, error, level=level, df=df),
        p=two_sided_p(estimate, error, df=df),
        method=f"{weighted}{what}, {told} standard error",
        means=(
            float(np.average(y[arm == 0], weights=weights[arm == 0])),
            float(np.average(y[arm == 1], weights=weights[arm == 1])),
        ),
        p_wild=p_wild,
        warnings=tuple(warnings),
    )


@contextmanager
def warnings_off() -> Iterator[None]:
    """Without the words of a library on what the gates and notes of the report tell."""
    with catch_warnings(), np.errstate(all="ignore"):
        simplefilter("ignore")
        yield


def _variance(fit: Any, se: str) -> float:
    """Variance of the second coefficient."""
    x, residual = fit.model.wexog, fit.wresid
    inverse = fit.normalized_cov_params
    if se == "classical":
        free = max(len(x) - x.shape[1], 1)
        return float(residual @ residual) / free * float(inverse[1, 1])
    row = x @ inverse[1]
    leverage = np.einsum("ij,jk,ik->i", x, inverse, x, optimize=True)
    through = leverage >= _FULL
    rest = np.where(through, 1.0, 1 - leverage)
    squares = np.where(through & (se != "HC0"), 0.0, residual**2)
    if se == "HC2":
        squares = squares / rest
    elif se == "HC3":
        squares = squares / rest**2
    return float((row**2 * squares).sum())


def _cr1(fit: Any, clusters: Clusters) -> float:
    """Variance of the second coefficient: G/(G-1) · (N-1)/(N-K) · Σ over clusters of the squared score sums."""
    x = fit.model.wexog
    count, columns = x.shape
    scores = (x @ fit.normalized_cov_params[1]) * fit.wresid
    sums = np.bincount(clusters.codes, weights=scores, minlength=clusters.count)
    correction = clusters.count / (clusters.count - 1) * (count - 1) / max(count - columns, 1)
    return float(correction * (sums**2).sum())
