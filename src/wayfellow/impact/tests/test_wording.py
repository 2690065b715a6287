"""No report says more than its rung carries."""

import numpy as np
import pytest

from wayfellow.impact.document.answer import answer, can_say, cannot_say
from wayfellow.impact.tests.cases import PANEL, codes, outcome, panel, plan_text, report, two_groups
from wayfellow.impact.wording.names import OVERCLAIMS, overclaims

BANNED = "led to, resulted in, thanks to, because of the programme, proves, proved, boosts, boosted, improves, improved"
COVARIATE = 'covariates = ["x"]\n'


def told(found):
    return " ".join(found["sentences"])


def said(found):
    notes = found["design"]["reasons"] + found["refused"] + found["warnings"]
    return " ".join([*found["sentences"], found["design"]["may_say"], *(note["text"] for note in notes)])


def test_the_list_is_that_of_the_contract():
    assert {*BANNED.split(", "), "caused"} == set(OVERCLAIMS)


@pytest.mark.parametrize(
    ("text", "rung", "claim"),
    [
        (plan_text(), 5, "caused"),
        (plan_text("comparison", columns=COVARIATE), 2, "associated"),
        (plan_text("comparison"), 1, "none"),
        (plan_text("before-after", outcomes=outcome(more='baseline = "x"')), 1, "changed"),
        (plan_text("roll-out", columns=PANEL), 3, "consistent-if-parallel"),
    ],
)
def test_each_rung(tmp_path, text, rung, claim):
    people = two_groups(200, effect=3)
    if "roll-out" in text:
        people = panel()
        people["y"] = [
            y + 3 * (first > 0 and period >= first)
            for y, first, period in zip(people["y"], people["first_period"], people["period"], strict=True)
        ]
    found = report(tmp_path, text, people)
    assert (found["design"]["rung"], found["outcomes"][0]["claim"]) == (rung, claim)
    assert ("caused" in told(found)) == (rung == 5)
    if rung < 5:
        assert overclaims(said(found)) == []
    assert ("effect_claim" in codes(found["refused"])) == (rung <= 1)
    assert ("unmeasured_confounding" in codes(found["warnings"])) == (rung == 2)
    assert ("not measured" in told(found) and "not ruled out" in told(found)) == (rung == 2)
    assert ("no comparison group" in told(found)) == ("before-after" in text)
    assert ("unadjusted_as_effect" in codes(found["refused"])) == ("comparison" in text)
    assert "not registered" in told(found)
    interval, p = told(found).find("interval"), told(found).find("p <")
    assert 0 < interval < p
    assert "*" not in told(found)


def test_a_name_that_claims_is_not_repeated(tmp_path):
    text = plan_text("comparison", columns=COVARIATE, outcomes=outcome("how mentoring  Improved pay"))
    people = two_groups(200, effect=3)
    people["y"] = np.where(np.arange(200) % 2 == 1, np.nan, people["y"])
    found = report(tmp_path, text, people)
    assert overclaims(said(found)) == []
    assert "outcome 1" in told(found)
    assert found["outcomes"][0]["name"] == "how mentoring  Improved pay"


def test_no_sentence_repeats_the_name_of_a_column_or_outcome_that_claims(tmp_path):
    outcomes = outcome("mentoring improves pay")
    text = plan_text(
        "comparison", columns='covariates = ["caused joy"]\n', outcomes=outcomes, analysis='method = "unadjusted"'
    )
    people = two_groups(200, effect=3)
    people["caused joy"] = people["x"] + 2 * people["arm"]
    found = report(tmp_path, text, people)
    assert codes(found["design"]["reasons"]) == ["imbalance"]
    assert overclaims(said(found)) == []
    assert overclaims(" ".join([answer(found, found["outcomes"][0]), *can_say(found, 0), *cannot_say(found)])) == []


def test_where_nothing_is_shown_no_number_of_people_is_promised(tmp_path):
    found = report(tmp_path, plan_text(), two_groups(8))
    assert can_say(found, 0) == ["Nothing about these people: not even how many there were."]


def test_no_clear_difference(tmp_path):
    found = report(tmp_path, plan_text(), two_groups(60, seed=4))
    assert found["outcomes"][0]["claim"] == "no-clear-difference"
    assert "No clear difference in score" in told(found)


def test_secondary_outcomes_answer_for_each_other(tmp_path):
    outcomes = outcome() + "".join(outcome(f"o{at}", column=f"z{at}", role="secondary") for at in range(20))
    people = two_groups(100, effect=2)
    draws = np.random.default_rng(2)
    people |= {f"z{at}": draws.normal(size=100) for at in range(20)}
    for side in (0, 1):  # z0 alone differs, by a little over two standard errors
        members = people["arm"] == side
        people["z0"][members] += 0.5 * side - people["z0"][members].mean()
    found = report(tmp_path, plan_text(outcomes=outcomes), people)
    first, *others = found["outcomes"]
    assert first["p_adjusted"] is None and first["claim"] == "caused"
    ranked = sorted(others, key=lambda one: one["p"])
    expected, least = [], 1.0
    for rank in range(20, 0, -1):
        least = min(least, ranked[rank - 1]["p"] * 20 / rank)
        expected.insert(0, least)
    assert [one["p_adjusted"] for one in ranked] == pytest.approx(expected)
    clear = [one for one in others if one["ci"][0] > 0 or one["ci"][1] < 0]
    assert "o0" in [one["name"] for one in clear]
    claims = {one["name"]: "caused" if one["p_adjusted"] < 0.05 else "no-clear-difference" for one in clear}
    assert {one["name"]: one["claim"] for one in clear} == claims
    assert "no-clear-difference" in claims.values()


def test_what_is_not_used_is_said(tmp_path):
    text = plan_text("comparison", columns=COVARIATE + 'took_part = "z"', outcomes=outcome(more='baseline = "z"'))
    people = two_groups(100)
    people["z"] = people["x"]
    found = report(tmp_path, text, people)
    unused = [note["text"].split()[0].lower() for note in found["warnings"] if note["code"] == "not_used"]
    assert unused == ["columns.took_part", "outcome"]
