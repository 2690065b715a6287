"""Meetings as entries of calendars: in invitations, and in a person's feed."""

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.utils.translation import gettext as _

from wayfellow.meetings.icalendar_parts import Entry, Person, feed
from wayfellow.meetings.local_time import moments_of_series
from wayfellow.meetings.models import Attendance, Meeting, Series
from wayfellow.meetings.queries.addresses import page_of
from wayfellow.meetings.queries.people import names_of
from wayfellow.notifications.composing import absolute
from wayfellow.people.models import Member
from wayfellow.relationships.models import Participant

State = Meeting.State
FEED_BACK, FEED_AHEAD, MOST_IN_FEED = timedelta(days=90), timedelta(days=400), 1000


def global_uid(uid: str) -> str:
    """The name of an entry, with the name of this server, as calendars want it."""
    return f"{uid}@{urlsplit(settings.BASE_URL).hostname or 'wayfellow'}"


def local_uid(uid: str) -> str:
    """The name an entry has here; nothing when another server made it."""
    local, _at, host = uid.rpartition("@")
    return local if host == (urlsplit(settings.BASE_URL).hostname or "wayfellow") else ""


def entry_of(
    meeting: Meeting, people: Sequence[Member], reader: Member, *, answers: dict[int, str], alone: bool = False
) -> Entry:
    """One meeting as one person's calendar shows it. Asks nothing of the database.

    Args:
        answers: what each of the people answered.
        alone: an entry of its own, not one of a series.
    """
    changed = [meeting.created_at, meeting.moved_at, meeting.closed_at]
    uid = meeting.uid
    if alone and meeting.recurs_at is not None:
        uid = f"{uid}-{meeting.recurs_at:%Y%m%dT%H%M%SZ}"
    return Entry(
        uid=global_uid(uid),
        sequence=meeting.sequence + (meeting.series.sequence if meeting.series is not None else 0),
        starts_at=meeting.starts_at,
        ends_at=meeting.ends_at,
        zone=meeting.zone,
        summary=_summary(people, reader),
        description=_description(meeting),
        location=meeting.place or meeting.video_link,
        url=absolute(page_of(meeting)),
        changed_at=max(moment for moment in changed if moment is not None),
        recurs_at=None if alone else meeting.recurs_at,
        cancelled=meeting.state in (State.CANCELLED, State.MISSED),
        people=tuple(Person(one.full_name, one.email, answers.get(one.pk, "waiting")) for one in people),
    )


def _summary(people: Sequence[Member], reader: Member) -> str:
    """Who meets, and nothing of what they talk about."""
    others = [one for one in people if one.pk != reader.pk]
    return _("%(names)s and you") % {"names": names_of(others)} if others else _("Meeting")


def _description(meeting: Meeting) -> str:
    lines = [_("Agenda and notes: %(url)s") % {"url": absolute(page_of(meeting))}]
    if meeting.video_link:
        lines.insert(0, _("Video: %(link)s") % {"link": meeting.video_link})
    return "\n".join(lines)


def series_entries(series: Series, people: Sequence[Member], reader: Member) -> list[Entry]:
    """A series with its rule, and each meeting that is not where the rule puts it. Two queries."""
    meetings = list(series.meetings.select_related("organisation", "series").order_by("recurs_at"))
    if not meetings:
        return []
    answers = answers_of(meetings)
    moments = list(
        moments_of_series(
            first_on=series.first_on,
            last_on=series.last_on,
            at=series.at,
            zone=series.zone,
            every_weeks=series.every_weeks,
        )
    )
    if not moments:
        return []
    length = timedelta(minutes=series.minutes)
    first = meetings[0]
    asked = next((one for one in meetings if one.state == State.SCHEDULED), first)
    base = entry_of(first, people, reader, answers=answers.get(asked.pk, {}))
    whole = replace(
        base,
        sequence=series.sequence,
        starts_at=moments[0],
        ends_at=moments[0] + length,
        zone=series.zone,
        recurs_at=None,
        every_weeks=series.every_weeks,
        last_on=moments[-1],
        cancelled=False,
        left_out=tuple(
            one.recurs_at
            for one in meetings
            if one.state == State.CANCELLED and one.recurs_at is not None and one.recurs_at <= moments[-1]
        ),
    )
    moved = [
        entry_of(one, people, reader, answers=answers.get(one.pk, {}))
        for one in meetings
        if one.state != State.CANCELLED
        and one.recurs_at in moments
        and (one.starts_at != one.recurs_at or one.minutes != series.minutes)
    ]
    return [whole, *moved]


def answers_of(meetings: Iterable[Meeting]) -> dict[int, dict[int, str]]:
    """What each member answered, by meeting. One query."""
    found: dict[int, dict[int, str]] = {}
    rows = Attendance.objects.filter(meeting__in=[one.pk for one in meetings])
    for meeting, member, answer in rows.values_list("meeting", "member", "answer"):
        found.setdefault(meeting, {})[member] = answer
    return found


def feed_of(member: Member, *, now: datetime) -> tuple[str, str]:
    """A member's feed, and a word that changes when it does. Two queries, however many meetings."""
    rows = Meeting.objects.visible_to(member).filter(
        starts_at__gte=now - FEED_BACK, starts_at__lt=now + FEED_AHEAD, logged=False
    )
    rows = rows.exclude(state=State.CANCELLED).select_related("organisation", "series").order_by("-starts_at", "-pk")
    meetings = list(rows[:MOST_IN_FEED])
    people = _people_by_relationship({one.relationship_id for one in meetings})
    entries = [
        entry_of(one, people.get(one.relationship_id, []), member, answers={}, alone=True) for one in meetings[::-1]
    ]
    text = feed(entries, name=_("Mentoring at %(organisation)s") % {"organisation": member.organisation.name})
    return text, hashlib.sha256(text.encode()).hexdigest()[:32]


def _people_by_relationship(relationships: set[int]) -> dict[int, list[Member]]:
    found: dict[int, list[Member]] = {}
    rows: Any = Participant.objects.filter(relationship__in=relationships, left_at__isnull=True)
    for row in rows.select_related("enrolment__member").order_by("-role", "pk"):
        found.setdefault(row.relationship_id, []).append(row.enrolment.member)
    return found
