"""The steps of the main journey as a person takes them: through labels, buttons and links, never by address alone.

Each takes a page on which somebody is signed in (or is about to be). They work with and without JavaScript.
"""

import contextlib
import re
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

from playwright.sync_api import Error, Page, expect

JOB_TAKES = 60.0
GOAL = "Move from data analyst to associate product manager"
SKILL = "Discovery interviews"


def press(page: Page, name: str, *, within: str = "main") -> None:
    """Press the button of this name."""
    page.locator(within).get_by_role("button", name=name, exact=True).click()


def heading(page: Page, text: str | re.Pattern[str]) -> None:
    """Wait until this is the page's heading."""
    expect(page.get_by_role("heading", level=1)).to_have_text(text)


def use_sign_in_link(page: Page, link: str) -> None:
    """Open the one-time link that `wayfellow init` prints, and agree to the conduct."""
    page.goto(link)
    heading(page, "Welcome")
    press(page, "Sign in")
    accept_conduct(page)


def accept_conduct(page: Page) -> None:
    """Agree to what is expected."""
    heading(page, "What we expect of each other")
    press(page, "I agree to this")
    expect(page.get_by_role("heading", level=1)).not_to_have_text("What we expect of each other")


def join(page: Page, link: str, *, name: str) -> None:
    """Open an invitation, say one's name, agree to the conduct."""
    page.goto(link)
    page.get_by_label("Your name").fill(name)
    press(page, "Join")
    accept_conduct(page)


def invite(page: Page, organisation: str, *addresses: str) -> None:
    """As the administrator: invite people into the open network."""
    page.goto(f"{organisation}/people/")
    page.locator("main").get_by_role("link", name="Invite people").first.click()
    page.get_by_label("E-mail addresses").fill("\n".join(addresses))
    press(page, "Send the invitations")
    expect(page.get_by_role("heading", level=1)).to_have_text("People")


def import_people(page: Page, organisation: str, file: Path) -> None:
    """As the administrator: choose a file, look at what it would change, apply it, wait until it is done."""
    choose_file(page, organisation, file)
    apply_import(page)


def choose_file(page: Page, organisation: str, file: Path) -> None:
    """Bring a file and wait until it was checked."""
    page.goto(f"{organisation}/people/")
    page.locator("main").get_by_role("link", name="Import a spreadsheet").first.click()
    page.locator("main input[type=file]").set_input_files(file)
    press(page, "Check this file")
    wait_for_job(page, "Check before anything changes")


def apply_import(page: Page) -> None:
    """Say yes to a checked file and wait until it was applied."""
    page.get_by_role("button", name=re.compile("^(Create|Change) ")).click()
    wait_for_job(page, "The import is done")


def wait_for_job(page: Page, title: str) -> None:
    """Wait until the page has this heading. Without JavaScript, by its link "Look again"."""
    deadline = time.monotonic() + JOB_TAKES
    found, again = page.get_by_role("heading", level=1, name=title), page.get_by_role("link", name="Look again")
    while time.monotonic() < deadline:
        expect(found.or_(again).first).to_be_visible()
        if found.is_visible():
            return
        with contextlib.suppress(Error):  # the page may turn by itself in this very moment
            again.first.click(timeout=2_000)
    heading(page, title)


def set_goal(page: Page, organisation: str, *, title: str = GOAL, skill: str = SKILL) -> None:
    """The wizard, all five steps."""
    page.goto(f"{organisation}/goals/")
    press(page, "Begin a goal")
    heading(page, "Where do you want to go?")
    page.get_by_label("Where do you want to go?").fill(title)
    press(page, "Next: how you will know")
    heading(page, "How will you know you got there?")
    page.locator("[name=sign_of_success]").fill("I own one small feature from brief to release.")
    page.locator("[name=by_when]").fill(f"{datetime.now(UTC) + timedelta(days=180):%Y-%m-%d}")
    press(page, "Next: skills")
    heading(page, "Which skills does it ask for?")
    pick_skill(page, skill)
    page.get_by_label("Where you are now").select_option("2")
    page.get_by_label("Where you want to be").select_option("4")
    press(page, "Next: what could stop you")
    heading(page, "What could stop you?")
    page.locator("[name=obstacle]").fill("I keep putting off calls with people I do not know.")
    page.locator("[name=if_moment]").fill("It is Monday, nine o'clock")
    page.locator("[name=then_act]").fill("I write one message to one customer.")
    press(page, "Next: check your goal")
    heading(page, "Check your goal")
    expect(page.get_by_role("main")).to_contain_text(title)
    press(page, "Set this goal")
    expect(page.get_by_text("Your goal is set.")).to_be_visible()


def pick_skill(page: Page, skill: str) -> None:
    """Search for a skill in the picker and add it."""
    page.get_by_label("Find a skill").fill(skill)
    press(page, "Search", within="#skill-picker")
    page.locator("#skills-found").get_by_role("button", name=f"Add {skill}").click()
    expect(page.get_by_text(f"“{skill}” is added. Choose a level for it.")).to_be_visible()


def offer_skill(page: Page, organisation: str, *, skill: str = SKILL) -> None:
    """Say what one can do, and that one helps others with it."""
    page.goto(f"{organisation}/my-skills/")
    pick_skill(page, skill)
    page.get_by_role("radio", name=re.compile("^4 · ")).check()
    page.get_by_label("I can help others with it").check()
    press(page, "Save my skills")
    expect(page.get_by_text("Saved. This is how others find you.")).to_be_visible()


def become_mentor(page: Page, organisation: str, *, places: int) -> None:
    """Offer places in the open network."""
    page.goto(f"{organisation}/mentoring/")
    page.locator("main").get_by_role("link", name="Become a mentor").first.click()
    page.get_by_label("How many people can you work with at once?").fill(str(places))
    page.get_by_label("What do you ask of a mentee?").fill("Come with something you have tried.")
    press(page, "Offer to mentor")
    page.goto(f"{organisation}/mentoring/limits")
    heading(page, "My limits")


def find(page: Page, organisation: str, words: str, *, name: str) -> None:
    """Search, and open the page of who is found."""
    page.goto(f"{organisation}/find/")
    page.get_by_role("searchbox", name="Search by name, skill or role").fill(words)
    page.get_by_role("searchbox", name="Search by name, skill or role").press("Enter")
    page.get_by_role("link", name=name, exact=True).click()
    heading(page, name)


def ask(page: Page, first_name: str) -> None:
    """From a mentor's page: write the request and send it."""
    page.get_by_role("link", name=f"Ask {first_name}").first.click()
    heading(page, f"Ask {first_name} to mentor you")
    page.get_by_label(f"Why {first_name}?").fill("You have moved from analysis to product work, as I want to.")
    page.get_by_label(f"What would you ask of {first_name}?").fill("Look at my first three interview plans with me.")
    page.get_by_role("radio", name=re.compile("Just once")).check()
    press(page, "Send request")


def end(page: Page, first_name: str) -> None:
    """From the page of a relationship: end it with the note that is offered."""
    page.locator("main").get_by_role("link", name="Pause or end").first.click()
    heading(page, "Pause or end")
    page.get_by_role("radio", name=re.compile("^I stop here")).check()
    press(page, "End it, and send the note")
    expect(page.get_by_role("heading", name="You have stopped here")).to_be_visible()
