"""The people whom the demo tells of by name: Amara and Inês, Leif, Yusra and her line, Benedikt away, and others."""

from datetime import date

from wayfellow.core import clock
from wayfellow.demo import persons
from wayfellow.demo.lines import AIM_BY_SKILL, Aim
from wayfellow.demo.scenes import asking, joining
from wayfellow.demo.world import World
from wayfellow.discovery.actions.marks import dismiss_mentor, save_mentor
from wayfellow.notifications.actions import read_notices
from wayfellow.people.actions.profile import set_background
from wayfellow.people.models import BackgroundFacet
from wayfellow.relationships.models import PrivateReason

Kind, Visibility = BackgroundFacet.Kind, BackgroundFacet.Visibility
AMARA, INES, JOSS, RUTA = (
    persons.MENTEE.full_name,
    persons.MENTOR.full_name,
    persons.MANAGER.full_name,
    persons.ADMIN.full_name,
)
LEIF, YUSRA, BENEDIKT, RAFAEL = "Leif Holmqvarn", "Yusra Haddarine", "Benedikt Auersloh", "Rafael Ombrado"
TOMASZ, DARA, KOFI, DAVIT = "Tomasz Vellingrad", "Dara Quillfeather", "Kofi Asantewe", "Davit Tsereli-Ono"
LIORA, JONAS, PETRA = "Liora Finkelmoor", "Jonas Moosgruben", "Petra Vandermoor"
NO = "not now"
TENDAI, EMIL, SOLVEIG = "Tendai Adjeimah", "Emil Thalbrenner", "Solveig Fjellvarg"

PRODUCT = Aim(
    title="Move from data analyst to associate product manager",
    why="I keep finding what should change, and hand it to people who were not in the room when we found it.",
    sign="I own one small feature from brief to release.",
    skills=("discovery-interviews", "writing-briefs"),
    ask="Read my first product brief and tell me what a product manager would question. Then practise two discovery "
    "interviews with me.",
    obstacle="Outage weeks take everything, and product work is the first thing I drop.",
    if_moment="an outage week begins",
    then_act="move my product half-day to the week after, the same morning",
)
SPEAK_UP = Aim(
    title="Speak up earlier in planning meetings",
    why="I know what the data says and say it in the corridor afterwards.",
    sign="Two plans change in the meeting because of something I said there.",
    skills=("speaking-up", "presenting"),
    ask="Tell me what you do in the minute before you say something unwelcome.",
)

NEAR_THE_FIELD = Aim(
    title="Build a network that reaches the field crews",
    why="Half of Larkmoor works outside, and most of our pairs sit in offices.",
    sign="One pair in three has somebody from a crew in it.",
    skills=("leading-a-crew", "stakeholder-conversations"),
    ask="Take me along for one early shift, and tell me afterwards why nobody there reads my mails.",
)

# name, days since they joined, skills they offer (with levels), skills they only have, places; none: not a mentor
MENTORS = (
    (INES, 208, {"discovery-interviews": 5, "writing-briefs": 5, "product-strategy": 4}, {"roadmaps": 4}, 3),
    (LEIF, 200, {"writing-briefs": 4, "data-for-decisions": 5, "engineering-design": 4}, {"prioritising": 3}, 2),
    (YUSRA, 190, {"discovery-interviews": 4, "writing-briefs": 4, "changing-field": 5}, {"spreadsheets": 3}, 2),
    (BENEDIKT, 180, {"stakeholder-conversations": 5, "leading-change": 4}, {"service-design": 5}, 1),
    (RAFAEL, 195, {"writing-briefs": 5, "roadmaps": 4, "presenting": 4}, {"agile-delivery": 4}, 3),
    (TOMASZ, 201, {"business-cases": 5, "being-interviewed": 4}, {"forecasting": 5}, 3),
    (DARA, 160, {"handling-incidents": 5, "planning-shifts": 4}, {"leading-a-team": 4}, 1),
    (KOFI, 150, {"leading-a-crew": 5, "safety-on-site": 5}, {"maintenance-planning": 4}, 2),
    (PETRA, 140, {"leading-a-team": 4, "quality-control": 5}, {"improving-processes": 4}, 2),
)
MENTOR_WORDS = {
    INES: {
        "asks_of_mentee": "Come with something you have tried, even if it failed. I do not do job referrals.",
        "preferred_channel": "Video, Thursdays",
        "offer_minutes": 60,
        "offer_every_weeks": 4,
        "offer_months": 6,
    },
    LEIF: {
        "asks_of_mentee": "Send me the draft before we talk, however rough.",
        "preferred_channel": "Video, mornings",
        "offer_minutes": 45,
        "offer_every_weeks": 2,
        "offer_months": 3,
    },
}
MENTEES = (
    (DAVIT, 90, AIM_BY_SKILL["leading-a-crew"]),
    (LIORA, 85, AIM_BY_SKILL["service-design"]),
    (JONAS, 80, AIM_BY_SKILL["leading-a-team"]),
    (TENDAI, 120, PRODUCT),
    (EMIL, 75, AIM_BY_SKILL["discovery-interviews"]),
    (SOLVEIG, 70, AIM_BY_SKILL["discovery-interviews"]),
)


