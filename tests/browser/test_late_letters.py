"""Fonts that come late move nothing: what stands there meanwhile is as wide as they are."""

import time

import pytest

from tests.browser.people import EVERYBODY, come_in

pytestmark = [pytest.mark.browser, pytest.mark.timeout(300)]
SHIFTS = """
window.shifted = 0;
new PerformanceObserver((list) => {
  for (const entry of list.getEntries()) if (!entry.hadRecentInput) window.shifted += entry.value;
}).observe({type: "layout-shift", buffered: true});
"""


def late(route):
    """As over a slow line."""
    time.sleep(0.8)
    route.continue_()


def test_letters_that_come_late_move_nothing(demo, new_page):
    page = new_page(demo.url, width=412, height=823)
    home = come_in(page, demo.url, EVERYBODY["mentee"])
    page.add_init_script(SHIFTS)
    page.context.route("**/*.woff2", late)
    for path in ("find/", "mentoring/", "goals/"):
        page.goto(home + path)
        page.evaluate("document.fonts.ready.then(() => 0)")
        page.wait_for_timeout(300)
        assert page.evaluate("document.fonts.check('16px \"Source Sans 3\"')")
        assert page.evaluate("window.shifted") < 0.02, path
