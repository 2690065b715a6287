"""The same people before and after: the mean change, which says nothing about what would have happened anyway."""

import numpy as np

from wayfellow.impact.estimates.clusters import Clusters
from wayfellow.impact.estimates.effect import Effect, interval, settled, two_sided_p
from wayfellow.impact.estimates.matrix import Floats


def mean_change(before: Floats, after: Floats, *, level: float, clusters: Clusters | None = None) -> Effect:
    """Mean of the paired changes, t interval; with clusters CR1 and t with G - 1 degrees of freedom.

    Args:
        before, after: no value missing, of the same people, shape (n,).
    """
    change = after - before
    count = len(change)
    estimate = float(change.mean())
    warnings = []
    if clusters is not None and clusters.count >= 2:
        df = clusters.count - 1
        sums = np.bincount(clusters.codes, weights=change - estimate, minlength=clusters.count)
        error = float(np.sqrt((sums**2).sum() * clusters.count / df)) / count
        told = "clustered (CR1) standard error"
        if clusters.count < 30:
            warnings.append(
                ("few_clusters", f"There are only {clusters.count} clusters; intervals from so few are rough.")
            )
    else:
        df = count - 1
        error = float(change.std(ddof=1)) / count**0.5
        told = "t interval"
    estimate, error = settled(estimate, error, before, after)
    return Effect(
        estimate=estimate,
        se=error,
        ci=interval(estimate, error, level=level, df=df),
        p=two_sided_p(estimate, error, df=df),
        method=f"mean paired change, {told}",
        means=(float(before.mean()), float(after.mean())),
        warnings=tuple(warnings),
    )
