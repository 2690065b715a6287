"""Estimators against the libraries' own, written out another way, and against what is known by hand."""

import numpy as np
import pytest
import statsmodels.api as sm
from scipy import stats
from statsmodels.treatment.treatment_effects import TreatmentEffect

from wayfellow.impact.estimates.balance import balance
from wayfellow.impact.estimates.before_after import mean_change
from wayfellow.impact.estimates.clusters import clusters_from, wild_p
from wayfellow.impact.estimates.entropy import entropy_weights
from wayfellow.impact.estimates.least_squares import arm_effect
from wayfellow.impact.estimates.lottery import randomisation_p
from wayfellow.impact.estimates.matrix import independent, matrix
from wayfellow.impact.estimates.missing import bounds, response_weights
from wayfellow.impact.estimates.sensitivity import e_value_of_difference, e_value_of_ratio
from wayfellow.impact.estimates.treatment_models import treatment_effect
from wayfellow.impact.estimates.weights import effective, weigh
from wayfellow.impact.tests.cases import codes, outcome, plan_text, report, two_groups


@pytest.fixture
def people():
    found = two_groups(150, effect=0.5, pull=0.3)
    return found["y"], found["arm"], np.column_stack([found["x"], np.arange(150) % 3 == 0]).astype(float)


@pytest.mark.parametrize("se", ["classical", "HC0", "HC2", "HC3"])
def test_robust_errors_are_those_of_statsmodels(people, se):
    y, arm, x = people
    weights = np.linspace(0.5, 2, 150)
    found = arm_effect(y, arm, level=0.9, se=se, x=x, weights=weights)
    centred = x - np.average(x, axis=0, weights=weights)
    fit = sm.WLS(y, np.column_stack([np.ones(150), arm, centred, arm[:, None] * centred]), weights=weights).fit()
    error = fit.bse[1] if se == "classical" else getattr(fit, f"{se}_se")[1]
    assert (found.estimate, found.se) == pytest.approx((fit.params[1], error))
    reach = stats.norm.ppf(0.95) * error
    assert found.ci == pytest.approx((fit.params[1] - reach, fit.params[1] + reach))


@pytest.mark.parametrize(("count", "few"), [(15, True), (50, False)])
def test_clustered_errors_are_those_of_statsmodels(people, count, few):
    y, arm, _ = people
    codes_of = np.arange(150) % count
    found = arm_effect(y, arm, level=0.95, clusters=clusters_from(codes_of))
    fit = sm.OLS(y, sm.add_constant(arm)).fit(cov_type="cluster", cov_kwds={"groups": codes_of}, use_t=True)
    assert found.se == pytest.approx(fit.bse[1])
    assert found.ci == pytest.approx(tuple(fit.conf_int()[1]))  # t with G - 1
    assert (found.p_wild is not None, [code for code, _ in found.warnings]) == (few, ["few_clusters"] if few else [])


def test_wild_bootstrap_written_out():
    """All signs of seven clusters, each refitted in full."""
    draws = np.random.default_rng(5)
    groups = np.arange(70) % 7
    arm = (groups < 3).astype(float)
    y = 0.4 * arm + draws.normal(size=7)[groups] + draws.normal(size=70)
    x = sm.add_constant(arm)

    def ratio(values):
        fit = sm.OLS(values, x).fit(cov_type="cluster", cov_kwds={"groups": groups})
        return abs(fit.tvalues[1])

    mean, left = y.mean(), y - y.mean()
    signs = np.array(np.meshgrid(*[[-1, 1]] * 7)).reshape(7, -1).T
    drawn = [ratio(mean + left * one[groups]) for one in signs]
    expected = np.mean([value >= ratio(y) * (1 - 1e-10) for value in drawn])
    assert wild_p(x, y, clusters_from(groups), seed=0, stream="") == pytest.approx(expected)


def test_people_without_a_cluster_are_alone():
    found = clusters_from(np.array([0, -1, 1, -1, 0]))
    assert found.count == 4
    assert found.codes[0] == found.codes[4] != found.codes[1] != found.codes[3]


