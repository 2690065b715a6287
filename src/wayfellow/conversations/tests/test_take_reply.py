"""An answer by mail becomes a letter; everything else is refused kindly or left alone."""

from datetime import timedelta

import pytest

from wayfellow.conversations.models import Draft, Message
from wayfellow.conversations.tests.conftest import picture
from wayfellow.conversations.tests.mails import ADDRESS, address_of, answer
from wayfellow.core import clock
from wayfellow.jobs.models import Job
from wayfellow.notifications.inbound.handling import handle_mail
from wayfellow.notifications.models import InboundMail, Notice
from wayfellow.safety.actions import block_member


@pytest.fixture(autouse=True)
def inbound(settings):
    settings.INBOUND_ADDRESS = ADDRESS


def take(raw: bytes, **fields) -> str:
    return handle_mail(raw, now=fields.pop("now", None) or clock.now(), **fields)


def why() -> str:
    return InboundMail.objects.get().why


def test_it_becomes_a_letter_without_what_was_quoted(pair, ines, amara):
    assert take(answer(amara.email, address_of(amara, pair))) == "taken"
    letter = Message.objects.get()
    assert (letter.author, letter.text, letter.by_mail) == (amara, "Then you will get version two.", True)
    assert "> Bring the version" in letter.whole
    assert Notice.objects.filter(member=ines, kind="message_received").exists()


def test_each_mail_once(pair, amara):
    raw = answer(amara.email, address_of(amara, pair))
    assert [take(raw), take(raw)] == ["taken", "taken"]
    assert Message.objects.count() == InboundMail.objects.count() == 1


def test_without_a_message_id_once_too(pair, amara):
    raw = answer(amara.email, address_of(amara, pair), identity="")
    take(raw), take(raw)
    assert Message.objects.count() == 1


def test_one_may_answer_again_to_the_same_address(pair, amara):
    for number in range(2):
        take(answer(amara.email, address_of(amara, pair), f"Letter {number}", identity=f"<{number}@x.example>"))
    assert Message.objects.count() == 2


@pytest.mark.parametrize(
    "sender", ["ines.tavaredo@larkmoor.example", "forger@evil.example", "a@b.example, c@d.example"]
)
def test_from_another_address_nothing_is_taken_and_only_its_owner_hears(pair, ines, amara, sender):
    assert take(answer(sender, address_of(amara, pair))) == "refused"
    assert why() == "another_sender"
    assert not Message.objects.exists()
    told = Notice.objects.get()
    assert (told.kind, told.member) == ("reply_not_taken", amara)
    assert Job.objects.count() == 1
    take(answer(sender, address_of(amara, pair), identity="<again@x.example>"))
    assert Notice.objects.count() == 1  # not a mail for every one of a flood


def test_a_copy_to_the_member_does_not_help_a_forger(pair, amara):
    assert take(answer(f"{amara.email}, forger@evil.example", address_of(amara, pair))) == "refused"


def test_an_address_they_proved_will_do(pair, amara):
    amara.account.emailaddress_set.create(email="amara@home.example", verified=True)
    amara.account.emailaddress_set.create(email="amara@unproven.example", verified=False)
    assert take(answer("Amara <Amara@Home.example>", address_of(amara, pair))) == "taken"
    assert take(answer("amara@unproven.example", address_of(amara, pair), identity="<2@x>")) == "refused"


@pytest.mark.parametrize(
    "headers",
    [
        {"Auto_Submitted": "auto-replied"},
        {"Precedence": "bulk"},
        {"List_Id": "<list.example>"},
        {"X_Autoreply": "yes"},
        {"Return_Path": "<>"},
    ],
)
def test_machines_are_left_alone(pair, amara, headers):
    assert take(answer(amara.email, address_of(amara, pair), **headers)) == "ignored"
    assert not Message.objects.exists() and not Notice.objects.exists()


