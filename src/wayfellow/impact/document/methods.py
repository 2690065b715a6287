"""How each estimate is made: in words, as a formula, what it rests on, and who wrote it down."""

from dataclasses import dataclass

from wayfellow.impact.document.numbers import Facts


@dataclass(frozen=True)
class Method:
    """A way to estimate an effect."""

    name: str
    words: str
    formula: str
    rests_on: str
    source: str


NEWCOMBE = Method(
    "Difference of two shares",
    "The share among those who drew a place less the share among the others, with an interval that holds for small "
    "groups.",
    "d = p₁ − p₀\n"
    "lower = d − √((p₁ − l₁)² + (u₀ − p₀)²)\n"
    "upper = d + √((u₁ − p₁)² + (p₀ − l₀)²)\n"
    "l and u: Wilson limits of each share; p-value: Fisher's exact test",
    "Places drawn by lot.",
    "Newcombe 1998, Statistics in Medicine 17",
)
LIN = Method(
    "Least squares on the draw",
    "The difference between the groups as drawn, made more exact by what was known before the start.",
    "y = α + τ·arm + β·(x − x̄) + γ·arm·(x − x̄) + ε\n"
    "τ is the effect; robust variance; x holds covariates, baseline and strata",
    "Places drawn by lot, and everybody counted where the lot put them.",
    "Lin 2013, Annals of Applied Statistics 7",
)
DIFFERENCE = Method(
    "Difference of means",
    "The mean of one group less the mean of the other.",
    "τ = ȳ₁ − ȳ₀",
    "Groups that differ by chance only.",
    "Welch 1947, Biometrika 34",
)
INCIDENCE = Method(
    "Incidence until the horizon",
    "The share of people to whom it happened by the horizon; other events that make it impossible count as such.",
    "F(t) = Σ S(tⱼ₋₁) · dⱼ / nⱼ over tⱼ ≤ t;  τ = F₁(h) − F₀(h)",
    "People who are no longer seen would have fared like those who still are.",
    "Aalen and Johansen 1978, Scandinavian Journal of Statistics 5",
)
RMST = Method(
    "Mean time without the event",
    "The area under the survival curve until the horizon: mean time without the event.",
    "μ = ∫₀ʰ S(t) dt;  τ = μ₁ − μ₀;  variance by Greenwood",
    "People who are no longer seen would have fared like those who still are.",
    "Royston and Parmar 2013, BMC Medical Research Methodology 13",
)
COX = Method(
    "Ratio of hazards",
    "How much more often the event happens in one group at any moment; the estimate is the logarithm of that ratio.",
    "λ(t | x) = λ₀(t) · exp(τ·arm + β·x);  ties by Efron",
    "The ratio is the same at all times. Competing events count as no longer seen.",
    "Cox 1972, Journal of the Royal Statistical Society B 34",
)
CALLAWAY = Method(
    "Staggered start, group by group",
    "Each group that started at one time is compared with people who had not, and the differences are averaged.",
    "ATT(g, t) = E[Yₜ − Y₍g−1₎ | G = g] − E[Yₜ − Y₍g−1₎ | comparison]\nτ = Σ w(g, t) · ATT(g, t) over t ≥ g",
    "Without the programme, both would have moved in parallel.",
    "Callaway and Sant’Anna 2021, Journal of Econometrics 225",
)
ENTROPY = Method(
    "Entropy balance",
    "People outside the programme are weighted until the two groups have the same averages in everything measured.",
    "min Σ wᵢ log wᵢ  so that  Σ wᵢ xᵢ = x̄(treated),  Σ wᵢ = 1\n"
    "then weighted least squares of y on arm, with x centred and interacted",
    "Nothing that was not measured moves both who took part and the outcome.",
    "Hainmueller 2012, Political Analysis 20",
)
IPW = Method(
    "Inverse probability weights",
    "People are weighted by how unlikely they were to be in their group, so that both stand for the same people.",
    "e(x) = P(arm = 1 | x);  ATE: 1/e and 1/(1−e);  ATT: 1 and e/(1−e)\nτ = weighted mean₁ − weighted mean₀",
    "Nothing that was not measured moves both who took part and the outcome; everybody could have been in either.",
    "Robins, Hernán and Brumback 2000, Epidemiology 11",
)
AIPW = Method(
    "Augmented inverse probability weights",
    "A model of who took part and a model of the outcome; one of them has to be right.",
    "τ = mean[ m₁(x) − m₀(x) + arm·(y − m₁)/e − (1 − arm)·(y − m₀)/(1 − e) ]",
    "Nothing that was not measured moves both who took part and the outcome.",
    "Robins, Rotnitzky and Zhao 1994, JASA 89",
)
REGRESSION = Method(
    "Regression adjustment",
    "A model of the outcome in each group says what everybody would have had in either.",
    "τ = mean[ m₁(x) − m₀(x) ]",
    "Nothing that was not measured moves both, and the models are right.",
    "Cattaneo 2010, Journal of Econometrics 155; Imbens and Wooldridge 2009",
)
PAIRED = Method(
    "Mean change",
    "The mean of each person's change from before to after.",
    "τ = mean(yᵢ after − yᵢ before) ± t(n−1) · s / √n",
    "Nothing else would have changed: time, mood, a return to the average.",
    "Student 1908, Biometrika 6",
)
BY_METHOD = {
    "entropy": ENTROPY,
    "ipw": IPW,
    "aipw": AIPW,
    "regression": REGRESSION,
    "ipw-regression": AIPW,
    "unadjusted": DIFFERENCE,
}


def methods(report: Facts, method: str) -> list[Method]:
    """The ways this report used, each once, for the primary outcome first.

    Args:
        report: the report as a dict.
        method: `analysis.method` of the plan.
    """
    declared = report["design"]["declared"]
    used: list[Method] = []
    for outcome in report["outcomes"]:
        if outcome["kind"] == "time-to-event":
            found = {"rmst": RMST, "hazard-ratio": COX}.get(outcome.get("measure") or "", INCIDENCE)
        elif declared == "lottery":
            plain = method == "unadjusted" or "newcomb" in str(outcome.get("method")).lower()
            found = (NEWCOMBE if outcome["kind"] == "binary" else DIFFERENCE) if plain else LIN
        else:
            found = {"roll-out": CALLAWAY, "before-after": PAIRED}.get(declared) or BY_METHOD.get(method, ENTROPY)
        if found not in used:
            used.append(found)
    if declared == "comparison" and BY_METHOD.get(method, ENTROPY) not in used:
        used.append(BY_METHOD.get(method, ENTROPY))
    return used
