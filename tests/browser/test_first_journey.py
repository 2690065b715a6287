"""From an empty machine to two people who work together, and an end: real processes, real mails, a real browser."""

import json
import re

import pytest
from playwright.sync_api import expect

from tests.browser import journey
from tests.browser.journey import press
from tests.browser.processes import ROOT

pytestmark = [pytest.mark.browser, pytest.mark.both_databases]
SAMPLE = ROOT / "docs" / "samples" / "people.csv"
ADMIN, MENTEE, MENTOR = "ruta@larkmoor.example", "amara@larkmoor.example", "ines@larkmoor.example"


def text_of(mail):
    return mail.get_body(("plain",)).get_content()


def link_in(mail, path):
    """The first link of the mail whose address holds this path; both parts of the mail have it."""
    link = re.findall(rf"https?://\S*{path}[^\s\"<>]*", text_of(mail))[0]
    assert link.replace("&", "&amp;") in mail.get_body(("html",)).get_content()
    return link


def assert_good_mail(mail, *, can_stop):
    """Two parts, one identity of our own making; one click stops its kind, where it can be stopped."""
    assert mail.get_content_type() == "multipart/alternative"
    assert [part.get_content_type() for part in mail.iter_parts()] == ["text/plain", "text/html"]
    assert re.fullmatch(r"<(notice-\d+|mail-[0-9a-f]+)[.0-9a-f]*@[^<>@\s]+>", mail["Message-ID"])
    assert mail["Auto-Submitted"] == "auto-generated"
    if can_stop:
        assert mail["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
        assert re.fullmatch(r"<http://127\.0\.0\.1:\d+/mails/stop/\S+/>", mail["List-Unsubscribe"].strip())
    else:
        assert mail["List-Unsubscribe"] is None


def begin(site):
    """`wayfellow init` and `wayfellow serve`; the administrator's link, and the organisation's address."""
    said = site.run("init", "--organisation", "Larkmoor Utilities", "--slug", "larkmoor", "--admin-email", ADMIN)
    site.serve()
    [link] = re.findall(r"http://\S+", said)
    return link, f"{site.url}/o/larkmoor"


def test_two_people_join_find_each_other_agree_and_end(site, new_page):
    sign_in_link, organisation = begin(site)
    admin = new_page(site.url)
    journey.use_sign_in_link(admin, sign_in_link)
    journey.import_people(admin, organisation, SAMPLE)
    expect(admin.get_by_role("main")).to_contain_text("each with its reason")
    journey.invite(admin, organisation, f"Amara Oyelunde <{MENTEE}>", f"Inês Tavaredo <{MENTOR}>")

    mentee, mentor = new_page(site.url), new_page(site.url)
    for page, email, name in ((mentee, MENTEE, "Amara Oyelunde"), (mentor, MENTOR, "Inês Tavaredo")):
        invitation = site.postbox.wait_for(email, "invites you")
        assert_good_mail(invitation, can_stop=False)
        journey.join(page, link_in(invitation, "/join/"), name=name)

    journey.offer_skill(mentor, organisation)
    journey.become_mentor(mentor, organisation, places=1)
    journey.set_goal(mentee, organisation)
    journey.find(mentee, organisation, "discov interv", name="Inês Tavaredo")
    expect(mentee.get_by_role("main")).to_contain_text("Come with something you have tried.")
    journey.ask(mentee, "Inês")

    asked = site.postbox.wait_for(MENTOR, "asks you to mentor them")
    assert_good_mail(asked, can_stop=True)
    answer_link = link_in(asked, "/a/")
    stranger = new_page(site.url)
    stranger.goto(answer_link)
    journey.heading(stranger, "Amara asks you to mentor them")
    mentee.reload()
    expect(mentee.get_by_role("main")).to_contain_text("Inês’s turn")
    press(stranger, "Accept Amara")
    journey.heading(stranger, "You said yes to Amara")

    for page, name, place in ((mentee, "Inês", "mentee"), (mentor, "Amara", "mentor")):
        page.goto(f"{organisation}/mentoring/")
        page.get_by_role("link", name=re.compile(f"{name} .*and you")).click()
        journey.heading(page, f"{name} and you")
        expect(page.get_by_role("heading", name="Next meeting"), place).to_be_visible()
    assert_good_mail(site.postbox.wait_for(MENTEE, "Inês Tavaredo said yes"), can_stop=False)
    mentor.goto(f"{organisation}/mentoring/limits")
    expect(mentor.locator("dt", has_text="Taken").locator("+ dd")).to_have_text("1")

    stranger.goto(answer_link)
    journey.heading(stranger, "This link does nothing any more")

    stop_link = asked["List-Unsubscribe"].strip().strip("<>")
    stopped = stranger.context.request.post(stop_link, form={"List-Unsubscribe": "One-Click"})
    assert stopped.status == 200
    mentor.goto(f"{organisation}/notices/preferences/")
    expect(mentor.get_by_role("checkbox", name=re.compile("^Send ?: Somebody asks to work"))).not_to_be_checked()
    expect(mentor.get_by_role("checkbox", name=re.compile("^Show ?: Somebody asks to work"))).to_be_checked()
    mentor.goto(f"{organisation}/mentoring/limits")

    journey.end(mentee, "Inês")
    assert_good_mail(site.postbox.wait_for(MENTOR, "Amara Oyelunde and you"), can_stop=False)
    mentor.reload()
    expect(mentor.locator("dt", has_text="Taken").locator("+ dd")).to_have_text("0")
    journey.find(mentee, organisation, "Tavaredo", name="Inês Tavaredo")
    expect(mentee.get_by_role("link", name="Ask Inês").first).to_be_visible()

    told = {recipient for mail in site.postbox.mails for recipient in mail.envelope_to}
    assert told == {ADMIN, MENTEE, MENTOR}, "an import writes to nobody"
    ids = [mail["Message-ID"] for mail in site.postbox.mails]
    assert len(set(ids)) == len(ids), "a mail came twice, or two have one identity"


def test_people_come_in_by_the_command_line_and_stand_in_the_list(site, new_page):
    sign_in_link, organisation = begin(site)
    command = ["members", "import", str(SAMPLE), "--organisation", "larkmoor"]
    dry = json.loads(site.run(*command, "--dry-run", "--json", code=2))
    assert dry["created"] > 250
    assert dry["refused"]
    assert all(set(one) >= {"line", "column", "reason"} for one in dry["refused"])
    site.run(*command, code=2)
    admin = new_page(site.url)
    journey.use_sign_in_link(admin, sign_in_link)
    admin.goto(f"{organisation}/people/")
    expect(admin.get_by_role("main")).to_contain_text("1 member")

    applied = json.loads(site.run(*command, "--skip-refused", "--json"))
    assert applied["created"] == dry["created"]
    admin.reload()
    expect(admin.get_by_role("main")).to_contain_text(f"of {applied['created'] + 1}")
    admin.get_by_role("searchbox", name="Search by name or e-mail").fill("Asantewe")
    admin.get_by_role("searchbox", name="Search by name or e-mail").press("Enter")
    expect(admin.get_by_role("link", name="Kofi Asantewe")).to_be_visible()

    again = json.loads(site.run(*command, "--skip-refused", "--json"))
    assert (again["created"], again["changed"]) == (0, 0)
