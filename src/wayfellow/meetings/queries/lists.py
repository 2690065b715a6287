"""The page of all meetings of a relationship: what is planned, what was offered, what was."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from django.db.models import QuerySet

from wayfellow.meetings.models import Attendance, Meeting, Proposal
from wayfellow.meetings.queries.shown import ShownMeeting, show_meeting
from wayfellow.people.models import Member
from wayfellow.relationships.models import Relationship

MOST_PLANNED = 30


def planned_meetings(relationship: Relationship, member: Member, *, now: datetime) -> list[Meeting]:
    """What lies ahead, the next one first. One query."""
    rows = _rows(relationship, member).upcoming(now)
    return list(rows.order_by("starts_at", "pk")[:MOST_PLANNED])


def past_meetings(relationship: Relationship, member: Member, *, now: datetime, search: str = "") -> QuerySet[Meeting]:
    """What was, and what was called off, the newest first."""
    rows = _rows(relationship, member).exclude(state=Meeting.State.SCHEDULED, ends_at__gt=now)
    for word in search.replace("\0", "").split()[:8]:
        rows = rows.filter(title__icontains=word)
    return rows.order_by("-starts_at", "-pk")


def _rows(relationship: Relationship, member: Member) -> QuerySet[Meeting]:
    rows = Meeting.objects.visible_to(member).filter(relationship=relationship)
    return rows.select_related("organisation", "series", "moved_by", "closed_by")


def show_all(
    meetings: Iterable[Meeting], reader: Member, people: Sequence[Member], *, may_write: bool, now: datetime
) -> list[ShownMeeting]:
    """Meetings as the reader sees them. One query."""
    found = list(meetings)
    by_meeting: dict[int, list[Attendance]] = {}
    for row in Attendance.objects.filter(meeting__in=found):
        by_meeting.setdefault(row.meeting_id, []).append(row)
    return [
        show_meeting(one, reader, people, by_meeting.get(one.pk, []), may_write=may_write, now=now) for one in found
    ]


def open_proposal(relationship: Relationship, member: Member) -> Proposal | None:
    """The times that wait for an answer. Two queries."""
    rows = Proposal.objects.visible_to(member).filter(relationship=relationship).open()
    return rows.select_related("created_by", "meeting").prefetch_related("slots").first()
