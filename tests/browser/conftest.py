"""One Chromium and one demo for the whole session; an installation of its own where a test asks for it."""

import fcntl
import os
import shutil

import pytest

from tests.browser.looks import launch
from tests.browser.processes import a_site, copy_demo, start_demo


def pytest_collection_modifyitems(items):
    """Without Chromium these are skipped; in CI that is a failure, as with every missing peer."""
    if shutil.which("chromium"):
        return
    for item in items:
        if item.get_closest_marker("browser") and "tests/browser/" in item.nodeid:
            item.add_marker(pytest.mark.skip(reason="needs Debian's chromium"))


@pytest.fixture(scope="session")
def chromium():
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = launch(playwright)
        yield browser
        browser.close()


@pytest.fixture
def new_page(chromium):
    """`new_page(url, width=1280, **how)`: a page in a browser of its own, with nobody signed in.

    `page.complaints` is what the browser complained of: script errors, breaches of the content security policy, answers
    of 500 and above. At the end of the test nobody may have any left.
    """
    pages = []

    def open_page(base_url, width=1280, height=800, **how):
        context = chromium.new_context(viewport={"width": width, "height": height}, base_url=base_url, **how)
        context.set_default_timeout(15_000)
        page = context.new_page()
        page.complaints = []
        page.on("console", lambda message: complain(page, message.text))
        page.on("pageerror", lambda error: complain(page, str(error)))
        page.on("response", lambda answer: answer.status >= 500 and complain(page, f"{answer.status} {answer.url}"))
        pages.append(page)
        return page

    def complain(page, words):
        if "Failed to load resource" not in words:  # said of answers of 4xx, which tests look at themselves
            page.complaints.append(words)

    yield open_page
    for page in pages:
        page.context.close()
    assert [words for page in pages for words in page.complaints] == []


@pytest.fixture
def site(tmp_path):
    """An installation with nothing in it yet. See `processes.Site`."""
    with a_site(tmp_path) as made:
        yield made


@pytest.fixture(scope="session")
def demo(tmp_path_factory):
    """The demo with all its people, running; `demo.url`. Of several test processes one tells it, the others copy it."""
    home, base = tmp_path_factory.mktemp("demo"), tmp_path_factory.getbasetemp()
    told = (base.parent if "PYTEST_XDIST_WORKER" in os.environ else base) / "told"
    with told.with_suffix(".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if told.exists():
            shutil.copytree(told, home, dirs_exist_ok=True)
        running = start_demo(home)
        if not told.exists():
            copy_demo(home, told)
    yield running
    running.stop()
