"""What the page of a relationship says of these questions."""

from dataclasses import dataclass
from datetime import datetime

from wayfellow.people.models import Member
from wayfellow.relationships.models import Relationship
from wayfellow.surveys.models import SurveyInvitation


@dataclass(frozen=True)
class PulsePanel:
    """The questions that wait for the reader, if any, and when they last answered."""

    waiting: SurveyInvitation | None
    last: SurveyInvitation | None


def read_panel(relationship: Relationship, member: Member, *, now: datetime) -> PulsePanel:
    """What waits and what was answered last. Two queries."""
    rows = SurveyInvitation.objects.visible_to(member).filter(relationship=relationship)
    return PulsePanel(
        waiting=rows.filter(answered_at__isnull=True, closes_at__gt=now).order_by("-asked_at").first(),
        last=rows.filter(answered_at__isnull=False).order_by("-answered_at").first(),
    )
