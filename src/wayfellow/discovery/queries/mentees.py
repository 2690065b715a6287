"""Mentees who would be glad of an offer. They agreed that mentors see name, work and the skills of their main goal."""

from collections import defaultdict
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Q

from wayfellow.goals.models import Goal, GoalSkill
from wayfellow.people.models import Member
from wayfellow.programmes.models import Enrolment
from wayfellow.relationships.models import Participant
from wayfellow.relationships.policy.pairs import OPEN
from wayfellow.safety.models import Block
from wayfellow.search.words import fold
from wayfellow.skills.models import MemberSkill, Skill
from wayfellow.skills.queries import by_name


@dataclass(frozen=True)
class Seeking:
    """A mentee with the skills they look for; the reader offers those in `offered`."""

    enrolment: Enrolment
    skills: list[str]
    offered: list[str]


def my_network_enrolment(member: Member) -> Enrolment | None:
    """The member's own place in the open network."""
    return Enrolment.objects.filter(member=member, cohort__programme__is_open_network=True).first()


def mentees_for(mentor: Enrolment, *, text: str = "") -> Any:
    """Enrolments of mentees who allow offers, those first who seek most of what the mentor offers.

    Goals stay private: only the skills of the main goal are looked at, never its words.
    """
    member = mentor.member
    blocked = Block.objects.filter(blocker=member).values("blocked")
    blockers = Block.objects.filter(blocked=member).values("blocker")
    mine = Participant.objects.present().filter(enrolment=mentor, role="mentor", relationship__state__in=OPEN)
    together = Participant.objects.present().filter(relationship__in=mine.values("relationship")).values("enrolment")
    main = Q(member__goals__is_main=True, member__goals__state=Goal.State.ACTIVE)
    offered = MemberSkill.objects.filter(member=member, offers=True).values("skill")
    rows = (
        Enrolment.objects.visible_to(member)
        .filter(cohort=mentor.cohort_id, is_mentee=True, allows_offers=True)
        .exclude(member=member)
        .exclude(member__in=blocked)
        .exclude(member__in=blockers)
        .exclude(pk__in=together)
    )
    typed = text.split()[:8]
    sought = _sought(mentor) if typed else []
    for word in typed:
        called = [skill.pk for skill in sought if any(fold(word) in fold(name) for name in skill.all_names)]
        skill = Q(member__goals__skills__skill__in=called) & main
        rows = rows.filter(
            pk__in=Enrolment.objects.filter(cohort=mentor.cohort_id)
            .filter(Q(member__full_name__icontains=word) | Q(member__job_title__icontains=word) | skill)
            .values("pk")
        )
    return (
        rows.annotate(
            match=Count(
                "member__goals__skills", filter=main & Q(member__goals__skills__skill__in=offered), distinct=True
            )
        )
        .select_related("member")
        .order_by("-match", "member__full_name", "pk")
    )


def _sought(mentor: Enrolment) -> list[Skill]:
    """The skills of main goals here. Their names are compared in Python, where those of every language are known."""
    main = GoalSkill.objects.filter(
        organisation=mentor.organisation_id, goal__is_main=True, goal__state=Goal.State.ACTIVE
    )
    return list(Skill.objects.filter(pk__in=main.values("skill")))


def seeking(mentor: Enrolment, enrolments: list[Enrolment]) -> list[Seeking]:
    """The mentees of one page with the skills they seek, in two statements."""
    offered = set(MemberSkill.objects.filter(member=mentor.member_id, offers=True).values_list("skill", flat=True))
    skills: dict[int, list[Skill]] = defaultdict(list)
    wanted = GoalSkill.objects.filter(
        goal__member__in=[enrolment.member_id for enrolment in enrolments],
        goal__is_main=True,
        goal__state=Goal.State.ACTIVE,
    )
    for entry in wanted.select_related("skill", "goal"):
        skills[entry.goal.member_id].append(entry.skill)
    for found in skills.values():
        found.sort(key=by_name)
    return [
        Seeking(
            enrolment,
            [str(skill) for skill in skills[enrolment.member_id]],
            [str(skill) for skill in skills[enrolment.member_id] if skill.pk in offered],
        )
        for enrolment in enrolments
    ]
