"""The same input gives the same bytes; the order of rows and the units change nothing but what they must."""

import json

import numpy as np
import pytest

from wayfellow.impact import analyse, read_people, read_plan
from wayfellow.impact.tests.cases import PANEL, outcome, panel, plan_text, report, two_groups, write

COVARIATES = 'covariates = ["x", {column = "team", kind = "category"}]\nsite = "site"\ncluster = "mentor"\n'
TIMED = '[[outcome]]\nname = "left"\nkind = "time-to-event"\nrole = "secondary"\ntime = "t"\nevent = "e"\nhorizon = 9\n'


def company(count=160, *, effect=1.0):
    people = two_groups(count, effect=effect, pull=0.3)
    place = np.arange(count)
    people["team"] = [("red", "blue", "", "green")[at % 4] for at in place]
    people["site"] = [("north", "south")[at % 2] for at in place]
    people["mentor"] = [f"M{at % 23}" for at in place]
    people["t"] = place * 7 % 12 + 1
    people["e"] = place * 5 % 3
    people["x"] = np.where(place % 11 == 0, np.nan, people["x"])
    people["y"] = np.where(place % 13 == 0, np.nan, people["y"])
    return people


PLANS = [
    plan_text(columns=COVARIATES + 'strata = "site"\n', outcomes=outcome() + TIMED),
    plan_text("comparison", columns=COVARIATES, outcomes=outcome() + TIMED),
    plan_text("comparison", columns='covariates = ["x"]\n', outcomes=outcome() + TIMED, analysis='method = "aipw"'),
    plan_text("comparison", columns='covariates = ["x"]\n', analysis='method = "ipw"\nestimand = "ATE"'),
]


@pytest.mark.parametrize("text", PLANS)
def test_row_order_and_repetition(tmp_path, text):
    people = company()
    first = report(tmp_path, text, people)
    again = report(tmp_path, text, people)
    assert json.dumps(first) == json.dumps(again)
    moved = report(tmp_path, text, people, order=np.random.default_rng(3).permutation(160))
    assert moved.pop("data_sha256") != first.pop("data_sha256")
    assert json.dumps(moved) == json.dumps(first)


def test_row_order_of_a_panel(tmp_path):
    people = panel()
    first = report(tmp_path, plan_text("roll-out", columns=PANEL), people)
    order = np.random.default_rng(3).permutation(len(people["id"]))
    moved = report(tmp_path, plan_text("roll-out", columns=PANEL), people, order=order)
    assert moved.pop("data_sha256") != first.pop("data_sha256")
    assert json.dumps(moved) == json.dumps(first)


def test_the_seed_feeds_the_draws(tmp_path):
    people = company(effect=0.2)
    first = report(tmp_path, PLANS[0], people)
    other = report(tmp_path, PLANS[0].replace("seed = 7", "seed = 8"), people)
    assert first["outcomes"][0]["estimate"] == other["outcomes"][0]["estimate"]
    assert first["outcomes"][0]["p_wild"] != other["outcomes"][0]["p_wild"]


@pytest.mark.parametrize("text", PLANS[:1] + PLANS[3:])
def test_units(tmp_path, text):
    """Pay in pence and tenure in days: the estimate scales, the rest stays."""
    text = text.replace("estimand", 'missing = "complete"\nestimand')
    people = company()
    first = report(tmp_path, text, people)
    people["y"], people["x"] = people["y"] * 1000, people["x"] * 365.25 - 40
    other = report(tmp_path, text, people)
    a, b = first["outcomes"][0], other["outcomes"][0]
    assert b["estimate"] == pytest.approx(1000 * a["estimate"], rel=1e-6)
    assert b["ci"] == pytest.approx([1000 * end for end in a["ci"]], rel=1e-6)
    assert b["p"] == pytest.approx(a["p"], rel=1e-5)
    assert b["mde"] == pytest.approx(1000 * a["mde"], rel=1e-6)
    assert other["balance"]["max_after"] == pytest.approx(first["balance"]["max_after"], abs=1e-6)
    assert other["design"] == first["design"]


def test_the_python_entry_points(tmp_path):
    from wayfellow.impact import power, score

    assert callable(power) and callable(score) and callable(analyse)
    plan_file, people_file = write(tmp_path, PLANS[0], company())
    plan = read_plan(plan_file)
    found = analyse(plan, read_people(people_file, plan))
    assert json.loads(found.to_json()) == found.to_dict()
    for word in (str(tmp_path), "PLAN.toml", "people.csv"):
        assert word not in found.to_json()
