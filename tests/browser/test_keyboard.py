"""By keyboard alone: getting past the bar, into menus, cards and the picker, and to what went wrong."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser import journey
from tests.browser.looks import bad_stops
from tests.browser.people import MENTEE, MENTOR, come_in

pytestmark = [pytest.mark.browser, pytest.mark.timeout(300)]


@pytest.fixture
def organisation(demo):
    return f"{demo.url}/o/larkmoor"


@pytest.fixture
def page(new_page, demo):
    """Inês, who has a request to answer, at home."""
    page = new_page(demo.url)
    come_in(page, demo.url, MENTOR.email)
    return page


def tab_to(page, target, *, most=120):
    """Press Tab until the focus is on the target."""
    for _ in range(most):
        page.keyboard.press("Tab")
        if target.evaluate("(one) => one === document.activeElement"):
            return
    raise AssertionError(f"{target} cannot be reached by Tab")


def test_the_first_stop_leads_past_the_bar(page):
    page.reload()
    page.keyboard.press("Tab")
    skip = page.get_by_role("link", name="Skip to content")
    expect(skip).to_be_focused()
    expect(skip).to_be_in_viewport()
    page.keyboard.press("Enter")
    expect(page.locator("main")).to_be_focused()
    page.keyboard.press("Tab")
    assert page.evaluate("document.querySelector('main').contains(document.activeElement)")


def test_the_account_menu_opens_leads_somewhere_and_closes(page):
    button = page.get_by_role("button", name="Your account")
    menu = page.get_by_role("navigation", name="Your account")
    tab_to(page, button)
    page.keyboard.press("Enter")
    expect(menu).to_be_visible()
    page.keyboard.press("Tab")
    assert page.evaluate("document.querySelector('#account-menu').contains(document.activeElement)")
    page.keyboard.press("Escape")
    expect(menu).not_to_be_visible()
    expect(button).to_be_focused()
    page.keyboard.press("Space")
    tab_to(page, menu.get_by_role("link").first)
    page.keyboard.press("Enter")
    expect(page).not_to_have_url(re.compile(r"/o/larkmoor/$"))


def test_an_answer_is_chosen_and_its_mistake_found(page, organisation):
    page.goto(f"{organisation}/mentoring/?tab=to-me")
    tab_to(page, page.locator("main .list").get_by_role("link").first)
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_contain_text("asks you to mentor them")
    card = page.locator("details.choice", has_text="Not now, kindly")
    tab_to(page, card.locator("summary"))
    page.keyboard.press("Enter")
    expect(card).to_have_attribute("open", "")
    words = card.get_by_label(re.compile("^Your words to "))
    tab_to(page, words)
    page.keyboard.press("ControlOrMeta+a")
    page.keyboard.press("Delete")
    tab_to(page, card.get_by_role("button", name=re.compile("^Send this to ")))
    page.keyboard.press("Enter")
    summary = page.get_by_role("alert")
    expect(summary).to_be_focused()
    expect(page).to_have_title(re.compile("^Error: "))
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(words).to_be_focused()


def test_a_skill_is_picked_while_typing(page, organisation):
    page.goto(f"{organisation}/my-skills/")
    tab_to(page, page.get_by_label("Find a skill"))
    page.keyboard.type("spreadsh")
    add = page.locator("#skills-found").get_by_role("button", name=re.compile("^Add ")).first
    expect(add).to_be_visible()
    name = add.inner_text().removeprefix("Add").strip()
    tab_to(page, add)
    page.keyboard.press("Enter")
    expect(page.get_by_text(f"“{name}” is added. Choose a level for it.")).to_be_visible()
    level = page.locator("#skills-picked details[open]").get_by_role("radio").first
    tab_to(page, level)
    page.keyboard.press("Space")
    page.keyboard.press("ArrowDown")
    expect(page.locator("#skills-picked details[open]").get_by_role("radio").nth(1)).to_be_checked()
    tab_to(page, page.get_by_role("button", name="Save my skills"))
    page.keyboard.press("Enter")
    expect(page.get_by_text("Saved. This is how others find you.")).to_be_visible()


def test_an_empty_step_of_the_wizard_takes_the_focus_to_its_error(new_page, demo, organisation):
    page = new_page(demo.url)
    come_in(page, demo.url, MENTEE.email)
    page.goto(f"{organisation}/goals/")
    journey.press(page, "Begin a goal")
    journey.heading(page, "Where do you want to go?")
    tab_to(page, page.get_by_role("button", name="Next: how you will know"))
    page.keyboard.press("Enter")
    expect(page.get_by_role("alert")).to_be_focused()
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.locator("[name=title]")).to_be_focused()


@pytest.mark.parametrize("path", ["", "find/", "mentoring/limits", "goals/", "my-skills/"])
def test_nothing_in_focus_lies_under_the_bar_of_a_phone(new_page, demo, organisation, path):
    page = new_page(demo.url, width=320, height=480, reduced_motion="reduce")
    come_in(page, demo.url, MENTOR.email)
    page.goto(f"{organisation}/{path}")
    assert page.get_by_role("navigation", name="Main").evaluate("(bar) => getComputedStyle(bar).position") == "fixed"
    assert bad_stops(page) == []
