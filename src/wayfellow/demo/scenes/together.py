"""Working together in every stage: agreements, a pause, a group, quiet words; by the names of who does it."""

from datetime import timedelta
from typing import Any

from django.db.models import F

from wayfellow.core import clock
from wayfellow.demo.scenes.named import (
    AMARA,
    DAVIT,
    INES,
    JONAS,
    JOSS,
    KOFI,
    LIORA,
    PETRA,
    SOLVEIG,
    TENDAI,
    TOMASZ,
    YUSRA,
)
from wayfellow.demo.staff import KNOWN
from wayfellow.demo.world import World
from wayfellow.relationships import actions
from wayfellow.relationships.forms.agreements import template_values
from wayfellow.relationships.models import (
    AgreementProposal,
    AgreementVersion,
    JoiningInvitation,
    Participant,
    QuietWord,
    Relationship,
    Review,
)

MONTHLY: dict[str, Any] = {"every_weeks": 4, "minutes": 60, "rhythm": "I can keep that, also in winter."}
FORTNIGHTLY: dict[str, Any] = {"every_weeks": 2, "minutes": 30, "rhythm": "I forget things in a month."}
BOTH: dict[str, Any] = {
    "every_weeks": 4,
    "minutes": 60,
    "rhythm": "Fifteen minutes by phone in between when something was tried.",
}


def tell(world: World) -> None:
    """What becomes of some pairs and of a group."""
    _amara_and_ines(world)
    _tendai(world)
    world.on(60, fill_in, SOLVEIG, YUSRA, purpose="Lead the service review", **FORTNIGHTLY)
    world.on(58, fill_in, YUSRA, SOLVEIG, purpose="Lead the service review", **MONTHLY)
    world.on(4, propose, SOLVEIG, YUSRA, **BOTH)
    world.on(11, pause_one_of_the_crowd)
    _group(world)
    _quiet_words(world)


def _amara_and_ines(world: World) -> None:
    """Settled, signed, and now half way: Amara has looked back, Inês has not."""
    purpose = "A feature of my own, from brief to release"
    brings = "News from the outage desk, and honest numbers"
    world.on(52.5, fill_in, AMARA, INES, purpose=purpose, brings=brings, review=6, **FORTNIGHTLY)
    world.on(51, fill_in, INES, AMARA, purpose=purpose, brings="Twelve years of briefs, bad ones too", review=6)
    world.on(50, propose, AMARA, INES, **BOTH)
    world.on(49.5, say_yes_to_proposal, INES, AMARA)
    world.on(49, sign, AMARA, INES)
    world.on(48, sign, INES, AMARA)
    said = {
        "rhythm": {"verdict": "kept", "words": "The calls in between are what keeps me going."},
        "preparation": {"verdict": "change", "words": "Could I send the brief itself instead of three lines?"},
    }
    world.on(4.5, look_back, AMARA, INES, verdicts=said, withheld="The first two talks were harder than I let on.")


def _tendai(world: World) -> None:
    """With Inês a change that waits for a name; with Yusra they have looked back together."""
    for mentor, began in ((INES, 104), (YUSRA, 96)):
        for days, who, other in ((began, TENDAI, mentor), (began - 1, mentor, TENDAI)):
            world.on(days, fill_in, who, other, purpose="Move into product work", review=40 if mentor == YUSRA else 0)
        for days, who, other in ((began - 2, TENDAI, mentor), (began - 3, mentor, TENDAI)):
            world.on(days, sign, who, other)
    world.on(2.5, change, INES, TENDAI, "agenda", agenda="Tendai, two days before. I add one question of mine.")
    kept = {"agenda": {"verdict": "kept", "words": ""}, "feedback": {"verdict": "kept", "words": "More of it."}}
    world.on(38, look_back, TENDAI, YUSRA, verdicts=kept, words="I would not have dared the first talk alone.")
    world.on(37, look_back, YUSRA, TENDAI, verdicts=kept, words="I learn how our newest people see the house.")


def _group(world: World) -> None:
    """Tomasz and Petra with Kofi, Liora and Joss; Jonas came and left; Davit is invited; two of five filled in."""
    world.on(26, invite, TOMASZ, KOFI, PETRA, "mentor", words="You know crews, I know cases. As two?")
    world.on(22, invite, TOMASZ, KOFI, LIORA, "mentee")
    world.on(21, invite, TOMASZ, KOFI, JONAS, "mentee")
    world.on(20, invite, TOMASZ, KOFI, JOSS, "mentee")
    world.on(
        8, leave, JONAS, KOFI, "Thank you all. My shifts have changed and I cannot keep our hour; I take a lot along."
    )
    world.on(7, fill_in, KOFI, TOMASZ, template="group", purpose="A business case of each, read by all")
    world.on(6, fill_in, TOMASZ, KOFI, template="group", purpose="A business case of each, read by all")
    world.on(
        1.5, invite, KOFI, TOMASZ, DAVIT, "mentee", words="You asked me about cases in the canteen.", answered=False
    )


