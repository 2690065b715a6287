"""What a programme can detect: published values, and what cannot be said."""

import dataclasses

import pytest

from wayfellow.impact.errors import BadInput
from wayfellow.impact.plan import read_plan
from wayfellow.impact.power import achieved, minimum_detectable, needed_per_arm, power
from wayfellow.impact.tests.reference import reference


def plan_of(tmp_path, *, design="lottery", outcome='kind = "continuous"\ncolumn = "y"', expect="per_arm = [50, 50]"):
    columns = {"roll-out": 'period = "p"\nfirst_period = "f"', "before-after": ""}.get(design, 'arm = "arm"')
    file = tmp_path / "PLAN.toml"
    file.write_text(
        f'schema = "wayfellow-impact-plan/1"\ntitle = "Cohort"\ndesign = "{design}"\n'
        f'[columns]\nid = "id"\n{columns}\n'
        f'[[outcome]]\nname = "confidence"\nrole = "primary"\n{outcome}\n[expect]\n{expect}\n'
    )
    return read_plan(file)


@pytest.mark.parametrize(("people", "effect"), [(15, 1.06), (30, 0.74), (50, 0.57), (200, 0.28)])
def test_smallest_effect_that_is_found(people, effect):
    found = power(read_plan(reference(f"plans/power_d_{people}.toml"))).to_dict()
    assert found["schema"] == "wayfellow-impact-power/1"
    assert found["warnings"] == []
    [outcome] = found["outcomes"]
    assert outcome["mde"] == pytest.approx(effect, abs=0.005)
    assert (outcome["effective_n0"], outcome["effective_n1"]) == (people, people)
    assert (outcome["needed_per_arm"], outcome["power"]) == (None, None)
    assert "this programme can detect at best" in found["sentences"][0]


def test_promotion_from_ten_to_fifteen_percent():
    found = power(read_plan(reference("plans/power_promotion_public.toml"))).to_dict()
    [outcome] = found["outcomes"]
    assert outcome["needed_per_arm"] == 681
    assert outcome["power"] < 0.2
    assert [warning["code"] for warning in found["warnings"]] == ["underpowered"]


def test_mde_and_power_are_each_others_inverse():
    for n0, n1 in ((12, 30), (50, 50), (3, 4000)):
        mde = minimum_detectable("continuous", n0, n1, sd=7, level=0.9, power=0.7)
        assert achieved("continuous", mde, n0, n1, sd=7, level=0.9) == pytest.approx(0.7)
        assert achieved("continuous", -mde, n0, n1, sd=7, level=0.9) == pytest.approx(0.7)
    rise = minimum_detectable("binary", 80, 60, expected_control=0.2)
    assert achieved("binary", rise, 80, 60, expected_control=0.2) == pytest.approx(0.8)


def test_people_needed_are_the_fewest_that_are_enough():
    for effect in (0.1, 0.35, 0.8, 2.5):
        needed = needed_per_arm("continuous", effect)
        assert achieved("continuous", effect, needed, needed) >= 0.8
        assert needed == 2 or achieved("continuous", effect, needed - 1, needed - 1) < 0.8


def test_people_needed_round_up_before_and_after_those_who_are_lost():
    # 392.4 for d = 0.2 becomes 394 with the t; 394 · 1.3 / 0.7 = 731.7.
    assert needed_per_arm("continuous", 0.2) == 394
    assert needed_per_arm("continuous", 0.2, design_effect=1.3, response=0.7) == 732


def test_non_response_and_clusters_take_people_away(tmp_path):
    plan = plan_of(tmp_path, expect="per_arm = [100, 60]\nresponse = 0.8\nicc = 0.1\ncluster_size = 6")
    [outcome] = power(plan).outcomes
    assert outcome.effective_n0 == pytest.approx(100 * 0.8 / 1.5)
    assert outcome.effective_n1 == pytest.approx(60 * 0.8 / 1.5)
    assert outcome.mde == minimum_detectable("continuous", outcome.effective_n0, outcome.effective_n1)


@pytest.mark.parametrize("people", [1.2, 2, 3, 1e5, 1e8])
def test_extremes_give_a_number_or_none(people):
    found = minimum_detectable("continuous", people, people)
    assert found is None or found > 0
    assert achieved("continuous", 1e6, 3, 3) == 1
    assert achieved("continuous", 0, people, people) == pytest.approx(0.05)


def test_no_rise_is_left_where_almost_everybody_has_it_already():
    assert minimum_detectable("binary", 10, 10, expected_control=0.95) is None
    assert needed_per_arm("binary", 0.2, expected_control=0.95) is None
    assert needed_per_arm("continuous", 0.0) is None


@pytest.mark.parametrize(
    ("outcome", "expect", "key", "words"),
    [
        ('kind = "continuous"\ncolumn = "y"', "power = 0.8", "expect.per_arm", "is required"),
        (
            'kind = "binary"\ncolumn = "y"\nexpected_effect = 0.1',
            "per_arm = [9, 9]",
            "expected_effect",
            "needs expected_",
        ),
        (
            'kind = "binary"\ncolumn = "y"\nexpected_control = 0.95\nexpected_effect = 0.1',
            "per_arm = [9, 9]",
            "expected_effect",
            "'0.1'",
        ),
    ],
)
def test_bad_expectations_are_named(tmp_path, outcome, expect, key, words):
    with pytest.raises(BadInput) as caught:
        power(plan_of(tmp_path, outcome=outcome, expect=expect))
    [problem] = caught.value.problems
    assert key in problem.key
    assert words in problem.text


@pytest.mark.parametrize(
    ("design", "code"),
    [("comparison", "before_weighting"), ("roll-out", "two_groups_assumed"), ("before-after", "no_comparison_group")],
)
def test_a_design_that_is_no_lottery_is_told_what_the_figures_leave_out(tmp_path, design, code):
    outcome = 'kind = "continuous"\ncolumn = "y"\nbaseline = "b"'
    assert [note.code for note in power(plan_of(tmp_path, design=design, outcome=outcome)).warnings] == [code]


def test_time_to_event_is_planned_as_a_share_or_not_at_all(tmp_path):
    timed = 'kind = "time-to-event"\ntime = "t"\nevent = "e"\nhorizon = 12\nunit = "months"\n'
    found = power(plan_of(tmp_path, outcome=timed + "expected_control = 0.1\nexpected_effect = 0.05"))
    assert found.outcomes[0].needed_per_arm == 681
    unknown = power(plan_of(tmp_path, outcome=timed + 'measure = "rmst"'))
    assert unknown.outcomes[0].mde is None
    assert [note.code for note in unknown.warnings] == ["mde_unknown"]
    assert "cannot be said" in unknown.sentences[0]


def test_text_says_the_same(tmp_path):
    found = power(plan_of(tmp_path, outcome='kind = "continuous"\ncolumn = "y"\nexpected_effect = 0.2'))
    text = found.to_text()
    assert text.startswith("Cohort\n\n")
    for line in (*found.sentences, *(note.text for note in found.warnings)):
        assert line in text


def test_level_of_the_plan_is_used(tmp_path):
    plan = plan_of(tmp_path)
    strict = dataclasses.replace(plan, analysis=dataclasses.replace(plan.analysis, level=0.99))
    assert power(strict).outcomes[0].mde > power(plan).outcomes[0].mde
