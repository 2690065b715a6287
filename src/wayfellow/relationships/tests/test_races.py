"""A mentor's capacity is never exceeded, whatever arrives at once: real threads, real connections, both databases."""

from collections.abc import Callable
from threading import Barrier, Thread
from typing import Any

import pytest
from django.db import connections

from wayfellow.core.errors import DomainError
from wayfellow.programmes.models import Enrolment
from wayfellow.relationships.actions import (
    accept_request,
    end_relationship,
    join_waiting_list,
    send_request,
    set_limits,
)
from wayfellow.relationships.models import MentoringRequest, Relationship, WaitingEntry
from wayfellow.relationships.tests.conftest import ASK, WHY

pytestmark = [pytest.mark.races, pytest.mark.django_db(transaction=True), pytest.mark.timeout(300)]
RIVALS = 50


def at_once(*calls: Callable[[], Any]) -> list[Any]:
    """Run calls at the same moment, each in a thread and on a connection of its own.

    Returns:
        What each returned, or the `DomainError` it raised; anything else that was raised is raised here.
    """
    barrier, results = Barrier(len(calls)), [None] * len(calls)

    def run(index: int, call: Callable[[], Any]) -> None:
        try:
            barrier.wait(60)
            results[index] = call()
        except DomainError as refused:
            results[index] = refused
        except BaseException as broken:
            results[index] = broken
        finally:
            connections.close_all()

    threads = [Thread(target=run, args=(index, call)) for index, call in enumerate(calls)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    for result in results:
        if isinstance(result, BaseException) and not isinstance(result, DomainError):
            raise result
    return results


def refusals(results: list[Any]) -> list[str]:
    return [result.code for result in results if isinstance(result, DomainError)]


@pytest.fixture
def crowd(network: Any, make_mentee: Any) -> Callable[[int], list[Any]]:
    """Many mentees, in a programme that lets them all queue."""
    network.programme.mentor_queue_factor = 100
    network.programme.save()
    return lambda size: [
        make_mentee(f"Rival {chr(65 + number // 26)}{chr(65 + number % 26)}") for number in range(size)
    ]


def the_sums_are_right(mentor: Any) -> Enrolment:
    """Places taken are relationships under way, places held are promises; together they fit the limit."""
    fresh = Enrolment.objects.get(pk=mentor.pk)
    active = Relationship.objects.filter(state="active", participants__enrolment=mentor).count()
    offered = WaitingEntry.objects.filter(mentor=mentor, state="offered").count()
    holding = MentoringRequest.objects.filter(mentor=mentor, holds_place=True).count()
    assert fresh.places_taken == active
    assert fresh.places_held == offered + holding
    assert fresh.places_taken + fresh.places_held <= fresh.capacity
    return fresh


def test_fifty_rivals_for_the_last_place_leave_one_relationship(make_mentor: Any, crowd: Any, ask: Any) -> None:
    mentor = make_mentor("Inês Tavaredo", capacity=1)
    requests = [ask(mentee, mentor) for mentee in crowd(RIVALS)]
    results = at_once(*(lambda one=one: accept_request(mentor.member, one) for one in requests))
    assert sum(isinstance(result, Relationship) for result in results) == 1
    assert refusals(results) == ["mentor_at_capacity"] * (RIVALS - 1)
    assert Relationship.objects.count() == 1
    assert MentoringRequest.objects.filter(state="pending").count() == RIVALS - 1
    assert the_sums_are_right(mentor).places_taken == 1


def test_accepting_ending_lowering_waiting_and_asking_at_once(
    make_mentor: Any, crowd: Any, ask: Any, pair_up: Any
) -> None:
    mentor = make_mentor("Inês Tavaredo", capacity=2)
    first, second, *others = crowd(30)
    ending, staying = pair_up(first, mentor), pair_up(second, mentor)
    for waiting in others[:6]:
        join_waiting_list(waiting, mentor)
    Enrolment.objects.filter(pk=mentor.pk).update(capacity=4)
    mentor.refresh_from_db()
    requests = [ask(mentee, mentor) for mentee in others[6:16]]

    def send(mentee: Any) -> Any:
        return send_request(
            mentee, mentor, goal=mentee.member.goals.get(), why_you=WHY, ask=ASK, how_often="as_offered"
        )

    results = at_once(
        *(lambda one=one: accept_request(mentor.member, one) for one in requests),
        lambda: end_relationship(first.member, ending, goodbye="Thank you for our talks."),
        *(lambda limit=limit: set_limits(mentor.member, mentor, capacity=limit) for limit in (1, 2, 3, 5, 4)),
        *(lambda one=one: join_waiting_list(one, mentor) for one in others[16:20]),
        *(lambda one=one: send(one) for one in others[:6]),
    )
    assert set(refusals(results)) <= {
        "mentor_at_capacity",
        "capacity_below_places_taken",
        "has_room",
        "already_ended",
        "mentor_queue_full",
    }
    the_sums_are_right(mentor)
    staying.refresh_from_db()
    assert staying.is_active


def test_one_request_accepted_declined_and_taken_back_at_once_ends_one_way(mentee: Any, mentor: Any, ask: Any) -> None:
    from wayfellow.relationships.actions import decline_request, withdraw_request

    request = ask(mentee, mentor)
    results = at_once(
        *(lambda: accept_request(mentor.member, request) for _ in range(4)),
        *(lambda: decline_request(mentor.member, request, words="Not this month.") for _ in range(4)),
        *(lambda: withdraw_request(mentee.member, request) for _ in range(4)),
    )
    assert len(refusals(results)) == 11
    the_sums_are_right(mentor)


def test_a_button_clicked_ten_times_sends_one_request(mentee: Any, mentor: Any) -> None:
    goal = mentee.member.goals.get()
    results = at_once(
        *(
            lambda: send_request(mentee, mentor, goal=goal, why_you=WHY, ask=ASK, how_often="as_offered")
            for _ in range(10)
        )
    )
    assert refusals(results) == ["already_open"] * 9
    assert MentoringRequest.objects.count() == 1


def test_one_freed_place_goes_to_the_first_of_many_who_wait(make_mentor: Any, crowd: Any, pair_up: Any) -> None:
    mentor = make_mentor("Inês Tavaredo", capacity=1)
    first, *others = crowd(12)
    relationship = pair_up(first, mentor)
    at_once(*(lambda one=one: join_waiting_list(one, mentor) for one in others))
    at_once(
        lambda: end_relationship(first.member, relationship, goodbye="Thank you for our talks."),
        lambda: end_relationship(mentor.member, relationship, goodbye="Thank you for our talks."),
    )
    offered = WaitingEntry.objects.get(state="offered")
    assert offered == WaitingEntry.objects.order_by("pk").first()
    assert the_sums_are_right(mentor).places_held == 1
