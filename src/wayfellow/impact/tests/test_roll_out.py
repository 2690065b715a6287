"""Callaway and Sant'Anna: published values, known effects, and what is refused or not shown alone."""

import numpy as np
import pytest
from scipy.stats import norm, t

from wayfellow.impact.estimates.roll_out import roll_out
from wayfellow.impact.tests.reference import columns


@pytest.fixture(scope="module")
def counties():
    person, period, first, employment = columns("data/mpdta.csv", "id", "period", "first_period", "lemp")
    return np.array(person), np.array(period, int), np.array(first, int), np.array(employment, float)


def programme(starts, *, effect=0.0, drift=0.0, periods=6, seed=0):
    """One person per entry of `starts`, with a shock that people share and noise of their own."""
    random = np.random.default_rng(seed)
    people = len(starts)
    person = np.repeat(np.arange(people), periods)
    period = np.tile(np.arange(1, periods + 1), people)
    first = np.repeat(np.asarray(starts), periods)
    inside = (first > 0) & (period >= first)
    outcome = np.repeat(random.normal(size=people), periods) + 0.5 * period + random.normal(size=len(person)) * 0.3
    outcome += effect * inside + drift * period * (first > 0)
    return person, period, first, outcome


STARTS = [3] * 40 + [4] * 40 + [0] * 60


def cell(found, group, period):
    return next(one for one in found.att_gt if (one.group, one.period) == (group, period))


def test_counties_with_those_never_treated(counties):
    found = roll_out(*counties)
    assert found.estimate == pytest.approx(-0.0400, abs=0.00005)
    assert found.se == pytest.approx(0.0120, rel=0.02)
    assert cell(found, 2004, 2006).estimate == pytest.approx(-0.1373, abs=0.00005)
    event0 = next(one for one in found.event_study if one.event == 0)
    assert event0.estimate == pytest.approx(-0.0199, abs=0.00005)


def test_counties_with_those_not_yet_treated(counties):
    found = roll_out(*counties, control_group="not-yet")
    assert found.estimate == pytest.approx(-0.0398, abs=0.00005)
    assert found.se == pytest.approx(0.0121, rel=0.02)


def test_counties_means_over_events_and_groups(counties):
    """Published with the R package's vignette: dynamic -0.0772 (0.0200), group -0.0310."""
    found = roll_out(*counties, aggregate="event-study")
    assert found.estimate == pytest.approx(-0.0772, abs=0.00005)
    assert found.se == pytest.approx(0.0200, rel=0.02)
    assert found.event_overall == (found.estimate, found.se)
    assert found.group_overall == pytest.approx(-0.0310, abs=0.00005)
    assert [(one.group, one.n) for one in found.groups] == [(2004, 20), (2006, 40), (2007, 131)]
    assert found.pre_periods == {2004: 1, 2006: 3, 2007: 4}
    assert (found.n_treated, found.n_never) == (191, 309)


def test_one_group_by_hand():
    person, period, first, outcome = programme([3] * 30 + [0] * 30)
    found = roll_out(person, period, first, outcome)
    grid = outcome.reshape(60, 6)
    change = grid[:, 4] - grid[:, 1]  # period 5 against period 2, the last one before the start
    by_hand = change[:30].mean() - change[30:].mean()
    assert cell(found, 3, 5).estimate == pytest.approx(by_hand)
    spread = change[:30].var() / 30 + change[30:].var() / 30
    assert cell(found, 3, 5).se ** 2 == pytest.approx(spread, rel=0.05)


def test_known_effect_is_found():
    found = roll_out(*programme(STARTS, effect=1.0))
    assert found.ci[0] < 1.0 < found.ci[1]
    assert found.p < 1e-6
    assert found.pretrend_p > 0.05


def test_trends_that_part_before_the_start_are_seen():
    assert roll_out(*programme(STARTS, drift=0.5)).pretrend_p < 0.001


def test_one_lead_is_judged_by_its_own_p():
    found = roll_out(*programme([3] * 30 + [0] * 30, drift=0.1))
    [lead] = [one for one in found.event_study if one.event < 0]
    assert lead.event == -1
    assert found.pretrend_p == pytest.approx(2 * norm.sf(abs(lead.estimate) / lead.se))


