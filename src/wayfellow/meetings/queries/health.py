"""What health needs of meetings: when, never what about."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Max, Min, Q

from wayfellow.meetings.models import Meeting

State = Meeting.State


@dataclass(frozen=True)
class MeetingFacts:
    """Of one relationship: when its people last met, when they meet next, and how many took place or did not."""

    last_held: datetime | None = None
    next_planned: datetime | None = None
    held: int = 0
    missed: int = 0


def meeting_facts(relationships: Iterable[int], *, now: datetime) -> dict[int, MeetingFacts]:
    """The facts of these relationships, by id; all of them are there. One query."""
    wanted = set(relationships)
    rows = Meeting.objects.filter(relationship__in=wanted).values("relationship").order_by()
    ahead = Q(state=State.SCHEDULED, starts_at__gt=now)
    counted = rows.annotate(
        last_held=Max("starts_at", filter=Q(state=State.HELD)),
        next_planned=Min("starts_at", filter=ahead),
        held=Count("pk", filter=Q(state=State.HELD)),
        missed=Count("pk", filter=Q(state=State.MISSED)),
    )
    found = {row.pop("relationship"): MeetingFacts(**row) for row in counted}
    return {pk: found.get(pk, MeetingFacts()) for pk in wanted}
