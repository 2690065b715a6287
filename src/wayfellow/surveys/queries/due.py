"""When whom to ask: day 14, day 30, then every 60 days of a relationship that is under way."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Exists, OuterRef

from wayfellow.people.models import Member
from wayfellow.relationships.models import Participant, Relationship
from wayfellow.surveys.instruments import PULSE
from wayfellow.surveys.models import SurveyChoice, SurveyInvitation

FIRST, SECOND, THEN_EVERY = 14, 30, 60
OPEN_FOR = timedelta(days=14)
REMIND_AFTER = timedelta(days=5)


@dataclass(frozen=True)
class Due:
    """One person to ask about one relationship."""

    participant: Participant
    occasion: str


def day_due(age: int) -> int | None:
    """The last day of the schedule that a relationship of this age (in days) has reached; None before the first."""
    if age < FIRST:
        return None
    if age < SECOND:
        return FIRST
    return SECOND + (age - SECOND) // THEN_EVERY * THEN_EVERY


def due_pulses(now: datetime) -> Iterator[Due]:
    """Everybody to be asked now: once for each day of the schedule, and not when the day lies `OPEN_FOR` back.

    Counts from the day an active relationship opened. Who stopped the questions, or left, is not asked.
    """
    stopped = SurveyChoice.objects.filter(
        member=OuterRef("enrolment__member"), relationship=OuterRef("relationship"), stopped=True
    )
    rows = (
        Participant.objects.filter(
            relationship__state=Relationship.State.ACTIVE,
            relationship__opened_at__lte=now - timedelta(days=FIRST),
            left_at__isnull=True,
            enrolment__member__state=Member.State.ACTIVE,
        )
        .exclude(Exists(stopped))
        .select_related("relationship__organisation", "enrolment__member__organisation")
        .order_by("relationship_id", "pk")
    )
    asked = set(
        SurveyInvitation.objects.filter(
            instrument=PULSE.key, asked_at__gte=now - OPEN_FOR - timedelta(days=THEN_EVERY)
        ).values_list("member_id", "relationship_id", "occasion")
    )
    for participant in rows.iterator():
        age = (now - participant.relationship.opened_at).days
        day = day_due(age)
        if day is None or age - day >= OPEN_FOR.days:
            continue
        occasion = f"day_{day}"
        if (participant.enrolment.member_id, participant.relationship_id, occasion) not in asked:
            yield Due(participant, occasion)


def due_reminders(now: datetime) -> Iterator[SurveyInvitation]:
    """What was asked some days ago, not answered and not reminded of: one reminder, then silence."""
    stopped = SurveyChoice.objects.filter(
        member=OuterRef("member"), relationship=OuterRef("relationship"), stopped=True
    )
    rows = SurveyInvitation.objects.filter(
        answered_at__isnull=True,
        reminded_at__isnull=True,
        asked_at__lte=now - REMIND_AFTER,
        closes_at__gt=now,
        member__state=Member.State.ACTIVE,
        relationship__state=Relationship.State.ACTIVE,
    )
    return rows.exclude(Exists(stopped)).order_by("pk").iterator()
