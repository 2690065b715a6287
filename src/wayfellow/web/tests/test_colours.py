import pytest
from hypothesis import given
from hypothesis import strategies as st

from wayfellow.core.errors import InvalidInput
from wayfellow.web import colours

anything = st.integers(0, 0xFFFFFF).map(lambda number: f"#{number:06x}")


@pytest.mark.parametrize(
    ("one", "other", "ratio"),
    [
        ("#000000", "#ffffff", 21.0),
        ("#777777", "#ffffff", 4.48),
        ("#1d5f8a", "#ffffff", 6.9),
        ("#fff000", "#fff000", 1.0),
    ],
)
def test_contrast_as_wcag_measures_it(one, other, ratio):
    assert colours.contrast(one, other) == pytest.approx(ratio, abs=0.1)
    assert colours.contrast(one, other) == colours.contrast(other, one)


def test_default_accent_passes():
    assert colours.accent_passes("#0a5c4a")
    assert colours.nearest_passing("#0a5c4a") == "#0a5c4a"


def test_pale_accent_fails_and_says_where():
    failing = [check for check in colours.check_accent("#f3b530") if not check.ok]
    assert [str(check.where) for check in failing] == [
        "White words on a button",
        "Link on a light page",
        "Link in a coloured note",
    ]
    assert failing[0].ratio == pytest.approx(1.8, abs=0.1)


@given(anything)
def test_nearest_always_passes_in_light_and_dark(colour):
    assert colours.accent_passes(colours.nearest_passing(colour))


@given(anything)
def test_style_can_be_read_everywhere(colour):
    style = colours.accent_style(colours.nearest_passing(colour))
    values = dict(part.split(":", 1) for part in style[style.index("--") : style.index("}")].rstrip(";").split(";"))
    light, dark = (
        {name: value[len("light-dark(") : -1].split(",")[side] for name, value in values.items()} for side in (0, 1)
    )
    for scheme in (light, dark):
        assert colours.contrast(scheme["--accent-deep"], scheme["--accent-soft"]) >= 4.5
        assert colours.contrast(scheme["--accent-deep"], scheme["--on-accent"]) >= 4.5
        assert colours.contrast(scheme["--accent"], scheme["--on-accent"]) >= 4.5


@pytest.mark.parametrize("text", ["", "red", "#12345", "#1234567", "#12345g", "#fff;}", "１23456"])
def test_what_is_no_colour_is_refused(text):
    with pytest.raises(InvalidInput) as refused:
        colours.parse_colour(text)
    assert refused.value.field == "accent"


def test_colour_is_tidied():
    assert colours.parse_colour(" #1D5F8A ") == "#1d5f8a"
