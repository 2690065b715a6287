"""A hundred schedules of fifty rivals over the last place: real threads, real connections, both databases.

Each schedule comes from its number alone: what the mentor's places are, who rivals by which way, who starts when.
Which of them wins is up to the machine; that no more win than there are places is not. The first few run with the rest
of the tests; `LAST_PLACE=all` runs the hundred, `LAST_PLACE=7,42` those two.
"""

import os
import random
import time
from collections import Counter
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from threading import Barrier
from typing import Any

import pytest
from django.db import connections

from wayfellow.core import clock
from wayfellow.core.errors import DomainError
from wayfellow.programmes.actions import change_programme
from wayfellow.relationships import actions
from wayfellow.relationships.models import MentoringRequest, Relationship, WaitingEntry
from wayfellow.relationships.tests.conftest import WHY, days
from wayfellow.relationships.tests.test_races import the_sums_are_right

pytestmark = [pytest.mark.races, pytest.mark.django_db(transaction=True), pytest.mark.timeout(600)]
RIVALS = 50
SCHEDULES, AT_FIRST = 100, 8
LATEST = 0.02
REFUSALS = {
    "already_ended",
    "already_open",
    "already_waiting",
    "already_working_together",
    "capacity_above_maximum",
    "capacity_below_places_taken",
    "has_room",
    "mentor_at_capacity",
    "place_kept_for_request",
    "request_accepted",
    "request_withdrawn",
}
Rival = Callable[[], Any]


def numbers() -> Sequence[int]:
    """Which schedules run."""
    asked = os.environ.get("LAST_PLACE", "")
    if asked == "all":
        return range(SCHEDULES)
    return [int(number) for number in asked.split(",")] if asked else range(AT_FIRST)


@dataclass
class Contest:
    """One mentor, the last of whose places fifty people want."""

    number: int
    mentor: Any
    manager: Any
    mentees: list[Any]
    template: MentoringRequest
    offer: MentoringRequest
    ask: Callable[..., Any]
    chance: random.Random = field(init=False)
    working: list[Relationship] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.chance = random.Random(self.number)

    def begin(self) -> list[Rival]:
        """Fill all places but the last, or that one too, and say who rivals for it in which way."""
        chance, mentees = self.chance, list(self.mentees)
        chance.shuffle(mentees)
        capacity = chance.randint(1, 3)
        actions.set_limits(self.mentor.member, self.mentor, capacity=capacity)
        full = chance.random() < 0.4
        for _ in range(capacity if full else capacity - 1):
            self.working.append(actions.accept_request(self.mentor.member, self.ask(mentees.pop(), self.mentor)))
        for mentee in [mentees.pop() for _ in range(4)] if full else ():
            actions.join_waiting_list(mentee, self.mentor)
        ways = [self.said_yes, self.said_yes, self.took_offer, self.waits, self.asked_and_said_yes, self.withdrew]
        rare = [self.changes_capacity, self.changes_capacity, self.changes_rules, self.ends, self.lapses, self.offers]
        chosen = [chance.choice(rare) for _ in range(chance.randint(0, 8))] + ([self.ends] if full else [])
        chosen += [self.said_yes] + [chance.choice(ways) for _ in range(RIVALS)]
        asking = [mentees.pop() for _ in range(RIVALS)]
        rivals = [way(mentee) for way, mentee in zip(chosen[:RIVALS], asking, strict=True)]
        chance.shuffle(rivals)
        return [self._after(chance.random() * LATEST, rival) for rival in rivals]

    def said_yes(self, mentee: Any) -> Rival:
        request = self._copy(self.template, mentee)
        return lambda: actions.accept_request(self.mentor.member, request)

    def took_offer(self, mentee: Any) -> Rival:
        request = self._copy(self.offer, mentee)
        return lambda: actions.accept_request(mentee.member, request)

    def withdrew(self, mentee: Any) -> Rival:
        """The mentee takes back what the mentor accepts in the same moment."""
        request, first = self._copy(self.template, mentee), self.chance.random() < 0.5

        def both() -> Any:
            if first:
                actions.withdraw_request(mentee.member, request)
            return actions.accept_request(self.mentor.member, request)

        return both

    def asked_and_said_yes(self, mentee: Any) -> Rival:
        return lambda: actions.accept_request(self.mentor.member, self.ask(mentee, self.mentor))

    def waits(self, mentee: Any) -> Rival:
        """In line, and once a place is kept: asks, and gets the answer."""

        def wait() -> Any:
            entry = actions.join_waiting_list(mentee, self.mentor)
            if WaitingEntry.objects.get(pk=entry.pk).state != WaitingEntry.State.OFFERED:
                return entry
            return actions.accept_request(self.mentor.member, self.ask(mentee, self.mentor))

        return wait

    def offers(self, mentee: Any) -> Rival:
        return lambda: actions.send_offer(self.mentor, mentee, why_you=WHY)

    def changes_capacity(self, mentee: Any) -> Rival:
        capacity = self.chance.randint(1, 4)
        return lambda: actions.set_limits(self.mentor.member, self.mentor, capacity=capacity)

    def changes_rules(self, mentee: Any) -> Rival:
        most = self.chance.randint(2, 8)
        return lambda: change_programme(self.manager, self.mentor.cohort.programme, max_capacity=most)

    def ends(self, mentee: Any) -> Rival:
        if not self.working:
            return self.waits(mentee)
        ending = self.working[0]
        return lambda: actions.end_relationship(self.mentor.member, ending, goodbye="Thank you.")

    def lapses(self, mentee: Any) -> Rival:
        return lambda: actions.lapse_waiting_offers(now=clock.now() + days(4))

    def _copy(self, row: MentoringRequest, mentee: Any) -> MentoringRequest:
        """A request like one that an action sent, from somebody else to this mentor."""
        values = {one.attname: getattr(row, one.attname) for one in row._meta.concrete_fields if not one.primary_key}
        values |= {"mentee_id": mentee.pk, "mentor_id": self.mentor.pk}
        return MentoringRequest.objects.create(**values)

    @staticmethod
    def _after(seconds: float, rival: Rival) -> Rival:
        def start() -> Any:
            time.sleep(seconds)
            return rival()

        return start


