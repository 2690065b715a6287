"""Coming into the demo as one of its persons, by the ways a visitor has."""

import re
import time

from playwright.sync_api import Locator, Page, expect

from wayfellow.demo.persons import ADMIN, MANAGER, MENTEE, MENTOR, SAFEGUARDING_EMAIL

MAIL_TAKES = 20.0
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
    earlier = _codes_in_outbox(page, url, email)
    page.goto(f"{url}/sign-in/")
    page.get_by_label("Work e-mail").fill(email)
    page.get_by_role("button", name="Send me a code").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Type the code")
    page.get_by_label("Code").fill(_new_code(page, url, email, earlier))
    page.get_by_role("main").get_by_role("button", name="Sign in", exact=True).click()


def _new_code(page: Page, url: str, email: str, earlier: list[str]) -> str:
    """The code that was not in the outbox earlier: the mail leaves a moment after it was asked for."""
    deadline = time.monotonic() + MAIL_TAKES
    while time.monotonic() < deadline:
        new = [code for code in _codes_in_outbox(page, url, email) if code not in earlier]
        if new:
            return new[0]
    raise AssertionError(f"no new code for {email} in the outbox")


def _codes_in_outbox(page: Page, url: str, email: str) -> list[str]:
    outbox = page.context.new_page()
    outbox.goto(f"{url}/outbox/?q={email}")
    said = outbox.get_by_role("row").filter(has_text=email).all_inner_texts()
    outbox.close()
    return re.findall(r"\b(\S+) is your code", "\n".join(said))


def link_in_outbox(page: Page, url: str, email: str, subject: str, path: str) -> str:
    """The first link whose address holds this path, in the newest mail to somebody that the demo's outbox shows."""
    _newest_mail(page, url, email, subject).get_by_role("link").click()
    return re.search(rf"https?://\S*{path}\S*", page.get_by_role("main").inner_text()).group(0)


def _newest_mail(outbox: Page, url: str, email: str, subject: str) -> Locator:
    row = outbox.get_by_role("row").filter(has_text=email).filter(has_text=subject).first
    deadline = time.monotonic() + MAIL_TAKES
    while time.monotonic() < deadline:
        outbox.goto(f"{url}/outbox/?q={email}")
        if row.count():
            break
    expect(row).to_be_visible()
    return row
