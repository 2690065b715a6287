"""Coming in: the organisation, its staff list, and how each person joins, says who they are and takes part."""

from datetime import date, timedelta
from typing import Any

from wayfellow.core import clock
from wayfellow.demo import persons
from wayfellow.demo.lines import Aim
from wayfellow.demo.scenes.letters import token_in_mail
from wayfellow.demo.staff import DOMAIN, Employee
from wayfellow.demo.world import World
from wayfellow.goals.actions import activate_goal, save_goal_step, set_goal_skills, start_goal
from wayfellow.goals.models import Goal
from wayfellow.people.actions.conduct import accept_conduct
from wayfellow.people.actions.invitations import accept_invitation, invite_members
from wayfellow.people.actions.joining import ask_to_join, join_with_email
from wayfellow.people.actions.members import make_safeguarding_lead
from wayfellow.people.actions.organisations import change_settings, use_link
from wayfellow.people.models import Member, OneTimeLink
from wayfellow.programmes.actions import create_open_network
from wayfellow.relationships.actions import enrol_in_network
from wayfellow.skills.actions import set_member_skills


def open_the_doors(world: World, link: str) -> None:
    """The administrator comes in by the link of the installation and says how others may."""
    use_link(link.rstrip("/").rpartition("/")[2], OneTimeLink.Purpose.SIGN_IN)
    admin = world.organisation.members.select_related("organisation").get(is_administrator=True)
    accept_conduct(admin, version=world.organisation.conduct_version)
    values = {
        "time_zone": "Europe/Lisbon",
        "languages": ["en"],
        "join_by_domain": True,
        "domains": [DOMAIN],
        "join_by_asking": True,
        "join_as_guest": True,
        "help_email": f"mentoring@{DOMAIN}",
        "sender_name": "Larkmoor mentoring",
    }
    change_settings(admin, values=values)
    world.organisation.refresh_from_db()


def invite_colleagues(world: World) -> None:
    """The two who do not have an address of the staff's domain, and the two whom everything else needs."""
    admin = world.member(persons.ADMIN.full_name)
    names = [persons.MANAGER.full_name, persons.MENTOR.full_name, persons.MENTEE.full_name, "Sunniva Hartmoor"]
    invited = invite_members(admin, members=[world.member(name) for name in names])
    for name, invitation in zip(names, invited.invitations, strict=True):
        token = token_in_mail(f"invitation:{invitation.pk}")
        _come_in(world, accept_invitation(token, full_name=name))
    make_safeguarding_lead(admin, world.member("Sunniva Hartmoor"))
    create_open_network(world.organisation, world.member(persons.MANAGER.full_name))


def join(world: World, employee: Employee) -> None:
    """Join with the work e-mail: ask, open the link in the mail, accept the code of conduct."""
    ask_to_join(world.organisation, full_name=employee.name, email=employee.email)
    link = OneTimeLink.objects.filter(organisation=world.organisation, email=employee.email).latest("pk")
    _come_in(world, join_with_email(token_in_mail(f"join-link:{link.pk}"), full_name=employee.name))


def _come_in(world: World, member: Member) -> None:
    accept_conduct(member, version=world.organisation.conduct_version)
    Member.objects.filter(pk=member.pk).update(last_seen_on=clock.now().date())


def say_what_they_can(world: World, employee: Employee, skills: dict[str, tuple[int, bool]]) -> None:
    """Skills with levels, and whether they help others with them."""
    member = world.member(employee.name)
    rows = [(world.skill(key), level, offers) for key, (level, offers) in skills.items()]
    set_member_skills(member, member, skills=rows)


def take_part(world: World, employee: Employee, **limits: Any) -> None:
    """Join the open network, or change what one offers there."""
    enrol_in_network(world.member(employee.name), **limits)


def set_goal(world: World, name: str, aim: Aim, *, by_when: date, level: int = 1) -> Goal:
    """The wizard, step by step, as somebody would fill it in."""
    member = world.member(name)
    goal = start_goal(member)
    save_goal_step(member, goal, step=1, fields={"title": aim.title, "why": aim.why})
    save_goal_step(member, goal, step=2, fields={"sign_of_success": aim.sign, "by_when": by_when})
    set_goal_skills(member, goal, [(world.skill(key), level, min(level + 2, 5)) for key in aim.skills])
    plan = {"obstacle": aim.obstacle, "if_moment": aim.if_moment, "then_act": aim.then_act}
    save_goal_step(member, goal, step=4, fields=plan)
    return activate_goal(member, goal, today=clock.now().date())


def begin_goal(world: World, name: str, title: str) -> None:
    """Begin the wizard and stop after the first step."""
    member = world.member(name)
    goal = start_goal(member)
    save_goal_step(member, goal, step=1, fields={"title": title})


def in_months(months: int) -> date:
    """The last day of a month some months from now, as people choose dates."""
    first = clock.now().date().replace(day=1)
    for _month in range(months + 1):
        first = (first + timedelta(days=32)).replace(day=1)
    return first - timedelta(days=1)
