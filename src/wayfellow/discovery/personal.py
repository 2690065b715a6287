"""Personal data of discovery: whom a member saved or set aside."""

from typing import Any

from django.db.models import Q

from wayfellow.discovery.models import MentorMark


def export_marks(member: Any) -> list[dict[str, Any]]:
    """The member's own marks, with the mentors' names."""
    marks = MentorMark.objects.filter(member=member).select_related("mentor__member").order_by("pk")
    return [
        {
            "mentor": mark.mentor.member.full_name,
            "mark": mark.kind,
            "told_when_back": mark.tell_when_back,
            "since": mark.created_at.isoformat(),
        }
        for mark in marks
    ]


def erase_marks(member: Any) -> None:
    """Forget whom they marked, and who marked them."""
    MentorMark.objects.filter(Q(member=member) | Q(mentor__member=member)).delete()
