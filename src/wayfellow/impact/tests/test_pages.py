"""The report as a page: loads nothing, escapes everything, answer first, and never above its rung."""

import re
from html.parser import HTMLParser

import pytest

from wayfellow.impact.document.answer import answer
from wayfellow.impact.pages import to_html
from wayfellow.impact.tests.made_reports import NASTY, REPORTS, comparison, lottery, plan_for, too_few

FORBIDDEN = re.compile(
    r"\b(led to|resulted in|thanks to|because of the programme|proves|proved|boosts|boosted|improves|improved)\b", re.I
)
VOID = {"meta", "br"}


class Checked(HTMLParser):
    """Collects tags and text, and sees to it that all is closed in order."""

    def __init__(self, page):
        super().__init__()
        self.open, self.tags, self.texts = [], [], []
        self.feed(page)
        assert self.open == []

    def handle_starttag(self, tag, attrs):
        self.tags.append((tag, dict(attrs)))
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag, attrs):
        self.tags.append((tag, dict(attrs)))

    def handle_endtag(self, tag):
        assert self.open.pop() == tag

    def handle_data(self, data):
        if "style" not in self.open and data.strip():
            self.texts.append(data.strip())

    @property
    def text(self):
        return " ".join(self.texts)


@pytest.fixture(params=REPORTS)
def drawn(request, tmp_path):
    report = REPORTS[request.param]()
    return report, Checked(to_html(report, plan_for(report["design"]["declared"], tmp_path)))


def test_loads_nothing_and_runs_nothing(drawn):
    _, page = drawn
    names = {name for name, _ in page.tags}
    assert not names & {"script", "link", "img", "iframe", "object", "embed", "base", "form", "audio", "video", "use"}
    for _, attributes in page.tags:
        assert not {"src", "srcset", "style"} & set(attributes)
        assert not any(name.startswith("on") for name in attributes)
        assert attributes.get("href", "#").startswith("#")
    [policy] = [one["content"] for name, one in page.tags if one.get("http-equiv") == "Content-Security-Policy"]
    assert policy.startswith("default-src 'none'")


def test_nothing_in_the_style_sheet_is_fetched(tmp_path):
    page = to_html(comparison(), plan_for("comparison", tmp_path))
    assert not re.search(r"url\(|@import|https?:|//\w", page)


def test_says_its_language_and_has_one_heading_of_the_first_level(drawn):
    _, page = drawn
    assert ("html", {"lang": "en"}) in page.tags
    assert [name for name, _ in page.tags].count("h1") == 1


def test_answer_and_rung_come_before_any_figure(drawn):
    report, page = drawn
    text = page.text
    assert text.index("In short") < text.index("How strong is this?") < text.index("This report.")
    if report["design"]["rung"]:
        assert text.index("This report.") < text.index("Interval plot")
    for reason in report["design"]["reasons"]:
        assert reason["text"] in text


def test_every_chart_has_words_or_stands_beside_its_numbers(drawn):
    _, page = drawn
    for tag, attributes in page.tags:
        if tag == "svg":
            assert attributes.get("aria-label") or attributes.get("aria-hidden") == "true"


def test_shows_every_sentence_refusal_and_warning(drawn):
    report, page = drawn
    said = [*report["sentences"], *(one["text"] for key in ("refused", "warnings") for one in report[key])]
    assert [text for text in said if text not in page.text] == []


def test_says_nothing_above_its_rung(drawn):
    report, page = drawn
    if report["design"]["rung"] < 5:
        assert FORBIDDEN.findall(page.text) == []
        assert not re.search(r"\bcaused\b", page.text)


def test_everything_is_escaped(tmp_path):
    report = comparison(NASTY)
    report["title"] = NASTY
    report["sentences"] = [NASTY]
    report["refused"][0]["text"] = report["warnings"][0]["text"] = NASTY
    report["design"]["reasons"] = [{"code": "imbalance", "text": NASTY}]
    report["balance"]["rows"][0]["column"] = NASTY
    report["breakdown"][0]["cells"][0]["value"] = NASTY
    page = to_html(report, plan_for("comparison", tmp_path, NASTY))
    assert "<script" not in page
    assert {"script"} & {name for name, _ in Checked(page).tags} == set()
    assert NASTY in Checked(page).text


def test_too_few_people_show_their_number_and_nothing_else(tmp_path):
    page = Checked(to_html(too_few(), plan_for("comparison", tmp_path)))
    assert "too few people to say anything" in page.text
    assert "3 people" in page.text
    assert "Interval plot" not in page.text
    assert "Love plot" not in str(page.tags)


def test_a_suppressed_cell_is_not_shown(tmp_path):
    text = Checked(to_html(comparison(), plan_for("comparison", tmp_path))).text
    assert "Northgate Not shown Not shown" in text


def test_the_love_plot_has_its_table(tmp_path):
    report = comparison()
    page = Checked(to_html(report, plan_for("comparison", tmp_path)))
    labels = [one["aria-label"] for name, one in page.tags if name == "svg" and "aria-label" in one]
    assert any(label.startswith("Love plot: standardised differences") for label in labels)
    assert "tenure_years −0.270 0.000 Alike" in page.text


def test_the_same_report_gives_the_same_page(tmp_path):
    plan = plan_for("comparison", tmp_path)
    assert to_html(comparison(), plan) == to_html(comparison(), plan)


@pytest.mark.parametrize(
    ("claim", "rung", "words"),
    [
        ("caused", 5, "places were drawn by lot"),
        ("consistent-if-parallel", 3, "only if both groups would otherwise have moved in parallel"),
        ("associated", 2, "What was not measured may still explain it"),
        ("changed", 1, "There was no comparison group"),
        ("no-clear-difference", 5, "We cannot tell yet"),
        ("none", 1, "This cannot say what the programme did"),
    ],
)
def test_the_answer_says_what_the_claim_carries(claim, rung, words):
    report = lottery()
    report["design"]["rung"] = rung
    report["outcomes"][0]["claim"] = claim
    assert words in answer(report, report["outcomes"][0])


def test_shares_are_percentage_points_and_minus_is_a_minus():
    report = comparison()
    report["outcomes"][1] |= {"role": "primary", "estimate": -0.068, "ci": [-0.159, 0.022]}
    said = answer(report, report["outcomes"][1])
    assert "−6.8 percentage points" in said
    assert "−15.9 to +2.2" in said
