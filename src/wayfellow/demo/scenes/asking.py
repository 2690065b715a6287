"""Asking and what becomes of it: the verbs of relationships, by the names of the people who do them."""

from typing import Any

from django.db.models import F

from wayfellow.core import clock
from wayfellow.demo.lines import AIM_BY_SKILL, AIMS
from wayfellow.demo.staff import KNOWN
from wayfellow.demo.world import World
from wayfellow.goals.models import Goal
from wayfellow.people.models import Member
from wayfellow.programmes.models import Enrolment
from wayfellow.relationships.actions import (
    accept_request,
    answer_question,
    ask_question,
    decline_request,
    end_relationship,
    join_waiting_list,
    keep_draft,
    send_offer,
    send_request,
    set_limits,
    suggest_colleague,
    withdraw_request,
)
from wayfellow.relationships.models import MentoringRequest, Relationship
from wayfellow.relationships.policy import why_not_join_waiting_list
from wayfellow.relationships.queries.alternatives import colleagues
from wayfellow.relationships.words import kind_drafts

HowOften, Kindness = MentoringRequest.HowOften, MentoringRequest.Kindness

WHY_YOU = (
    "You have done what I am about to begin, and people here say that you tell it as it was.",
    "I noticed how you answered the questions after the spring outage, and I would like to learn that calm.",
    "You changed fields in the middle of your time here, and I am about to do the same without a map.",
    "Two colleagues told me, without being asked, that a talk with you changed how they plan their weeks.",
    "I read your notes on the pilot three times. I have not seen anybody here write down what went wrong.",
    "You work far from my line, and I would like somebody to ask me why we do things as we do them.",
)
YES = (
    "Good ask. Send me what you have before we talk, however rough.",
    "With pleasure. Bring one real situation to the first talk.",
    "Yes, and I will learn something too. Let us find a first half-hour next week.",
    "",
)
NO = (
    "Thank you for such a clear ask. I could not give it the time it deserves before the summer. What helped me was to "
    "watch one meeting of each of three people before I copied anybody.",
    "You deserve somebody who does this every week; my own practice is some years old. Keep the question as it is: it "
    "is a good one.",
)
GOODBYE = (
    "Thank you for our talks and for your patience with my first drafts. I got where I wanted to go.",
    "Thank you for the time you gave me. My shifts have changed and I cannot keep our hour; I take a lot along.",
    "It was good to think aloud with you. I would like to go on alone from here, with thanks.",
)


def ask(
    world: World,
    mentee: str,
    mentor: str,
    *,
    why_you: str = "",
    what: str = "",
    how_often: str = str(HowOften.AS_OFFERED),
    next_choice: str = "",
    may_suggest: bool = True,
) -> MentoringRequest:
    """Ask a mentor about one's main goal."""
    sender, receiver = world.enrolment(mentee), world.enrolment(mentor)
    return send_request(
        sender,
        receiver,
        goal=_main_goal(sender.member),
        why_you=why_you or world.story.draw.choice(WHY_YOU),
        ask=what or _ask_for(sender.member),
        how_often=how_often,
        may_suggest=may_suggest,
        next_choice=world.enrolment(next_choice) if next_choice else None,
    )


def draft(world: World, mentee: str, mentor: str, *, why_you: str) -> None:
    """Begin to write to a mentor, and keep it."""
    sender = world.enrolment(mentee)
    keep_draft(sender, world.enrolment(mentor), goal=_main_goal(sender.member), why_you=why_you)


def offer(world: World, mentor: str, mentee: str, *, why_you: str) -> None:
    """Offer to mentor somebody who allows it."""
    send_offer(world.enrolment(mentor), world.enrolment(mentee), why_you=why_you)


def say_yes(world: World, mentee: str, mentor: str, *, words: str | None = None) -> None:
    """The mentor accepts what waits."""
    said = world.story.draw.choice(YES) if words is None else words
    accept_request(world.member(mentor), _open_request(world, mentee, mentor), words=said)


