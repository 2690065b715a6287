"""The main journey's forms in a browser that runs no script."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser import journey
from tests.browser.journey import heading, press
from tests.browser.people import ADMIN, MENTOR, come_in, link_in_outbox, sign_in_by_code
from tests.browser.processes import ROOT

pytestmark = [pytest.mark.browser, pytest.mark.timeout(300)]
SAMPLE = ROOT / "docs" / "samples" / "people.csv"


@pytest.fixture
def bare(new_page, demo):
    """`bare()`: a page of the demo in a browser without JavaScript."""
    return lambda: new_page(demo.url, java_script_enabled=False)


@pytest.fixture
def organisation(demo):
    return f"{demo.url}/o/larkmoor"


def test_sign_in_by_code(bare, demo, organisation):
    page = bare()
    page.goto(f"{organisation}/goals/")
    heading(page, "Sign in")
    sign_in_by_code(page, demo.url, MENTOR.email)
    page.goto(f"{organisation}/goals/")
    heading(page, "Goals")


def test_a_goal_a_search_a_request_an_answer_and_an_end(bare, demo, organisation):
    admin, mentee, mentor = bare(), bare(), bare()
    come_in(admin, demo.url, ADMIN.email)
    newcomers = {
        "Noor Bellweather": (mentee, "noor.bellweather@larkmoor.example"),
        "Soraya Tindall": (mentor, "soraya.tindall@larkmoor.example"),
    }
    journey.invite(admin, organisation, *(f"{name} <{email}>" for name, (_page, email) in newcomers.items()))
    for name, (page, email) in newcomers.items():
        journey.join(page, link_in_outbox(page, demo.url, email, "invites you", "/join/"), name=name)
    journey.offer_skill(mentor, organisation)
    journey.become_mentor(mentor, organisation, places=2)
    journey.set_goal(mentee, organisation)
    mentee.goto(f"{organisation}/find/")
    mentee.get_by_role("checkbox", name="Has a free place").check()
    press(mentee, "Apply filters")
    expect(mentee).to_have_url(re.compile("help=free"))
    journey.find(mentee, organisation, "Tindall", name="Soraya Tindall")
    mentee.get_by_role("link", name="Ask Soraya").first.click()
    press(mentee, "Send request")
    expect(mentee.get_by_role("alert")).to_contain_text("Say why you are asking Soraya in particular.")
    expect(mentee).to_have_title(re.compile("^Error: "))
    mentee.goto(f"{organisation}/find/?q=Tindall")
    journey.ask(mentee, "Soraya")
    expect(mentee.get_by_role("main")).to_contain_text("Soraya’s turn")

    mentor.goto(f"{organisation}/mentoring/")
    mentor.get_by_role("link", name="Noor Bellweather").click()
    heading(mentor, "Noor asks you to mentor them")
    mentor.get_by_text("Ask a question first").click()
    mentor.get_by_label("Your question to Noor").fill("What have you tried so far?")
    press(mentor, "Ask Noor")
    mentee.goto(f"{organisation}/mentoring/?tab=from-me")
    mentee.get_by_role("link", name="Soraya Tindall").click()
    mentee.get_by_label("Your answer").fill("Two interviews, both with colleagues.")
    press(mentee, "Send answer")
    mentor.reload()
    expect(mentor.get_by_role("main")).to_contain_text("Two interviews, both with colleagues.")
    mentor.get_by_text("Opens a page for both of you").or_(mentor.get_by_text("this takes one")).first.click()
    press(mentor, "Accept Noor")
    journey.heading(mentor, "Noor and you")
    mentee.goto(f"{organisation}/mentoring/?tab=together")
    mentee.get_by_role("link", name=re.compile("Soraya Tindall and you")).click()
    journey.end(mentee, "Soraya")


def test_import_of_a_spreadsheet(bare, demo, organisation):
    page = bare()
    come_in(page, demo.url, ADMIN.email)
    journey.choose_file(page, organisation, SAMPLE)
    expect(page.get_by_role("heading", name="Columns")).to_be_visible()
    page.get_by_text(re.compile(r"\d+ recognised, \d+ left out")).click()
    page.get_by_label(re.compile("Work phone")).select_option("")
    press(page, "Read the columns like this")
    journey.wait_for_job(page, "Check before anything changes")
    journey.apply_import(page)


def test_settings_check_an_accent(bare, demo, organisation):
    page = bare()
    come_in(page, demo.url, ADMIN.email)
    page.goto(f"{organisation}/settings/")
    before = page.locator("[name=accent]").input_value()
    page.locator("[name=name]").fill("Larkmoor Waters")
    page.locator("[name=accent]").fill("#ffdd00")
    press(page, "Check it")
    expect(page.get_by_role("table", name="Can everyone read it?")).to_contain_text("to 1")
    expect(page.locator("[name=name]")).to_have_value("Larkmoor Waters")
    page.get_by_role("button", name="the nearest that works").click()
    expect(page.locator("[name=accent]")).not_to_have_value("#ffdd00")
    expect(page.locator("[name=name]")).to_have_value("Larkmoor Waters")
    page.goto(f"{organisation}/settings/")
    expect(page.locator("[name=accent]")).to_have_value(before)


def test_menu_and_colours(bare, demo):
    page = bare()
    come_in(page, demo.url, MENTOR.email)
    page.get_by_role("button", name="Your account").click()
    page.get_by_role("button", name="Dark").click()
    expect(page.locator("html")).to_have_attribute("data-theme", "dark")
