"""Scores of scales: published reliabilities, a plain formula, and every way an input can be wrong."""

import csv
import io
import json
import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from wayfellow.impact.errors import BadInput
from wayfellow.impact.scoring import read_instrument, score
from wayfellow.impact.scoring.reliability import alpha, omega, pairwise_correlation, pairwise_covariance
from wayfellow.impact.scoring.scores import person_scores
from wayfellow.impact.tests.reference import reference

INSTRUMENT = """schema = "wayfellow-instrument/1"
name = "Mentoring check"
version = "1"
language = "en"
licence = "CC0-1.0"
source = "made for a test"
min_answered = 0.5
scale = {min = 1, max = 5}
[[subscale]]
name = "trust"
items = ["q1", "q2", "q3"]
reverse = ["q3"]
"""


@pytest.fixture
def instrument(tmp_path):
    def make(text=INSTRUMENT):
        (tmp_path / "I.toml").write_text(text)
        return read_instrument(tmp_path / "I.toml")

    return make


@pytest.fixture
def responses(tmp_path):
    def make(text):
        (tmp_path / "r.csv").write_text(text)
        return tmp_path / "r.csv"

    return make


def problems_of(call, *arguments):
    with pytest.raises(BadInput) as caught:
        call(*arguments)
    return caught.value.problems


def answers_of(people, *, like=1.0, seed=0):
    """Lines of a file of people whose three items have a common part `like` times as large as the rest."""
    random = np.random.default_rng(seed)
    latent = like * random.normal(size=(people, 1)) + random.normal(size=(people, 3))
    values = np.clip(np.round(3 + latent), 1, 5).astype(int)
    values[:, 2] = 6 - values[:, 2]
    return ["id,q1,q2,q3", *(f"p{row},{a},{b},{c}" for row, (a, b, c) in enumerate(values))]


def test_reliability_of_the_big_five_sample():
    found = score(read_instrument(reference("plans/bfi_public.toml")), reference("data/bfi_responses.csv")).to_dict()
    agreeableness, conscientiousness = found["subscales"]
    assert agreeableness["alpha"] == pytest.approx(0.703, abs=0.0005)
    assert conscientiousness["alpha"] == pytest.approx(0.727, abs=0.0005)
    assert agreeableness["alpha_standardised"] == pytest.approx(0.713, abs=0.0005)
    assert conscientiousness["alpha_standardised"] == pytest.approx(0.730, abs=0.0005)
    assert 0.70 < agreeableness["omega"] < 0.75
    assert (found["warnings"], found["refused"]) == ([], [])
    assert agreeableness["sem"] == pytest.approx(agreeableness["sd"] * math.sqrt(1 - agreeableness["alpha"]))
    assert agreeableness["reliable_change"] == pytest.approx(1.96 * math.sqrt(2) * agreeableness["sem"])


def test_an_instrument_may_be_named_by_its_file(instrument, responses, tmp_path):
    path = responses("\n".join(answers_of(40)))
    assert score(instrument(), path) == score(tmp_path / "I.toml", path)


def test_scores_by_hand(instrument, responses):
    path = responses("id,q1,q2,q3,other\nc,5,4,1,x\na,1,,5,\nb,,,3,\nd,,2,,\ne,,,,\n")
    found = score(instrument(), path)
    # Two of three items are needed. c: (5 + 4 + (6 − 1)) / 3; a: (1 + (6 − 5)) / 2.
    assert found.people == (("a", (1.0,)), ("b", (None,)), ("c", (14 / 3,)), ("d", (None,)), ("e", (None,)))
    assert list(csv.reader(io.StringIO(found.people_csv().decode()))) == [
        ["id", "trust"],
        ["a", "1.0"],
        ["b", ""],
        ["c", repr(14 / 3)],
        ["d", ""],
        ["e", ""],
    ]
    [trust] = found.subscales
    assert (trust.n, trust.n_too_few_answers) == (2, 3)


@pytest.mark.parametrize(
    ("share", "items", "needed"), [(0.5, 5, 3), (0.1, 30, 3), (0.6, 5, 3), (1.0, 4, 4), (0.01, 4, 1)]
)
def test_items_needed_round_up(share, items, needed):
    answers = np.full((items + 1, items), np.nan)
    for given_items in range(items + 1):
        answers[given_items, :given_items] = 2
    assert list(np.isfinite(person_scores(answers, share))) == [
        given_items >= needed for given_items in range(items + 1)
    ]


def test_fewer_than_five_scores_show_no_mean(instrument, responses):
    found = score(instrument(), responses("\n".join(answers_of(4)))).to_dict()
    [trust] = found["subscales"]
    assert trust == {
        "name": "trust",
        "n": 4,
        "n_too_few_answers": 0,
        **dict.fromkeys(("mean", "sd", "alpha", "alpha_standardised", "omega", "sem", "reliable_change")),
    }
    assert [one["code"] for one in found["warnings"]] == ["too_few_people"]
    assert score(instrument(), responses("\n".join(answers_of(5)))).subscales[0].mean is not None


