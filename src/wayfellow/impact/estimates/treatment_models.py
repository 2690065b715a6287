"""Estimators of statsmodels' `TreatmentEffect`, with errors that count that the weights were estimated as well.

Cattaneo 2010 and statsmodels' notes. Columns and outcome are scaled first. The effect on the treated with augmented
weights, which statsmodels does not have, is written out (Mercatanti and Li 2014); so is entropy balance, whose weights
are odds that solve balance in place of a likelihood (Zhao and Percival 2017).
"""

import warnings
from dataclasses import dataclass, replace

import numpy as np

from wayfellow.impact.estimates.clusters import Clusters, generator
from wayfellow.impact.estimates.effect import Effect, interval, settled, two_sided_p
from wayfellow.impact.estimates.entropy import entropy_weights
from wayfellow.impact.estimates.matrix import Floats, Ints, centred
from wayfellow.impact.estimates.stacked import Stack, fitted, stacked_se, weights_of

DRAWS = 300
_NAMES = {"ipw": "ipw", "aipw": "aipw", "regression": "ra", "ipw-regression": "ipw_ra"}
_TOLD = {
    "entropy": "entropy balance",
    "ipw": "inverse probability weights",
    "aipw": "augmented inverse probability weights",
    "regression": "regression in each group",
    "ipw-regression": "weighted regression in each group",
}


@dataclass(frozen=True, slots=True)
class _Case:
    y: Floats
    arm: Ints
    treatment_x: Floats
    outcome_x: Floats

    def rows(self, taken: Ints) -> "_Case":
        return _Case(self.y[taken], self.arm[taken], self.treatment_x[taken], self.outcome_x[taken])


def treatment_effect(
    y: Floats,
    arm: Ints,
    *,
    method: str,
    estimand: str,
    link: str,
    treatment_x: Floats,
    outcome_x: Floats,
    level: float,
    clusters: Clusters | None = None,
    seed: int = 0,
    stream: str = "",
) -> Effect | None:
    """The effect by one of the five estimators; None where a model cannot be fitted.

    Args:
        y: no value missing, shape (n,).
        method: "entropy", "ipw", "aipw", "regression" or "ipw-regression".
        treatment_x, outcome_x: covariates of the two models, shapes (n, p) and (n, q).
        clusters: then the error is that of a seeded bootstrap of whole clusters, the interval t with G - 1.
    """
    middle, spread = float(y.mean()), settled(0.0, float(y.std()), y)[1] or 1.0
    case = _Case((y - middle) / spread, arm, treatment_x, outcome_x)
    found = _fit(case, method=method, estimand=estimand, link=link, error=clusters is None)
    if found is None:
        return None
    estimate, mean0, error = found
    df = None
    told = "stacked standard error"
    if clusters is not None:
        drawn = _drawn(case, clusters, method=method, estimand=estimand, link=link, seed=seed, stream=stream)
        if drawn is None:
            return None
        error, df, told = drawn, clusters.count - 1, "bootstrap of clusters"
    estimate, error = settled(estimate * spread, error * spread, y)
    means = (middle + mean0 * spread, middle + mean0 * spread + estimate)
    return Effect(
        estimate=estimate,
        se=error,
        ci=interval(estimate, error, level=level, df=df),
        p=two_sided_p(estimate, error, df=df),
        method=f"{_TOLD[method]}, {told}",
        means=means,
    )


def _fit(case: _Case, *, method: str, estimand: str, link: str, error: bool) -> tuple[float, float, float] | None:
    """Estimate, mean of the others, standard error (0 when it is not wanted)."""
    import statsmodels.api as sm
    from statsmodels.treatment.treatment_effects import TreatmentEffect

    ones = np.ones((len(case.y), 1))
    outcome = np.hstack([ones, _scaled(case.outcome_x)])
    treatment = np.hstack([ones, _scaled(case.treatment_x)])
    if method == "entropy":
        return _balanced(case, treatment, error=error)
    group = {} if method == "aipw" else {"effect_group": 1 if estimand == "ATT" else "all"}
    with warnings.catch_warnings(), np.errstate(all="ignore"):
        warnings.simplefilter("ignore")
        try:
            select = (sm.Probit if link == "probit" else sm.Logit)(case.arm, treatment).fit(disp=0, maxiter=100)
            stack = Stack(
                case.y, case.arm, outcome, treatment, np.asarray(select.params), link, method, estimand, (0.0, 0.0)
            )
            if method == "aipw" and estimand == "ATT":
                means = _augmented_treated(stack, np.asarray(select.predict()))
            else:
                model = TreatmentEffect(sm.OLS(case.y, outcome), case.arm, results_select=select)
                found = getattr(model, _NAMES[method])(return_results=False, **group)
                means = (float(np.ravel(found[1])[0]), float(np.ravel(found[2])[0]))
            spread = stacked_se(replace(stack, means=means)) if error else 0.0
        except Exception:  # a model that cannot be fitted: separation, too few people for its columns
            return None
    values = (means[1] - means[0], means[0], spread)
    return values if np.isfinite(values).all() else None


def _balanced(case: _Case, treatment: Floats, *, error: bool) -> tuple[float, float, float] | None:
    """The same by entropy balance: the logarithms of its weights are linear in the columns."""
    others = case.arm == 0
    found = entropy_weights(treatment[others, 1:], treatment[~others, 1:].mean(axis=0))
    if not found.converged or not (found.weights > 0).all():
        return None
    odds = np.log(found.weights * (~others).sum() / others.sum())
    gamma = np.linalg.lstsq(treatment[others], odds, rcond=None)[0]
    means = (float(np.average(case.y[others], weights=found.weights)), float(case.y[~others].mean()))
    stack = Stack(case.y, case.arm, treatment, treatment, gamma, "logit", "entropy", "ATT", means)
    values = (means[1] - means[0], means[0], stacked_se(stack) if error else 0.0)
    return values if np.isfinite(values).all() else None


def _augmented_treated(stack: Stack, p: Floats) -> tuple[float, float]:
    """Means of the mentored, had they not been, and as they are: with the augmented weights of the others."""
    mentored = stack.arm == 1
    fit0 = stack.outcome @ fitted(stack)[0]
    weights = weights_of(p, stack.arm, "ATT")[0]
    mean0 = float((mentored * fit0 + weights * (stack.y - fit0)).sum()) / int(mentored.sum())
    return mean0, float(stack.y[mentored].mean())


def _drawn(
    case: _Case, clusters: Clusters, *, method: str, estimand: str, link: str, seed: int, stream: str
) -> float | None:
    """Standard deviation of the estimate over draws of whole clusters."""
    draws = generator(seed, stream)
    members = np.split(
        np.argsort(clusters.codes, kind="stable"), np.cumsum(np.bincount(clusters.codes, minlength=clusters.count))[:-1]
    )
    found = []
    for _ in range(DRAWS):
        rows = np.concatenate([members[one] for one in draws.integers(0, clusters.count, clusters.count)])
        drawn = case.rows(rows)
        if 0 < drawn.arm.sum() < len(drawn.arm):
            one = _fit(drawn, method=method, estimand=estimand, link=link, error=False)
            if one is not None:
                found.append(one[0])
    return float(np.std(found, ddof=1)) if len(found) >= DRAWS / 2 else None


def _scaled(x: Floats) -> Floats:
    return centred(x, x.mean(axis=0)) if x.shape[1] else x