def _quiet_words(world: World) -> None:
    """One for whoever runs the network, one for the safeguarding lead; neither is taken up yet."""
    world.on(2.2, ask_for_a_word, SOLVEIG, YUSRA, "We differ on how often we meet. How do others settle that?")
    world.on(1.1, want_out_of_one_of_the_crowd)


def between(world: World, one: str, other: str) -> Relationship:
    """The relationship under way that these two are in."""
    rows = Relationship.objects.filter(organisation=world.organisation, state__in=("active", "paused"))
    for name in (one, other):
        parts = Participant.objects.present().filter(enrolment__member__full_name=name)
        rows = rows.filter(pk__in=parts.values("relationship"))
    return rows.get()


def fill_in(
    world: World, who: str, other: str, *, template: str = "one_to_one", review: int = 0, **values: Any
) -> None:
    """Fill in one's side with the template's words and some of one's own; `review` days before now they look back."""
    found = between(world, who, other)
    said: dict[str, Any] = {**template_values(template), **({} if "every_weeks" in values else MONTHLY), **values}
    if review:
        said["review_on"] = (world.story.now - timedelta(days=review)).date()
    actions.fill_in_agreement(world.member(who), found, values=said, template=template)


def propose(world: World, who: str, other: str, **rhythm: Any) -> None:
    """Say what rhythm could work for both."""
    actions.propose_clause(world.member(who), between(world, who, other), clause="rhythm", values=rhythm)


def say_yes_to_proposal(world: World, who: str, other: str) -> None:
    """Agree to it."""
    found = between(world, who, other)
    proposal = AgreementProposal.objects.get(agreement__relationship=found)
    actions.agree_to_clause(world.member(who), found, proposal=proposal.pk)


def sign(world: World, who: str, other: str) -> None:
    """Sign what stands there now."""
    found = between(world, who, other)
    version = AgreementVersion.objects.filter(agreement__relationship=found).latest("number")
    actions.sign_agreement(world.member(who), found, number=version.number)


def change(world: World, who: str, other: str, clause: str, **values: Any) -> None:
    """Propose another wording of a point."""
    actions.change_agreement(world.member(who), between(world, who, other), clause=clause, values=values)


def look_back(world: World, who: str, other: str, *, verdicts: Any, words: str = "", withheld: str = "") -> None:
    """Fill in the look back that is open, or begin one."""
    found = between(world, who, other)
    review = Review.objects.filter(relationship=found, shown_at=None).first()
    review = review or actions.start_review(world.member(who), found)
    actions.fill_in_review(world.member(who), review, verdicts=verdicts, words=words, withheld=withheld)


def invite(
    world: World, who: str, other: str, invited: str, role: str, *, words: str = "", answered: bool = True
) -> None:
    """Invite somebody to join; everybody says yes unless it is still to be answered."""
    found, enrolment = between(world, who, other), world.enrolment(invited)
    enrolment.refresh_from_db(fields=["capacity", "places_taken", "places_held"])
    if role == "mentor" and enrolment.free_places < 2:
        return  # what else is told of them needs the last place
    actions.invite_to_relationship(world.member(who), found, enrolment=enrolment, role=role, words=words)
    invitation = JoiningInvitation.objects.open().get(relationship=found, enrolment=enrolment)
    people = Participant.objects.present().filter(relationship=found).exclude(enrolment__member__full_name=who)
    names = list(people.order_by("pk").values_list("enrolment__member__full_name", flat=True))
    for name in [*names, invited] if answered else []:
        actions.agree_to_joining(world.member(name), invitation)


def leave(world: World, who: str, other: str, goodbye: str) -> None:
    """Leave a group that goes on."""
    actions.leave_relationship(world.member(who), between(world, who, other), goodbye=goodbye)


def ask_for_a_word(world: World, who: str, other: str, text: str) -> None:
    """Ask whoever runs the programme for a talk."""
    to = QuietWord.To.PROGRAMME
    actions.ask_quiet_word(world.member(who), between(world, who, other), wants=QuietWord.Wants.TALK, to=to, text=text)


def want_out_of_one_of_the_crowd(world: World) -> None:
    """A mentee of the crowd wants out, and tells the safeguarding lead."""
    found = _one_of_the_crowd(world)
    if found is not None:
        mentee = found.participants.get(role="mentee").enrolment.member
        text = "The calls come late in the evening, and I do not know how to say that it is too much."
        to = QuietWord.To.SAFEGUARDING
        actions.ask_quiet_word(mentee, found, wants=QuietWord.Wants.OUT, to=to, text=text)


def _one_of_the_crowd(world: World) -> Relationship | None:
    """A pair of the crowd that is under way: the one with most time before it."""
    known = [row[0] for row in KNOWN]
    rows = Relationship.objects.filter(organisation=world.organisation, state="active")
    rows = rows.exclude(participants__enrolment__member__full_name__in=known)
    return rows.order_by(F("ends_on").desc(nulls_last=True), "pk").first()


def pause_one_of_the_crowd(world: World) -> None:
    """Two of the crowd pause for a month."""
    found = _one_of_the_crowd(world)
    if found is not None:
        mentee = found.participants.get(role="mentee").enrolment.member
        until = (clock.now() + timedelta(days=30)).date()
        actions.pause_relationship(mentee, found, until=until)
