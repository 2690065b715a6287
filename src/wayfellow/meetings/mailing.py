"""What goes along with the mails of this subject: the invitation, the change or the cancellation for the calendar."""

from dataclasses import replace
from typing import Any

from django.conf import settings
from django.utils import translation

from wayfellow.core.languages import spoken
from wayfellow.meetings.icalendar_parts import Entry, Person, invitation
from wayfellow.meetings.models import Meeting
from wayfellow.meetings.queries.entries import answers_of, entry_of, series_entries
from wayfellow.meetings.queries.people import people_of
from wayfellow.meetings.reply_addresses import calendar_address
from wayfellow.notifications.composing import CalendarPart
from wayfellow.people.models import Member

State = Meeting.State


def compose_with_calendar(notice: Any) -> dict[str, Any] | None:
    """The calendar part of a mail about a meeting, as the meeting is now; no mail when nobody needs it any more."""
    meeting = (
        Meeting.objects.select_related("organisation", "series", "relationship__organisation")
        .filter(pk=notice.about_id)
        .first()
    )
    if meeting is None:
        return None
    member = notice.member
    people = people_of(meeting.relationship)
    if member.pk not in {one.pk for one in people}:
        return None
    with translation.override(spoken(member.organisation, member.account.language)):
        method, entries = _entries(notice, meeting, people)
    address = calendar_address(member.pk, meeting.uid)
    organiser = Person(
        name=member.organisation.sends_from,
        email=address or member.organisation.sender_email or settings.DEFAULT_FROM_EMAIL,
    )
    part = CalendarPart(method=method, text=invitation(entries, method=method, organiser=organiser))
    return {"calendar": part, "calendar_answers": bool(address)}


def _entries(notice: Any, meeting: Meeting, people: list[Member]) -> tuple[str, list[Entry]]:
    """What the calendar is told. It is what is true when the mail is written, whatever the notice was about."""
    member, series = notice.member, meeting.series
    of_series = series is not None and bool(notice.facts.get("times") or notice.facts.get("ends_series"))
    if series is not None and of_series:
        entries = series_entries(series, people, member)
        if entries:
            return "REQUEST", entries
    answers = answers_of([meeting]).get(meeting.pk, {})
    entry = entry_of(meeting, people, member, answers=answers)
    if of_series:  # nothing of the series is left
        entry = replace(entry, recurs_at=None, cancelled=True)
    return ("CANCEL" if entry.cancelled else "REQUEST"), [entry]