def test_fewer_than_thirty_scores_show_no_reliability(instrument, responses):
    found = score(instrument(), responses("\n".join(answers_of(29))))
    assert found.subscales[0].mean is not None
    assert (found.subscales[0].alpha, found.subscales[0].omega, found.subscales[0].sem) == (None, None, None)
    assert [one.code for one in found.warnings] == ["reliability_unknown"]
    assert score(instrument(), responses("\n".join(answers_of(30)))).subscales[0].alpha is not None


@pytest.mark.parametrize(
    ("like", "low", "high", "warned", "refused"),
    [
        (2.0, 0.70, 1.00, [], []),
        (0.9, 0.60, 0.70, ["alpha_low"], []),
        (0.4, -1.0, 0.60, ["alpha_low"], ["subscale_comparison"]),
    ],
)
def test_poor_reliability_warns_and_then_refuses(instrument, responses, like, low, high, warned, refused):
    found = score(instrument(), responses("\n".join(answers_of(500, like=like))))
    assert low <= found.subscales[0].alpha < high
    assert [one.code for one in found.warnings] == warned
    assert [one.code for one in found.refused] == refused


def test_answers_that_never_vary_have_no_reliability(instrument, responses):
    lines = ["id,q1,q2,q3", *(f"p{row},3,3,3" for row in range(40))]
    found = score(instrument(), responses("\n".join(lines)))
    assert (found.subscales[0].alpha, found.subscales[0].omega, found.subscales[0].sd) == (None, None, 0)
    assert [one.code for one in found.warnings] == ["reliability_unknown"]
    json.dumps(found.to_dict(), allow_nan=False)


def test_alpha_of_items_that_answer_against_each_other_is_negative(instrument, responses):
    text = INSTRUMENT.replace('reverse = ["q3"]\n', "")
    found = score(instrument(text), responses("\n".join(answers_of(200, like=3.0)))).subscales[0]
    assert found.alpha < 0.6
    assert found.sem is None or found.sem > 0


def test_omega_of_equal_loadings_is_their_formula():
    for loading in (0.4, 0.7, 0.9):
        matrix = np.full((5, 5), loading**2)
        np.fill_diagonal(matrix, 1)
        common = (5 * loading) ** 2
        assert omega(matrix) == pytest.approx(common / (common + 5 * (1 - loading**2)), abs=1e-5)


@pytest.mark.parametrize(
    "matrix",
    [
        np.array([[1.0, 0.5], [0.5, 1.0]]),
        np.ones((4, 4)),
        np.outer([1.05, 0.6, 0.6], [1.05, 0.6, 0.6]) + np.diag([1 - 1.05**2, 0.64, 0.64]),
        np.full((3, 3), np.nan),
    ],
    ids=["two items", "one item thrice", "Heywood", "gaps"],
)
def test_omega_is_null_where_one_factor_is_not_found(matrix):
    assert omega(matrix) is None


answers = st.integers(2, 6).flatmap(
    lambda items: st.lists(st.lists(st.integers(1, 5), min_size=items, max_size=items), min_size=3, max_size=40)
)


@given(answers)
@settings(max_examples=150, deadline=None)
def test_alpha_is_the_plain_formula(rows):
    values = np.array(rows, dtype=float)
    total = np.var(values.sum(axis=1), ddof=1)
    found = alpha(pairwise_covariance(values))
    if total < 1e-9:
        assert found is None or abs(found) > 1e6
        return
    items = values.shape[1]
    plain = items / (items - 1) * (1 - np.var(values, axis=0, ddof=1).sum() / total)
    assert found == pytest.approx(plain, rel=1e-6, abs=1e-9)
    correlation = pairwise_correlation(values)
    if np.all(np.isfinite(correlation)):
        assert np.allclose(correlation, np.corrcoef(values, rowvar=False))


