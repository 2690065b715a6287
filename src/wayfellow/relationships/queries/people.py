"""Who somebody is in a cohort, and what they can choose from."""

from datetime import datetime
from typing import Any

from django.db.models import Case, Count, F, Q, QuerySet, Value, When

from wayfellow.goals.models import Goal, GoalSkill
from wayfellow.people.models import Member
from wayfellow.programmes.models import Cohort, Enrolment
from wayfellow.relationships.models import MentoringRequest
from wayfellow.relationships.queries.alternatives import askable

MOST_NEXT_CHOICES = 20


def me_in(member: Member, cohort: Cohort) -> Enrolment:
    """A member's enrolment in a cohort, or a blank one that is not stored, for asking the rules before joining."""
    rows = Enrolment.objects.select_related("member", "cohort__programme")
    found = rows.filter(cohort=cohort, member=member).first()
    return found or Enrolment(pk=0, organisation=member.organisation, cohort=cohort, member=member)


def network_of(member: Member) -> Cohort | None:
    """The open network of a member's organisation, if they may see it."""
    rows = Cohort.objects.visible_to(member).select_related("programme")
    return rows.filter(programme__is_open_network=True).first()


def goals_to_ask_for(member: Member) -> QuerySet[Goal]:
    """One's goals under way, the main one first."""
    return Goal.objects.visible_to(member).filter(state=Goal.State.ACTIVE).order_by("-is_main", "-updated_at")


def next_choices(mentee: Enrolment, mentor: Enrolment, *, keep: Any = None, now: datetime) -> QuerySet[Enrolment]:
    """Mentors to choose a second one from: those who offer most of what the goals ask for; `keep` always."""
    skills = GoalSkill.objects.filter(goal__member=mentee.member_id, goal__state=Goal.State.ACTIVE).values("skill")
    shared = Q(member__skills__skill__in=skills, member__skills__offers=True)
    found = (
        askable(mentee, now=now)
        .exclude(pk=mentor.pk)
        .annotate(strengths=Count("member__skills", filter=shared, distinct=True))
        .annotate(has_room=Case(When(open_places__gt=0, then=Value(1)), default=Value(0)))
        .filter(Q(strengths__gt=0))
        .order_by("-has_room", "-strengths", "member__full_name")
        .values_list("pk", flat=True)[:MOST_NEXT_CHOICES]
    )
    pks = [*found, keep] if keep else list(found)
    return Enrolment.objects.filter(pk__in=pks).select_related("member").order_by(F("member__full_name"))


def draft_of(mentee: Enrolment, mentor: Enrolment) -> MentoringRequest | None:
    """What the mentee kept of a request to this mentor."""
    return MentoringRequest.objects.filter(
        mentee=mentee, mentor=mentor, direction=MentoringRequest.Direction.ASK, state=MentoringRequest.State.DRAFT
    ).first()
