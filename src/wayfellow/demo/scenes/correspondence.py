"""Letters of people who work together: Amara and Inês over several weeks, Yusra's mentees, a group of three, others."""

from random import Random

from wayfellow.conversations.actions import delete_message, edit_message, keep_letter, read_messages, send_message
from wayfellow.conversations.kinds import check_file
from wayfellow.conversations.models import Message
from wayfellow.core import clock
from wayfellow.core.errors import DomainError
from wayfellow.demo.world import World
from wayfellow.relationships.actions import agree_to_joining, invite_to_relationship
from wayfellow.relationships.models import Participant, Relationship

AMARA, INES, YUSRA, RAFAEL = "Amara Oyelunde", "Inês Tavaredo", "Yusra Haddarine", "Rafael Ombrado"
SEED = 515
OTHERS_LATELY, EVERY = 24, 19

# Days ago, who writes, what.
AMARA_AND_INES = (
    (53.6, INES, "Good to have said yes. Before we talk: what would you regret not having tried by next summer?"),
    (
        52.4,
        AMARA,
        "That I explained outages for another year and never decided anything about them.\n\nI have put my week "
        "into a list, with what I decide marked. There is not much marked.",
    ),
    (51.9, INES, "That list is the best first page of a portfolio I have seen. Keep it, and add to it every Friday."),
    (41, AMARA, "Three interviews done. Two people told me what they think I want to hear. How do you notice in time?"),
    (
        40.2,
        INES,
        "Ask what they did last Tuesday, not what they would like. And leave pauses longer than you can bear.",
    ),
    (27.5, AMARA, "The pauses work. Somebody filled one with the real reason. Notes are with this letter."),
    (19, INES, "I read them on the train. Line 14 is a product decision in disguise. Who could make it with you?"),
    (18.1, AMARA, "The crew planner. I will ask her for twenty minutes on Monday."),
    (9.2, INES, "How was Monday?"),
    (8.6, AMARA, "She said yes before I had finished, then asked for a map of it. So now there is a brief to write."),
    (2.3, INES, "Bring the version you are unsure about. We learn more from that one."),
    (1.4, AMARA, "Then you will get version two. I cut the map legend and now I doubt it."),
    (0.4, INES, "Doubt is a good reason to show it. Bring both, with and without the legend."),
    (0, INES, "And one question I cannot answer. I like to be surprised before lunch."),
)
NOTES = (
    "Notes from three talks about outages\n\n1. Asks the neighbour first, then the line.\n"
    "2. Trusts a time only if it was right once before.\n3. Wants to know who decides, not how.\n"
)
OF_THREE = (
    (38, YUSRA, "Rafael has moved two teams into product work and says he has Thursdays. Shall we be three?"),
    (34.2, RAFAEL, "Glad to be here. I have read nothing that came before, so start me anywhere."),
    (33, "mentee", "Then from the middle: my team likes the pilot and nobody wants to own it."),
    (32.1, YUSRA, "Owning begins with one number that somebody looks at every week. Which would it be?"),
    (12, "mentee", "Calls answered within a day. I have shown it for three weeks now and people ask when it is late."),
    (11.3, RAFAEL, "When they ask, it is theirs. Write down who asked first."),
)
SHORT = (
    "Thank you for Tuesday. I tried the shorter agenda and we ended early.",
    "A question before we meet: how did you tell your team that you would change fields?",
    "Would Thursday suit you as well? The shift plan moved.",
    "I read the chapter you named. The part on saying no could be about us.",
    "It went better than I feared. I will tell you when we talk.",
    "Here is what I will try until next time: one decision a week, written down before it is made.",
)


def tell(world: World) -> None:
    """Plan it all."""
    for days, name, text in AMARA_AND_INES:
        world.on(days, write, name, AMARA, INES, text)
    world.on(0.9, read, INES, AMARA, INES)
    world.on(0.3, begin, AMARA, AMARA, INES, "Both it is. One more thing I noticed while")
    world.on(36, invite_rafael)
    for days, name, text in OF_THREE:
        world.on(days, write_of_three, name, text)
    world.on(31, take_back, YUSRA)
    for days in range(OTHERS_LATELY, 0, -1):
        world.on(days - 0.5, write_elsewhere, days)


