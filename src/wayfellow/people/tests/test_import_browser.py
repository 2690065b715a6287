"""The pages of an import in a real browser: with and without script, small and large, light and dark."""

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.urls import reverse

from wayfellow.people.actions import imports as actions
from wayfellow.people.importing import applying
from wayfellow.people.models import MemberImport
from wayfellow.people.tests.lists import HANNE, KOFI, PETRA, SAMPLE, check, import_rows

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(not shutil.which("chromium"), reason="needs Debian's chromium"),
]
AXE_TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


@pytest.fixture(scope="module")
def chromium() -> Iterator[Any]:
    from playwright.sync_api import sync_playwright

    # Playwright runs a loop in this thread, which Django takes for asynchronous code.
    with pytest.MonkeyPatch.context() as patch, sync_playwright() as playwright:
        patch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "1")
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox"])
        yield browser
        browser.close()


@pytest.fixture
def visit(chromium: Any, live_server: Any, client_for: Any, administrator: Any) -> Iterator[Any]:
    """`visit(path, **how)`: a page opened as the administrator."""
    session = client_for(administrator).cookies["sessionid"].value
    contexts = []

    def open_page(path: str, width: int = 1280, **how: Any) -> Any:
        context = chromium.new_context(viewport={"width": width, "height": 900}, **how)
        contexts.append(context)
        context.add_cookies([{"name": "sessionid", "value": session, "url": live_server.url}])
        page = context.new_page()
        page.goto(live_server.url + path)
        return page

    yield open_page
    for context in contexts:
        context.close()


def look(page: Any) -> None:
    """Axe finds nothing, nothing scrolls sideways, there is one heading of the page."""
    from axe_playwright_python.sync_playwright import Axe

    found = Axe().run(page, options={"runOnly": {"type": "tag", "values": AXE_TAGS}}).response["violations"]
    assert [f"{one['id']}: {node['html']} {node.get('failureSummary')}" for one in found for node in one["nodes"]] == []
    assert page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth") <= 0
    assert page.locator("h1").count() == 1


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1280, 320])
def test_every_page_of_an_import(
    visit: Any, organisation: Any, administrator: Any, monkeypatch: pytest.MonkeyPatch, width: int, scheme: str
) -> None:
    monkeypatch.setattr(applying, "AT_ONCE", 40)
    import_rows(organisation, (*KOFI[:3], "Field crew"), HANNE, PETRA)
    found = actions.check_import(administrator, organisation, file=SAMPLE.read_bytes(), file_name="people.csv")
    here = reverse("member_import", args=["larkmoor", found.pk])
    page = visit(reverse("import_members", args=["larkmoor"]), width, color_scheme=scheme)
    look(page)
    page.goto(page.url + f"{found.pk}/")
    page.locator("details.more summary").first.click()
    look(page)
    started = actions.apply_import(administrator, found)
    applying.apply_some(started.pk, started.turn)
    page.goto(page.url)
    assert "40 of 29" in page.locator("#progress").inner_text()
    look(page)
    MemberImport.objects.filter(pk=found.pk).update(state="stopped")
    page.goto(page.url)
    look(page)
    actions.resume_import(administrator, started)
    started.refresh_from_db()
    actions.apply_here(started.pk, started.turn)
    page.goto(page.url)
    assert page.locator("h1").inner_text() == "The import is done"
    look(page)
    for state in ("reading", "failed"):
        other = check(organisation, KOFI)
        fault = {"code": "no_rows", "facts": {}, "line": None, "column": None}
        MemberImport.objects.filter(pk=other.pk).update(state=state, fault=fault)
        page.goto(page.url.replace(here, reverse("member_import", args=["larkmoor", other.pk])))
        look(page)
        here = reverse("member_import", args=["larkmoor", other.pk])


def test_a_running_import_shows_its_progress_by_itself(visit: Any, organisation: Any, administrator: Any) -> None:
    started = actions.apply_import(administrator, check(organisation, KOFI, HANNE, actor=administrator))
    page = visit(reverse("member_import", args=["larkmoor", started.pk]))
    assert "0 of 2 people done" in page.locator("#progress").inner_text()
    actions.apply_here(started.pk, started.turn)
    page.get_by_role("heading", name="The import is done").wait_for(timeout=8000)


def test_without_script_by_hand(visit: Any, organisation: Any, tmp_path: Path) -> None:
    page = visit(reverse("import_members", args=["larkmoor"]), java_script_enabled=False)
    page.get_by_role("button", name="Check this file").click()
    assert page.title().startswith("Error:")
    page.get_by_label("File with people").set_input_files(SAMPLE)
    page.get_by_role("button", name="Check this file").click()
    page.get_by_label("Read “Site” as").select_option("department")
    page.locator("details.more summary").first.click()
    page.get_by_label("Read “Business line” as").select_option("")
    page.get_by_role("button", name="Read the columns like this").click()
    assert "The file was read again" in page.content()
    page.get_by_role("link", name="Refuse 6").click()
    page.get_by_role("button", name="Create").click()
    found = MemberImport.objects.get()
    actions.apply_here(found.pk, found.turn)
    page.get_by_role("link", name="Look again").click()
    assert page.locator("h1").inner_text() == "The import is done"
