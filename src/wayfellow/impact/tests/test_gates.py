"""One test per gate: each fails when its gate is removed."""

import numpy as np
import pytest

from wayfellow.impact.tests.cases import PANEL, codes, outcome, panel, plan_text, report, two_groups

COVARIATE = 'covariates = ["x"]\n'


def standing(found):
    return found["design"]["rung"], codes(found["design"]["reasons"])


def numbers_in(value):
    """Every number of a report, but those that a plan has."""
    if isinstance(value, dict):
        for key, one in value.items():
            if key not in ("level", "horizon", "k", "seed", "rung", "rung_declared"):
                yield from numbers_in(one)
    elif isinstance(value, list):
        for one in value:
            yield from numbers_in(one)
    elif isinstance(value, int | float) and not isinstance(value, bool):
        yield value


@pytest.mark.parametrize(("design", "sensitive", "small"), [("lottery", False, 4), ("comparison", True, 9)])
def test_too_few_people(tmp_path, design, sensitive, small):
    more = "sensitive = true" if sensitive else ""
    text = plan_text(design, columns='breakdown = ["arm"]\n' + COVARIATE, outcomes=outcome(more=more))
    people = two_groups(60)
    people["arm"] = np.r_[np.ones(small, dtype=int), np.zeros(60 - small, dtype=int)]
    found = report(tmp_path, text, people)
    assert standing(found) == (0, ["too_few_people"])
    assert list(numbers_in(found)) == []
    assert not any(str(count) in sentence for sentence in found["sentences"] for count in (60, 60 - small, small))
    people["arm"] = np.r_[np.ones(small + 1, dtype=int), np.zeros(59 - small, dtype=int)]
    assert "too_few_people" not in standing(report(tmp_path, text, people))[1]


def test_too_few_people_with_times(tmp_path):
    timed = '[[outcome]]\nname = "left"\nkind = "time-to-event"\nrole = "primary"\n'
    timed += 'time = "y"\nevent = "arm"\nhorizon = 1\n'
    people = two_groups(40)
    people["y"] = np.abs(people["y"])
    people["arm"] = np.r_[np.ones(4, dtype=int), np.zeros(36, dtype=int)]
    found = report(tmp_path, plan_text(outcomes=timed), people)
    assert standing(found) == (0, ["too_few_people"])
    assert list(numbers_in(found)) == []


def test_too_few_people_counts_answers(tmp_path):
    people = two_groups(60)
    people["y"] = np.where((people["arm"] == 1) & (np.cumsum(people["arm"]) > 4), np.nan, people["y"])
    found = report(tmp_path, plan_text(), people)
    assert standing(found) == (0, ["too_few_people"])
    assert list(numbers_in(found)) == []


def test_too_few_people_in_a_roll_out(tmp_path):
    text = plan_text("roll-out", columns=PANEL)
    assert standing(report(tmp_path, text, panel(never=4, start=4))) == (0, ["too_few_people"])
    waiting = plan_text("roll-out", columns=PANEL, analysis='control_group = "not-yet"')
    assert standing(report(tmp_path, waiting, panel(never=4, start=4)))[0] != 0


def test_too_few_people_before_and_after(tmp_path):
    text = plan_text("before-after", outcomes=outcome(more='baseline = "x"'))
    assert standing(report(tmp_path, text, two_groups(4))) == (0, ["too_few_people"])
    assert standing(report(tmp_path, text, two_groups(5))) == (1, [])


@pytest.mark.parametrize(("covariates", "rung"), [(COVARIATE, 2), ("", 1)])
def test_attrition_high(tmp_path, covariates, rung):
    people = two_groups(200, effect=3)
    silent = np.arange(200) % 20 < 7  # 65 % of everybody answered
    people["y"] = np.where(silent, np.nan, people["y"])
    found = report(tmp_path, plan_text(columns=covariates), people)
    assert standing(found) == (rung, ["attrition_high"])
    assert found["outcomes"][0]["claim"] == ("associated" if rung == 2 else "none")
    assert "response_low" in codes(found["warnings"])
    assert "complete_case_only" in codes(found["refused"])