def write(world: World, name: str, mentee: str, mentor: str, text: str) -> None:
    """Somebody writes to who works with them; notes go along where the letter says so. A slip is mended at once."""
    found = _of_two(world, mentee, mentor)
    writer = world.member(name)
    content = NOTES.encode()
    files = (
        [check_file("Notes from three talks.txt", len(content), lambda: content)] if "Notes are with" in text else []
    )
    read_messages(writer, found)
    letter = send_message(writer, found, text=text, files=files)
    if text.startswith("The crew planner"):
        edit_message(writer, letter, text=f"{text} Wish me luck.")


def read(world: World, name: str, mentee: str, mentor: str) -> None:
    """Somebody has looked."""
    read_messages(world.member(name), _of_two(world, mentee, mentor))


def begin(world: World, name: str, mentee: str, mentor: str, text: str) -> None:
    """Somebody begins a letter and keeps it."""
    keep_letter(world.member(name), _of_two(world, mentee, mentor), text=text)


def invite_rafael(world: World) -> None:
    """Two become three: Yusra invites Rafael, and all say yes."""
    found = _of_yusra(world)
    people = [row.enrolment.member for row in found.participants.select_related("enrolment__member__organisation")]
    rafael = world.enrolment(RAFAEL)
    invitation = invite_to_relationship(
        world.member(YUSRA), found, enrolment=rafael, role=Participant.Role.MENTOR, words="Thursdays, and patience."
    )
    for member in (*[one for one in people if one.full_name != YUSRA], rafael.member):
        agree_to_joining(member, invitation)


def write_of_three(world: World, name: str, text: str) -> None:
    """One of the three writes."""
    found = _of_yusra(world)
    rows = found.participants.select_related("enrolment__member__organisation")
    wanted = {"role": name} if name == "mentee" else {"enrolment__member__full_name": name}
    send_message(rows.get(**wanted).enrolment.member, found, text=text)


def take_back(world: World, name: str) -> None:
    """Somebody deletes a letter."""
    letter = Message.objects.filter(author=world.member(name), relationship=_of_yusra(world)).order_by("-pk").first()
    if letter is not None and letter.deleted_at is None:
        delete_message(world.member(name), letter)


def write_elsewhere(world: World, days: int) -> None:
    """Some of the others write, drawn apart from the rest of the story so that it changes nothing in it."""
    draw = Random(SEED + days)
    rows = Relationship.objects.filter(organisation=world.organisation, state=Relationship.State.ACTIVE).order_by("pk")
    named = {AMARA, INES, YUSRA, RAFAEL}
    for found in rows:
        if draw.randrange(EVERY):
            continue
        people = [row.enrolment.member for row in found.participants.select_related("enrolment__member__organisation")]
        if named & {one.full_name for one in people}:
            continue
        try:
            send_message(draw.choice(people), found, text=draw.choice(SHORT), now=clock.now())
        except DomainError:
            continue  # one of them left or keeps apart from the other


def _of_two(world: World, mentee: str, mentor: str) -> Relationship:
    rows = Relationship.objects.filter(organisation=world.organisation).order_by("-pk")
    rows = rows.filter(participants__enrolment__member__full_name=mentee, participants__role="mentee")
    return rows.filter(participants__enrolment__member__full_name=mentor).select_related("organisation")[0]


def _of_yusra(world: World) -> Relationship:
    """The oldest of those Yusra mentors in."""
    rows = Relationship.objects.filter(organisation=world.organisation, state=Relationship.State.ACTIVE)
    rows = rows.filter(participants__enrolment__member__full_name=YUSRA, participants__role="mentor")
    return rows.select_related("organisation").order_by("pk")[0]
