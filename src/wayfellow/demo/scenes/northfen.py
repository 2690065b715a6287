"""Northfen College, a second organisation: whoever looks from the one must see nothing of the other."""

from datetime import datetime

from wayfellow.core import clock
from wayfellow.demo.lines import AIM_BY_SKILL
from wayfellow.demo.scenes import asking, joining
from wayfellow.demo.scenes.days import look_after_requests
from wayfellow.demo.scenes.letters import token_in_mail
from wayfellow.demo.story import DAY, Story
from wayfellow.demo.world import World
from wayfellow.people.actions.conduct import accept_conduct
from wayfellow.people.actions.invitations import accept_invitation, invite_members
from wayfellow.people.actions.organisations import create_organisation
from wayfellow.programmes.actions import create_open_network
from wayfellow.relationships.actions import enrol_in_network
from wayfellow.skills.actions import set_member_skills

NORTHFEN = "northfen"
ADMIN = "maren.solbakk@northfen.example"
TEACHER, TUTOR = "Ottilie Grangemouth", "Casimir Benoual"
STUDENT, OTHER = "Ximena Torrelaguna", "Bongani Mthwalo"
SEED = 4
FOUNDED = 40


def tell_northfen(*, now: datetime) -> World:
    """A handful of people: two who teach, two who learn, one pair under way, one request open."""
    story = Story(now=now, seed=SEED, every_day=(look_after_requests,))
    with clock.moved_to(now - FOUNDED * DAY):
        organisation, _link = create_organisation(name="Northfen College", slug=NORTHFEN, admin_email=ADMIN)
    world = World(story=story, organisation=organisation)
    world.on(FOUNDED, _open)
    for days, name in ((38, TEACHER), (37, TUTOR), (36, STUDENT), (35, OTHER)):
        world.on(days, _come, name, mentor=name in (TEACHER, TUTOR))
    world.on(20, asking.ask, STUDENT, TEACHER)
    world.on(18, asking.say_yes, STUDENT, TEACHER)
    world.on(2, asking.ask, OTHER, TUTOR)
    story.tell()
    return world


def _open(world: World) -> None:
    admin = world.organisation.members.select_related("organisation").get(is_administrator=True)
    accept_conduct(admin, version=world.organisation.conduct_version)
    create_open_network(world.organisation, admin)


def _come(world: World, name: str, *, mentor: bool) -> None:
    admin = world.organisation.members.select_related("organisation").get(is_administrator=True)
    address = f"{name.lower().replace(' ', '.')}@northfen.example"
    invited = invite_members(admin, addresses=[(name, address)])
    token = token_in_mail(f"invitation:{invited.invitations[0].pk}")
    joining.come_in(world, accept_invitation(token, full_name=name))
    member = world.member(name)
    if mentor:
        set_member_skills(member, member, skills=[(world.skill("academic-writing"), 5, True)])
        enrol_in_network(member, as_mentor=True, capacity=2)
    else:
        enrol_in_network(member, as_mentee=True)
        joining.set_goal(world, name, AIM_BY_SKILL["presenting"], by_when=joining.in_months(6))
