"""Invitations as a real mail server gets them, and as calendars read them."""

import email
import email.policy
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import recurring_ical_events
from icalendar import Calendar

from wayfellow.jobs.running import run_pending
from wayfellow.meetings.actions import answer_invitation, cancel_meeting, move_meeting, schedule_meeting
from wayfellow.meetings.tests.conftest import THURSDAY

pytestmark = pytest.mark.peers


@pytest.fixture
def mailbox(settings: Any) -> None:
    settings.INBOUND_ADDRESS = "reply@mail.larkmoor.example"


def mails_to(post: Any, member: Any) -> list[Any]:
    """The mails somebody got, oldest first."""
    run_pending()
    raw = [one.content for one in post.received if member.email in one.rcpt_tos]
    return [email.message_from_bytes(content, policy=email.policy.default) for content in raw]


def calendar_of(message: Any) -> Any:
    parts = [part for part in message.walk() if part.get_content_type() == "text/calendar"]
    assert len(parts) == 1
    calendar = Calendar.from_ical(parts[0].get_content())
    assert parts[0].get_param("method") == str(calendar["method"])
    return calendar


def event_of(message: Any) -> Any:
    (event,) = calendar_of(message).walk("VEVENT")
    return event


def test_request_update_cancel(plan: Any, pair: Any, amara: Any, ines: Any, post: Any, mailbox: None) -> None:
    meeting = plan(amara, pair, video_link="https://video.example.org/room", title="My private worry")
    request = mails_to(post, ines)[-1]
    assert str(calendar_of(request)["method"]) == "REQUEST"
    assert [zone["tzid"] for zone in calendar_of(request).walk("VTIMEZONE")] == ["Africa/Nairobi"]
    event = event_of(request)
    assert str(event["uid"]) == f"{meeting.uid}@wayfellow.larkmoor.example"
    assert (event["sequence"], str(event["status"]), event.start) == (0, "CONFIRMED", THURSDAY)
    assert str(event["location"]) == "https://video.example.org/room"
    assert "private worry" not in request.as_string() and "BEGIN:VCALENDAR" in calendar_of(request).to_ical().decode()
    attendees = {str(one): one.params["partstat"] for one in event["attendee"]}
    assert attendees == {f"mailto:{amara.email}": "ACCEPTED", f"mailto:{ines.email}": "NEEDS-ACTION"}
    organiser = str(event["organizer"])
    assert organiser.startswith("mailto:reply+cal.") and organiser.endswith("@mail.larkmoor.example")
    text = request.get_body(("plain",)).get_content()
    assert "16:00-17:00 your time" in text and "19:00-20:00 for Amara, Nairobi" in text
    assert "we read its reply" in text
    files = [part.get_filename() for part in request.iter_attachments()]
    assert files == ["invitation.ics"]

    move_meeting(ines, meeting, starts_at=THURSDAY + timedelta(days=1))
    update = event_of(mails_to(post, ines)[-1])
    assert (update["uid"], update["sequence"]) == (event["uid"], 1)
    assert (update.start, str(update["organizer"])) == (THURSDAY + timedelta(days=1), organiser)

    cancel_meeting(amara, meeting, word="A storm is coming.")
    message = mails_to(post, ines)[-1]
    assert str(calendar_of(message)["method"]) == "CANCEL"
    off = event_of(message)
    assert (off["uid"], off["sequence"], str(off["status"])) == (event["uid"], 2, "CANCELLED")
    assert "A storm is coming." in message.get_body(("plain",)).get_content()
    assert str(event_of(mails_to(post, amara)[0])["organizer"]) != organiser


def test_each_gets_their_own_language_and_hour(plan: Any, pair: Any, amara: Any, ines: Any, post: Any) -> None:
    plan(amara, pair)
    message = mails_to(post, amara)[-1]
    text = message.get_body(("plain",)).get_content()
    assert message["Subject"] == "Thursday 26 November, 19:00: Inês and you"
    assert "19:00-20:00 your time" in text and "16:00-17:00 for Inês, Lisbon" in text
    assert "we read its reply" not in text  # no mailbox is set


def test_a_late_mail_says_what_is_true_when_it_leaves(plan: Any, pair: Any, amara: Any, ines: Any, post: Any) -> None:
    meeting = plan(amara, pair)
    cancel_meeting(amara, meeting)
    assert {str(calendar_of(message)["method"]) for message in mails_to(post, ines)} == {"CANCEL"}


def test_a_series_comes_as_one_rule_that_keeps_its_hour(pair: Any, ines: Any, amara: Any, post: Any, now: Any) -> None:
    first = datetime(2027, 3, 15, 18, 0, tzinfo=UTC)
    meeting = schedule_meeting(ines, pair, starts_at=first, minutes=60, every_weeks=1, times=4)
    message = mails_to(post, amara)[-1]
    assert message["Subject"] == "Monday 15 March, 21:00: Inês and you"
    assert {one.start for one in occurrences(calendar_of(message))} == starts_of(meeting)

    moved = meeting.series.meetings.order_by("recurs_at")[2]
    move_meeting(amara, moved, starts_at=moved.starts_at + timedelta(days=1))
    alone = event_of(mails_to(post, amara)[-1])
    assert alone["uid"] == event_of(message)["uid"] and "rrule" not in alone
    assert alone["recurrence-id"].dt == moved.recurs_at and alone.start == moved.starts_at + timedelta(days=1)

    last = meeting.series.meetings.order_by("recurs_at")[3]
    cancel_meeting(ines, last)
    off = mails_to(post, amara)[-1]
    assert str(calendar_of(off)["method"]) == "CANCEL" and event_of(off)["recurrence-id"].dt == last.recurs_at

    second = meeting.series.meetings.order_by("recurs_at")[1]
    cancel_meeting(ines, second, rest=True)
    whole = calendar_of(mails_to(post, amara)[-1])
    assert str(whole["method"]) == "REQUEST"
    assert [one.start for one in occurrences(whole)] == [first]

    cancel_meeting(ines, meeting, rest=True)
    gone = mails_to(post, amara)[-1]
    assert str(calendar_of(gone)["method"]) == "CANCEL" and "recurrence-id" not in event_of(gone)


def occurrences(calendar: Any) -> list[Any]:
    found = recurring_ical_events.of(calendar).between(
        datetime(2027, 1, 1, tzinfo=UTC), datetime(2028, 1, 1, tzinfo=UTC)
    )
    return sorted(found, key=lambda one: one.start)


def starts_of(meeting: Any) -> set[datetime]:
    return set(meeting.series.meetings.values_list("starts_at", flat=True))


def test_words_of_people_stay_words(plan: Any, pair: Any, amara: Any, ines: Any, post: Any) -> None:
    place = "Room 5\\; ATTENDEE:mailto:x@y.example <b>bold</b>"
    amara.full_name = 'Amara "A";X=1\r\nEvil: 1'
    amara.save()
    plan(amara, pair, place=place)
    message = mails_to(post, ines)[-1]
    event = event_of(message)
    assert str(event["location"]) == place and len(event["attendee"]) == 2
    assert "<b>bold</b>" not in message.get_body(("html",)).get_content()
    assert message["Evil"] is None and event.get("evil") is None


def test_a_no_is_a_mail_without_a_calendar(plan: Any, pair: Any, amara: Any, ines: Any, post: Any) -> None:
    answer_invitation(ines, plan(amara, pair), answer="no")
    message = mails_to(post, amara)[-1]
    assert message["Subject"] == "Inês cannot come on Thursday 26 November"
    assert not [part for part in message.walk() if part.get_content_type() == "text/calendar"]