def tell(world: World) -> None:
    """Everybody above joins, and what happens between them."""
    for name, days, offered, has, places in MENTORS:
        world.on(days, come_as_mentor, name, offered, has, places)
    for name, days, aim in MENTEES:
        world.on(days, come_as_mentee, name, aim)
    _amara(world)
    _ines(world)
    _leif(world)
    _yusra(world)
    _benedikt(world)
    _davit(world)
    _the_rest(world)


def come_as_mentor(world: World, name: str, offered: dict[str, int], has: dict[str, int], places: int) -> None:
    """Join, and offer places."""
    employee = world.employee(name)
    if not world.has_joined(name):
        joining.join(world, employee)
    joining.say_who_they_are(world, employee, hours=HOURS.get(name), about=ABOUT.get(name, ""))
    skills = {key: (level, True) for key, level in offered.items()} | {
        key: (level, False) for key, level in has.items()
    }
    joining.say_what_they_can(world, employee, skills)
    words = MENTOR_WORDS.get(name, {"asks_of_mentee": "Tell me early when a date does not work."})
    joining.take_part(world, employee, as_mentor=True, capacity=places, **words)


def come_as_mentee(world: World, name: str, aim: Aim) -> None:
    """Join, and set a goal."""
    employee = world.employee(name)
    joining.join(world, employee)
    joining.say_who_they_are(world, employee)
    joining.take_part(world, employee, as_mentee=True)
    joining.set_goal(world, name, aim, by_when=joining.in_months(7))


def _amara(world: World) -> None:
    """A goal, one who said yes, one who has not answered, a place in line, saved people."""
    world.on(64, _amara_comes)
    world.on(60, asking.ask, AMARA, TOMASZ, what="Practise one interview for an inside move with me.")
    world.on(58.5, asking.say_yes, AMARA, TOMASZ, words="Gladly. Bring the advertisement and your three best stories.")
    world.on(57, asking.ask, AMARA, INES, why_you=WHY_INES, what=PRODUCT.ask, next_choice=LEIF)
    world.on(54, asking.say_yes, AMARA, INES, words="Yes. Bring the version of the brief that you are unsure about.")
    thanks = "Thank you for the rehearsal, Tomasz. I got the talk, and I will tell you how the move goes."
    reason = PrivateReason.Ending.GOT_THERE
    world.on(22, asking.stop_together, AMARA, TOMASZ, by=AMARA, goodbye=thanks, reason=reason)
    world.on(20, joining.set_goal, AMARA, SPEAK_UP, by_when=joining.in_months(4))
    world.on(19, _mark, AMARA, saved=[RAFAEL, BENEDIKT], dismissed=[PETRA])
    world.on(12, _read_all, AMARA)
    world.on(9, asking.draft, AMARA, BENEDIKT, why_you="You led the programme that set up product roles here, and")
    world.on(3, asking.ask, AMARA, LEIF, why_you=WHY_LEIF, what=PRODUCT.ask, next_choice=RAFAEL)


def _amara_comes(world: World) -> None:
    joining.accept(world, AMARA)
    employee = world.employee(AMARA)
    joining.say_who_they_are(world, employee, hours=HOURS[AMARA], about=ABOUT[AMARA])
    skills = {
        "data-analysis": (4, True),
        "showing-data": (4, False),
        "spreadsheets": (5, True),
        "presenting": (2, False),
    }
    joining.say_what_they_can(world, employee, skills)
    set_background(world.member(AMARA), world.member(AMARA), facets=BACKGROUND)
    joining.take_part(world, employee, as_mentee=True, allows_offers=True)
    joining.set_goal(world, AMARA, PRODUCT, by_when=joining.in_months(9))


def _ines(world: World) -> None:
    """Three places: Amara and Tendai, and one that is free; one request to answer, one she has asked about."""
    _answered(world, INES, ((TENDAI, 110, 108.6, None), (LIORA, 84, 83, 60)))
    _answered(world, INES, ((DAVIT, 88, 86.5, NO), (JONAS, 78, 76.8, NO), (EMIL, 72, 70.4, NO)))
    world.on(2, asking.ask, EMIL, INES, why_you=WHY_AGAIN, next_choice=RAFAEL)
    world.on(1.6, asking.ask, SOLVEIG, INES)
    world.on(0.8, asking.ask_back, SOLVEIG, INES, text="Which decision would a talk with users change for you?")


def _leif(world: World) -> None:
    """Two places, both free again; he takes about four days to answer."""
    _answered(world, LEIF, ((JONAS, 76, 72, 40), (EMIL, 66, 62.5, 25)))
    _answered(world, LEIF, ((TENDAI, 115, 111, NO), (DAVIT, 80, 76.4, NO), (SOLVEIG, 63, 59, NO)))


def _answered(world: World, mentor: str, requests: tuple[tuple[str, float, float, float | str | None], ...]) -> None:
    """Earlier requests: who, asked when, answered when; when it ended, None while it lasts, NO if it never began."""
    for mentee, asked, answered, ended in requests:
        world.on(asked, asking.ask, mentee, mentor)
        if ended == NO:
            world.on(answered, asking.say_not_now, mentee, mentor)
            continue
        world.on(answered, asking.say_yes, mentee, mentor)
        if isinstance(ended, int | float):
            world.on(ended, asking.stop_together, mentee, mentor, by=mentee)


