"""The sheet of components in a real browser: with and without script, small and large, light and dark."""

import shutil

import pytest

pytestmark = [
    pytest.mark.browser,
    pytest.mark.urls("wayfellow.web.tests.sheet"),
    pytest.mark.skipif(not shutil.which("chromium"), reason="needs Debian's chromium"),
]
AXE_TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


@pytest.fixture(scope="module")
def chromium():
    from playwright.sync_api import sync_playwright

    # Playwright runs a loop in this thread, which Django takes for asynchronous code.
    with pytest.MonkeyPatch.context() as patch, sync_playwright() as playwright:
        patch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "1")
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox"])
        yield browser
        browser.close()


@pytest.fixture
def visit(chromium, live_server, client_for, member):
    """`visit(path, **how)`: a page opened as Amara, and what the browser complained of."""
    session = client_for(member).cookies["sessionid"].value
    contexts = []

    def open_page(path, width=1280, **how):
        context = chromium.new_context(viewport={"width": width, "height": 800}, **how)
        contexts.append(context)
        context.add_cookies([{"name": "sessionid", "value": session, "url": live_server.url}])
        page = context.new_page()
        page.complaints = []
        page.on("console", lambda message: page.complaints.append(message.text))
        page.on("pageerror", lambda error: page.complaints.append(str(error)))
        page.goto(live_server.url + path)
        return page

    yield open_page
    for context in contexts:
        context.close()


def sideways(page):
    return page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")


def problems(page):
    from axe_playwright_python.sync_playwright import Axe

    found = Axe().run(page, options={"runOnly": {"type": "tag", "values": AXE_TAGS}}).response["violations"]
    return [f"{one['id']}: {node['html']} {node.get('failureSummary')}" for one in found for node in one["nodes"]]


@pytest.mark.parametrize("path", ["/o/larkmoor/sheet/?say=1", "/o/larkmoor/confirm/", "/landing", "/nowhere"])
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1280, 320])
def test_axe_finds_nothing_and_nothing_scrolls_sideways(visit, path, scheme, width):
    page = visit(path, width, color_scheme=scheme)
    assert problems(page) == []
    assert sideways(page) <= 0
    assert [text for text in page.complaints if "404" not in text] == []


def test_errors_take_the_focus_and_lead_to_their_fields(visit):
    page = visit("/o/larkmoor/sheet/")
    page.get_by_role("button", name="Send request").click()
    assert page.title() == "Error: Sheet · Wayfellow"
    assert page.evaluate("document.activeElement.className") == "errors"
    assert problems(page) == []
    page.get_by_role("link", name="Name: Write something here.").click()
    assert page.evaluate("document.activeElement.id || location.hash") in ("id_name", "#id_name")


def test_starts_and_counter_help_while_writing(visit):
    page = visit("/o/larkmoor/sheet/")
    page.get_by_role("button", name="I noticed that…").click()
    assert page.input_value("#id_why_you") == "I noticed that "
    assert page.inner_text("#id_why_you_counter") == "15 of 60 characters"
    page.keyboard.type("😀")
    assert page.inner_text("#id_why_you_counter") == "16 of 60 characters"


def test_second_click_sends_nothing(visit):
    page = visit("/o/larkmoor/sheet/")
    sent = page.evaluate(
        """() => {
          let sent = 0;
          addEventListener("submit", (event) => { sent += event.defaultPrevented ? 0 : 1; event.preventDefault(); });
          const button = document.querySelector("main form[method=post][novalidate] .btn");
          button.click();
          button.click();
          return sent;
        }"""
    )
    assert sent == 1


def test_toast_closes(visit):
    page = visit("/o/larkmoor/sheet/")
    page.get_by_role("button", name="Close").click()
    assert page.locator(".toast").count() == 0


def test_menu_opens_and_closes_by_keyboard(visit):
    page = visit("/o/larkmoor/sheet/")
    menu = page.locator("#account-menu")
    assert not menu.is_visible()
    page.get_by_role("button", name="Your account").focus()
    page.keyboard.press("Enter")
    assert menu.is_visible()
    assert problems(page) == []
    page.keyboard.press("Escape")
    assert not menu.is_visible()


def test_works_without_script(visit):
    page = visit("/o/larkmoor/sheet/", java_script_enabled=False)
    assert not page.get_by_text("Begin with:").is_visible()
    page.get_by_role("button", name="Your account").click()
    page.get_by_role("button", name="Dark").click()
    assert page.locator("html").get_attribute("data-theme") == "dark"
    page.get_by_role("button", name="Send request").click()
    assert page.title() == "Error: Sheet · Wayfellow"
