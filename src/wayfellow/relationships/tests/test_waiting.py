"""Waiting for a mentor with no room: `join_waiting_list`, `leave_waiting_list`, `offer_freed_places`, lapsing."""

import pytest
from django.urls import reverse

from wayfellow.core.errors import Refused
from wayfellow.programmes.models import Enrolment
from wayfellow.relationships.actions import (
    accept_request,
    decline_request,
    end_relationship,
    join_waiting_list,
    lapse_waiting_offers,
    leave_waiting_list,
    set_limits,
    withdraw_request,
)
from wayfellow.relationships.models import Relationship, WaitingEntry
from wayfellow.relationships.policy import why_not_join_waiting_list
from wayfellow.relationships.queries import expected_waits, positions
from wayfellow.relationships.tests.conftest import days
from wayfellow.safety.models import Block


@pytest.fixture
def full(make_mentor, make_mentee, pair_up):
    """A mentor whose one place is taken, and the relationship that takes it."""
    mentor = make_mentor("Inês Tavaredo", capacity=1)
    relationship = pair_up(make_mentee("Rafael Ombrado"), mentor)
    return fresh(mentor), relationship


def fresh(enrolment):
    return Enrolment.objects.select_related("member", "cohort__programme", "organisation").get(pk=enrolment.pk)


def places(enrolment):
    row = fresh(enrolment)
    return row.places_taken, row.places_held


def state(entry):
    entry.refresh_from_db()
    return entry.state


def test_the_first_in_line_gets_the_freed_place(full, mentee, make_mentee, told, events, now):
    mentor, relationship = full
    first, second = join_waiting_list(mentee, mentor), join_waiting_list(make_mentee("Zofia Wilk"), mentor)
    assert positions([first, second]) == {first.pk: 1, second.pk: 2}
    end_relationship(mentor.member, relationship, goodbye="Thank you for our talks.", now=now)
    assert (state(first), state(second)) == ("offered", "waiting")
    assert first.offer_ends_at == now + days(3)
    assert places(mentor) == (0, 1)
    assert told(mentee.member) == ["place_offered"]
    assert events()[-2:] == ["place_offered", "relationship_ended"]


def test_an_offer_lapses_to_the_next_and_nobody_moves_backwards(full, mentee, make_mentee, told, now):
    mentor, relationship = full
    people = [mentee, make_mentee("Zofia Wilk"), make_mentee("Ada Bell")]
    entries = [join_waiting_list(person, mentor) for person in people]
    end_relationship(mentor.member, relationship, goodbye="Thank you for our talks.", now=now)
    lapse_waiting_offers(now=now + days(2.9))
    assert state(entries[0]) == "offered"
    for _again in range(2):
        lapse_waiting_offers(now=now + days(3))
    assert [state(entry) for entry in entries] == ["lapsed", "offered", "waiting"]
    assert positions(entries) == {entries[1].pk: 1, entries[2].pk: 2}
    assert places(mentor) == (0, 1)
    assert told(mentee.member) == ["place_offered", "place_lapsed"]
    assert told(people[1].member) == ["place_offered"]


def test_a_lapsed_offer_with_nobody_left_frees_the_place(full, mentee, make_mentee, ask, now):
    mentor, relationship = full
    join_waiting_list(mentee, mentor)
    end_relationship(mentor.member, relationship, goodbye="Thank you for our talks.", now=now)
    lapse_waiting_offers(now=now + days(4))
    assert places(mentor) == (0, 0)
    assert ask(make_mentee("Zofia Wilk"), mentor).is_open


@pytest.mark.parametrize("ending", ["decline", "withdraw", "expire"])
def test_a_kept_place_goes_on_when_the_request_fails(full, mentee, make_mentee, ask, now, ending):
    from wayfellow.relationships.actions import remind_and_expire_requests

    mentor, relationship = full
    next_entry_of = make_mentee("Zofia Wilk")
    join_waiting_list(mentee, mentor)
    second = join_waiting_list(next_entry_of, mentor)
    end_relationship(mentor.member, relationship, goodbye="Thank you for our talks.", now=now)
    request = ask(mentee, mentor, now=now)
    assert (request.holds_place, places(mentor), state(second)) == (True, (0, 1), "waiting")
    if ending == "decline":
        decline_request(mentor.member, request, words="Not this month.", now=now)
    elif ending == "withdraw":
        withdraw_request(mentee.member, request, now=now)
    else:
        remind_and_expire_requests(now=now + days(8))
    assert state(second) == "offered"
    assert places(mentor) == (0, 1)


def test_raising_the_limit_offers_to_as_many(full, mentee, make_mentee):
    mentor, _relationship = full
    entries = [
        join_waiting_list(person, mentor) for person in (mentee, make_mentee("Zofia Wilk"), make_mentee("Ada Bell"))
    ]
    set_limits(mentor.member, mentor, capacity=3)
    assert [state(entry) for entry in entries] == ["offered", "offered", "waiting"]
    assert places(mentor) == (1, 2)


def test_who_has_an_open_request_need_not_ask_again(make_mentor, make_mentee, ask, mentee, told):
    mentor = make_mentor("Inês Tavaredo", capacity=1)
    request, rival = ask(mentee, mentor), ask(make_mentee("Rafael Ombrado"), mentor)
    relationship = accept_request(mentor.member, rival)
    entry = join_waiting_list(mentee, fresh(mentor))
    end_relationship(mentor.member, relationship, goodbye="Thank you for our talks.")
    assert state(entry) == "taken"
    request.refresh_from_db()
    assert request.holds_place
    accept_request(mentor.member, request)
    assert places(mentor) == (1, 0)