def _yusra(world: World) -> None:
    """Two places, both taken, and four people in line."""
    world.on(100, asking.ask, TENDAI, YUSRA)
    world.on(99, asking.say_yes, TENDAI, YUSRA, words="Yes. You have the question I had two years ago.")
    world.on(68, asking.ask, SOLVEIG, YUSRA)
    world.on(67.2, asking.say_yes, SOLVEIG, YUSRA)
    world.on(35, asking.wait_for, LIORA, YUSRA)
    world.on(30, asking.wait_for, AMARA, YUSRA)
    world.on(16, asking.wait_for, EMIL, YUSRA)
    world.on(6, asking.wait_for, JONAS, YUSRA)


def _benedikt(world: World) -> None:
    """Asked, then away until 11 January; the request waits and will close by itself."""
    world.on(6, asking.ask, LIORA, BENEDIKT, next_choice=RAFAEL)
    world.on(5.5, be_away_until_january, BENEDIKT)


def be_away_until_january(world: World, name: str) -> None:
    """Not to be asked before the next 11 January."""
    today = clock.now().date()
    until = date(today.year + (today >= date(today.year, 1, 11)), 1, 11)
    asking.change_limits(world, name, away_until=until)


def _davit(world: World) -> None:
    """Three requests, and nobody answered."""
    for days, mentor in ((27, KOFI), (24, PETRA), (21, DARA)):
        world.on(days, asking.ask, DAVIT, mentor)


def _the_rest(world: World) -> None:
    """Jonas waits for Petra; Joss seeks somebody too; Kofi seeks as well as gives; Rafael offers to Amara."""
    world.on(5, asking.ask, JONAS, PETRA)
    world.on(60, _joss_takes_part)
    world.on(4, asking.ask, JOSS, KOFI)
    world.on(2, asking.ask_back, JOSS, KOFI, text="Which crew would you like to hear from first, and who asked you to?")
    world.on(40, joining.set_goal, KOFI, AIM_BY_SKILL["business-cases"], by_when=joining.in_months(6))
    world.on(38, asking.ask, KOFI, TOMASZ)
    world.on(36, asking.say_yes, KOFI, TOMASZ)
    world.on(1.2, asking.offer, RAFAEL, AMARA, why_you=WHY_OFFER)


def _joss_takes_part(world: World) -> None:
    employee = world.employee(JOSS)
    joining.say_who_they_are(world, employee)
    joining.say_what_they_can(world, employee, {"facilitating": (4, False), "career-conversations": (4, False)})
    joining.take_part(world, employee, as_mentee=True)
    joining.set_goal(world, JOSS, NEAR_THE_FIELD, by_when=joining.in_months(8))


def _mark(world: World, name: str, *, saved: list[str], dismissed: list[str]) -> None:
    member = world.member(name)
    for mentor in saved:
        save_mentor(member, world.enrolment(mentor))
    for mentor in dismissed:
        dismiss_mentor(member, world.enrolment(mentor))


def _read_all(world: World, name: str) -> None:
    read_notices(world.member(name))


BACKGROUND = {
    Kind.FIRST_IN_FAMILY: ("The first of us to work at a desk", Visibility.MEMBERS),
    Kind.ORIGIN: ("Born in Kisumu, grown up in Maputo", Visibility.RELATIONSHIPS),
    Kind.CARER: ("My mother lives with us", Visibility.PRIVATE),
}
HOURS = {
    AMARA: ((0, "18:00", "20:00"), (3, "18:00", "21:00"), (5, "09:00", "11:00")),
    INES: ((3, "15:00", "18:00"), (1, "12:00", "13:00")),
    LEIF: ((1, "08:00", "10:00"), (3, "16:00", "17:00")),
    YUSRA: ((0, "17:00", "19:00"), (2, "17:00", "19:00")),
}
ABOUT = {
    AMARA: "I read outage data for a living and want to build what I keep wishing for. Sundays I run along the river.",
    INES: "Twelve years in product, four of them getting it wrong. I like people who bring the version they are unsure "
    "about.",
    LEIF: "I moved from analysis to product and back, and wrote about what I missed.",
    YUSRA: "From billing analyst to product manager in two years, with a lot of help. I pass it on.",
    BENEDIKT: "I led the programme that set up product roles here. Now I design services and grow pears.",
}
WHY_INES = (
    "You have brought three analysts into product work, and you say openly what they found hard. I would like to be "
    "asked the questions you asked them."
)
WHY_LEIF = (
    "You moved from analysis to product and back, and you wrote about what you missed. I have not read that anywhere "
    "else."
)
WHY_AGAIN = (
    "You told me in autumn to come back with something I had tried. I have now held four talks with customers, and two "
    "of them went badly."
)
WHY_OFFER = (
    "I read your page on the outage map and saw a brief in it. If you like, I would help you to bring it to a team."
)