def test_bounces_are_left_alone(pair, amara):
    assert take(answer("MAILER-DAEMON@mail.example", address_of(amara, pair))) == "ignored"
    assert not Notice.objects.exists()


@pytest.mark.parametrize(
    "to", ["reply@mail.larkmoor.example", "reply+conversation.1.1.zz.aaaaaaaaaaaaaaaa@mail.larkmoor.example"]
)
def test_addresses_that_nobody_was_given(pair, amara, to):
    assert take(answer(amara.email, to)) == "ignored"
    assert not Notice.objects.exists()


def test_an_expired_address_says_so_to_its_owner(pair, amara):
    raw = answer(amara.email, address_of(amara, pair))
    assert take(raw, now=clock.now() + timedelta(days=70)) == "refused"
    assert Notice.objects.get(member=amara).facts["code"] == "address_expired"


@pytest.mark.parametrize(
    ("name", "content", "code"),
    [("report.pdf", b"MZ\x90\x00" + b"\0" * 50, "file_is_program"), ("big.txt", b"x" * 11_000_000, "file_too_large")],
)
def test_a_bad_file_refuses_the_letter_and_keeps_its_words(pair, amara, name, content, code):
    raw = answer(amara.email, address_of(amara, pair), "My words", files=((name, content),))
    assert take(raw) == "refused"
    assert not Message.objects.exists()
    assert Draft.objects.get(member=amara).text == "My words"
    told = Notice.objects.get(member=amara)
    assert told.facts["code"] == code
    assert name in told.facts["why"] and "kept as a draft" in told.facts["why"]


def test_a_good_file_comes_along(pair, amara):
    take(answer(amara.email, address_of(amara, pair), files=(("map.png", picture()),)))
    assert Message.objects.get().files.get().name == "map.png"


def test_too_large_a_mail(pair, amara):
    assert take(answer(amara.email, address_of(amara, pair)), too_large=True) == "refused"
    assert Notice.objects.get().facts["code"] == "mail_too_large"


def test_nothing_but_a_quotation(pair, amara):
    assert take(answer(amara.email, address_of(amara, pair), "")) == "refused"
    assert Notice.objects.get().facts["code"] == "text_missing"


def test_a_block_reads_as_closed(pair, ines, amara):
    to = address_of(amara, pair)
    block_member(ines, amara)
    assert take(answer(amara.email, to)) == "refused"
    assert Notice.objects.get().facts["why"] == "This conversation is closed."


def test_who_left_the_organisation_is_nobody(pair, amara):
    to = address_of(amara, pair)
    amara.state = "left"
    amara.save()
    assert take(answer(amara.email, to)) == "ignored"


def test_what_breaks_is_written_down_and_tried_again(pair, amara, monkeypatch):
    from wayfellow.conversations.actions import by_mail

    def broken(*args, **kwargs):
        raise RuntimeError("the disk is full")

    raw = answer(amara.email, address_of(amara, pair))
    with monkeypatch.context() as patch:
        patch.setattr(by_mail, "send_message", broken)
        assert [take(raw), take(raw)] == ["failed", "failed"]
    assert InboundMail.objects.get().attempts == 2
    assert take(raw) == "taken"


@pytest.mark.parametrize(
    "raw", [b"", b"\xff\xfe\x00rubbish", b"From: \xc3\x28\r\nTo: =?utf-8?q?=?=\r\n\r\n" + b"\x00" * 50]
)
def test_rubbish_is_left_alone(db, raw):
    assert take(raw) == "ignored"


def test_html_alone_is_read(pair, amara):
    raw = (
        f"From: {amara.email}\r\nTo: {address_of(amara, pair)}\r\nMessage-ID: <h@x>\r\nContent-Type: text/html; "
        "charset=utf-8\r\n\r\n<p>Only <b>HTML</b> &amp; <script>alert(1)</script>words</p><blockquote>x</blockquote>"
    ).encode()
    assert take(raw) == "taken"
    assert Message.objects.get().text == "Only HTML & words"
