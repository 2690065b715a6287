"""The demo in German, and in a language that nobody speaks: longer than any, and written from right to left.

In German nothing on a page is left in English but what people typed; in the made-up language nothing stands on a page
that did not go through gettext, and axe finds nothing. In both, no page scrolls sideways at 320 pixels.
"""

import sqlite3

import pytest

from tests.browser.looks import axe_finds, open_everything, scrolls_sideways
from tests.browser.people import EVERYBODY, come_in
from tests.browser.processes import ROOT, Server, clean_environment, copy_demo, free_port
from tests.browser.pseudo import PSEUDO, disguise, write_catalog
from tests.browser.spoken import ENGLISH, WORD, Typed, words_of
from tests.browser.test_every_page import CALM, SIGNED_OUT, SMALL
from tests.browser.tours import tour
from tests.catalogs import read
from wayfellow.cli.messages import catalogs

pytestmark = [pytest.mark.browser, pytest.mark.timeout(600)]
AS_WRITTEN = {"outbox_mail"}  # a mail that was sent stays as it was written


@pytest.fixture(scope="module")
def pages(chromium, demo):
    """The pages of the demo: the cookies of who sees them, and an address of each kind that nobody before sees."""
    found = [(None, [path for path in SIGNED_OUT if path != "/nowhere"])]
    seen = set()
    for email in EVERYBODY.values():
        context = chromium.new_context(**CALM)
        home = come_in(context.new_page(), demo.url, email)
        kinds = {kind: address for kind, address in tour(context, home).pages.items() if kind[0] not in AS_WRITTEN}
        new = [address.removeprefix(demo.url) for kind, address in kinds.items() if kind not in seen]
        found.append((context.storage_state(), new))
        seen |= kinds.keys()
        context.close()
    assert len(seen) > 60
    return found


@pytest.fixture(scope="module")
def pseudo_demo(demo, pages, tmp_path_factory):
    """A copy of the demo, with everybody still signed in, that speaks the made-up language as well."""
    home, locale = tmp_path_factory.mktemp("pseudo"), tmp_path_factory.mktemp("locale")
    write_catalog(locale)
    copy_demo(demo.log.parent, home)
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
        for cookies, paths in pages:
            page = new_page(url, storage_state=cookies, extra_http_headers={"Accept-Language": language}, **CALM)
            for path in paths:
                yield page, url + path
            page.context.close()

    return visit


def layout_faults(page, address, *, direction):
    """What is wrong with how the page looks, small."""
    page.set_viewport_size(SMALL)
    page.goto(address)
    open_everything(page)
    faults = ["scrolls sideways"] if scrolls_sideways(page) else []
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
        faults += [f"{address}: {words}" for words in left + mixed if not typed.holds(words)]
        faults += layout_faults(page, address, direction="ltr")
        assert page.locator("html").get_attribute("lang") == "de"
    assert not faults, "\n".join(faults)


def test_every_word_goes_through_gettext_and_may_be_longer_and_run_from_right_to_left(visits, pseudo_demo):
    typed = Typed(pseudo_demo.log.parent)
    faults = []
    for page, address in visits(pseudo_demo.url, PSEUDO):
        said = words_of(page.context.request.get(address).text())
        plain = [words for words in said if WORD.search(words) and words.isascii() and disguise(words) != words]
        faults += [f"{address}: {words}" for words in plain if not typed.holds(words)]
        faults += layout_faults(page, address, direction="rtl")
        faults += [f"{address}: {fault}" for fault in axe_finds(page)]
    assert not faults, "\n".join(faults)
