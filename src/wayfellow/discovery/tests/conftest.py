from datetime import timedelta

import pytest

from wayfellow.core import clock
from wayfellow.search.actions import touch

THURSDAY_EVENING = [{"weekday": 3, "start": 18 * 60, "end": 21 * 60}]


@pytest.fixture
def skill(db):
    """`skill("Writing briefs")`: a skill of the taxonomy, made when it is not there."""
    from django.utils.text import slugify

    from wayfellow.skills.models import Skill

    def skill(name, **fields):
        found = Skill.objects.filter(name=name, organisation=None).first()
        return found or Skill.objects.create(key=slugify(name), name=name, family="leading", **fields)

    return skill


@pytest.fixture
def make_mentor(make_member, enrol, skill):
    """A mentor with skills by name and level, in the index."""
    from wayfellow.people.models import Profile
    from wayfellow.skills.models import MemberSkill

    def make(name, *, skills=None, availability=THURSDAY_EVENING, profile=None, limits=None, **fields):
        member = make_member(name, **{"time_zone": "Europe/Lisbon", "languages": ["en", "pt"], **fields})
        Profile.objects.update_or_create(
            member=member,
            defaults={"organisation": member.organisation, "availability": availability, **(profile or {})},
        )
        enrolment = enrol(member, mentor=True, **{"capacity": 2, **(limits or {})})
        for title, level in (skills or {}).items():
            MemberSkill.objects.create(
                organisation=member.organisation, member=member, skill=skill(title), level=level, offers=True
            )
        touch(member)
        return enrolment

    return make


@pytest.fixture
def seeker(make_member, enrol, skill):
    """Amara Oyelunde, whose goal names two skills; free on Thursday evenings in Nairobi."""
    from wayfellow.goals.models import Goal, GoalSkill
    from wayfellow.people.models import Profile

    member = make_member(
        "Amara Oyelunde",
        time_zone="Africa/Nairobi",
        languages=["en", "pt"],
        job_title="Analyst",
        department="Field operations",
    )
    Profile.objects.update_or_create(
        member=member,
        defaults={
            "organisation": member.organisation,
            "seniority": 2,
            "availability": [{"weekday": 3, "start": 18 * 60, "end": 24 * 60}],
        },
    )
    enrol(member)
    goal = Goal.objects.create(
        organisation=member.organisation,
        member=member,
        state=Goal.State.ACTIVE,
        is_main=True,
        title="Move into product management",
        by_when=clock.now().date() + timedelta(days=200),
    )
    for title in ("Discovery interviews", "Writing briefs"):
        GoalSkill.objects.create(
            organisation=member.organisation, goal=goal, skill=skill(title), from_level=1, to_level=3
        )
    return member
