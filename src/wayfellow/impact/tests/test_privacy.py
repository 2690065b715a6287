"""No report tells of one person."""

import json

import numpy as np
import pytest

from wayfellow.impact.tests.cases import PANEL, outcome, panel, plan_text, report, two_groups

TEAM = 'covariates = ["x"]\nbreakdown = ["team"]\n'


def teams(*sizes):
    """People by team: (others, mentored) of each."""
    arm, team = [], []
    for at, (n0, n1) in enumerate(sizes):
        arm += [0] * n0 + [1] * n1
        team += [f"team{at}"] * (n0 + n1)
    people = two_groups(len(arm))
    people["arm"], people["team"] = np.array(arm), team
    return people


def cells(found):
    return {cell["value"]: (cell["n0"], cell["n1"], cell["suppressed"]) for cell in found["breakdown"][0]["cells"]}


def test_a_small_cell_takes_the_smallest_other_one_along(tmp_path):
    found = report(tmp_path, plan_text(columns=TEAM), teams((20, 20), (4, 9), (7, 8), (30, 30)))
    assert cells(found) == {
        "team0": (20, 20, False),
        "team1": (None, None, True),
        "team2": (None, None, True),
        "team3": (30, 30, False),
    }
    assert found["suppression"] == {"k": 5, "cells": 2}


def test_two_small_cells_hide_each_other(tmp_path):
    found = report(tmp_path, plan_text(columns=TEAM), teams((20, 20), (4, 9), (8, 1), (7, 8)))
    assert [value for value, cell in cells(found).items() if cell[2]] == ["team1", "team2"]


def test_an_empty_group_is_not_small(tmp_path):
    found = report(tmp_path, plan_text(columns=TEAM), teams((20, 20), (0, 9), (5, 5)))
    assert found["suppression"]["cells"] == 0
    assert cells(found)["team1"] == (0, 9, False)


def test_k_can_be_larger(tmp_path):
    found = report(tmp_path, plan_text(columns=TEAM) + "[privacy]\nk = 8\n", teams((20, 20), (7, 7), (30, 30)))
    assert found["suppression"] == {"k": 8, "cells": 2}


def test_a_small_site_is_not_told_by_leaving_it_out(tmp_path):
    people = teams((30, 30), (4, 4), (30, 30))
    text = plan_text(columns='covariates = ["x"]\nsite = "team"\n')
    told = report(tmp_path, text, people)["outcomes"][0]["sensitivity"]["leave_one_site_out"]
    assert [(one["left_out"], one["estimate"] is None) for one in told] == [
        ("team0", False),
        ("team1", True),
        ("team2", False),
    ]


@pytest.mark.parametrize("design", ["lottery", "comparison", "before-after", "roll-out"])
def test_every_outcome_is_told_without_each_site(tmp_path, design):
    people = panel() if design == "roll-out" else two_groups(90)
    people["z"] = [2 * value for value in people["y"]]
    people["team"] = [f"team{int(one[1:]) % 2}" for one in people["id"]]
    more = 'baseline = "x"' if design == "before-after" else ""
    outcomes = outcome(more=more) + outcome("mood", column="z", role="secondary", more=more)
    columns = 'site = "team"\n' + (PANEL if design == "roll-out" else "")
    found = report(tmp_path, plan_text(design, columns=columns, outcomes=outcomes), people)["outcomes"]
    for one in found:
        alone = {told["left_out"]: told["estimate"] for told in one["sensitivity"]["leave_one_site_out"]}
        assert list(alone) == ["team0", "team1"]
        assert len({one["estimate"], *alone.values()} - {None}) == 3


def test_few_answers_to_a_site_stay_hidden(tmp_path):
    people = two_groups(120)
    people["team"] = [f"team{at % 2}" for at in range(120)]
    people["z"] = np.where((np.arange(120) % 2 == 1) & (np.arange(120) > 8), np.nan, people["y"])
    outcomes = outcome() + outcome("mood", column="z", role="secondary")
    found = report(tmp_path, plan_text(columns='site = "team"\n', outcomes=outcomes), people)["outcomes"]
    for one, hidden in zip(found, (False, True), strict=True):
        assert (one["sensitivity"]["leave_one_site_out"][1]["estimate"] is None) == hidden


def test_few_answers_to_a_secondary_outcome(tmp_path):
    people = two_groups(60)
    people["z"] = np.where((people["arm"] == 0) & (np.cumsum(people["arm"] == 0) > 4), np.nan, people["y"])
    found = report(tmp_path, plan_text(outcomes=outcome() + outcome("mood", column="z", role="secondary")), people)
    told = found["outcomes"][1]
    assert [told[key] for key in ("n0", "n1", "estimate", "ci", "unadjusted", "mde")] == [None] * 6
    assert (told["claim"], found["missingness"][1]["response_arm0"]) == ("none", None)


@pytest.mark.parametrize("design", ["lottery", "comparison", "before-after", "roll-out"])
def test_no_value_of_a_person_is_in_a_report(tmp_path, design):
    """Not an id, not a value, not the smallest nor the largest one."""
    if design == "roll-out":
        people, text = panel(), plan_text(design, columns=PANEL)
    else:
        people = two_groups(90, effect=1)
        people["y"] = np.where(np.arange(90) % 3 == 0, np.nan, people["y"])
        more = 'baseline = "x"' if design == "before-after" else ""
        text = plan_text(design, columns='covariates = ["x"]\n', outcomes=outcome(more=more))
    people["id"] = [f"person-{one}" for one in people["id"]]
    told = json.dumps(report(tmp_path, text, people))
    assert "person-" not in told
    values = {repr(float(value)) for column in people if column in "xy" for value in people[column] if value == value}
    assert not {value for value in values if value in told}