def test_entropy_weights_meet_the_target_and_nothing_is_closer_to_even(people):
    _, arm, x = people
    others, target = x[arm == 0], x[arm == 1].mean(axis=0)
    found = entropy_weights(others, target)
    assert found.converged
    assert np.average(others, axis=0, weights=found.weights) == pytest.approx(target, abs=1e-8)
    # At the optimum the logarithms of the weights lie on a plane of the covariates.
    design = sm.add_constant(others)
    logs = np.log(found.weights)
    assert design @ np.linalg.lstsq(design, logs, rcond=None)[0] == pytest.approx(logs, abs=1e-6)
    assert not entropy_weights(others, others.max(axis=0) + 1).converged


def test_repeated_columns_do_no_harm(people):
    _, arm, x = people
    twice = np.hstack([x, x[:, :1] * 1e6 + 5, np.ones((150, 1))])
    once, again = (entropy_weights(one[arm == 0], one[arm == 1].mean(axis=0)) for one in (x, twice))
    assert again.converged
    assert again.weights == pytest.approx(once.weights, rel=1e-6)
    assert independent(twice) == [0, 1, 2]  # with the third, the constant is nothing new


def test_weights_of_inverse_probability(people):
    _, arm, x = people
    p = sm.Logit(arm, sm.add_constant(x)).fit(disp=0).predict()
    att = weigh(x, arm, method="ipw", estimand="ATT").values
    ate = weigh(x, arm, method="ipw", estimand="ATE").values
    assert att == pytest.approx(np.where(arm == 1, 1, p / (1 - p)), rel=1e-6)
    assert ate == pytest.approx(np.where(arm == 1, 1 / p, 1 / (1 - p)), rel=1e-6)
    assert effective(np.array([1.0, 1, 2])) == pytest.approx(16 / 6)


@pytest.mark.parametrize("estimand", ["ATT", "ATE"])
@pytest.mark.parametrize("method", ["ipw", "aipw", "regression", "ipw-regression"])
def test_models_find_a_known_effect(method, estimand):
    found = two_groups(3000, effect=0.5, pull=0.5)
    effect = treatment_effect(
        found["y"] * 10 + 3, found["arm"], method=method, estimand=estimand, link="logit", level=0.95,
        treatment_x=found["x"][:, None], outcome_x=found["x"][:, None],
    )  # fmt: skip
    assert effect.estimate == pytest.approx(5, abs=3 * effect.se)
    assert 0.3 < effect.se < 0.7


IN_STATSMODELS = [(m, e) for m in ("ipw", "regression", "ipw-regression") for e in ("ATT", "ATE")] + [("aipw", "ATE")]


@pytest.mark.parametrize(("method", "estimand"), IN_STATSMODELS)
@pytest.mark.parametrize("link", ["logit", "probit"])
def test_stacked_errors_are_those_of_statsmodels(method, estimand, link):
    """With six columns in the treatment model, where statsmodels' own are right; it has no aipw for the treated."""
    found = two_groups(800, effect=0.5, pull=0.4)
    x = np.column_stack([found["x"], np.random.default_rng(2).normal(size=(800, 4))])
    y = found["y"] + 8
    ours = treatment_effect(
        y, found["arm"], method=method, estimand=estimand, link=link, treatment_x=x, outcome_x=x, level=0.95
    )
    design = sm.add_constant(x)
    select = (sm.Probit if link == "probit" else sm.Logit)(found["arm"], design).fit(disp=0)
    model = TreatmentEffect(sm.OLS(y, design), found["arm"], results_select=select)
    name = {"regression": "ra", "ipw-regression": "ipw_ra"}.get(method, method)
    theirs = getattr(model, name)(**({} if method == "aipw" else {"effect_group": 1 if estimand == "ATT" else "all"}))
    assert ours.estimate == pytest.approx(theirs.effect[0], rel=1e-3)
    assert ours.se == pytest.approx(theirs.sd[0], rel=0.02)


