"""The demo in German, and in two languages that nobody speaks: one longer than any, one from right to left.

In German nothing on a page is left in English but what people typed; in the made-up language nothing stands on a page
that did not go through gettext. In each, no page scrolls sideways at 320 pixels, and axe finds nothing.
"""

import shutil
import sqlite3

import pytest

from tests.browser.looks import axe_finds, open_everything, scrolls_sideways
from tests.browser.people import EVERYBODY, come_in
from tests.browser.processes import ROOT, Server, clean_environment, free_port
from tests.browser.pseudo import LEFT_TO_RIGHT, RIGHT_TO_LEFT, disguise, write_catalogs
from tests.browser.spoken import ENGLISH, WORD, Typed, words_of
from tests.browser.test_every_page import CALM, LARGE, SIGNED_OUT, SMALL
from tests.browser.tours import tour
from tests.catalogs import read
from wayfellow.cli.messages import catalogs

pytestmark = [pytest.mark.browser, pytest.mark.timeout(400)]
AS_WRITTEN = {"outbox_mail"}  # a mail that was sent stays as it was written


@pytest.fixture(scope="module")
def pages(chromium, demo):
    """The pages of the demo: who is signed in, and an address of each kind they see first."""
    found = {"signed-out": [path for path in SIGNED_OUT if path != "/nowhere"]}
    seen = set(AS_WRITTEN)
    for who, email in EVERYBODY.items():
        context = chromium.new_context(**CALM)
        home = come_in(context.new_page(), demo.url, email)
        kinds = {kind: address for kind, address in tour(context, home).pages.items() if kind[0] not in AS_WRITTEN}
        found[who] = [address.removeprefix(demo.url) for kind, address in kinds.items() if kind not in seen]
        seen |= kinds.keys()
        context.close()
    assert sum(map(len, found.values())) > 60
    return found


@pytest.fixture(scope="module")
def pseudo_demo(demo, tmp_path_factory):
    """A copy of the demo that speaks the made-up languages as well."""
    home, locale = tmp_path_factory.mktemp("pseudo"), tmp_path_factory.mktemp("locale")
    write_catalogs(locale)
    for name in ("secret_key", "demo.json"):
        if (demo.log.parent / name).exists():
            shutil.copy(demo.log.parent / name, home / name)
    with sqlite3.connect(demo.log.parent / "wayfellow.sqlite3") as source:
        source.execute("VACUUM INTO ?", [str(home / "wayfellow.sqlite3")])
    with sqlite3.connect(home / "wayfellow.sqlite3") as copy:
        copy.execute("UPDATE people_organisation SET languages = '[]'")
    copy.close()
    environment = clean_environment(
        WAYFELLOW_HOME=str(home), DJANGO_SETTINGS_MODULE="tests.browser.pseudo", PSEUDO_LOCALE=str(locale)
    )
    environment["PYTHONPATH"] += f":{ROOT}"
    port = free_port()
    running = Server(
        *("demo", "--port", str(port)),
        url=f"http://127.0.0.1:{port}",
        environment=environment,
        log=home / "demo.log",
        ready="Wayfellow demo is ready at",
    )
    yield running
    running.stop()


@pytest.fixture
def visits(new_page, pages):
    """`visits(url, language)`: each page in turn, asked for in this language by who sees it."""

    def visit(url, language):
        for who, paths in pages.items():
            page = new_page(url, **CALM)
            if who in EVERYBODY:
                come_in(page, url, EVERYBODY[who])
            page.context.set_extra_http_headers({"Accept-Language": language})
            for path in paths:
                yield page, url + path
            page.context.close()

    return visit


def layout_faults(page, address, *, direction):
    """What is wrong with how the page looks, small."""
    page.set_viewport_size(SMALL)
    page.goto(address)
    open_everything(page)
    faults = axe_finds(page)
    faults += ["scrolls sideways"] if scrolls_sideways(page) else []
    page.set_viewport_size(LARGE)
    faults += ["scrolls sideways, large"] if scrolls_sideways(page) else []
    runs = page.evaluate("getComputedStyle(document.body).direction")
    return [f"{address}: {fault}" for fault in faults + ([] if runs == direction else [f"runs {runs}"])]


def test_no_english_is_left_in_german(visits, demo):
    typed = Typed(demo.log.parent)
    entries = read(catalogs()[0])
    alike = {word for entry in entries for word in entry.said.values() if word in (entry.one, entry.many)}
    faults = []
    for page, address in visits(demo.url, "de"):
        german = words_of(page.context.request.get(address).text())
        english = words_of(page.context.request.get(address, headers={"Accept-Language": "en"}).text())
        left = [words for words in german if words in english and WORD.search(words) and words not in alike]
        mixed = [words for words in german if words not in english and len(ENGLISH.findall(words)) > 2]
        faults += [f"{address}: {words}" for words in left + mixed if not typed.holds(words.split("\n")[0])]
        faults += layout_faults(page, address, direction="ltr")
        assert page.locator("html").get_attribute("lang") == "de"
    assert not faults, "\n".join(faults)


def test_every_word_goes_through_gettext_and_may_be_longer(visits, pseudo_demo):
    typed = Typed(pseudo_demo.log.parent)
    faults = []
    for page, address in visits(pseudo_demo.url, LEFT_TO_RIGHT):
        said = words_of(page.context.request.get(address).text())
        plain = [words for words in said if WORD.search(words) and words.isascii() and disguise(words) != words]
        faults += [f"{address}: {words}" for words in plain if not typed.holds(words)]
        faults += layout_faults(page, address, direction="ltr")
    assert not faults, "\n".join(faults)


def test_every_page_runs_from_right_to_left(visits, pseudo_demo):
    faults = []
    for page, address in visits(pseudo_demo.url, RIGHT_TO_LEFT):
        faults += layout_faults(page, address, direction="rtl")
    assert not faults, "\n".join(faults)
