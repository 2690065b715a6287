"""The published values of the contract, to half a unit of the last digit given."""

import pytest

from wayfellow.impact import analyse, read_people, read_plan
from wayfellow.impact.tests.cases import codes
from wayfellow.impact.tests.reference import reference


def analysed(plan, data):
    agreed = read_plan(reference(f"plans/{plan}.toml"))
    return analyse(agreed, read_people(reference(f"data/{data}"), agreed)).to_dict()


def near(value, digits):
    return pytest.approx(value, abs=0.5 * 10.0**-digits)


def test_lalonde_by_entropy():
    report = analysed("lalonde_entropy", "lalonde_matchit.csv")
    before = {row["column"]: row["smd_before"] for row in report["balance"]["rows"]}
    assert before["age"] == near(-0.3094, 4)
    assert before["race=black"] == near(1.7615, 4)
    assert before["married"] == near(-0.8263, 4)
    assert report["balance"]["max_after"] < 1e-6
    assert report["weights"]["ess_control"] == near(98.46, 2)
    assert report["weights"]["max_weight"] == near(9.42, 2)
    (told,) = report["outcomes"]
    assert (told["estimate"], told["se"]) == (near(1273, 0), near(770, 0))
    assert told["ci"] == [near(-236, 0), near(2783, 0)]
    assert report["design"]["rung"] == 2


def test_lalonde_by_inverse_probability():
    report = analysed("lalonde_ipw", "lalonde_matchit.csv")
    assert report["weights"]["ess_control"] == near(99.82, 2)


def test_nhefs_by_inverse_probability():
    report = analysed("nhefs_ipw", "nhefs.csv")
    (told,) = report["outcomes"]
    assert (told["estimate"], told["se"]) == (near(3.4405, 4), near(0.5255, 4))
    assert told["ci"] == [near(2.411, 3), near(4.470, 3)]
    assert report["weights"]["max_weight"] == near(16.7, 1)


def test_the_experiment():
    report = analysed("nsw_lottery", "nsw_dw.csv")
    (told,) = report["outcomes"]
    assert (told["estimate"], told["se"]) == (near(1794, 0), near(633, 0))
    assert (report["design"]["rung"], told["claim"]) == (5, "caused")


def test_lalondes_own_sample():
    (told,) = analysed("nsw_lalonde", "nsw_lalonde.csv")["outcomes"]
    assert told["estimate"] == near(886, 0)


def test_the_experiment_against_a_survey():
    report = analysed("nsw_comparison", "nsw_cps1.csv.gz")
    (told,) = report["outcomes"]
    assert told["unadjusted"]["estimate"] == near(-8498, 0)
    assert "unadjusted_as_effect" in codes(report["refused"])
    assert told["estimate"] == pytest.approx(1270.7, abs=5)
    assert told["ci"][0] < 1794 < told["ci"][1]
    assert report["design"]["rung"] == 2
    assert report["weights"]["ess_control"] == near(418, 0)
    assert report["weights"]["max_weight"] == near(88, 0)


def test_restricted_mean_time():
    (told,) = analysed("pbc_rmst", "pbc.csv")["outcomes"]
    assert (told["arm1"]["mean"], told["arm1"]["se"]) == (near(7.146, 3), near(0.283, 3))
    assert (told["arm0"]["mean"], told["arm0"]["se"]) == (near(7.283, 3), near(0.295, 3))
    assert told["estimate"] == near(-0.137, 3)
    assert told["ci"] == [near(-0.939, 3), near(0.665, 3)]
    assert told["p"] == near(0.738, 3)


@pytest.mark.parametrize(
    ("plan", "estimate", "se"), [("mpdta_simple", -0.0400, 0.0120), ("mpdta_notyet", -0.0398, 0.0121)]
)
def test_staggered_minimum_wages(plan, estimate, se):
    report = analysed(plan, "mpdta.csv")
    (told,) = report["outcomes"]
    assert told["estimate"] == near(estimate, 4)
    assert told["se"] == pytest.approx(se, rel=0.02)
    if plan == "mpdta_simple":
        cells = {(cell["group"], cell["period"]): cell["estimate"] for cell in told["rollout"]["att_gt"]}
        assert cells[2004, 2006] == near(-0.1373, 4)
        events = {event["event"]: event["estimate"] for event in told["rollout"]["event_study"]}
        assert events[0] == near(-0.0199, 4)
    # The group of 2004 has a single earlier year.
    assert (report["design"]["rung"], codes(report["design"]["reasons"])) == (1, ["too_few_pre_periods"])


def test_birth_weight_by_regression():
    (told,) = analysed("cattaneo_regression", "cattaneo2.csv")["outcomes"]
    assert told["estimate"] == near(-239.6392, 4)
    assert told["se"] == pytest.approx(23.824, rel=0.02)


@pytest.mark.parametrize(
    ("data", "low", "high"),
    [
        ("two_56_70_48_80.csv", 0.0524, 0.3339),
        ("two_6_7_2_7.csv", 0.0582, 0.8062),
        ("two_12_42_7_42.csv", -0.0610, 0.2907),
    ],
)
def test_two_proportions(data, low, high):
    (told,) = analysed("two_groups", data)["outcomes"]
    assert told["ci"] == [near(low, 4), near(high, 4)]