def test_stacked_error_of_entropy_balance(tmp_path):
    """By hand: the residuals of the others' weighted regression, the others' times their weights."""
    found = two_groups(300, effect=0.5, pull=0.4)
    rows = report(tmp_path, plan_text("comparison", columns='covariates = ["x"]', analysis='se = "stacked"'), found)
    shown = rows["outcomes"][0]
    arm, x, y = found["arm"], found["x"], found["y"]
    weights = weigh(x[:, None], arm, method="entropy", estimand="ATT").values
    others, design = arm == 0, sm.add_constant(x)
    estimate = y[~others].mean() - np.average(y[others], weights=weights[others])
    slopes = sm.WLS(y[others], design[others], weights=weights[others]).fit().params
    left = y - design @ slopes
    terms = np.where(others, -weights * left * (~others).sum() / others.sum(), left - estimate)
    assert shown["estimate"] == pytest.approx(estimate)
    assert shown["se"] == pytest.approx(np.sqrt((terms**2).sum()) / (~others).sum(), rel=1e-4)
    assert (rows["design"]["rung"], rows["design"]["reasons"]) == (2, [])


def test_standardised_differences():
    columns = matrix(
        [("age", "number", True), ("race", "category", False)],
        numbers={"age": np.array([20.0, 30, np.nan, 50])},
        categories={"race": (("a", "b"), np.array([0, 1, 1, -1]))},
        size=4,
    )
    assert [name for _, name in columns.names] == ["age", "age^2", "age=missing", "race=b", "race=missing"]
    assert columns.x[:, 0].tolist() == [20, 30, pytest.approx(100 / 3), 50]
    arm = np.array([0, 0, 1, 1])
    rows = balance(columns, arm, estimand="ATT", rows=np.arange(4), weights=np.array([3.0, 1, 1, 1]))
    age, race = rows[0], next(row for row in rows if row.column == "race=b")
    spread = np.std([100 / 3, 50], ddof=1)
    assert (age.before, age.after) == pytest.approx(((125 / 3 - 25) / spread, (125 / 3 - 22.5) / spread))
    assert (race.before, race.after) == pytest.approx((0, 0.25 / 0.5))
    assert [row.status for row in (age, race)] == ["fail", "fail"]
    pooled = balance(columns, arm, estimand="ATE", rows=np.arange(4), weights=np.ones(4))
    assert pooled[0].before == pytest.approx((125 / 3 - 25) / np.sqrt((spread**2 + 50) / 2))


def test_mean_change_is_the_paired_t_test():
    draws = np.random.default_rng(1)
    before, after = draws.normal(size=30), draws.normal(0.5, size=30)
    found, expected = mean_change(before, after, level=0.95), stats.ttest_rel(after, before)
    assert found.p == pytest.approx(expected.pvalue)
    assert found.ci == pytest.approx(tuple(expected.confidence_interval(0.95)))


def test_randomisation_p_is_that_of_all_draws():
    y = np.array([3.0, 5, 4, 9, 8, 10])
    arm = np.array([0, 0, 0, 1, 1, 1])
    strata = np.zeros(6, dtype=int)
    assert randomisation_p(y, arm, strata, seed=1, stream="a") == pytest.approx(0.1, abs=0.03)  # 2 of 20
    # Within strata of one person each nothing can be drawn otherwise.
    assert randomisation_p(y, arm, np.arange(6), seed=1, stream="a") == 1


def test_bounds():
    y = np.array([1, 0, np.nan, 1, np.nan, 1])
    arm = np.array([0, 0, 0, 1, 1, 1])
    assert bounds(y, arm, binary=True) == pytest.approx((2 / 3 - 2 / 3, 1 - 1 / 3))
    assert bounds(np.arange(101.0), np.arange(101) % 2, binary=False) == pytest.approx((0, 0))


def test_response_weights_stand_for_the_silent():
    x = np.repeat([0.0, 1.0], 200)[:, None]
    arm = np.tile([0, 1], 200)
    there = np.ones(400, dtype=int)
    there[200:320] = 0  # 40 % of those with x = 1 answered
    weights = response_weights(there, arm, x)
    assert weights[:200] == pytest.approx(1, abs=0.05)
    assert weights[320:] == pytest.approx(2.5, abs=0.05)


def test_e_values():
    assert e_value_of_ratio(3.9) == pytest.approx(7.26, abs=0.005)  # VanderWeele and Ding 2017, breastfeeding
    assert e_value_of_ratio(1 / 3.9) == pytest.approx(e_value_of_ratio(3.9))
    assert e_value_of_ratio(1) == 1
    assert e_value_of_difference(0.42, 1) == pytest.approx(e_value_of_ratio(np.exp(0.91 * 0.42)))
    assert e_value_of_ratio(0) is None and e_value_of_difference(1, 0) is None


