"""What a programme manager may know of a cohort: who waits and whose turn it is, never what was written."""

from dataclasses import dataclass

from django.db.models import Count, F, Q, QuerySet, Sum
from django.db.models.functions import Greatest

from wayfellow.programmes.models import Cohort, Enrolment
from wayfellow.relationships.models import MentoringRequest, Relationship, WaitingEntry
from wayfellow.relationships.policy.pairs import OPEN

WORDS_PEOPLE_WROTE = ("why_you", "ask", "answer_words", "goal_title")


def pending_requests(cohort: Cohort) -> QuerySet[MentoringRequest]:
    """Requests that wait for an answer, oldest first, with both people and without any word they wrote."""
    rows = MentoringRequest.objects.open().filter(cohort=cohort)
    return rows.select_related("mentee__member", "mentor__member").defer(*WORDS_PEOPLE_WROTE).order_by("awaiting_since")


def active_relationships(cohort: Cohort) -> QuerySet[Relationship]:
    """Relationships under way or paused, newest first, with their people and without what they were about."""
    rows = Relationship.objects.filter(cohort=cohort, state__in=OPEN).defer("goodbye")
    return rows.prefetch_related("participants__enrolment__member").order_by("-opened_at")


@dataclass(frozen=True)
class Places:
    """The places of a cohort's mentors, and who waits."""

    mentors: int
    places: int
    taken: int
    held: int
    free: int
    full: int
    waiting: int


def places(cohort: Cohort) -> Places:
    """Places offered, taken, kept and free, how many mentors are full, how many mentees wait. Two queries."""
    here = Enrolment.objects.filter(cohort=cohort, is_mentor=True, member__state="active")
    sums = here.aggregate(
        mentors=Count("pk"),
        places=Sum("capacity", default=0),
        taken=Sum("places_taken", default=0),
        held=Sum("places_held", default=0),
        free=Sum(Greatest(F("capacity") - F("places_taken") - F("places_held"), 0), default=0),
        full=Count("pk", filter=Q(capacity__lte=F("places_taken") + F("places_held"))),
    )
    waiting = (
        WaitingEntry.objects.in_line().filter(mentor__cohort=cohort).order_by().values("mentee").distinct().count()
    )
    return Places(**sums, waiting=waiting)
