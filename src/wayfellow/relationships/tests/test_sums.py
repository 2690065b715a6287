"""Whatever happens in whatever order, the places of every mentor add up."""

import contextlib
from collections.abc import Callable
from datetime import datetime, timedelta
from random import Random
from typing import Any

import pytest
from django.db.models import Q

from wayfellow.core import clock
from wayfellow.core.errors import DomainError
from wayfellow.people.actions.accounts import forget_member
from wayfellow.people.actions.members import close_member, reopen_member
from wayfellow.people.models import Member
from wayfellow.programmes.models import Enrolment
from wayfellow.relationships import actions
from wayfellow.relationships.actions.leaving import close_after_block, close_after_leaving
from wayfellow.relationships.models import MentoringRequest, Participant, Relationship, WaitingEntry
from wayfellow.relationships.policy.pairs import are_blocked
from wayfellow.relationships.tests.conftest import ASK, WHY
from wayfellow.safety.actions import block_member, unblock_member

VERBS = (
    *("ask", "ask", "ask", "offer", "accept", "accept", "accept", "decline", "withdraw", "join", "join", "join"),
    *("unjoin", "end", "end", "limit", "limit", "limit", "stop", "start", "start", "block", "unblock", "leave"),
    *("come_back", "come_back", "forget", "wait"),
)
PEOPLE, MENTORS = 5, 2
RUSH = ("ask",) * 3 + ("join",) * 5 + ("limit", "end", "accept", "accept")