@given(
    st.lists(
        st.lists(st.one_of(st.none(), st.integers(-2, 6)), min_size=4, max_size=4),
        min_size=1,
        max_size=12,
    ),
    st.floats(0.01, 1.0),
    st.randoms(use_true_random=False),
)
@settings(max_examples=60, deadline=None)
def test_scores_stay_in_the_scale_and_order_changes_nothing(tmp_path_factory, rows, share, shuffler):
    folder = tmp_path_factory.mktemp("scores")
    (folder / "I.toml").write_text(
        INSTRUMENT.replace("min_answered = 0.5", f"min_answered = {share}")
        .replace("{min = 1, max = 5}", "{min = -2, max = 6}")
        .replace('["q1", "q2", "q3"]', '["q1", "q2", "q3", "q4"]')
    )
    instrument = read_instrument(folder / "I.toml")
    lines = [
        ",".join([f"p{at}", *("" if value is None else str(value) for value in row)]) for at, row in enumerate(rows)
    ]
    found = []
    for _ in range(2):
        (folder / "r.csv").write_text("\n".join(["id,q1,q2,q3,q4", *lines]))
        found.append(score(instrument, folder / "r.csv"))
        shuffler.shuffle(lines)
    assert found[0] == found[1]
    for (_, (value,)), row in zip(sorted(found[0].people, key=lambda one: int(one[0][1:])), rows, strict=True):
        given_items = [one for one in row if one is not None]
        enough = len(given_items) >= max(1, math.ceil(share * 4 - 1e-9))
        assert (value is not None) == enough
        assert value is None or -2 <= value <= 6
    json.dumps(found[0].to_dict(), allow_nan=False)


@pytest.mark.parametrize("key", ["schema", "name", "version", "language", "licence", "source", "scale"])
def test_what_an_instrument_must_say(instrument, key):
    text = "".join(line + "\n" for line in INSTRUMENT.splitlines() if not line.startswith(f"{key} ="))
    if key == "name":
        text = text.replace("[[subscale]]\n", '[[subscale]]\nname = "trust"\n')
    [problem] = problems_of(instrument, text)
    assert problem.key == key


@pytest.mark.parametrize(
    ("old", "new", "key", "words"),
    [
        ('version = "1"', "version = 1", "version", "'1'"),
        ("min_answered = 0.5", "min_answered = 0", "min_answered", "'0'"),
        ("min_answered = 0.5", "min_answered = 1.5", "min_answered", "'1.5'"),
        ("max = 5", "max = 1", "scale.max", "'1'"),
        ("max = 5", "max = 5.5", "scale.max", "'5.5'"),
        (", max = 5", "", "scale.max", "required"),
        ("max = 5", "max = 5, step = 1", "scale.step", "step"),
        ('["q3"]', '["q4"]', "subscale 1.reverse", "'q4'"),
        ('["q1", "q2", "q3"]', '["q1", "q1", "q3"]', "subscale 1.items", "'q1'"),
        ('["q1", "q2", "q3"]', '["q1", "id", "q3"]', "subscale 1.items", "'id'"),
        ('name = "trust"', 'name = "id"', "subscale 1.name", "'id'"),
        ('name = "trust"', 'name = "trust"\nweight = 2', "subscale 1.weight", "weight"),
        ("min_answered = 0.5", 'min_answered = 0.5\ncolour = "red"', "colour", "colour"),
    ],
)
def test_what_is_wrong_with_an_instrument(instrument, old, new, key, words):
    assert old in INSTRUMENT
    [problem] = problems_of(instrument, INSTRUMENT.replace(old, new, 1))
    assert problem.key == key
    assert words in problem.text


def test_an_instrument_needs_a_subscale_and_no_two_of_a_name(instrument):
    head, _, tail = INSTRUMENT.partition("[[subscale]]")
    assert [one.key for one in problems_of(instrument, head)] == ["subscale"]
    twice = f"{INSTRUMENT}[[subscale]]{tail}"
    assert [one.key for one in problems_of(instrument, twice)] == ["subscale 2.name"]
    assert "subscale 1.items" in [one.key for one in problems_of(instrument, head + '[[subscale]]\nname = "x"\n')]


def test_every_wrong_cell_is_named(instrument, responses):
    path = responses('id,q1,q2,q3\n"a\nb",6,,yes\nc,1,2,NA\n,1,1,1\nc,1.5,1.0, 2\n')
    assert [str(one).removeprefix(f"{path} ") for one in problems_of(score, instrument(), path)] == [
        "line 2, column 'q1': '6' is not a whole number from 1 to 5",
        "line 2, column 'q3': 'yes' is not a whole number from 1 to 5",
        "line 4, column 'q3': 'NA' is not a whole number from 1 to 5",
        "line 5, column 'id': is empty, which is not allowed here",
        "line 6, column 'id': 'c' is already on line 4",
        "line 6, column 'q1': '1.5' is not a whole number from 1 to 5",
        "line 6, column 'q3': ' 2' is not a whole number from 1 to 5",
    ]


def test_a_missing_item_is_named(instrument, responses):
    [problem] = problems_of(score, instrument(), responses("id,q1,q3\na,1,2\n"))
    assert (problem.line, problem.column) == (1, "q2")


def test_very_many_problems_are_cut(instrument, responses):
    lines = ["id,q1,q2,q3", *(f"p{row},9,9,9" for row in range(500))]
    found = problems_of(score, instrument(), responses("\n".join(lines)))
    assert len(found) == 1001
    assert "500 more problems" in found[-1].text
