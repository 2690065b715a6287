"""What waits in the office: invitations, people who ask to join, guests, a checked import, a report of harm."""

from dataclasses import replace
from datetime import date

from wayfellow.core import clock
from wayfellow.demo import persons
from wayfellow.demo.lines import AIM_BY_SKILL
from wayfellow.demo.scenes import asking, joining
from wayfellow.demo.scenes.letters import token_in_mail
from wayfellow.demo.staff import SAFEGUARDING, Employee, as_csv, draw_newcomers
from wayfellow.demo.world import World
from wayfellow.people.actions.imports import check_import
from wayfellow.people.actions.invitations import Guest, accept_invitation, invite_members
from wayfellow.people.actions.joining import ask_to_join
from wayfellow.people.actions.members import make_administrator
from wayfellow.people.models import Member
from wayfellow.people.queries.joining import open_network_cohort
from wayfellow.programmes.actions import appoint_manager
from wayfellow.programmes.models import Programme
from wayfellow.safety.actions import close_concern, reply_to_concern, report_concern, take_up_concern
from wayfellow.safety.models import Concern
from wayfellow.skills.actions import add_skill

# Who asks, from where, and what they say; days since.
ASKING = (
    ("Ilse Fenhollow", "ilse.fenhollow@brackwater.example", "I lead the pump works that we share with you.", 4.2),
    ("Baptiste Orlanoy", "baptiste@orlanoy.example", "I was at Larkmoor until spring and would mentor on.", 2.1),
    ("Marisol Quintabar", "m.quintabar@northfen.example", "Pia Querolt told me about your network.", 0.7),
)
GUESTS = (
    ("Pia Querolt", "pia.querolt@northfen.example", "Northfen College"),
    ("Oluwaseyi Brandt-Kell", "o.brandtkell@northfen.example", "Northfen College"),
    ("Henrike Vasslund", "henrike@vasslund.example", "Brackwater Pumps"),
    ("Yaw Mensahene", "yaw.mensahene@brackwater.example", "Brackwater Pumps"),
    ("Camille Dubrevil", "camille@dubrevil.example", "City of Graz"),
)
STAND_IN = "Tomasz Vellingrad"
INVITED = ("Jorun Haldsted", "Mikael Strandholt", "Nilufar Azamova-Reed")
NOTE = "Welcome to Larkmoor. Find somebody to ask in your first weeks; it is what I would have wanted."


def tell(world: World, newcomers: list[Employee]) -> None:
    """Everything that lies on the administrator's desk, and the safeguarding lead's."""
    for name, email, message, days in ASKING:
        world.on(days, _ask_to_join, name, email, message)
    for place, (name, email, comes_from) in enumerate(GUESTS):
        world.on(70 - 9 * place, welcome_guest, name, email, comes_from)
    world.on(55, joining.set_goal, GUESTS[0][0], AIM_BY_SKILL["service-design"], by_when=joining.in_months(8))
    world.on(50, asking.ask, GUESTS[0][0], STAND_IN)
    world.on(48, asking.say_yes, GUESTS[0][0], STAND_IN)
    world.on(6, invite, list(INVITED), note=NOTE)
    world.on(11, invite, [person.name for person in newcomers[:9]])
    world.on(0.2, check_new_file, newcomers)
    world.on(26, _report_and_answer)
    world.on(90, _add_own_skill)
    world.on(88, _make_stand_in)
    world.on(1.4, report, "Davit Tsereli-Ono", NEW_REPORT)


def _ask_to_join(world: World, name: str, email: str, message: str) -> None:
    ask_to_join(world.organisation, full_name=name, email=email, message=message)


def welcome_guest(world: World, name: str, email: str, comes_from: str) -> None:
    """Somebody from elsewhere is invited to the open network, and comes."""
    today = clock.now().date()
    until = date(today.year + 1, 6, 30)
    guest = Guest(comes_from=comes_from, until=until)
    cohort = open_network_cohort(world.organisation)
    admin = world.member(persons.ADMIN.full_name)
    invited = invite_members(admin, addresses=[(name, email)], cohort=cohort, guest=guest)
    token = token_in_mail(f"invitation:{invited.invitations[0].pk}")
    joining.come_in(world, accept_invitation(token, full_name=name))


