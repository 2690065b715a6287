"""Mails as a real server on loopback receives them."""

import email
import email.policy
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.core import signing

from wayfellow.core import clock
from wayfellow.core.errors import InvalidInput
from wayfellow.jobs.actions import run_again
from wayfellow.jobs.models import Job
from wayfellow.jobs.running import run_pending
from wayfellow.notifications.actions import notify, send_mail
from wayfellow.notifications.models import Mail, Notice

pytestmark = pytest.mark.peers

FACTS = {"from": "Inês Duarte", "what": "Would you?", "at": datetime(2026, 11, 26, 19, tzinfo=UTC)}
LINKS = {"page": "/o/larkmoor/tea/", "accept": "/a/secret-token"}


def parsed(envelope: Any) -> Any:
    return email.message_from_bytes(envelope.content, policy=email.policy.default)


def tell(member: Any, **facts: Any) -> Notice:
    return notify("tea_ready", to=member, about=member, facts={**FACTS, **facts}, links=LINKS)


def test_a_notice_arrives_in_two_forms_with_its_headers(db: None, post: Any, make_member: Any) -> None:
    member = make_member("Zoë Ångström", email="zoe@larkmoor.example", time_zone="Asia/Kolkata")
    notice = tell(member)
    run_pending()
    (envelope,) = post.received
    message = parsed(envelope)
    assert envelope.rcpt_tos == ["zoe@larkmoor.example"]
    assert message["To"] == "Zoë Ångström <zoe@larkmoor.example>"
    assert message["From"] == "Larkmoor Utilities <wayfellow@localhost>"
    assert message["Subject"] == 'Inês Duarte asks "Would you?"'
    assert message["Auto-Submitted"] == "auto-generated"
    assert message["Message-ID"].startswith(f"<notice-{notice.pk}.")
    assert message["Message-ID"].endswith("@wayfellow.larkmoor.example>")
    assert message["Date"]
    assert message["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    stop = message["List-Unsubscribe"].strip(" <>")
    assert stop.startswith("https://wayfellow.larkmoor.example/mails/stop/")
    told = signing.loads(stop.split("/")[-2], salt="wayfellow.notifications.stop")
    assert told == {"member": member.pk, "kind": "tea_ready"}
    assert message.get_content_type() == "multipart/alternative"
    text, html = message.iter_parts()
    assert (text.get_content_type(), html.get_content_type()) == ("text/plain", "text/html")
    words = text.get_content()
    assert "Fri 27 Nov, 00:30, in your time" in " ".join(words.split())
    assert "Tea & cake" in words
    assert "https://wayfellow.larkmoor.example/a/secret-token" in words
    assert "because you like tea" in words
    assert max(len(line) for line in words.splitlines() if "http" not in line) <= 72
    page = html.get_content()
    assert "Fri 27 Nov, 00:30" in page
    assert page.count("<h1") == 1
    assert "<img" not in page
    assert 'href="https://wayfellow.larkmoor.example/a/secret-token"' in page


def test_nothing_of_what_it_said_is_kept(db: None, post: Any, member: Any) -> None:
    tell(member)
    run_pending()
    mail = Mail.objects.get()
    assert (mail.state, mail.text, mail.html) == ("sent", "", "")
    assert mail.to == member.email
    assert Job.objects.get().kwargs == {}
    assert Notice.objects.get().url == "/o/larkmoor/tea/"


def test_one_mail_for_one_notice_however_often_its_job_runs(db: None, post: Any, member: Any) -> None:
    notice = tell(member)
    job = Job.objects.get()
    kwargs = job.kwargs
    run_pending()
    Job.objects.update(state="failed", kwargs=kwargs)  # as if it had died after the mail's end was written
    run_again(job)
    assert run_pending() == 1
    assert len(post.received) == 1
    assert Mail.objects.get().key == f"notice:{notice.pk}"


def test_a_second_try_has_the_same_message_id(db: None, post: Any, member: Any) -> None:
    tell(member)
    run_pending()
    Job.objects.update(state="waiting", kwargs={"notice_id": Notice.objects.get().pk, "links": LINKS})
    Mail.objects.update(state="waiting")  # as if the worker had died between the server's yes and the commit
    run_pending()
    first, second = (parsed(envelope)["Message-ID"] for envelope in post.received)
    assert first == second


@pytest.mark.parametrize("answer", ["451 try later", "data:421 busy"])
def test_a_passing_refusal_is_tried_again(db: None, post: Any, member: Any, answer: str) -> None:
    post.answers = [answer]
    tell(member)
    run_pending()
    assert Job.objects.get().state == "waiting"
    assert Mail.objects.get().state == "waiting"
    run_pending(now=clock.now() + timedelta(minutes=1))
    assert len(post.received) == 1
    assert Mail.objects.get().state == "sent"


def test_a_server_that_is_away_is_tried_again(db: None, post: Any, member: Any, settings: Any) -> None:
    settings.EMAIL_PORT = 1
    tell(member)
    run_pending()
    assert Job.objects.get().state == "waiting"


@pytest.mark.parametrize("answer", ["550 no such person", "data:554 not from you"])
def test_a_final_refusal_is_written_down_and_not_tried_again(db: None, post: Any, member: Any, answer: str) -> None:
    post.answers = [answer]
    tell(member)
    run_pending()
    assert Job.objects.get().state == "done"
    mail = Mail.objects.get()
    assert mail.state == "failed"
    assert mail.error == f"SMTP {answer.removeprefix('data:')[:3]}"
    assert run_pending(now=clock.now() + timedelta(days=2)) == 0


def test_an_address_that_no_header_can_hold_is_written_down_once(db: None, post: Any, make_member: Any) -> None:
    tell(make_member("Inês Tavaredo", email="inês@larkmoor.example"))
    send_mail(
        to="zoë@larkmoor.example", template="notifications/mail/kettle_on", facts=FACTS, organisation=None, key="k"
    )
    run_pending()
    assert post.received == []
    assert set(Mail.objects.values_list("state", "error")) == {("failed", "address")}
    assert set(Job.objects.values_list("state", flat=True)) == {"done"}
    assert run_pending(now=clock.now() + timedelta(days=2)) == 0


def test_a_domain_with_accents_is_spelled_plainly(db: None, post: Any, make_member: Any) -> None:
    tell(make_member("Zoë Ångström", email="zoe@bücher.example"))
    run_pending()
    (envelope,) = post.received
    assert envelope.rcpt_tos == ["zoe@xn--bcher-kva.example"]
    assert parsed(envelope)["To"] == "Zoë Ångström <zoe@xn--bcher-kva.example>"


def test_no_header_can_be_slipped_in(db: None, post: Any, make_member: Any, organisation: Any) -> None:
    organisation.sender_name = "Larkmoor\r\nBcc: all@larkmoor.example"
    organisation.save()
    member = make_member("Amara\nX-Evil: 1", email="amara@larkmoor.example")
    tell(member, **{"from": "Inês\r\nBcc: all@larkmoor.example\r\n\r\nbody"})
    run_pending()
    (envelope,) = post.received
    message = parsed(envelope)
    assert envelope.rcpt_tos == ["amara@larkmoor.example"]
    assert message["Bcc"] is None
    assert message["X-Evil"] is None
    assert message["Subject"].strip().startswith("Inês Bcc: all@larkmoor.example body asks")


def test_words_are_escaped_in_the_page_and_not_in_the_text(db: None, post: Any, member: Any) -> None:
    tell(member, what="<script>alert(1)</script> & more")
    run_pending()
    text, html = parsed(post.received[0]).iter_parts()
    assert "<script>" not in html.get_content()
    assert "&lt;script&gt;" in html.get_content()
    assert "& more" in parsed(post.received[0])["Subject"]
    assert "&amp;" not in text.get_content()


def test_the_organisation_is_the_sender(db: None, post: Any, member: Any, organisation: Any) -> None:
    organisation.sender_name = "Mentoring at Larkmoor"
    organisation.sender_email = "mentoring@larkmoor.example"
    organisation.save()
    tell(member)
    run_pending()
    assert parsed(post.received[0])["From"] == "Mentoring at Larkmoor <mentoring@larkmoor.example>"
    assert post.received[0].mail_from == "mentoring@larkmoor.example"


def test_who_has_left_meanwhile_gets_none(db: None, post: Any, member: Any) -> None:
    tell(member)
    member.state = "left"
    member.save()
    run_pending()
    assert post.received == []
    assert Mail.objects.get().state == "dropped"


def test_send_mail_writes_to_an_address_once_for_a_key(db: None, post: Any, organisation: Any) -> None:
    for _turn in range(2):
        send_mail(
            to="new@larkmoor.example",
            template="notifications/mail/kettle_on",
            facts={**FACTS, "from": "Ruta"},
            organisation=organisation,
            key="invitation:1",
            secret=True,
        )
        run_pending()
    (envelope,) = post.received
    message = parsed(envelope)
    assert message["Subject"] == 'Ruta asks "Would you?"'
    assert message["List-Unsubscribe"] is None
    assert Job.objects.get().kwargs == {}


@pytest.mark.parametrize("to", ["nobody", "a@b.example\nBcc: c@d.example", "a@b.example, c@d.example", "<a@b.example>"])
def test_send_mail_refuses_what_is_no_address(db: None, organisation: Any, to: str) -> None:
    with pytest.raises(InvalidInput):
        send_mail(to=to, template="x", facts={}, organisation=organisation, key="k")
    assert not Job.objects.exists()