def test_honest_bounds_are_wider_than_the_interval():
    found = roll_out(*programme(STARTS, effect=1.0), aggregate="event-study")
    low, high = found.honest_did.ci
    assert low < found.ci[0] and found.ci[1] < high
    assert found.honest_did.breakdown is None  # no departure of ten times the leads explains it
    weaker = roll_out(*programme(STARTS, effect=0.2), aggregate="event-study")
    assert 0 < weaker.honest_did.breakdown < 10


def test_without_leads_there_is_no_test_of_them():
    found = roll_out(*programme([2] * 30 + [0] * 30))
    assert (found.pretrend_p, found.honest_did) == (None, None)
    assert found.pre_periods == {2: 1}
    assert found.estimate is not None


def test_a_small_start_group_is_never_shown_alone():
    found = roll_out(*programme([3] * 19 + [5] * 40 + [0] * 40))
    small = [one for one in found.att_gt if one.group == 3]
    assert small and all(one.estimate is None and one.se is None for one in small)
    assert [(one.group, one.estimate is None, one.n) for one in found.groups] == [(3, True, None), (5, False, 40)]
    shown = {one.event: one.estimate is not None for one in found.event_study}
    assert shown[0] and shown[1]
    assert not shown[2] and not shown[3]  # only the small group is that far in
    assert found.estimate is not None


def test_who_starts_after_the_last_period_is_never_treated():
    found = roll_out(*programme([3] * 40 + [9] * 40))
    assert (found.n_treated, found.n_never) == (40, 40)


def test_who_starts_with_the_first_period_shows_no_before():
    found = roll_out(*programme([1] * 20 + [3] * 30 + [0] * 30))
    assert found.pre_periods == {1: 0, 3: 2}
    assert {one.group for one in found.att_gt} == {3}


@pytest.mark.parametrize(
    ("starts", "control_group"),
    [
        ([3] * 40 + [4] * 40, "never"),
        ([3] * 40, "not-yet"),
        ([0] * 40, "never"),
        ([1] * 40 + [0] * 40, "never"),
    ],
)
def test_refused_where_nobody_shows_what_would_have_been(starts, control_group):
    found = roll_out(*programme(starts), control_group=control_group)
    assert (found.estimate, found.refused) == (None, "no_comparison")


def test_refused_where_every_outcome_is_missing():
    person, period, first, outcome = programme(STARTS)
    assert roll_out(person, period, first, np.full(len(outcome), np.nan)).refused == "no_comparison"


def test_missing_outcomes_leave_the_people_who_have_both():
    person, period, first, outcome = programme([3] * 30 + [0] * 30)
    full = outcome.reshape(60, 6).copy()
    outcome = full.copy()
    outcome[0, 4] = np.nan
    found = roll_out(person, period, first, outcome.reshape(-1))
    change = full[:, 4] - full[:, 1]
    assert cell(found, 3, 5).estimate == pytest.approx(change[1:30].mean() - change[30:].mean())


def test_order_of_rows_does_not_matter():
    rows = programme(STARTS)
    mixed = np.random.default_rng(5).permutation(len(rows[0]))
    options = {"covariates": np.random.default_rng(6).normal(size=(len(rows[0]), 1)), "cluster": rows[0] // 4}
    moved = {name: values[mixed] for name, values in options.items()}
    assert roll_out(*(one[mixed] for one in rows), **moved) == roll_out(*rows, **options)


def test_clusters_take_the_t_of_their_number():
    rows = programme(STARTS, effect=1.0)
    cluster = rows[0] // 10
    found = roll_out(*rows, cluster=cluster)
    reach = t.ppf(0.975, len(set(cluster)) - 1) * found.se
    assert found.ci == pytest.approx((found.estimate - reach, found.estimate + reach))


def test_refused_with_one_cluster():
    rows = programme(STARTS, effect=1.0)
    assert roll_out(*rows, cluster=np.zeros(len(rows[0]))).refused == "did_not_converge"
