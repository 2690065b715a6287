"""Made-up companies: the same for the same settings, with the effect that was asked for."""

import csv
import json

import numpy as np
import pytest
from click.testing import CliRunner

from wayfellow.cli.impact_simulate import DESIGNS as OFFERED
from wayfellow.cli.impact_simulate import simulate as command
from wayfellow.impact.simulate import DESIGNS, SettingsRefused, people_csv, simulate


def means(company, column):
    """Mean of a column in each arm."""
    arm = np.array(company.columns["arm"])
    values = np.array([np.nan if value is None else value for value in company.columns[column]], dtype=float)
    return [float(np.nanmean(values[arm == which])) for which in (0, 1)]


def test_the_command_offers_every_design():
    assert OFFERED == DESIGNS


@pytest.mark.parametrize("design", DESIGNS)
def test_the_same_seed_gives_the_same_company(design):
    made, again, other = (people_csv(simulate(design, people=60, seed=seed)) for seed in (4, 4, 5))
    assert made == again != other


def test_an_effect_moves_those_who_take_part_and_nobody_else():
    without, with_it = (simulate("lottery", people=400, effect=effect, leaving=0, missing=0) for effect in (0, 0.5))
    part = np.array(without.columns["took_part"])
    moved = np.subtract(with_it.columns["confidence_12m"], without.columns["confidence_12m"])
    assert np.allclose(moved[part == 1], 5, atol=0.11)
    assert np.allclose(moved[part == 0], 0)
    arm = np.array(without.columns["arm"])
    assert with_it.truth["confidence"] == pytest.approx(5 * part[arm == 1].mean())
    assert set(without.truth.values()) == {0.0}


def test_who_wants_a_mentor_would_have_been_higher_anyway():
    chosen = simulate("comparison", people=2_000)
    drawn = simulate("lottery", people=2_000)
    apart = [np.diff(means(company, "confidence_before"))[0] for company in (chosen, drawn)]
    assert apart[0] > 2 > 1 > abs(apart[1])


def test_people_leave_and_do_not_answer_as_often_as_wished():
    company = simulate("lottery", people=20_000, leaving=0.2, missing=0.3)
    assert np.mean(company.columns["left"]) == pytest.approx(0.2, abs=0.02)
    seen = [value is not None for value in company.columns["confidence_12m"]]
    assert np.mean(seen) == pytest.approx(0.8 * 0.7, abs=0.02)


def test_mentors_are_shared():
    company = simulate("lottery", people=200, mentees_each=5)
    names = [name for name in company.columns["mentor"] if name.startswith("mentor")]
    assert len(set(names)) == -(-len(names) // 5)


def test_waves_start_after_three_periods_and_some_people_never():
    company = simulate("roll-out", people=100)
    assert set(company.columns["first_period"]) == {0, 4, 5, 6}
    assert len(company.columns["id"]) == 100 * 8


def test_everything_that_is_wrong_is_said_at_once():
    with pytest.raises(SettingsRefused) as caught:
        simulate("draw", people=3, effect=float("nan"), missing=1.5)
    assert [line.split(":")[0] for line in caught.value.problems] == ["design", "--people", "--effect", "--missing"]


def test_writes_a_plan_the_people_and_the_truth(tmp_path):
    done = CliRunner().invoke(command, ["comparison", "--out", str(tmp_path / "a" / "b"), "--people", "40"])
    assert done.exit_code == 0, done.output
    with (tmp_path / "a" / "b" / "people.csv").open() as file:
        assert len(list(csv.DictReader(file))) == 40
    assert json.loads((tmp_path / "a" / "b" / "truth.json").read_text())["truth"]["confidence"] == 0


def test_writes_over_nothing_unless_told(tmp_path):
    (tmp_path / "people.csv").write_text("mine")
    done = CliRunner().invoke(command, ["lottery", "--out", str(tmp_path)])
    assert (done.exit_code, (tmp_path / "people.csv").read_text()) == (2, "mine")
    assert "people.csv is there already; --force" in done.output
    assert not (tmp_path / "PLAN.toml").exists()
    assert CliRunner().invoke(command, ["lottery", "--out", str(tmp_path), "--force"]).exit_code == 0
    assert (tmp_path / "people.csv").read_text() != "mine"


@pytest.mark.parametrize("option", [["--people", "1"], ["--effect", "nan"], ["--people", "x"], ["--out", "/proc/no"]])
def test_wrong_input_ends_with_2_and_no_traceback(tmp_path, option):
    done = CliRunner().invoke(command, ["lottery", "--out", str(tmp_path / "new"), *option])
    assert done.exit_code == 2
    assert "Traceback" not in done.output
    assert not (tmp_path / "new").exists()