class TestInReports:
    def test_effect_on_those_who_took_part(self, tmp_path):
        people = two_groups(2000, effect=0)
        part = (people["arm"] == 1) & (np.cumsum(people["arm"]) % 10 < 6)
        people["took"] = part.astype(int)
        people["y"] = people["y"] + 2 * part
        text = plan_text(columns='took_part = "took"\ncovariates = ["x"]')
        told = report(tmp_path, text, people)["outcomes"][0]
        assert told["cace"]["first_stage"] == pytest.approx(0.6, abs=0.03)
        assert told["cace"]["estimate"] == pytest.approx(told["estimate"] / told["cace"]["first_stage"])
        assert told["cace"]["estimate"] == pytest.approx(2, abs=3 * told["cace"]["se"])
        people["took"] = np.where(np.arange(2000) < 1900, 0, people["took"])
        assert report(tmp_path, text, people)["outcomes"][0]["cace"] is None

    def test_missing_at_random_is_made_up_for(self, tmp_path):
        people = two_groups(4000, effect=1)
        people["y"] = people["y"] + 2 * people["x"] * people["arm"]  # it helps those with a high x
        draws = np.random.default_rng(9)
        people["y"] = np.where(draws.random(4000) < 1 / (1 + np.exp(2 + 1.5 * people["x"])), np.nan, people["y"])
        text = plan_text(columns='covariates = ["x"]', analysis='method = "unadjusted"')
        told = report(tmp_path, text, people)["outcomes"][0]
        alone = report(tmp_path, text.replace('"unadjusted"', '"unadjusted"\nmissing = "complete"'), people)
        assert told["estimate"] == pytest.approx(1, abs=2.5 * told["se"])
        assert alone["outcomes"][0]["estimate"] - 1 > 3 * told["se"]

    def test_clusters_widen(self, tmp_path):
        people = two_groups(200)
        people["mentor"] = [f"M{at // 10}" for at in range(200)]
        found = report(tmp_path, plan_text(columns='cluster = "mentor"'), people)
        assert "few_clusters" in codes(found["warnings"])
        assert 0 < found["outcomes"][0]["p_wild"] <= 1

    def test_covariates_that_are_too_many_are_left_out(self, tmp_path):
        people = two_groups(12)
        people |= {f"z{at}": np.random.default_rng(at).normal(size=12) for at in range(8)}
        names = ", ".join(f'"z{at}"' for at in range(8))
        found = report(tmp_path, plan_text(columns=f"covariates = [{names}]"), people)
        assert "covariates_left_out" in codes(found["warnings"])
        assert found["outcomes"][0]["estimate"] == pytest.approx(found["outcomes"][0]["unadjusted"]["estimate"])

    def test_strata_and_baseline_sharpen(self, tmp_path):
        people = two_groups(200, effect=1)
        people["site"] = np.where(np.arange(200) < 100, "north", "south")
        people["y"] = people["y"] + 5 * (people["site"] == "north")
        plain = report(tmp_path, plan_text(), people)["outcomes"][0]
        text = plan_text(columns='strata = "site"', outcomes=outcome(more='baseline = "x"'))
        sharp = report(tmp_path, text, people)["outcomes"][0]
        assert sharp["se"] < plain["se"] / 1.8
        assert sharp["p_randomisation"] <= 0.01

    def test_a_binary_outcome_with_baseline_and_missing_values(self, tmp_path):
        people = two_groups(200)
        draws = np.random.default_rng(3)
        people["before"] = np.where(draws.random(200) < 0.2, np.nan, draws.integers(0, 2, 200))
        people["y"] = np.where(draws.random(200) < 0.1, np.nan, (people["y"] > 0).astype(float))
        text = plan_text(
            columns='covariates = ["x"]\nsite = "arm"', outcomes=outcome(kind="binary", more='baseline = "before"')
        )
        told = report(tmp_path, text, people)["outcomes"][0]
        assert told["measure"] == "risk-difference" and -1 < told["estimate"] < 1
        assert told["n0"] + told["n1"] == int((~np.isnan(people["y"])).sum())
