"""Whom else one can ask: people with the same strengths who have room."""

from datetime import datetime
from typing import Any

from django.db.models import Case, Count, F, IntegerField, Q, QuerySet, Value, When

from wayfellow.goals.models import GoalSkill
from wayfellow.programmes.models import Enrolment
from wayfellow.relationships.models import MentoringRequest, Participant, Relationship
from wayfellow.relationships.policy.pairs import OPEN
from wayfellow.skills.models import MemberSkill

HOW_MANY = 2
MOST_COLLEAGUES = 6


def askable(mentee: Enrolment, *, now: datetime) -> QuerySet[Enrolment]:
    """Mentors of the same cohort that this mentee may ask, with room: nobody blocked, asked or worked with."""
    today = now.date()
    me = mentee.member_id
    asked = MentoringRequest.objects.open().filter(mentee=mentee).values("mentor")
    mine = Participant.objects.present().filter(enrolment=mentee, relationship__state__in=OPEN)
    working = Participant.objects.present().filter(relationship__in=mine.values("relationship")).values("enrolment")
    return (
        Enrolment.objects.filter(cohort=mentee.cohort_id, is_mentor=True, takes_requests=True, member__state="active")
        .exclude(member=me)
        .exclude(member__blocks__blocked=me)
        .exclude(member__blocked_by__blocker=me)
        .exclude(pk__in=asked)
        .exclude(pk__in=working)
        .filter(Q(away_until__isnull=True) | Q(away_until__lte=today))
        .annotate(open_places=F("capacity") - F("places_taken") - F("places_held"))
    )


def alternatives(request: MentoringRequest, *, now: datetime, limit: int = HOW_MANY) -> list[Enrolment]:
    """Other mentors with a free place: the asker's next choice first, then those who share most of the skills."""
    rows = askable(request.mentee, now=now).exclude(pk=request.mentor_id).filter(open_places__gt=0)
    chosen = Case(When(pk=request.next_choice_id or 0, then=Value(1)), default=Value(0), output_field=IntegerField())
    found = _by_strengths(rows.annotate(chosen=chosen), _skills(request), "-chosen")
    return list(found.filter(Q(chosen=1) | Q(strengths__gt=0))[:limit])


def next_people(mentee: Enrolment, relationship: Relationship, *, now: datetime) -> list[Enrolment]:
    """Whom a mentee can ask next, once a relationship is over for them: two with room who share most of the skills."""
    skills = list(
        GoalSkill.objects.filter(goal__member=mentee.member_id, goal__is_main=True).values_list("skill", flat=True)
    )
    before = relationship.participants.filter(role=Participant.Role.MENTOR)
    if not skills:
        offered = MemberSkill.objects.filter(member__enrolments__in=before.values("enrolment"), offers=True)
        skills = list(offered.values_list("skill", flat=True))
    rows = askable(mentee, now=now).exclude(pk__in=before.values("enrolment")).filter(open_places__gt=0)
    return list(_by_strengths(rows, skills).filter(strengths__gt=0)[:HOW_MANY])


def colleagues(request: MentoringRequest, *, now: datetime) -> list[Enrolment]:
    """Whom the mentor could suggest: others who offer the goal's skills, full ones too if their line is open.

    Each has `strengths`, how many of the skills, and `open_places`.
    """
    rows = askable(request.mentee, now=now).exclude(pk=request.mentor_id)
    rows = rows.filter(Q(open_places__gt=0) | Q(waiting_list_open=True))
    return list(_by_strengths(rows, _skills(request)).filter(strengths__gt=0)[:MOST_COLLEAGUES])


def _by_strengths(rows: QuerySet[Enrolment], skills: list[int], *first: str) -> QuerySet[Enrolment]:
    shared = Q(member__skills__skill__in=skills, member__skills__offers=True)
    rows = rows.annotate(strengths=Count("member__skills", filter=shared, distinct=True))
    has_room = Case(When(open_places__gt=0, then=Value(1)), default=Value(0), output_field=IntegerField())
    order: list[Any] = [*first, "-has_room", "-strengths", "member__full_name", "pk"]
    return rows.annotate(has_room=has_room).select_related("member__organisation").order_by(*order)


def _skills(request: MentoringRequest) -> list[int]:
    """The skills the goal asks for; without a goal, what the mentor who was asked offers."""
    wanted = list(GoalSkill.objects.filter(goal=request.goal_id).values_list("skill", flat=True))
    offered = MemberSkill.objects.filter(member=request.mentor.member_id, offers=True)
    return wanted or list(offered.values_list("skill", flat=True))