def say_not_now(world: World, mentee: str, mentor: str, *, words: str = "", private_reason: str = "") -> None:
    """The mentor declines kindly."""
    said = words or world.story.draw.choice(NO)
    request = _open_request(world, mentee, mentor)
    decline_request(
        world.member(mentor), request, words=said, kindness=Kindness.FULL_NOW, private_reason=private_reason
    )


def name_a_colleague(world: World, mentee: str, mentor: str, colleague: str) -> None:
    """The mentor says who would fit better."""
    words = kind_drafts(asker=mentee.split()[0])[Kindness.BETTER_FIT].rpartition(".")[0] + "."
    request = _open_request(world, mentee, mentor)
    suggest_colleague(world.member(mentor), request, colleague=world.enrolment(colleague), words=words)


def ask_back(world: World, mentee: str, mentor: str, *, text: str) -> None:
    """The mentor has a question first."""
    ask_question(world.member(mentor), _open_request(world, mentee, mentor), text=text)


def answer_back(world: World, mentee: str, mentor: str, *, text: str) -> None:
    """The mentee answers it."""
    answer_question(world.member(mentee), _open_request(world, mentee, mentor), text=text)


def take_back(world: World, mentee: str, mentor: str) -> None:
    """The mentee takes the request back."""
    withdraw_request(world.member(mentee), _open_request(world, mentee, mentor))


def stop_together(world: World, mentee: str, mentor: str, *, by: str, goodbye: str = "", reason: str = "") -> None:
    """One of two ends it, with thanks, unless its day came before. Who got there has completed it."""
    said = goodbye or world.story.draw.choice(GOODBYE)
    relationship = (
        Relationship.objects.filter(organisation=world.organisation, state__in=("active", "paused"))
        .filter(participants__enrolment__member__full_name=mentee, participants__role="mentee")
        .filter(participants__enrolment__member__full_name=mentor)
        .first()
    )
    if relationship is not None:
        how = "completed" if reason == "got_there" else "ended_early"
        end_relationship(world.member(by), relationship, goodbye=said, how=how, private_reason=reason)


def wait_for(world: World, mentee: str, mentor: str) -> None:
    """Stand in line for a mentor with no room."""
    join_waiting_list(world.enrolment(mentee), world.enrolment(mentor))


def change_limits(world: World, name: str, **limits: Any) -> Enrolment:
    """A mentor's own limits."""
    return set_limits(world.member(name), world.enrolment(name), **limits)


def _open_request(world: World, mentee: str, mentor: str) -> MentoringRequest:
    return MentoringRequest.objects.open().get(
        organisation=world.organisation, mentee__member__full_name=mentee, mentor__member__full_name=mentor
    )


def _main_goal(member: Member) -> Goal:
    return Goal.objects.get(member=member, is_main=True)


def _ask_for(member: Member) -> str:
    title = _main_goal(member).title
    return next((aim for aim in AIMS if aim.title == title), AIM_BY_SKILL["leading-a-team"]).ask


def possible_colleagues(world: World, mentee: str, mentor: str) -> list[str]:
    """Whom the mentor could name instead."""
    found = colleagues(_open_request(world, mentee, mentor), now=clock.now())
    return [enrolment.member.full_name for enrolment in found]


def full_mentors(world: World, mentee: str) -> list[str]:
    """Mentors of the crowd with no room, for whom this mentee could stand in line now."""
    sender = world.enrolment(mentee)
    rows = Enrolment.objects.select_related("member__organisation", "cohort__programme", "organisation").filter(
        cohort=sender.cohort, is_mentor=True, waiting_list_open=True, member__state=Member.State.ACTIVE
    )
    full = rows.filter(capacity__lte=F("places_taken") + F("places_held")).order_by("pk")
    full = full.exclude(member__full_name__in=[row[0] for row in KNOWN])
    now = clock.now()
    return [one.member.full_name for one in full if why_not_join_waiting_list(sender, one, now) is None]
