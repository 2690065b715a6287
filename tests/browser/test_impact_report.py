"""The impact report in a browser: axe, phone width, light and dark, paper, keyboard."""

import pytest

from tests.browser.looks import axe_finds, bad_stops, scrolls_sideways
from wayfellow.impact.pages import to_html
from wayfellow.impact.tests.made_reports import NASTY, REPORTS, comparison, plan_for

pytestmark = pytest.mark.browser


@pytest.fixture
def opened(new_page, tmp_path):
    """`opened(report, width, scheme, name)`: a page with the report, opened from its file."""

    def open_report(report, width=1280, scheme="light", name="confidence"):
        path = tmp_path / "report.html"
        plan = plan_for(report["design"]["declared"], tmp_path, name)
        path.write_text(to_html(report, plan), encoding="utf-8")
        page = new_page("about:blank", width, color_scheme=scheme)
        page.requested = []
        page.on("request", lambda request: page.requested.append(request.url))
        page.goto(path.as_uri())
        return page

    return open_report


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("kind", REPORTS)
def test_is_accessible(opened, kind, scheme):
    page = opened(REPORTS[kind](), 1280, scheme)
    assert axe_finds(page) == []
    assert bad_stops(page) == []
    assert len(page.requested) == 1, "it loads something"


@pytest.mark.parametrize("kind", REPORTS)
def test_fits_a_small_phone(opened, kind):
    page = opened(REPORTS[kind](), 320)
    assert not scrolls_sideways(page)
    assert axe_finds(page) == []


@pytest.mark.parametrize("name", [NASTY, "W" * 120])
def test_a_long_or_strange_name_breaks_nothing(opened, name):
    report = comparison(name)
    report["title"] = name
    report["balance"]["rows"][0]["column"] = name
    page = opened(report, 320, name=name)
    assert not scrolls_sideways(page)


def test_paper_shows_everything(opened):
    page = opened(comparison())
    page.emulate_media(media="print")
    assert page.locator("h2", has_text="The plan").is_visible()
    assert page.locator(".contents-box").is_hidden()
    assert not scrolls_sideways(page)
