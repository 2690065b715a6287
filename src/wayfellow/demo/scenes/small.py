"""Small scenes for tests: a few people in one state, made by the same actions as the demo."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from wayfellow.core import clock
from wayfellow.demo.lines import AIM_BY_SKILL
from wayfellow.demo.scenes import asking, joining
from wayfellow.demo.scenes.letters import token_in_mail
from wayfellow.demo.story import DAY, Story
from wayfellow.demo.world import World
from wayfellow.people.actions.conduct import accept_conduct
from wayfellow.people.actions.invitations import accept_invitation, invite_members
from wayfellow.people.actions.organisations import create_organisation
from wayfellow.people.models import Member, Organisation
from wayfellow.programmes.actions import create_open_network
from wayfellow.programmes.models import Enrolment
from wayfellow.relationships.actions import enrol_in_network
from wayfellow.relationships.models import MentoringRequest, Relationship, WaitingEntry
from wayfellow.skills.actions import set_member_skills

MENTOR, MENTEES = "Yusra Haddarine", ("Amara Oyelunde", "Kofi Asantewe", "Davit Tsereli-Ono")
AIM = AIM_BY_SKILL["writing-briefs"]


@dataclass(frozen=True)
class Scene:
    """Who is in a scene, and what is between them.

    Attributes:
        mentor, mentees: the people, in the open network of the organisation.
        request: the one that waits for the mentor, where there is one.
        relationship: the one under way, where there is one.
        line: who waits for the mentor, first come first.
    """

    organisation: Organisation
    administrator: Member
    mentor: Enrolment
    mentees: tuple[Enrolment, ...]
    request: MentoringRequest | None = None
    relationship: Relationship | None = None
    line: tuple[WaitingEntry, ...] = ()


def scene_request_waiting(*, slug: str = "larkmoor", now: datetime | None = None) -> Scene:
    """A mentee has asked a mentor who has room, two days ago."""
    return _tell(slug, now, lambda world: world.on(2, asking.ask, MENTEES[0], MENTOR))


def scene_pair_under_way(*, slug: str = "larkmoor", now: datetime | None = None) -> Scene:
    """A mentor said yes to a mentee five days ago, and they work together."""

    def what(world: World) -> None:
        world.on(7, asking.ask, MENTEES[0], MENTOR)
        world.on(5, asking.say_yes, MENTEES[0], MENTOR)

    return _tell(slug, now, what)


def scene_full_mentor_with_line(*, slug: str = "larkmoor", now: datetime | None = None) -> Scene:
    """A mentor with one place, which is taken, and two people in line."""

    def what(world: World) -> None:
        world.on(7, asking.ask, MENTEES[0], MENTOR)
        world.on(5, asking.say_yes, MENTEES[0], MENTOR)
        world.on(4, asking.wait_for, MENTEES[1], MENTOR)
        world.on(3, asking.wait_for, MENTEES[2], MENTOR)

    return _tell(slug, now, what)


def _tell(slug: str, now: datetime | None, what: Callable[[World], None]) -> Scene:
    story = Story(now=now or clock.now(), seed=1)
    with clock.moved_to(story.now - 10 * DAY - timedelta(minutes=5)):
        organisation, _link = create_organisation(
            name="Larkmoor Utilities", slug=slug, admin_email=f"ruta.kalvendis@{slug}.example"
        )
    world = World(story=story, organisation=organisation)
    world.on(10, _gather)
    what(world)
    story.tell()
    mentor = Enrolment.objects.get(pk=world.enrolment(MENTOR).pk)
    return Scene(
        organisation=organisation,
        administrator=organisation.members.get(is_administrator=True),
        mentor=mentor,
        mentees=tuple(Enrolment.objects.get(pk=world.enrolment(name).pk) for name in MENTEES),
        request=MentoringRequest.objects.open().filter(mentor=mentor).first(),
        relationship=Relationship.objects.filter(participants__enrolment=mentor).first(),
        line=tuple(WaitingEntry.objects.in_line().filter(mentor=mentor)),
    )


def _gather(world: World) -> None:
    """The administrator opens the network, one mentor with one place joins, and three mentees with a goal."""
    admin = world.organisation.members.select_related("organisation").get(is_administrator=True)
    accept_conduct(admin, version=world.organisation.conduct_version)
    create_open_network(world.organisation, admin)
    for name in (MENTOR, *MENTEES):
        address = f"{name.lower().replace(' ', '.')}@{world.organisation.slug}.example"
        invited = invite_members(admin, addresses=[(name, address)])
        token = token_in_mail(f"invitation:{invited.invitations[0].pk}")
        joining.come_in(world, accept_invitation(token, full_name=name))
    mentor = world.member(MENTOR)
    set_member_skills(mentor, mentor, skills=[(world.skill(key), 5, True) for key in AIM.skills])
    enrol_in_network(mentor, as_mentor=True, capacity=1)
    for name in MENTEES:
        enrol_in_network(world.member(name), as_mentee=True)
        joining.set_goal(world, name, AIM, by_when=joining.in_months(6))
