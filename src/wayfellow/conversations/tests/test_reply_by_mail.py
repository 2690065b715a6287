"""The whole way, with a real SMTP and a real IMAP server on loopback: a letter, its mail, the answer, a letter."""

import email
import email.policy
import smtplib
import socket
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from email.message import EmailMessage
from typing import Any

import pytest
from aiosmtpd.controller import Controller

from wayfellow.conversations.actions import send_message
from wayfellow.conversations.models import Message
from wayfellow.conversations.tests.mails import ADDRESS, address_of, answer
from wayfellow.core import clock
from wayfellow.jobs.models import Job
from wayfellow.jobs.running import run_pending
from wayfellow.notifications.actions import set_mail_wishes
from wayfellow.notifications.inbound.reading import read_inbound_mail
from wayfellow.notifications.models import InboundMail, Mail, MailWishes
from wayfellow.notifications.tests.conftest import Post
from wayfellow.notifications.tests.imap_peer import Mailbox, imap_server

pytestmark = [pytest.mark.peers, pytest.mark.django_db(transaction=True)]
NOON = datetime(2026, 11, 24, 12, tzinfo=UTC)


@pytest.fixture(params=["", "separator = .\n  prefix = INBOX."], ids=["flat", "all below INBOX"])
def mailbox(request: Any, settings: Any) -> Iterator[Mailbox]:
    with imap_server(namespace=request.param) as found:
        settings.INBOUND_ADDRESS, settings.INBOUND_URL = ADDRESS, found.url
        yield found


@pytest.fixture
def post(settings: Any) -> Iterator[Post]:
    """The server that our mails leave by."""
    handler = Post()
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    controller = Controller(handler, hostname="127.0.0.1", port=port)
    controller.start()
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", port
    settings.MAIL_URL = f"smtp://127.0.0.1:{port}"
    yield handler
    controller.stop()


def read_mailbox() -> None:
    read_inbound_mail.enqueue()
    run_pending()


def test_a_letter_its_mail_an_answer_a_letter(pair, ines, amara, mailbox, post):
    with clock.moved_to(NOON):
        send_message(ines, pair, text="Bring the version you are unsure about.")
    with clock.moved_to(NOON + timedelta(minutes=6)):
        run_pending()
    (envelope,) = post.received
    mail: Any = email.message_from_bytes(envelope.content, policy=email.policy.default)
    assert mail["Reply-To"].startswith("reply+conversation.")
    assert "Bring the version" not in envelope.content.decode()

    reply = EmailMessage()
    reply["From"], reply["To"], reply["Subject"] = amara.email, mail["Reply-To"], f"Re: {mail['Subject']}"
    reply["In-Reply-To"], reply["Message-ID"] = mail["Message-ID"], "<1@phone.example>"
    quoted = "\n".join(f"> {line}" for line in mail.get_body(("plain",)).get_content().splitlines())
    reply.set_content(f"You will get version two.\n\nOn Tuesday Larkmoor wrote:\n{quoted}\n-- \nAmara\n")
    with smtplib.SMTP("127.0.0.1", post_port(post)) as server:  # her mail program hands it to a real server
        server.send_message(reply)
    mailbox.put(post.received[-1].content)

    with clock.moved_to(NOON + timedelta(hours=1)):
        read_mailbox()
    letter = Message.objects.order_by("-pk")[0]
    assert (letter.author, letter.text, letter.by_mail) == (amara, "You will get version two.", True)
    assert list(mailbox.folders().values()) == [1]
    assert next(iter(mailbox.folders())).endswith("Taken")


def post_port(post: Post) -> int:
    from django.conf import settings

    return settings.EMAIL_PORT


def test_one_bad_mail_never_stops_the_others(pair, amara, mailbox, monkeypatch):
    from wayfellow.conversations.actions import by_mail

    to = address_of(amara, pair)
    send = by_mail.send_message

    def breaks_for_one(*args: Any, **fields: Any) -> Any:
        if "poison" in fields["text"]:
            raise RuntimeError("broken")
        return send(*args, **fields)

    monkeypatch.setattr(by_mail, "send_message", breaks_for_one)
    mailbox.put(
        b"\xff\xfe rubbish\r\n\r\n\x00",
        answer(amara.email, to, "poison", identity="<p@x>"),
        answer("forger@evil.example", to, identity="<f@x>"),
        answer(amara.email, to, "Good", identity="<g@x>"),
        answer(amara.email, to, "Good", identity="<g@x>"),
    )
    read_mailbox()
    assert list(Message.objects.values_list("text", flat=True)) == ["Good"]
    names = {name.removeprefix("INBOX."): count for name, count in mailbox.folders().items()}
    assert names == {"INBOX": 1, "Left alone": 1, "Refused": 1, "Taken": 2}
    for _turn in range(2):
        read_mailbox()
    names = {name.removeprefix("INBOX."): count for name, count in mailbox.folders().items()}
    assert names == {"Failed": 1, "Left alone": 1, "Refused": 1, "Taken": 2}
    assert InboundMail.objects.get(state="failed").attempts == 3


