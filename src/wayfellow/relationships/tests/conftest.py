"""People who ask and answer: Amara (a mentee with a goal), Inês (a mentor with two places), and whoever else."""

import unicodedata
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest

from wayfellow.audit.models import Event
from wayfellow.core import clock
from wayfellow.goals.models import Goal, GoalSkill
from wayfellow.jobs.models import Job
from wayfellow.notifications.models import Notice
from wayfellow.relationships.actions import (
    accept_request,
    agree_to_joining,
    fill_in_agreement,
    invite_to_relationship,
    send_request,
    sign_agreement,
)
from wayfellow.relationships.forms.agreements import template_values
from wayfellow.skills.models import MemberSkill, Skill

WHY = "You moved from analysis to product and back, and you wrote about what you missed."
ASK = "Read my first product brief and tell me what a product manager would question."


def address(name: str) -> str:
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode()
    return f"{plain.replace(' ', '.').lower()}@larkmoor.example"


@pytest.fixture
def now() -> datetime:
    return clock.now()


@pytest.fixture
def skill(db: None) -> Skill:
    return Skill.objects.create(key="writing-about-tides", name="Writing about tides", family="Writing")


@pytest.fixture
def make_goal(skill: Skill) -> Callable[..., Goal]:
    def make(member: Any, title: str = "Move to associate product manager", **fields: Any) -> Goal:
        goal = Goal.objects.create(
            organisation=member.organisation, member=member, title=title, state=Goal.State.ACTIVE, **fields
        )
        GoalSkill.objects.create(organisation=member.organisation, goal=goal, skill=skill, from_level=1, to_level=3)
        return goal

    return make


@pytest.fixture
def make_mentor(make_member: Any, enrol: Any, skill: Skill) -> Callable[..., Any]:
    """A mentor's enrolment; offers the skill that goals ask for."""

    def make(name: str, *, capacity: int = 2, offers: bool = True, **fields: Any) -> Any:
        member = make_member(name, job_title="Head of product", email=address(name))
        if offers:
            MemberSkill.objects.create(organisation=member.organisation, member=member, skill=skill, level=4)
        return enrol(member, mentor=True, capacity=capacity, **fields)

    return make


@pytest.fixture
def make_mentee(make_member: Any, enrol: Any, make_goal: Any) -> Callable[..., Any]:
    """A mentee's enrolment; has a goal under way."""

    def make(name: str, **fields: Any) -> Any:
        member = make_member(name, job_title="Data analyst", email=address(name))
        make_goal(member)
        return enrol(member, **fields)

    return make


@pytest.fixture
def mentor(make_mentor: Any) -> Any:
    return make_mentor("Inês Tavaredo")


@pytest.fixture
def mentee(make_mentee: Any) -> Any:
    return make_mentee("Amara Oyelunde")


@pytest.fixture
def stranger(make_member: Any) -> Any:
    return make_member("Leif Holmqvarn")


@pytest.fixture
def foreigner(make_member: Any, other_organisation: Any) -> Any:
    return make_member("Yusra Haddarine", organisation=other_organisation)


@pytest.fixture
def ask() -> Callable[..., Any]:
    """`ask(mentee, mentor)`: a sent request."""

    def send(mentee: Any, mentor: Any, **fields: Any) -> Any:
        values = {"goal": mentee.member.goals.first(), "why_you": WHY, "ask": ASK, "how_often": "as_offered"}
        return send_request(mentee, mentor, **{**values, **fields})

    return send


@pytest.fixture
def pair_up(ask: Any) -> Callable[..., Any]:
    """`pair_up(mentee, mentor)`: a relationship under way."""

    def pair(mentee: Any, mentor: Any, **fields: Any) -> Any:
        return accept_request(mentor.member, ask(mentee, mentor, **fields))

    return pair


@pytest.fixture
def circle(mentee: Any, mentor: Any, make_mentee: Any, make_mentor: Any, pair_up: Any) -> Callable[..., Any]:
    """`circle()`: Inês and Noor mentor Amara and Rafael, all of whom said yes."""

    def gather() -> Any:
        relationship = pair_up(mentee, mentor)
        for name, role, make in (("Rafael Ombrado", "mentee", make_mentee), ("Noor Eddine", "mentor", make_mentor)):
            join(relationship, make(name), role, by=mentor.member)
        return relationship

    return gather


def join(relationship: Any, enrolment: Any, role: str, *, by: Any) -> Any:
    """Invite somebody and let everybody say yes."""
    invitation = invite_to_relationship(by, relationship, enrolment=enrolment, role=role)
    for one in relationship.participants.present().select_related("enrolment__member"):
        if one.enrolment.member_id != by.pk:
            agree_to_joining(one.enrolment.member, invitation)
    return agree_to_joining(enrolment.member, invitation)


def fill_in(member: Any, relationship: Any, **values: Any) -> Any:
    """Fill in a side: the template's words, and what is said here."""
    said = template_values("one_to_one") | {"purpose": "Ready to lead a crew", "every_weeks": 4, "minutes": 60}
    return fill_in_agreement(member, relationship, values={**said, **values})


@pytest.fixture
def signed(pair_up: Any, mentee: Any, mentor: Any) -> Callable[..., Any]:
    """`signed()`: Amara and Inês have an agreement in force."""

    def sign(**values: Any) -> Any:
        relationship = pair_up(mentee, mentor)
        for one in (mentee, mentor):
            fill_in(one.member, relationship, **values)
        for one in (mentee, mentor):
            sign_agreement(one.member, relationship, number=1)
        relationship.refresh_from_db()
        return relationship

    return sign


@pytest.fixture
def told() -> Callable[[Any], list[str]]:
    """`told(member)`: the kinds of the notices somebody got, oldest first."""

    def kinds(member: Any) -> list[str]:
        return list(Notice.objects.filter(member=member).order_by("pk").values_list("kind", flat=True))

    return kinds


@pytest.fixture
def events() -> Callable[[], list[str]]:
    """`events()`: the verbs recorded so far, oldest first."""

    def verbs() -> list[str]:
        return list(Event.objects.order_by("pk").values_list("verb", flat=True))

    return verbs


@pytest.fixture
def mails() -> Callable[[], int]:
    """`mails()`: how many mail jobs wait."""

    def count() -> int:
        return Job.objects.filter(key__startswith="notice:").count()

    return count


def days(count: float) -> timedelta:
    return timedelta(days=count)
