"""Every page of the demo that a person reaches by links from home, and those for who is signed out.

On each: axe finds nothing, large and small, and no contrast too low in the dark; one first heading; a title of its own;
no sideways scroll at 320 pixels; a ring on every stop of the Tab key, and none hidden under the bar of a phone; not a
word on the console.
"""

import pytest

from tests.browser.looks import CONTRAST, axe_finds, bad_stops, open_everything, scrolls_sideways
from tests.browser.people import EVERYBODY, come_in
from tests.browser.tours import tour

pytestmark = [pytest.mark.browser, pytest.mark.timeout(300)]
LARGE, SMALL = {"width": 1280, "height": 800}, {"width": 320, "height": 640}
DIFFERS_BY_PERSON = {"home", "mentoring", "relationship", "answer", "my_limits"}
CALM = {"reduced_motion": "reduce", "color_scheme": "light"}
SIGNED_OUT = ["/", "/sign-in/", "/sign-in/password/", "/password/reset/", "/join/", "/o/larkmoor/welcome/",
              "/o/larkmoor/join/", "/forgotten/", "/nowhere", "/outbox/"]  # fmt: skip


@pytest.fixture(scope="module")
def looked_at():
    """Kinds of pages that were looked at as somebody else; the same kind is looked at again where it differs."""
    return set()


def faults_of(page, address, *, status=200):
    """What is wrong with the page at this address, each with the address before it."""
    page.complaints.clear()
    page.set_viewport_size(LARGE)
    answer = page.goto(address)
    faults = [] if answer.status == status else [f"answers {answer.status}"]
    open_everything(page)
    headings = page.get_by_role("heading", level=1).count()
    faults += [] if headings == 1 else [f"{headings} first headings"]
    faults += [f"large: {one}" for one in axe_finds(page)]
    page.emulate_media(color_scheme="dark")
    faults += [f"dark: {one}" for one in axe_finds(page, only=CONTRAST)]
    page.emulate_media(color_scheme="light")
    page.set_viewport_size(SMALL)
    faults += [f"small: {one}" for one in axe_finds(page)]
    faults += ["scrolls sideways"] if scrolls_sideways(page) else []
    faults += bad_stops(page)
    faults += [f"console: {words}" for words in page.complaints]
    page.complaints.clear()
    return [f"{address}: {fault}" for fault in faults]


@pytest.mark.parametrize("who", EVERYBODY)
def test_every_page_that_is_linked_from_home(new_page, demo, looked_at, who):
    page = new_page(demo.url, **CALM)
    home = come_in(page, demo.url, EVERYBODY[who])
    found = tour(page.context, home)
    faults, titles = list(found.faults), {}
    for kind, address in found.pages.items():
        if kind in looked_at and kind[0] not in DIFFERS_BY_PERSON:
            continue
        looked_at.add(kind)
        faults += faults_of(page, address)
        titles.setdefault(page.title(), set()).add(kind[0])
    faults += [f"one title, {title!r}: {sorted(names)}" for title, names in titles.items() if len(names) > 1]
    assert not faults, "\n".join(faults)
    assert len(found.pages) >= 8


def test_every_page_for_who_is_signed_out(new_page, demo):
    page = new_page(demo.url, **CALM)
    faults = []
    for path in SIGNED_OUT:
        faults += faults_of(page, f"{demo.url}{path}", status=404 if path == "/nowhere" else 200)
    assert not faults, "\n".join(faults)


def test_the_page_for_the_code(new_page, demo):
    page = new_page(demo.url, **CALM)
    page.goto(f"{demo.url}/sign-in/")
    page.get_by_label("Work e-mail").fill("nobody@demo.example")
    page.get_by_role("button", name="Send me a code").click()
    assert faults_of(page, page.url) == []