def test_a_calendar_answer_goes_to_its_subject(amara, mailbox, monkeypatch):
    from django.apps import apps

    from wayfellow.core.registry import InboundHandler

    handler = InboundHandler("calendar:reply", f"{__name__}.note_calendar")
    monkeypatch.setattr(apps.get_app_config("conversations"), "inbound", [handler])
    CALENDARS.clear()
    raw = (
        f"From: {amara.email}\r\nTo: {ADDRESS}\r\nMessage-ID: <c@x>\r\nAuto-Submitted: auto-generated\r\n"
        "Content-Type: text/calendar; method=REPLY; charset=utf-8\r\n\r\n"
        "BEGIN:VCALENDAR\r\nMETHOD:REPLY\r\nEND:VCALENDAR"
    ).encode()
    mailbox.put(raw, raw.replace(b"REPLY", b"REQUEST").replace(b"<c@x>", b"<d@x>"))
    read_mailbox()
    assert [message["Message-ID"] for message in CALENDARS] == ["<c@x>"]


CALENDARS: list[Any] = []


def note_calendar(message: Any) -> None:
    CALENDARS.append(message)


def test_a_wrong_password_is_seen_and_nothing_is_lost(pair, amara, mailbox, settings):
    mailbox.put(answer(amara.email, address_of(amara, pair)))
    right, settings.INBOUND_URL = settings.INBOUND_URL, "imap://reply:wrong@127.0.0.1:1/INBOX"
    read_mailbox()
    assert Job.objects.get(task__endswith="read_inbound_mail").state == "failed"
    settings.INBOUND_URL = right
    read_mailbox()
    assert Message.objects.count() == 1


def test_quiet_hours_in_the_readers_zone_and_one_mail_for_all(pair, ines, amara, post):
    night = datetime(2026, 11, 24, 19, tzinfo=UTC)  # 22:00 in Nairobi, 19:00 in Lisbon
    with clock.moved_to(night):
        for words in ("One", "Two", "Three"):
            send_message(ines, pair, text=words)
    with clock.moved_to(night + timedelta(hours=2)):
        run_pending()
    assert post.received == []
    with clock.moved_to(datetime(2026, 11, 25, 3, 59, tzinfo=UTC)):
        run_pending()
    assert post.received == []
    with clock.moved_to(datetime(2026, 11, 25, 4, 1, tzinfo=UTC)):  # 07:01 in Nairobi
        run_pending()
    (envelope,) = post.received
    mail: Any = email.message_from_bytes(envelope.content, policy=email.policy.default)
    assert mail["Subject"] == "Inês wrote to you, 3 letters"
    with clock.moved_to(datetime(2026, 11, 25, 9, tzinfo=UTC)):
        send_message(ines, pair, text="Four")
        run_pending(now=clock.now() + timedelta(minutes=6))
    assert len(post.received) == 2  # what a mail has told of is not told again


def test_what_was_read_in_the_app_needs_no_mail(pair, ines, amara, post):
    from wayfellow.conversations.actions import read_messages

    with clock.moved_to(NOON):
        send_message(ines, pair, text="One")
        read_messages(amara, pair)
        run_pending(now=NOON + timedelta(minutes=6))
    assert post.received == []
    assert Mail.objects.get().state == "dropped"


def test_words_are_in_the_mail_only_if_one_wants_them(pair, ines, amara, post):
    usual = MailWishes()
    set_mail_wishes(amara, quiet_from=usual.quiet_from, quiet_until=usual.quiet_until, words_in_mail=True)
    with clock.moved_to(NOON):
        send_message(ines, pair, text="Bring <b>it</b>")
        send_message(amara, pair, text="Mine")
        run_pending(now=NOON + timedelta(minutes=6))
    bodies = {envelope.rcpt_tos[0]: parts_of(envelope) for envelope in post.received}
    text, html = bodies[amara.email]
    assert "Bring <b>it</b>" in text and "Bring &lt;b&gt;it&lt;/b&gt;" in html
    assert "Mine" not in "".join(bodies[ines.email])


def parts_of(envelope: Any) -> list[str]:
    message: Any = email.message_from_bytes(envelope.content, policy=email.policy.default)
    return [part.get_content() for part in message.iter_parts()]