def test_attrition_differs(tmp_path):
    people = two_groups(200)
    position = np.zeros(200, dtype=int)
    for side in (0, 1):
        position[people["arm"] == side] = np.arange(100)
    y = people["y"]
    people["y"] = np.where((people["arm"] == 1) & (position < 10), np.nan, y)  # exactly ten points
    assert standing(report(tmp_path, plan_text(), people)) == (5, [])
    people["y"] = np.where((people["arm"] == 1) & (position < 11), np.nan, y)
    assert standing(report(tmp_path, plan_text(), people)) == (1, ["attrition_high"])


def test_attrition_among_unlike_people(tmp_path):
    people = two_groups(400)
    silent = (people["arm"] == 1) & (people["x"] < 0.5)
    people["y"] = np.where(silent, np.nan, people["y"])
    text = plan_text(columns=COVARIATE, analysis='missing = "complete"')
    people["x"][~silent & (people["arm"] == 1)] += 1
    assert standing(report(tmp_path, text, people)) == (1, ["attrition_high"])


def test_too_few_pre_periods(tmp_path):
    text = plan_text("roll-out", columns=PANEL)
    assert standing(report(tmp_path, text, panel(start=2))) == (1, ["too_few_pre_periods"])
    assert standing(report(tmp_path, text, panel(start=3))) == (3, [])


def test_too_few_treated(tmp_path):
    text = plan_text("roll-out", columns=PANEL)
    found = report(tmp_path, text, panel(treated=19, start=3))
    assert standing(found) == (1, ["too_few_treated"])
    assert found["outcomes"][0]["estimate"] is not None
    assert [
        cell["estimate"] for cell in found["outcomes"][0]["rollout"]["att_gt"] if cell["estimate"] is not None
    ] == []


def test_pretrend(tmp_path):
    text = plan_text("roll-out", columns=PANEL)
    found = report(tmp_path, text, panel(start=4, drift=0.5))
    assert standing(found) == (1, ["pretrend"])
    assert found["outcomes"][0]["rollout"]["pretrend_p"] < 0.05


def test_no_covariates(tmp_path):
    found = report(tmp_path, plan_text("comparison"), two_groups(effect=3))
    assert standing(found) == (1, ["no_covariates"])
    assert found["outcomes"][0]["estimate"] is not None
    assert found["outcomes"][0]["claim"] == "none"


def test_imbalance(tmp_path):
    text = plan_text("comparison", columns=COVARIATE, analysis='method = "unadjusted"')
    people = two_groups(400, pull=0.4, effect=3)
    assert standing(report(tmp_path, text, people)) == (1, ["imbalance"])
    found = report(tmp_path, plan_text("comparison", columns=COVARIATE), people)
    assert standing(found) == (2, [])
    assert found["outcomes"][0]["claim"] == "associated"


def test_no_overlap(tmp_path):
    people = two_groups(200)
    people["x"] = np.where(people["arm"] == 1, 2 + np.abs(people["x"]), -np.abs(people["x"]))
    for method in ("entropy", "ipw", "aipw"):
        text = plan_text("comparison", columns=COVARIATE, analysis=f'method = "{method}"')
        rung, reasons = standing(report(tmp_path, text, people))
        assert (rung, "no_overlap" in reasons) == (1, True), method


def test_low_ess(tmp_path):
    people = two_groups(160)
    people["arm"] = np.r_[np.zeros(29, dtype=int), np.ones(131, dtype=int)]
    people["x"] = np.arange(160) % 2
    text = plan_text("comparison", columns=COVARIATE)
    assert "low_ess" in standing(report(tmp_path, text, people))[1]
    people["arm"] = np.r_[np.zeros(40, dtype=int), np.ones(120, dtype=int)]
    assert standing(report(tmp_path, text, people)) == (2, [])