class World:
    """Some people of one network, all mentees, some of them mentors too, and what they may do."""

    def __init__(self, enrolments: list[Enrolment], now: datetime) -> None:
        self.pks = [enrolment.pk for enrolment in enrolments]
        self.now = now

    def person(self, number: int) -> Enrolment:
        rows = Enrolment.objects.select_related("member__organisation", "cohort__programme", "organisation")
        return rows.get(pk=self.pks[number % PEOPLE])

    def pair(self, number: int, extra: int) -> tuple[Enrolment, Enrolment]:
        """A mentee and a mentor; now and then two mentors, or one person twice."""
        return self.person(number), self.person(extra % MENTORS)

    def one_of(self, rows: Any, number: int) -> Any:
        found = list(rows.order_by("pk"))
        return found[number % len(found)] if found else None

    def open_request(self, number: int) -> Any:
        return self.one_of(MentoringRequest.objects.open(), number)

    def ask(self, number: int, extra: int) -> None:
        mentee, mentor = self.pair(number, extra)
        goal = mentee.member.goals.first()
        actions.send_request(mentee, mentor, goal=goal, why_you=WHY, ask=ASK, how_often="as_offered")

    def offer(self, number: int, extra: int) -> None:
        mentee, mentor = self.pair(number, extra)
        actions.send_offer(mentor, mentee, why_you=WHY)

    def accept(self, number: int, extra: int) -> None:
        if request := self.open_request(number):
            actions.accept_request(request.receiver.member, request)

    def decline(self, number: int, extra: int) -> None:
        if request := self.open_request(number):
            actions.decline_request(request.receiver.member, request, words="Not this month.")

    def withdraw(self, number: int, extra: int) -> None:
        if request := self.open_request(number):
            actions.withdraw_request(request.sender.member, request)

    def join(self, number: int, extra: int) -> None:
        actions.join_waiting_list(*self.pair(number, extra))

    def unjoin(self, number: int, extra: int) -> None:
        if entry := self.one_of(WaitingEntry.objects.in_line(), number):
            actions.leave_waiting_list(entry.mentee.member, entry)

    def end(self, number: int, extra: int) -> None:
        if found := self.one_of(Relationship.objects.filter(state="active"), number):
            people = found.participants.order_by("pk")
            actions.end_relationship(people[extra % 2].enrolment.member, found, goodbye="Thank you for our talks.")

    def limit(self, number: int, extra: int) -> None:
        enrolment = self.person(number % 2 if number > 4 else 0)
        actions.set_limits(enrolment.member, enrolment, capacity=1 + extra // 2 % 4)

    def stop(self, number: int, extra: int) -> None:
        enrolment = self.person(number % MENTORS)
        actions.stop_mentoring(enrolment.member, enrolment)

    def start(self, number: int, extra: int) -> None:
        actions.enrol_in_network(self.person(number % MENTORS).member, as_mentor=True)

    def block(self, number: int, extra: int) -> None:
        one, other = self.pair(number, extra)
        close_after_block(block_member(one.member, other.member))

    def unblock(self, number: int, extra: int) -> None:
        one, other = self.pair(number, extra)
        unblock_member(one.member, other.member)

    def leave(self, number: int, extra: int) -> None:
        member = self.person(number).member
        close_member(None, member)
        if extra % 3:
            self.after_leaving(member)

    def come_back(self, number: int, extra: int) -> None:
        member = self.person(number).member
        if not member.is_active:
            self.after_leaving(member)
        reopen_member(member, member)

    def forget(self, number: int, extra: int) -> None:
        if extra == 0:
            member = self.person(number).member
            forget_member(member)
            self.after_leaving(member)

    def wait(self, number: int, extra: int) -> None:
        self.now += timedelta(days=extra)

    def after_leaving(self, member: Member) -> None:
        """The job of the event `member_left`."""
        close_after_leaving(Member.objects.get(pk=member.pk))

    def pass_time(self) -> None:
        """The schedules."""
        actions.remind_and_expire_requests()
        actions.lapse_waiting_offers()

    def check(self) -> None:
        """Places taken are relationships under way, places held are promises, and each promise is to one person."""
        for mentor in Enrolment.objects.filter(pk__in=self.pks[:MENTORS]):
            active = Participant.objects.filter(enrolment=mentor, role="mentor", relationship__state="active")
            offered = WaitingEntry.objects.filter(mentor=mentor, state="offered").values_list("mentee", flat=True)
            holding = MentoringRequest.objects.filter(mentor=mentor, holds_place=True).values_list("mentee", flat=True)
            assert mentor.places_taken == active.count()
            assert mentor.places_held == len(offered) + len(holding)
            assert not set(offered) & set(holding)
            assert mentor.places_taken + mentor.places_held <= mentor.capacity
            pairs = [found.relationship.participants.get(role="mentee").enrolment_id for found in active]
            assert len(pairs) == len(set(pairs))
            assert not WaitingEntry.objects.in_line().filter(mentor=mentor, mentee__in=pairs).exists()
            assert not MentoringRequest.objects.open().filter(mentor=mentor, mentee__in=pairs).exists()

    def check_at_rest(self) -> None:
        """When every job has run, nothing is open with who left, and nothing is kept from who could have it."""
        for member in Member.objects.filter(enrolments__in=self.pks).exclude(state="active"):
            self.after_leaving(member)
        self.pass_time()
        self.check()
        gone = ~Q(mentor__member__state="active") | ~Q(mentee__member__state="active")
        assert not MentoringRequest.objects.open().filter(gone).exists()
        assert not WaitingEntry.objects.in_line().filter(gone).exists()
        left = Participant.objects.exclude(enrolment__member__state="active")
        assert not left.filter(relationship__state="active").exists()
        for entry in WaitingEntry.objects.filter(state="waiting").select_related("mentor", "mentee"):
            assert entry.mentor.free_places <= 0
            assert entry.mentor.is_mentor
            assert not are_blocked(entry.mentor, entry.mentee)


def a_crowd(seed: int) -> list[tuple[str, int, int]]:
    """Whatever anybody can do, in any order."""
    chance = Random(seed)
    return [(chance.choice(VERBS), chance.randrange(10), chance.randrange(10)) for _step in range(60)]


def a_rush(seed: int) -> list[tuple[str, int, int]]:
    """Three people after the places of one mentor: what goes wrong with kept places goes wrong here."""
    chance = Random(seed)
    return [(chance.choice(RUSH), chance.choice((2, 3, 4)), chance.choice((0, 2, 4, 6))) for _step in range(120)]


@pytest.mark.parametrize(
    "steps", [*map(a_crowd, range(6)), *map(a_rush, range(1, 4))], ids=[*map("crowd {}".format, range(6)), *"abc"]
)
def test_the_places_add_up_after_every_step(
    network: Any,
    make_mentor: Callable[..., Any],
    make_goal: Callable[..., Any],
    now: datetime,
    steps: list[tuple[str, int, int]],
) -> None:
    people = []
    for number in range(PEOPLE):
        mentor = make_mentor(f"Person {chr(65 + number)}", capacity=int(number < MENTORS))
        roles = {"is_mentee": True, "is_mentor": number < MENTORS, "allows_offers": True}
        Enrolment.objects.filter(pk=mentor.pk).update(**roles)
        make_goal(mentor.member)
        people.append(mentor)
    world = World(people, now)
    for verb, number, extra in steps:
        with clock.moved_to(world.now), contextlib.suppress(DomainError):
            getattr(world, verb)(number, extra)
        with clock.moved_to(world.now):
            if verb == "wait":
                world.pass_time()
            world.check()
    with clock.moved_to(world.now):
        world.check_at_rest()
