"""Amara, who looks; Inês, who mentors; and what happens between them, through the actions that make it."""

from collections.abc import Callable
from typing import Any

import pytest

from wayfellow.goals.models import Goal, GoalSkill
from wayfellow.relationships.actions import accept_request, send_request
from wayfellow.search.actions import touch
from wayfellow.skills.models import MemberSkill, Skill

WHY = "You moved from analysis to product and back, and you wrote about what you missed."
ASK = "Read my first product brief and tell me what a product manager would question."


@pytest.fixture
def skill(db: None) -> Skill:
    return Skill.objects.create(key="reading-tides", name="Reading tides", family="leading")


@pytest.fixture
def set_goal(skill: Skill) -> Callable[..., Goal]:
    """`set_goal(member)`: a goal under way that asks for the skill."""

    def make(member: Any, title: str = "Become a pilot", **fields: Any) -> Goal:
        wanted = fields.pop("skill", skill)
        goal = Goal.objects.create(
            organisation=member.organisation, member=member, title=title, state=Goal.State.ACTIVE, **fields
        )
        GoalSkill.objects.create(organisation=member.organisation, goal=goal, skill=wanted, from_level=1, to_level=3)
        return goal

    return make


@pytest.fixture
def give_skill(skill: Skill) -> Callable[..., MemberSkill]:
    """`give_skill(member)`: they have the skill and offer it."""

    def give(member: Any, *, offers: bool = True) -> MemberSkill:
        return MemberSkill.objects.create(
            organisation=member.organisation, member=member, skill=skill, level=4, offers=offers
        )

    return give


@pytest.fixture
def make_mentor(make_member: Any, enrol: Any, give_skill: Any) -> Callable[..., Any]:
    """`make_mentor("Inês Tavaredo", capacity=2)`: a mentor's enrolment, findable, offering the skill."""

    def make(name: str, *, capacity: int = 2, limits: dict[str, Any] | None = None, **fields: Any) -> Any:
        member = make_member(name, **fields)
        give_skill(member)
        enrolment = enrol(member, mentor=True, capacity=capacity, **(limits or {}))
        touch(member)
        return enrolment

    return make


@pytest.fixture
def make_mentee(make_member: Any, enrol: Any, set_goal: Any, give_skill: Any) -> Callable[..., Any]:
    """`make_mentee("Amara Oyelunde")`: a mentee's enrolment; has a goal and said what they can."""

    def make(name: str, **fields: Any) -> Any:
        member = make_member(name, **fields)
        set_goal(member)
        give_skill(member, offers=False)
        return enrol(member)

    return make


@pytest.fixture
def ask() -> Callable[..., Any]:
    """`ask(mentee, mentor)`: a sent request."""

    def send(mentee: Any, mentor: Any, **fields: Any) -> Any:
        words = {"goal": mentee.member.goals.first(), "why_you": WHY, "ask": ASK, "how_often": "as_offered"}
        return send_request(mentee, mentor, **{**words, **fields})

    return send


@pytest.fixture
def pair_up(ask: Any) -> Callable[..., Any]:
    """`pair_up(mentee, mentor)`: a relationship under way."""
    return lambda mentee, mentor, **fields: accept_request(mentor.member, ask(mentee, mentor, **fields))
