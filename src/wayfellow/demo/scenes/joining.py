"""Coming in: the organisation, its staff list, and how each person joins, says who they are and takes part."""

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any

from wayfellow.core import clock
from wayfellow.demo import persons
from wayfellow.demo.lines import Aim
from wayfellow.demo.scenes.letters import token_in_mail
from wayfellow.demo.staff import DOMAIN, SAFEGUARDING, Employee, as_csv
from wayfellow.demo.world import World
from wayfellow.goals.actions import activate_goal, save_goal_step, set_goal_skills, start_goal
from wayfellow.goals.models import Goal
from wayfellow.people.actions.conduct import accept_conduct
from wayfellow.people.actions.imports import apply_here, apply_import, check_import
from wayfellow.people.actions.invitations import accept_invitation, invite_members
from wayfellow.people.actions.joining import ask_to_join, join_with_email
from wayfellow.people.actions.members import close_member, make_safeguarding_lead
from wayfellow.people.actions.organisations import change_settings, use_link
from wayfellow.people.actions.profile import save_profile, set_availability
from wayfellow.people.models import Member, OneTimeLink
from wayfellow.programmes.actions import create_open_network
from wayfellow.relationships.actions import enrol_in_network
from wayfellow.skills.actions import set_member_skills

ABOUT = (
    "I have worked in {line} since before we had a screen for it, and I still like the sound of a pump that runs well.",
    "Came to Larkmoor for a summer and stayed. Ask me about {city}, or about what I got wrong in my first year.",
    "I learn best by trying something small. Outside work: a choir, two children and a bicycle.",
    "Most of what I know about {line} I learned from people who had time for one more question.",
    "I like clear words and short meetings.",
    "",
)
HOURS = (
    (0, "08:00", "09:30"),
    (0, "17:00", "19:00"),
    (1, "12:00", "13:00"),
    (1, "16:00", "18:00"),
    (2, "07:30", "09:00"),
    (2, "18:00", "20:00"),
    (3, "10:00", "12:00"),
    (3, "16:00", "18:00"),
    (4, "13:00", "15:00"),
    (5, "09:00", "11:00"),
)


def open_the_doors(world: World, link: str) -> None:
    """The administrator comes in by the link of the installation and says how others may."""
    use_link(link.rstrip("/").rpartition("/")[2], OneTimeLink.Purpose.SIGN_IN)
    admin = world.organisation.members.select_related("organisation").get(is_administrator=True)
    accept_conduct(admin, version=world.organisation.conduct_version)
    values = {
        "time_zone": "Europe/Lisbon",
        "languages": ["en", "de"],
        "join_by_domain": True,
        "domains": [DOMAIN],
        "join_by_asking": True,
        "join_as_guest": True,
        "help_email": f"mentoring@{DOMAIN}",
        "sender_name": "Larkmoor mentoring",
    }
    change_settings(admin, values=values)
    world.organisation.refresh_from_db()


def list_staff(world: World) -> None:
    """The administrator brings the staff list in, as a spreadsheet."""
    admin = world.organisation.members.select_related("organisation").get(is_administrator=True)
    file = as_csv(world.staff)
    checked = check_import(admin, world.organisation, file=file, file_name="staff.csv", at_once=True)
    applied = apply_import(admin, checked, here=True)
    apply_here(applied.pk, applied.turn)


def invite_colleagues(world: World) -> None:
    """The first people, who have no address of the staff's domain; one of them runs the open network from then on."""
    for name in (persons.MANAGER.full_name, persons.MENTOR.full_name, SAFEGUARDING):
        accept(world, name)
    lead = world.member(SAFEGUARDING)
    make_safeguarding_lead(world.member(persons.ADMIN.full_name), lead)
    world.changed(lead)
    create_open_network(world.organisation, world.member(persons.MANAGER.full_name))


def accept(world: World, name: str) -> None:
    """Be invited, and come in by the link in the mail."""
    invited = invite_members(world.member(persons.ADMIN.full_name), members=[world.member(name)])
    token = token_in_mail(f"invitation:{invited.invitations[0].pk}")
    come_in(world, accept_invitation(token, full_name=name))


def join(world: World, employee: Employee) -> None:
    """Join with the work e-mail: ask, open the link in the mail, accept the code of conduct."""
    ask_to_join(world.organisation, full_name=employee.name, email=employee.email)
    link = OneTimeLink.objects.filter(organisation=world.organisation, email=employee.email).latest("pk")
    come_in(world, join_with_email(token_in_mail(f"join-link:{link.pk}"), full_name=employee.name))


def come_in(world: World, member: Member) -> None:
    """Accept the code of conduct, as everybody does first."""
    accept_conduct(member, version=world.organisation.conduct_version)
    world.changed(member)


def say_who_they_are(
    world: World, employee: Employee, *, about: str = "", hours: Iterable[tuple[int, str, str]] | None = None
) -> None:
    """The profile: what one does, a few words, free hours of the week in one's own time."""
    draw, member = world.story.draw, world.member(employee.name)
    values = {
        "industry": "energy",
        "function": employee.line.function,
        "seniority": employee.level,
        "about": about or draw.choice(ABOUT).format(line=employee.line.name.lower(), city=employee.site.city),
    }
    save_profile(member, member, values=values)
    chosen = hours if hours is not None else draw.sample(HOURS, draw.randrange(1, 4))
    blocks = [{"weekday": day, "start": _minutes(start), "end": _minutes(end)} for day, start, end in chosen]
    set_availability(member, member, blocks=sorted(blocks, key=lambda block: (block["weekday"], block["start"])))


def _minutes(hour: str) -> int:
    hours, minutes = hour.split(":")
    return int(hours) * 60 + int(minutes)


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


def in_months(months: int) -> date:
    """The last day of a month some months from now, as people choose dates."""
    first = clock.now().date().replace(day=1)
    for _month in range(months + 1):
        first = (first + timedelta(days=32)).replace(day=1)
    return first - timedelta(days=1)


def close(world: World, name: str) -> None:
    """An administrator closes the account of somebody who has left."""
    close_member(world.member(persons.ADMIN.full_name), world.member(name))
