"""Two groups by a horizon: published values, values worked out by hand, and what is refused."""

from fractions import Fraction

import numpy as np
import pytest
from scipy.stats import t
from statsmodels.duration.hazard_regression import PHReg
from statsmodels.duration.survfunc import CumIncidenceRight

from wayfellow.impact.estimates.curves import cumulative_incidence, restricted_mean
from wayfellow.impact.estimates.hazards import log_hazard_ratio, score_residuals, weighted_log_hazard_ratio
from wayfellow.impact.estimates.time_to_event import difference_at_horizon
from wayfellow.impact.tests.reference import columns


@pytest.fixture(scope="module")
def pbc():
    years, event, arm = columns("data/pbc.csv", "years", "event", "arm")
    return np.array(years, float), np.array(event, int), np.array(arm, int)


def cohort(seed=0, people=400, effect=0.0):
    random = np.random.default_rng(seed)
    arm = np.repeat([0, 1], people // 2)
    happens = random.exponential(size=people) * 10 * np.exp(-effect * arm)
    competes, leaves = random.exponential(size=people) * 25, random.uniform(2, 20, size=people)
    time = np.minimum(np.minimum(happens, competes), leaves)
    event = np.where(time == happens, 1, np.where(time == competes, 2, 0))
    return time, event, arm


# Six people: event at 1, competing at 2, censored at 3, event at 4, event at 5, censored at 6.
TIMES = np.array([1.0, 2, 3, 4, 5, 6])
EVENTS = np.array([1, 2, 0, 1, 1, 0])


def test_restricted_mean_of_the_liver_trial(pbc):
    found = difference_at_horizon(*pbc, horizon=10, measure="rmst")
    assert (found.arm1_mean, found.arm0_mean) == pytest.approx((7.146, 7.283), abs=0.0005)
    assert (found.arm1_se, found.arm0_se) == pytest.approx((0.283, 0.295), abs=0.0005)
    assert found.estimate == pytest.approx(-0.137, abs=0.0005)
    assert found.ci == pytest.approx((-0.939, 0.665), abs=0.0005)
    assert found.p == pytest.approx(0.738, abs=0.0005)


def test_cox_and_log_rank_of_the_liver_trial(pbc):
    """As R's survival prints them: coxph 0.0572 (0.1792), survdiff chi-squared 0.1 (p 0.7)."""
    found = difference_at_horizon(*pbc, horizon=10, measure="hazard-ratio")
    assert (found.estimate, found.se) == pytest.approx((0.0572, 0.1792), abs=0.00005)
    assert found.logrank_chi2 == pytest.approx(0.1, abs=0.05)
    assert (found.events0, found.events1) == (60, 65)


def test_incidence_by_hand():
    # 1/6, then S(3) = 5/6 · 4/5 = 2/3 and 3 at risk: 2/3 · 1/3; then S(4) = 4/9 and 2 at risk: 4/9 · 1/2.
    steps = [Fraction(1, 6), Fraction(2, 3) / 3, Fraction(4, 9) / 2]
    for horizon, upto in ((0.5, 0), (1, 1), (3.9, 1), (4, 2), (5, 3), (99, 3)):
        assert cumulative_incidence(TIMES, EVENTS, horizon).mean == pytest.approx(float(sum(steps[:upto])))


def test_incidence_and_its_competitor_never_pass_one():
    time, event, _ = cohort()
    swapped = np.array([0, 2, 1])[event]
    for horizon in (1, 5, 10, 19):
        assert cumulative_incidence(time, event, horizon).mean + cumulative_incidence(time, swapped, horizon).mean <= 1


@pytest.mark.parametrize("horizon", [2, 5, 12])
def test_variance_of_incidence_is_the_libraries_where_it_has_one(horizon):
    time, event, _ = cohort()
    curve = CumIncidenceRight(time, event)
    at = np.searchsorted(curve.times, horizon, side="right") - 1
    found = cumulative_incidence(time, event, horizon)
    assert (found.mean, found.se) == pytest.approx((curve.cinc[0][at], curve.cinc_se[0][at]))


def test_variance_of_incidence_without_censoring_is_binomial_even_when_nobody_is_left():
    time, event = np.array([1.0, 2, 3, 4, 5, 5]), np.array([1, 2, 1, 2, 1, 1])
    found = cumulative_incidence(time, event, 9)
    assert (found.mean, found.se**2) == pytest.approx((4 / 6, (4 / 6) * (2 / 6) / 6))


def test_restricted_mean_and_greenwood_by_hand():
    # The competing event counts as censored: S = 1, 5/6 from 1, 5/6 · 2/3 from 4, half of that from 5.
    survival = [Fraction(1), Fraction(5, 6), Fraction(5, 9), Fraction(5, 18)]
    widths = [1, 3, 1, Fraction(1, 2)]
    after = [sum(s * w for s, w in zip(survival[at:], widths[at:], strict=True)) for at in (1, 2, 3)]
    greenwood = [Fraction(1, 6 * 5), Fraction(1, 3 * 2), Fraction(1, 2 * 1)]
    found = restricted_mean(TIMES, EVENTS, 5.5)
    assert found.mean == pytest.approx(float(sum(s * w for s, w in zip(survival, widths, strict=True))))
    variance = sum(a * a * g for a, g in zip(after, greenwood, strict=True))
    assert found.se**2 == pytest.approx(float(variance))


def test_restricted_mean_without_censoring_is_the_mean_of_what_the_horizon_cuts():
    time = np.array([1.0, 2, 4, 7, 9])
    found = restricted_mean(time, np.ones(5, int), 5)
    cut = np.minimum(time, 5)
    assert found.mean == pytest.approx(cut.mean())
    assert found.se**2 == pytest.approx(cut.var() / 5)


def test_nobody_has_an_event():
    none = np.zeros(6, int)
    assert cumulative_incidence(TIMES, none, 4).mean == 0
    assert restricted_mean(TIMES, none, 4).mean == 4
    found = difference_at_horizon(TIMES, none, np.array([0, 1] * 3), horizon=4)
    assert (found.estimate, found.se, found.p, found.logrank_chi2, found.events0) == (0, 0, 1, None, 0)


def test_weights_count_people():
    time, event, _ = cohort(people=60)
    counts = np.random.default_rng(1).integers(0, 4, size=60)
    for curve in (cumulative_incidence, restricted_mean):
        weighed = curve(time, event, 8, counts.astype(float))
        assert weighed.mean == pytest.approx(curve(np.repeat(time, counts), np.repeat(event, counts), 8).mean)


def test_hazard_ratio_finds_the_effect_and_counts_competitors_as_censored():
    time, event, arm = cohort(people=4000, effect=0.5)
    found = difference_at_horizon(time, event, arm, horizon=10, measure="hazard-ratio")
    assert found.ci[0] < 0.5 < found.ci[1]
    assert found.ratio == pytest.approx(np.exp(found.estimate))
    assert found.ratio_ci == pytest.approx(tuple(np.exp(found.ci)))
    assert found.estimate == log_hazard_ratio(time, np.where(event == 1, 1, 0), arm)[0]
    assert found.arm1_mean == cumulative_incidence(time[arm == 1], event[arm == 1], 10).mean


def test_a_ratio_without_a_horizon_has_no_means():
    found = difference_at_horizon(*cohort(), horizon=None, measure="hazard-ratio")
    assert found.estimate is not None
    assert (found.arm0_mean, found.arm1_se) == (None, None)


@pytest.mark.parametrize(("events", "refused"), [(9, "hazard_ratio"), (10, None)])
def test_hazard_ratio_is_refused_below_ten_events_in_a_group(events, refused):
    time = np.arange(1.0, 101)
    arm = np.tile([0, 1], 50)
    event = np.where(arm == 1, 1, 0)
    event[np.flatnonzero(arm == 0)[:events]] = 1
    found = difference_at_horizon(time, event, arm, horizon=50, measure="hazard-ratio")
    assert found.refused == refused
    assert (found.estimate is None) == (found.ratio is None) == (refused is not None)
    assert found.logrank_p is not None


def test_hazard_ratio_is_refused_where_it_is_infinite():
    time, event, arm = np.arange(1.0, 41), np.ones(40, int), np.repeat([1, 0], 20)
    assert difference_at_horizon(time, event, arm, horizon=9, measure="hazard-ratio").refused == "hazard_ratio"
    weighed = difference_at_horizon(time, event, arm, horizon=9, measure="hazard-ratio", weights=np.ones(40), draws=5)
    assert weighed.refused == "hazard_ratio"


def test_cox_copes_with_columns_that_repeat_each_other_and_with_skewed_ones(pbc):
    time, event, arm = pbc
    random = np.random.default_rng(2)
    skewed = np.exp(2 * random.normal(size=len(time)))
    plain, se = log_hazard_ratio(time, event, arm, np.column_stack([skewed]))
    again, se_again = log_hazard_ratio(time, event, arm, np.column_stack([skewed, 3 * skewed + 1, np.ones(len(time))]))
    assert (again, se_again) == pytest.approx((plain, se))


@pytest.mark.parametrize("digits", [6, 0])
def test_weighted_hazard_ratio_with_even_weights_is_the_libraries_with_ties_and_without(digits):
    time, event, arm = cohort(effect=0.3)
    time = np.round(time, digits)
    assert weighted_log_hazard_ratio(time, event, arm, np.full(400, 2.5)) == pytest.approx(
        log_hazard_ratio(time, event, arm)[0], abs=1e-8
    )


@pytest.mark.parametrize("measure", ["cumulative-incidence", "rmst", "hazard-ratio"])
def test_weighted_bootstrap_is_the_same_for_a_seed_and_another_for_another(measure):
    time, event, arm = cohort(people=200)
    weights = np.random.default_rng(3).uniform(0.5, 2, size=200)
    options = {"horizon": 8, "measure": measure, "weights": weights, "draws": 40}
    found = difference_at_horizon(time, event, arm, seed=1, **options)
    assert found == difference_at_horizon(time, event, arm, seed=1, **options)
    other = difference_at_horizon(time, event, arm, seed=2, **options)
    assert (found.estimate, found.se) != (other.estimate, other.se)
    assert found.estimate == other.estimate


def test_bootstrap_agrees_with_the_formula_where_there_is_one():
    time, event, arm = cohort(people=600)
    plain = difference_at_horizon(time, event, arm, horizon=8)
    drawn = difference_at_horizon(time, event, arm, horizon=8, weights=np.ones(600))
    assert drawn.estimate == pytest.approx(plain.estimate)
    assert drawn.se == pytest.approx(plain.se, rel=0.15)


def test_weights_are_made_anew_in_each_draw():
    time, event, arm = cohort(people=200)
    asked = []

    def reweigh(rows):
        asked.append(rows)
        return None if len(asked) == 1 else np.ones(len(rows))

    found = difference_at_horizon(time, event, arm, horizon=8, weights=np.ones(200), reweigh=reweigh, draws=10)
    assert len(asked) == 10
    assert all(np.sum(arm[rows]) == 100 for rows in asked)
    assert found.se is not None


def test_no_interval_where_most_draws_have_no_weights():
    time, event, arm = cohort(people=200)
    found = difference_at_horizon(
        time, event, arm, horizon=8, weights=np.ones(200), reweigh=lambda rows: None, draws=10
    )
    assert found.estimate is not None
    assert (found.se, found.ci, found.p) == (None, None, None)


def test_clusters_widen_the_interval_of_people_who_are_alike():
    time, event, arm = cohort(people=100)
    copies = [np.repeat(one, 4) for one in (time, event, arm)]
    alone = difference_at_horizon(time, event, arm, horizon=8)
    apart = difference_at_horizon(*copies, horizon=8)
    together = difference_at_horizon(*copies, horizon=8, cluster=np.repeat(np.arange(100), 4))
    assert apart.se == pytest.approx(alone.se / 2, rel=0.02)
    assert together.se == pytest.approx(alone.se, rel=0.2)
    reach = t.ppf(0.975, 99) * together.se
    assert together.ci == pytest.approx((together.estimate - reach, together.estimate + reach))


@pytest.mark.parametrize("measure", ["cumulative-incidence", "hazard-ratio"])
def test_one_cluster_has_no_interval(measure):
    time, event, arm = cohort(people=100)
    found = difference_at_horizon(time, event, arm, horizon=8, measure=measure, cluster=np.zeros(100), draws=5)
    assert found.estimate is not None
    assert (found.se, found.ci, found.p, found.arm0_se) == (None, None, None, None)


def test_cox_with_clusters_of_one_is_the_robust_error_widened():
    time, event, arm = cohort(people=200)
    robust = log_hazard_ratio(time, event, arm, cluster=np.arange(200))[1]
    found = difference_at_horizon(time, event, arm, horizon=8, measure="hazard-ratio", cluster=np.arange(200), draws=2)
    assert found.se == pytest.approx(robust * np.sqrt(200 / 199))


def test_score_residuals_are_the_libraries_and_nothing_for_who_leaves_before_any_event():
    time, event, arm = cohort(people=300, effect=0.4)
    time = np.round(time, 1) + 0.1
    time[:9], event[:9] = 0.05, 0
    columns = np.column_stack([arm, np.random.default_rng(4).normal(size=300)]).astype(float)
    model = PHReg(time, columns, status=(event == 1).astype(float), ties="efron")
    params = model.fit().params
    expected = model.score_residuals(params)
    unseen = time < time[event == 1].min()
    assert unseen.any() and np.isnan(expected[unseen]).all()
    found = score_residuals(time, event == 1, columns, params)
    assert np.allclose(found[~unseen], expected[~unseen])
    assert np.allclose(found[unseen], 0)


def test_says_that_a_group_was_not_followed_to_the_horizon():
    time, event, arm = cohort()
    assert not difference_at_horizon(time, event, arm, horizon=10).short_follow_up
    assert difference_at_horizon(time, event, arm, horizon=21).short_follow_up


def test_an_empty_group_is_an_error():
    with pytest.raises(ValueError, match="both groups"):
        difference_at_horizon(TIMES, EVENTS, np.zeros(6, int), horizon=4)