def invite(world: World, names: list[str], *, note: str = "") -> None:
    """Invite people of the staff list who have not come yet."""
    admin = world.member(persons.ADMIN.full_name)
    cohort = open_network_cohort(world.organisation)
    invite_members(admin, members=[world.member(name) for name in names], cohort=cohort, note=note)


def check_new_file(world: World, newcomers: list[Employee]) -> None:
    """A newer staff list is checked and waits for a decision: people to add, to change, and rows with faults."""
    moved = [replace(person, title=f"{person.title}, evening shift") for person in world.staff[60:66]]
    new = draw_newcomers(world.story.draw, world.staff, today=clock.now().date())
    new[3].email = "not yet known"
    new[5].email = new[6].email
    new[8].site = replace(new[8].site, zone="Larkmoor time")
    file = as_csv([*moved, *world.staff[70:90], *newcomers[9:], *new])
    admin = world.member(persons.ADMIN.full_name)
    check_import(admin, world.organisation, file=file, file_name="staff-november.csv", at_once=True)


def _add_own_skill(world: World) -> None:
    """What people at Larkmoor do and nobody elsewhere has a word for."""
    add_skill(
        world.member(persons.ADMIN.full_name),
        name="Storm desk",
        family="operations",
        description="Keep crews, customers and the control room on one page while a storm lasts.",
        synonyms=["storm room", "outage desk"],
    )


def _make_stand_in(world: World) -> None:
    """A second administrator and programme manager, for when the first is on leave."""
    stand_in, admin = world.member(STAND_IN), world.member(persons.ADMIN.full_name)
    make_administrator(admin, stand_in)
    appoint_manager(admin, Programme.objects.get(organisation=world.organisation), stand_in)
    world.changed(stand_in)


def report(world: World, name: str, text: str) -> Concern:
    """Tell the safeguarding lead."""
    return report_concern(world.member(name), text=text)


def _report_and_answer(world: World) -> None:
    """An older report that is looked into, answered and closed."""
    concern = report(world, persons.MENTOR.full_name, OLD_REPORT)
    lead = world.member(SAFEGUARDING)
    take_up_concern(lead, concern)
    reply_to_concern(lead, concern, text=REPLY)
    world.after(6, _close, concern)


def _close(world: World, concern: Concern) -> None:
    close_concern(world.member(SAFEGUARDING), concern, text=LAST_WORD)


def note_visits(world: World) -> None:
    """When each was here last: most in the last days. Pages note it; here nobody has opened one."""
    today = clock.now().date()
    members = list(Member.objects.filter(organisation=world.organisation, state=Member.State.ACTIVE).order_by("pk"))
    for member in members:
        days = 0 if member.email.endswith("@demo.example") else int(world.story.draw.expovariate(1 / 9))
        joined = member.joined_at.date() if member.joined_at else today
        member.last_seen_on = max(joined, date.fromordinal(today.toordinal() - days))
    Member.objects.bulk_update(members, ["last_seen_on"])


NEW_REPORT = (
    "In the last two crew meetings a senior colleague made jokes about how I speak, each time when I had asked "
    "something. I do not want this to become big, but I would like it to stop."
)
OLD_REPORT = (
    "Somebody I mentor told me that an earlier mentor would meet only late in the evening, at a bar. She said no, and "
    "since then there is silence. She knows that I write to you, and would like you to know."
)
REPLY = (
    "Thank you for telling me. Nothing happens without her yes. I can talk with him, or help her to end it without a "
    "word. Please ask her which she would rather have, and that she may write to me herself."
)
LAST_WORD = "She has written to me and it is settled as she wished. Thank you for carrying it here."