def test_a_mentor_who_is_away_offers_when_back(full, mentee, now):
    mentor, relationship = full
    entry = join_waiting_list(mentee, mentor)
    set_limits(mentor.member, mentor, away_until=now.date() + days(10))
    end_relationship(mentor.member, relationship, goodbye="Thank you for our talks.", now=now)
    assert state(entry) == "waiting"
    lapse_waiting_offers(now=now + days(11))
    assert state(entry) == "offered"


def test_leaving_gives_the_place_to_the_next(full, mentee, make_mentee, stranger):
    mentor, relationship = full
    first, second = join_waiting_list(mentee, mentor), join_waiting_list(make_mentee("Zofia Wilk"), mentor)
    end_relationship(mentor.member, relationship, goodbye="Thank you for our talks.")
    with pytest.raises(Refused) as refused:
        leave_waiting_list(stranger, first)
    assert refused.value.code == "not_yours"
    leave_waiting_list(mentee.member, first)
    assert (state(first), state(second), places(mentor)) == ("left", "offered", (0, 1))
    with pytest.raises(Refused) as refused:
        leave_waiting_list(mentee.member, first)
    assert refused.value.code == "not_in_line"


def test_why_not_join(full, mentee, mentor_with_room, organisation, now, make_mentee):
    mentor, relationship = full

    def code(actor, other):
        refusal = why_not_join_waiting_list(actor, other, now)
        return refusal and refusal.code

    assert code(mentee, mentor) is None
    assert code(mentor, mentor) == "yourself"
    assert code(mentee, mentor_with_room) == "has_room"
    assert code(fresh(relationship.request.mentee), mentor) == "already_working_together"
    block = Block.objects.create(organisation=organisation, blocker=mentor.member, blocked=mentee.member)
    assert code(mentee, mentor) == "blocked"
    block.delete()
    for field, value, reason in (
        ("waiting_list_open", False, "waiting_list_closed"),
        ("takes_requests", False, "mentor_not_taking_requests"),
        ("is_mentor", False, "not_a_mentor"),
    ):
        before = getattr(mentor, field)
        setattr(mentor, field, value)
        assert code(mentee, mentor) == reason
        setattr(mentor, field, before)
    join_waiting_list(mentee, mentor)
    assert code(mentee, mentor) == "already_waiting"


@pytest.fixture
def mentor_with_room(make_mentor):
    return make_mentor("Yusra Haddarine")


def test_expected_wait_needs_five_endings(full, network, organisation, now):
    mentor, _relationship = full

    def wait(position):
        return expected_waits({mentor.pk: position}, cohort=network)[mentor.pk].words

    for weeks in (8, 10, 12, 14):
        Relationship.objects.create(
            organisation=organisation,
            cohort=network,
            state="ended_early",
            opened_at=now - days(7 * weeks),
            ended_at=now,
        )
    assert wait(1) == "Too few to say"
    Relationship.objects.create(
        organisation=organisation, cohort=network, state="ended_early", opened_at=now - days(7 * 16), ended_at=now
    )
    assert wait(1) == "About 10 to 14 weeks"
    assert wait(2) == "About 20 to 28 weeks"


def test_pages(client_for, full, mentee, stranger, foreigner):
    mentor, relationship = full
    client = client_for(mentee.member)
    address = reverse("join_waiting_list", args=["larkmoor", mentor.pk])
    ask_page = client.get(reverse("send_request", args=["larkmoor", mentor.pk])).content.decode()
    assert "Wait for Inês" in ask_page
    page = client.get(address).content.decode()
    assert "Your place in line" in page
    assert not WaitingEntry.objects.exists()
    for _click in range(2):
        assert "Place 1 in line" in client.post(address, follow=True).content.decode()
    entry = WaitingEntry.objects.get()
    end_relationship(mentor.member, relationship, goodbye="Thank you for our talks.")
    mine = client.get(reverse("mentoring", args=["larkmoor"]) + "?tab=waiting").content.decode()
    assert "A place is kept for you until" in mine
    leave = reverse("leave_waiting_list", args=["larkmoor", entry.pk])
    for nosy in (stranger, foreigner, mentor.member):
        assert client_for(nosy).post(leave).status_code == 404
    assert "Leave the line for Inês?" in client.get(leave).content.decode()
    for _click in range(2):
        client.post(leave)
    assert state(entry) == "left"


def test_who_has_a_request_that_keeps_a_place_cannot_have_a_second_one_kept(full, mentee, ask, make_mentee, now):
    mentor, relationship = full
    join_waiting_list(mentee, mentor)
    end_relationship(mentor.member, relationship, goodbye="Thank you for our talks.", now=now)
    request = ask(mentee, fresh(mentor))
    assert (request.holds_place, places(mentor)) == (True, (0, 1))
    with pytest.raises(Refused) as refused:
        join_waiting_list(mentee, fresh(mentor))
    assert refused.value.code == "place_kept_for_request"
    set_limits(mentor.member, mentor, capacity=2)
    withdraw_request(mentee.member, request)
    assert places(mentor) == (0, 0)


def test_who_waited_before_asking_again_leaves_the_line_when_accepted(full, mentee, ask, now):
    """A row from before a place could be kept for one person only once."""
    mentor, relationship = full
    join_waiting_list(mentee, mentor)
    end_relationship(mentor.member, relationship, goodbye="Thank you for our talks.", now=now)
    request = ask(mentee, fresh(mentor))
    entry = WaitingEntry.objects.create(organisation=mentor.organisation, mentor=mentor, mentee=mentee, joined_at=now)
    set_limits(mentor.member, mentor, capacity=2)
    assert (state(entry), places(mentor)) == ("taken", (0, 1))
    accept_request(mentor.member, request)
    assert places(mentor) == (1, 0)