def test_heavy_weight(tmp_path):
    # One of 300 others is like the tenth of the mentored who are rare: that one carries a tenth of the weight.
    people = two_groups(400)
    people["arm"] = np.r_[np.zeros(300, dtype=int), np.ones(100, dtype=int)]
    people["x"] = np.r_[1, np.zeros(299), np.ones(10), np.zeros(90)]
    text = plan_text("comparison", columns=COVARIATE)
    found = report(tmp_path, text, people)
    assert standing(found) == (1, ["heavy_weight"])
    assert found["weights"]["max_share"] == pytest.approx(0.1)
    assert found["weights"]["ess_control"] > 30


def test_placebo_failed(tmp_path):
    outcomes = outcome() + outcome("before", column="z", role="placebo")
    people = two_groups(200, effect=3)
    people["z"] = people["y"] - people["x"]
    text = plan_text("comparison", columns=COVARIATE, outcomes=outcomes)
    found = report(tmp_path, text, people)
    assert standing(found) == (1, ["placebo_failed"])
    assert [told["claim"] for told in found["outcomes"]] == ["none", "none"]
    found = report(tmp_path, plan_text(outcomes=outcomes), people)  # a lottery keeps its rung
    assert standing(found) == (5, ["placebo_failed"])
    assert [told["claim"] for told in found["outcomes"]] == ["caused", "none"]


def test_hazard_ratio_needs_events(tmp_path):
    timed = '[[outcome]]\nname = "left"\nkind = "time-to-event"\nrole = "primary"\ntime = "t"\nevent = "e"\n'
    text = plan_text(outcomes=timed + 'horizon = 12\nmeasure = "hazard-ratio"\nunit = "months"\n')
    people = two_groups(200)
    people["t"] = np.arange(200) % 12 + 1
    people["e"] = (np.arange(200) % 2 * (np.arange(200) < 150)).astype(int)
    found = report(tmp_path, text, people)
    assert found["outcomes"][0]["ratio"]["estimate"] > 0
    few = np.cumsum((people["arm"] == 1) & (people["e"] == 1)) > 9
    people["e"] = np.where((people["arm"] == 1) & few, 0, people["e"])
    found = report(tmp_path, text, people)
    assert found["outcomes"][0]["estimate"] is None
    assert found["outcomes"][0]["claim"] == "none"
    assert "hazard_ratio" in codes(found["refused"])


def test_low_response_in_a_roll_out_has_bounds(tmp_path):
    """By hand: the missing filled in for and against the programme, then the difference of the two changes."""
    rows = panel(start=3, periods=4)
    y = np.array(rows["y"])
    gone = np.random.default_rng(3).random(len(y)) < 0.4
    rows["y"] = np.where(gone, np.nan, y).tolist()
    found = report(tmp_path, plan_text("roll-out", columns=PANEL), rows)["outcomes"][0]
    low, high = np.quantile(y[~gone], [0.05, 0.95])
    mentored, later = np.array(rows["first_period"]) > 0, np.array(rows["period"]) >= 3
    told = []
    for worst in (True, False):
        filled = np.where(gone, np.where((mentored == later) == worst, low, high), y).reshape(-1, 4)
        changes = filled[:, 2:].mean(axis=1) - filled[:, 1]
        told.append(changes[:30].mean() - changes[30:].mean())
    assert found["sensitivity"]["bounds"] == pytest.approx(told)
    assert told[0] < found["estimate"] < told[1]
    assert found["sensitivity"]["honest_did"] is not None


@pytest.mark.parametrize("same", [1.0, 0.1, 123456.7])
@pytest.mark.parametrize(
    ("design", "analysis"),
    [("lottery", ""), ("comparison", ""), ("comparison", 'method = "aipw"'), ("before-after", "")],
)
def test_an_outcome_that_is_the_same_for_everybody_claims_nothing(tmp_path, design, analysis, same):
    people = two_groups(200, seed=3) | {"y": [same] * 200, "w": [same * 3 - same * 2] * 200}
    more = 'baseline = "w"' if design == "before-after" else ""
    columns = "" if design == "before-after" else 'covariates = ["x"]\n'
    text = plan_text(design, columns=columns, outcomes=outcome(more=more), analysis=analysis)
    found = report(tmp_path, text, people)["outcomes"][0]
    assert (found["estimate"], found["ci"], found["claim"]) == (0, [0, 0], "no-clear-difference")
