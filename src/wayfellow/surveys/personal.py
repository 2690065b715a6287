"""What a member takes away from this subject, and what is erased when they are forgotten."""

from typing import Any

from wayfellow.people.models import Member
from wayfellow.surveys.models import SurveyAnswer, SurveyChoice, SurveyInvitation

Row = dict[str, Any]


def export_invitations(member: Member) -> list[Row]:
    """What one was asked, and when."""
    rows = SurveyInvitation.objects.visible_to(member).order_by("pk")
    names = ("instrument", "version", "occasion", "asked_at", "closes_at", "answered_at")
    return [{name: getattr(row, name) for name in names} for row in rows]


def export_answers(member: Member) -> list[Row]:
    """What one answered."""
    rows = SurveyAnswer.objects.visible_to(member).select_related("invitation").order_by("pk")
    return [
        {
            "instrument": row.invitation.instrument,
            "version": row.invitation.version,
            "answered_at": row.invitation.answered_at,
            "item": row.item,
            "points": row.value,
        }
        for row in rows
    ]


def export_choices(member: Member) -> list[Row]:
    """How often one wants to be asked."""
    rows = SurveyChoice.objects.visible_to(member).order_by("pk")
    return [{"stopped": row.stopped, "after_meetings": row.after_meetings} for row in rows]


def erase_invitations(member: Member) -> None:
    """All of them, with the answers."""
    SurveyInvitation.objects.visible_to(member).delete()


def erase_answers(member: Member) -> None:
    """All of them."""
    SurveyAnswer.objects.visible_to(member).delete()


def erase_choices(member: Member) -> None:
    """All of them."""
    SurveyChoice.objects.visible_to(member).delete()
