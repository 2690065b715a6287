"""What a member takes away from this subject, and what is erased when they are forgotten."""

from typing import Any

from django.db.models import Q

from wayfellow.meetings.models import (
    Attendance,
    BusyTime,
    Meeting,
    PersonalCalendar,
    Proposal,
    RevokedFeed,
    Series,
    Slot,
)
from wayfellow.people.models import Member

Row = dict[str, Any]


def export_meetings(member: Member) -> list[Row]:
    """The meetings one had, has, or was to have."""
    rows = Meeting.objects.visible_to(member).select_related("created_by").order_by("starts_at", "pk")
    return [
        {
            "relationship": row.relationship_id,
            "starts_at": row.starts_at,
            "minutes": row.minutes,
            "state": row.state,
            "title": row.title,
            "place": row.place,
            "video_link": row.video_link,
            "planned_by_me": row.created_by_id == member.pk,
            "word": row.word,
        }
        for row in rows
    ]


def erase_meetings(member: Member) -> None:
    """Their words and links. That a meeting took place stays, for those who were there."""
    theirs = Q(closed_by=member) | Q(moved_by=member)
    Meeting.objects.filter(theirs).update(word="")
    Meeting.objects.filter(created_by=member).update(video_link="", place="", title="")


def export_series(member: Member) -> list[Row]:
    """The series one planned or is in."""
    rows = Series.objects.visible_to(member).order_by("pk")
    return [
        {
            "first_on": row.first_on,
            "last_on": row.last_on,
            "at": row.at,
            "every_weeks": row.every_weeks,
            "zone": row.zone,
        }
        for row in rows
    ]


def erase_series(member: Member) -> None:
    """Who planned them."""
    Series.objects.filter(created_by=member).update(created_by=None)


def export_attendances(member: Member) -> list[Row]:
    """What one answered."""
    rows = Attendance.objects.filter(member=member).select_related("meeting").order_by("meeting__starts_at", "pk")
    return [
        {"meeting": row.meeting.starts_at, "answer": row.answer, "at": row.answered_at, "by": row.answered_by}
        for row in rows
    ]


def erase_attendances(member: Member) -> None:
    """Their answers."""
    Attendance.objects.filter(member=member).delete()


def export_proposals(member: Member) -> list[Row]:
    """The times one offered, with the word that went along."""
    rows = Proposal.objects.filter(created_by=member).prefetch_related("slots").order_by("pk")
    return [
        {
            "at": row.created_at,
            "minutes": row.minutes,
            "word": row.word,
            "times": [slot.starts_at for slot in row.slots.all()],
        }
        for row in rows
    ]


def erase_proposals(member: Member) -> None:
    """What they offered and had not been taken, and their words."""
    Proposal.objects.filter(created_by=member, state=Proposal.State.OPEN).delete()
    Proposal.objects.filter(created_by=member).update(word="", created_by=None)
    Proposal.objects.filter(picked_by=member).update(picked_by=None)


def export_slots(member: Member) -> list[Row]:
    """The times one took."""
    rows = Slot.objects.filter(proposal__picked_by=member, picked=True).order_by("pk")
    return [{"starts_at": row.starts_at} for row in rows]


def erase_slots(member: Member) -> None:
    """Nothing of them alone: they go with what was offered."""


def export_calendar(member: Member) -> list[Row]:
    """What is kept of one's own calendar. The address and the password are sealed, and go nowhere."""
    rows = PersonalCalendar.objects.filter(member=member)
    return [
        {
            "video_link": row.video_link,
            "feed_made_at": row.feed_made_at,
            "source": row.source,
            "host": row.host,
            "user_name": row.user_name,
            "read_at": row.read_at,
        }
        for row in rows
    ]


def erase_calendar(member: Member) -> None:
    """All of it."""
    PersonalCalendar.objects.filter(member=member).delete()


def export_revoked(member: Member) -> list[Row]:
    """When addresses of one's feed were switched off."""
    return [{"revoked_at": row.revoked_at} for row in RevokedFeed.objects.filter(member=member).order_by("pk")]


def erase_revoked(member: Member) -> None:
    """All of them."""
    RevokedFeed.objects.filter(member=member).delete()


def export_busy(member: Member) -> list[Row]:
    """When one's calendar says busy."""
    rows = BusyTime.objects.filter(member=member).order_by("starts_at", "pk")
    return [{"starts_at": row.starts_at, "ends_at": row.ends_at} for row in rows]


def erase_busy(member: Member) -> None:
    """All of them."""
    BusyTime.objects.filter(member=member).delete()
