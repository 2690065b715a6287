"""Coming into the demo as one of its persons, by the ways a visitor has."""

import re

from playwright.sync_api import Page, expect

from wayfellow.demo.persons import ADMIN, MANAGER, MENTEE, MENTOR, SAFEGUARDING_EMAIL

EVERYBODY = {
    "mentee": MENTEE.email,
    "mentor": MENTOR.email,
    "manager": MANAGER.email,
    "admin": ADMIN.email,
    "safeguarding": SAFEGUARDING_EMAIL,
}
WITH_DOOR = {MENTEE.email, MENTOR.email, MANAGER.email, ADMIN.email}


def come_in(page: Page, url: str, email: str) -> str:
    """Sign in to the demo: by a door where there is one, by a code from the outbox otherwise; the home's address."""
    if email in WITH_DOOR:
        page.goto(url)
        page.get_by_role("button", name=email).click()
    else:
        sign_in_by_code(page, url, email)
    expect(page).to_have_url(re.compile(r"/o/larkmoor/$"))
    return page.url


def sign_in_by_code(page: Page, url: str, email: str) -> None:
    """Ask for a code, read it in the demo's outbox, type it."""
    page.goto(f"{url}/sign-in/")
    page.get_by_label("Work e-mail").fill(email)
    page.get_by_role("button", name="Send me a code").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Type the code")
    code = _code_in_outbox(page, url, email)
    page.get_by_label("Code").fill(code)
    page.get_by_role("main").get_by_role("button", name="Sign in", exact=True).click()


def _code_in_outbox(page: Page, url: str, email: str) -> str:
    outbox = page.context.new_page()
    row = outbox.get_by_role("row").filter(has_text=email).filter(has_text="is your code").first
    while True:
        outbox.goto(f"{url}/outbox/?q={email}")
        if row.count():
            break
    said = row.inner_text()
    outbox.close()
    return re.search(r"\b(\S+) is your code", said).group(1)