def run_at_once(pool: ThreadPoolExecutor, rivals: list[Rival]) -> list[Any]:
    """Each rival in a thread of its own; what it returned, or how it was refused."""
    barrier = Barrier(len(rivals))

    def run(rival: Rival) -> Any:
        barrier.wait(60)
        try:
            return rival()
        except DomainError as refused:
            return refused

    return list(pool.map(run, rivals))


def hang_up(pool: ThreadPoolExecutor) -> None:
    """Close the connection of every thread."""
    barrier = Barrier(RIVALS)

    def close() -> None:
        barrier.wait(60)
        connections.close_all()

    for done in [pool.submit(close) for _ in range(RIVALS)]:
        done.result()


def test_a_hundred_schedules_of_fifty_rivals_never_exceed_the_last_place(
    network: Any, manager: Any, make_mentor: Any, make_mentee: Any, ask: Any
) -> None:
    programme = network.programme
    programme.mentor_queue_factor = programme.max_open_requests = 30_000
    programme.save()
    mentees = [make_mentee(f"Rival {chr(65 + n // 26)}{chr(65 + n % 26)}", allows_offers=True) for n in range(60)]
    first = make_mentor("Inês Tavaredo", capacity=2)
    template, offer = ask(mentees[0], first), actions.send_offer(first, mentees[1], why_you=WHY)
    outcomes: Counter[str] = Counter()
    chosen = numbers()
    with ThreadPoolExecutor(RIVALS) as pool:
        try:
            for number in chosen:
                mentor = make_mentor(f"Mentor {number}", capacity=1)
                contest = Contest(number, mentor, manager, mentees, template, offer, ask)
                rivals = contest.begin()
                results = run_at_once(pool, rivals)
                refused = [result.code for result in results if isinstance(result, DomainError)]
                assert set(refused) <= REFUSALS, f"schedule {number}: {Counter(refused)}"
                won = [result for result in results if isinstance(result, Relationship) and result.is_active]
                places = the_sums_are_right(mentor)
                ended = Relationship.objects.filter(participants__enrolment=mentor, state="ended_early").count()
                assert places.places_taken == len(contest.working) + len(won) - ended, f"schedule {number}"
                outcomes.update(["won"] * len(won) + ["ended"] * ended + refused)
        finally:
            hang_up(pool)
    assert outcomes["mentor_at_capacity"] > outcomes["won"] > 0
    assert len(chosen) < SCHEDULES or {"won", "ended", "capacity_below_places_taken", "has_room"} <= set(outcomes), (
        outcomes
    )
