"""What people's calendars answer, as it lies in the mailbox."""

import email
import email.policy
from datetime import datetime, timedelta
from email.message import EmailMessage
from typing import Any

import pytest

from wayfellow.core.errors import DomainError
from wayfellow.meetings.actions import answer_invitation, move_meeting, read_calendar_reply
from wayfellow.meetings.models import Attendance
from wayfellow.meetings.queries.entries import global_uid
from wayfellow.meetings.reply_addresses import calendar_address
from wayfellow.meetings.tests.conftest import THURSDAY

REPLY = """From: {sender}
To: {to}
Subject: Accepted
MIME-Version: 1.0
Content-Type: multipart/alternative; boundary=x

--x
Content-Type: text/plain

Yes.
--x
Content-Type: text/calendar; charset=utf-8; method={method}

BEGIN:VCALENDAR
PRODID:-//Some calendar//EN
VERSION:2.0
METHOD:{method}
BEGIN:VEVENT
UID:{uid}
DTSTAMP:{at:%Y%m%dT%H%M%SZ}
DTSTART:20261126T160000Z
SEQUENCE:{sequence}
{more}ORGANIZER:mailto:{to}
ATTENDEE;PARTSTAT={answer};CN=Somebody:mailto:{email}
END:VEVENT
END:VCALENDAR
--x--
"""


@pytest.fixture(autouse=True)
def mailbox(settings: Any) -> None:
    settings.INBOUND_ADDRESS = "reply@mail.larkmoor.example"


def reply(meeting: Any, member: Any, now: datetime, **fields: Any) -> EmailMessage:
    values = {
        "sender": member.email,
        "email": member.email,
        "to": calendar_address(member.pk, meeting.uid),
        "uid": global_uid(meeting.uid),
        "method": "REPLY",
        "answer": "ACCEPTED",
        "sequence": meeting.sequence,
        "at": now,
        "more": "",
        **fields,
    }
    text = REPLY.format(**values).replace("\n", "\r\n")
    return email.message_from_bytes(text.encode(), policy=email.policy.default)  # type: ignore[return-value]


def answer_of(member: Any) -> str:
    return Attendance.objects.get(member=member).answer


def code_of(message: EmailMessage) -> str:
    with pytest.raises(DomainError) as refused:
        read_calendar_reply(message)
    return refused.value.code


@pytest.mark.parametrize(("said", "answer"), [("ACCEPTED", "yes"), ("DECLINED", "no"), ("TENTATIVE", "maybe")])
def test_each_answer(plan: Any, pair: Any, amara: Any, ines: Any, now: Any, said: str, answer: str) -> None:
    meeting = plan(amara, pair)
    assert read_calendar_reply(reply(meeting, ines, now, answer=said)) == meeting
    found = Attendance.objects.get(member=ines)
    assert (found.answer, found.answered_by) == (answer, "calendar")


def test_the_mailbox_hands_it_over(plan: Any, pair: Any, amara: Any, ines: Any, now: Any) -> None:
    from wayfellow.notifications.inbound.handling import handle_mail

    meeting = plan(amara, pair)
    assert handle_mail(reply(meeting, ines, now).as_bytes(), now=now) == "taken"
    assert answer_of(ines) == "yes"
    forged = reply(
        meeting, ines, now, answer="DECLINED", to="reply+cal.1.aaaaaaaaaaaaaaaaaaaaaaaa@mail.larkmoor.example"
    )
    assert handle_mail(forged.as_bytes(), now=now) == "refused"
    assert answer_of(ines) == "yes"


def test_only_the_address_made_for_this_person_and_meeting(
    plan: Any, pair: Any, amara: Any, ines: Any, leif: Any, now: Any
) -> None:
    meeting = plan(amara, pair)
    other = plan(amara, pair, starts_at=THURSDAY + timedelta(days=1))
    for wrong in (
        {"to": "reply@mail.larkmoor.example"},
        {"to": calendar_address(amara.pk, meeting.uid)},
        {"to": calendar_address(ines.pk, other.uid)},
        {"to": calendar_address(ines.pk, meeting.uid).replace("mail.", "evil.")},
        {"email": leif.email},
        {"uid": f"{meeting.uid}@another.example"},
        {"uid": "unknown"},
    ):
        assert code_of(reply(meeting, ines, now, **wrong)) == "reply_not_yours", wrong
    assert code_of(reply(meeting, leif, now)) == "not_yours"
    assert Attendance.objects.filter(member=ines, answer="waiting").count() == 2


def test_what_is_older_is_not_taken(plan: Any, pair: Any, amara: Any, ines: Any, now: Any) -> None:
    meeting = plan(amara, pair)
    early = reply(meeting, ines, now - timedelta(minutes=5))
    answer_invitation(ines, meeting, answer="no")
    assert code_of(early) == "reply_outdated"
    before = reply(meeting, ines, now + timedelta(minutes=1))
    move_meeting(amara, meeting, starts_at=THURSDAY + timedelta(days=1))
    assert code_of(before) == "reply_outdated"
    assert answer_of(ines) == "waiting"


@pytest.mark.parametrize("broken", [
    {"method": "REQUEST"}, {"method": "COUNTER"}, {"answer": "DELEGATED"},
    {"more": "BEGIN:NONSENSE\n"}, {"more": "RECURRENCE-ID:soon\n"}, {"sequence": "many"},
])  # fmt: skip
def test_what_cannot_be_read_breaks_nothing(plan: Any, pair: Any, amara: Any, ines: Any, now: Any, broken: Any) -> None:
    meeting = plan(amara, pair)
    assert code_of(reply(meeting, ines, now, **broken)) in ("no_calendar_reply", "reply_not_yours")
    assert answer_of(ines) == "waiting"


def test_a_series_is_answered_whole_or_one_by_one(plan: Any, pair: Any, amara: Any, ines: Any, now: Any) -> None:
    first = plan(amara, pair, every_weeks=1, times=3)
    read_calendar_reply(reply(first, ines, now))
    assert Attendance.objects.filter(member=ines, answer="yes").count() == 3
    second = first.series.meetings.order_by("recurs_at")[1]
    one = f"RECURRENCE-ID:{second.recurs_at:%Y%m%dT%H%M%SZ}\n"
    read_calendar_reply(reply(first, ines, now, answer="DECLINED", more=one))
    assert Attendance.objects.get(member=ines, answer="no").meeting == second
