"""Security in a real browser: a passkey of a virtual device, axe, small and large, light and dark, without script."""

import shutil

import pytest
from django.urls import reverse

from wayfellow.core import clock
from wayfellow.people.sessions import SessionStore
from wayfellow.people.tests.security import code_in_mail, next_code, with_app
from wayfellow.people.tests.soft_key import app_code
from wayfellow.web.tests.test_browser import chromium, problems, sideways, visit

__all__ = ["chromium", "visit"]
pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(not shutil.which("chromium"), reason="needs Debian's chromium"),
]
DEVICE = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}


def url(name, *more):
    return reverse(name, args=["larkmoor", *more])


def with_device(page):
    """A device with passkeys in this page's browser: what turns its owner's finger on and off."""
    tools = page.context.new_cdp_session(page)
    tools.send("WebAuthn.enable")
    made = tools.send("WebAuthn.addVirtualAuthenticator", {"options": DEVICE})["authenticatorId"]
    return lambda verified: tools.send(
        "WebAuthn.setUserVerified", {"authenticatorId": made, "isUserVerified": verified}
    )


def sign_out(page):
    page.get_by_role("button", name="Your account").click()
    page.locator("#account-menu").get_by_role("button", name="Sign out").click()
    page.wait_for_url("**/")


def test_passkey_is_added_and_signs_in(visit, live_server, member):
    page = visit(url("security"))
    finger = with_device(page)
    page.get_by_role("link", name="Add a passkey").click()
    if page.url.startswith(live_server.url + reverse("confirm_identity")):
        pytest.fail("asked again, although just signed in")
    page.get_by_label("Name").fill("My telephone")
    page.get_by_role("button", name="Make the passkey").click()
    page.get_by_role("heading", name="Recovery codes").wait_for()
    assert problems(page) == []
    page.get_by_role("link", name="I have kept them").click()
    assert "My telephone" in page.get_by_role("main").inner_text()
    sign_out(page)
    page.goto(live_server.url + reverse("sign_in") + f"?next={url('who_can_see')}")
    finger(False)
    page.get_by_role("button", name="Use a passkey").click()
    page.get_by_text("That did not work, or you stopped it.").wait_for()
    assert problems(page) == []
    finger(True)
    page.get_by_role("button", name="Use a passkey").click()
    page.wait_for_url("**" + url("who_can_see"))
    sign_out(page)
    page.goto(live_server.url + reverse("sign_in"))
    page.get_by_label("Work e-mail").fill(member.email)
    page.get_by_role("button", name="Send me a code").click()
    page.get_by_label("Code").fill(code_in_mail())
    page.get_by_role("button", name="Sign in", exact=True).click()
    page.get_by_role("heading", name="Your second factor").wait_for()
    assert problems(page) == []
    page.get_by_role("button", name="Use your passkey").click()
    page.get_by_role("button", name="Your account").wait_for()
    page.goto(live_server.url + url("add_passkey"))
    page.get_by_role("button", name="Make the passkey").click()
    page.get_by_text("This device has a passkey of yours already.").wait_for()
    assert page.complaints == []


@pytest.mark.parametrize(("width", "scheme"), [(1280, "dark"), (320, "light")])
def test_axe_finds_nothing_and_nothing_scrolls_sideways(visit, width, scheme):
    pages = [url(name) for name in ("account", "security", "add_totp", "add_passkey", "devices")]
    pages += [reverse("confirm_identity")]
    for path in pages:
        page = visit(path, width, color_scheme=scheme)
        assert page.url.endswith(path)
        assert problems(page) == [], path
        assert sideways(page) <= 0, path
        assert page.complaints == [], path


@pytest.mark.parametrize(("width", "scheme"), [(1280, "light"), (320, "dark")])
def test_axe_with_everything_set_up(visit, live_server, member, width, scheme):
    page = visit(url("add_totp"), width, color_scheme=scheme)
    with_app(member.account, keep_session=page.context.cookies()[0]["value"])
    for path in (url("security"), url("recovery_codes"), reverse("confirm_identity")):
        page.goto(live_server.url + path)
        assert problems(page) == [], path
        assert sideways(page) <= 0, path
    page.goto(live_server.url + url("security"))
    page.get_by_role("link", name="Remove… the app").click()
    assert problems(page) == []
    assert page.complaints == []


def test_app_is_set_up_and_asked_for_without_script(visit, live_server, member):
    page = visit(url("add_passkey"), 320, java_script_enabled=False)
    assert page.get_by_text("A passkey needs JavaScript").is_visible()
    assert not page.get_by_role("button", name="Make the passkey").is_visible()
    page.get_by_role("link", name="Set up an app instead").click()
    page.get_by_text("I cannot scan it").click()
    secret = page.locator(".secret").inner_text()
    page.get_by_label("Code").fill(app_code(secret, clock.now().timestamp()))
    page.get_by_role("button", name="Finish").click()
    page.get_by_role("heading", name="Recovery codes").wait_for()
    page.context.clear_cookies()
    page.goto(live_server.url + reverse("sign_in"))
    assert "A passkey needs JavaScript" in page.locator("main noscript").inner_text()
    assert not page.get_by_role("button", name="Use a passkey").is_visible()
    page.get_by_label("Work e-mail").fill(member.email)
    page.get_by_role("button", name="Send me a code").click()
    page.get_by_label("Code").fill(code_in_mail())
    page.get_by_role("button", name="Sign in", exact=True).click()
    page.get_by_label("Code").fill(next_code(secret))
    page.get_by_role("button", name="Sign in", exact=True).click()
    page.get_by_role("button", name="Your account").wait_for()


def test_what_was_typed_survives_a_time_out(visit, live_server, member):
    page = visit(reverse("edit_profile", args=["larkmoor", "about"]), 320, color_scheme="dark")
    words = "I have led night crews for ten years and would like to hear how others do it."
    page.locator("textarea").fill(words)
    session = SessionStore(page.context.cookies()[0]["value"])
    session["seen_at"] -= 4 * 24 * 3600
    session.save()
    page.get_by_role("button", name="Save and go on").click()
    page.get_by_text("What you sent is kept.").wait_for()
    page.get_by_label("Work e-mail").fill(member.email)
    page.get_by_role("button", name="Send me a code").click()
    page.get_by_label("Code").fill(code_in_mail())
    page.get_by_role("button", name="Sign in", exact=True).click()
    page.get_by_role("heading", name="Go on where you were").wait_for()
    assert words in page.get_by_role("main").inner_text()
    assert problems(page) == []
    assert sideways(page) <= 0
    page.get_by_role("button", name="Send it now").click()
    page.get_by_role("button", name="Your account").wait_for()
    member.profile.refresh_from_db()
    assert member.profile.about == words
    assert page.complaints == []
