"""The mentor says yes."""

import pytest
from django.urls import reverse

from wayfellow.core.errors import InvalidInput, Refused
from wayfellow.people.models import Member
from wayfellow.programmes.models import Enrolment
from wayfellow.relationships.actions import accept_request, decline_request, end_relationship, withdraw_request
from wayfellow.relationships.models import MentoringRequest, Relationship
from wayfellow.relationships.policy import why_not_accept_request
from wayfellow.relationships.tests.conftest import days
from wayfellow.safety.models import Block

DOORS = [
    "answer",
    "accept_request",
    "decline_request",
    "suggest_colleague",
    "ask_question",
    "answer_question",
    "withdraw_request",
]


def test_opens_the_relationship_takes_a_place_and_tells_both(mentee, mentor, ask, told, events, mails, now):
    request = ask(mentee, mentor)
    relationship = accept_request(mentor.member, request, words="Send me the brief.", now=now)
    request.refresh_from_db()
    mentor.refresh_from_db()
    assert (request.state, request.awaiting, request.answer_words) == ("accepted", "", "Send me the brief.")
    assert mentor.places_taken == 1
    assert sorted(relationship.participants.values_list("role", "enrolment")) == [
        ("mentee", mentee.pk),
        ("mentor", mentor.pk),
    ]
    assert told(mentee.member) == ["request_accepted"]
    assert told(mentor.member) == ["request_received", "request_accepted"]
    assert events() == ["request_sent", "request_accepted"]
    assert mails() == 3


def test_twice_is_refused_and_changes_nothing(mentee, mentor, ask):
    request = ask(mentee, mentor)
    accept_request(mentor.member, request)
    with pytest.raises(Refused) as refused:
        accept_request(mentor.member, request)
    assert refused.value.code == "request_accepted"
    assert Relationship.objects.count() == 1
    assert Enrolment.objects.get(pk=mentor.pk).places_taken == 1


def test_the_last_place_goes_once(make_mentor, make_mentee, ask):
    mentor = make_mentor("Inês Tavaredo", capacity=1)
    one, other = ask(make_mentee("Amara Oyelunde"), mentor), ask(make_mentee("Rafael Ombrado"), mentor)
    accept_request(mentor.member, one)
    with pytest.raises(Refused) as refused:
        accept_request(mentor.member, other)
    assert refused.value.code == "mentor_at_capacity"
    other.refresh_from_db()
    assert other.is_open, "the other request stays, and can still be answered kindly"
    decline_request(mentor.member, other, words="My last place is gone.")


@pytest.mark.parametrize("closing", ["declined", "withdrawn", "expired"])
def test_what_closed_stays_closed(mentee, mentor, ask, closing, now):
    request = ask(mentee, mentor, now=now - days(8) if closing == "expired" else now)
    if closing == "declined":
        decline_request(mentor.member, request, words="Not this month.")
    elif closing == "withdrawn":
        withdraw_request(mentee.member, request)
    with pytest.raises(Refused) as refused:
        accept_request(mentor.member, request)
    assert refused.value.code == f"request_{closing}"


def test_only_the_mentor_who_was_asked_can(mentee, mentor, ask, stranger):
    request = ask(mentee, mentor)
    for somebody in (stranger, mentee.member):
        with pytest.raises(Refused) as refused:
            accept_request(somebody, request)
        assert refused.value.code == "not_yours_to_answer"


def test_not_when_the_asker_left_or_somebody_blocked(mentee, mentor, ask, organisation, now):
    request = ask(mentee, mentor)
    block = Block.objects.create(organisation=organisation, blocker=mentee.member, blocked=mentor.member)
    assert why_not_accept_request(mentor.member, request, now).code == "blocked"
    block.delete()
    Member.objects.filter(pk=mentee.member_id).update(state=Member.State.LEFT)
    with pytest.raises(Refused, match="Amara Oyelunde is not here any more"):
        accept_request(mentor.member, request)


def test_two_requests_after_an_ending_never_take_two_places(mentee, mentor, pair_up, ask):
    relationship = pair_up(mentee, mentor)
    end_relationship(mentee.member, relationship, goodbye="Thank you for our talks.")
    accept_request(mentor.member, ask(mentee, mentor))
    assert Enrolment.objects.get(pk=mentor.pk).places_taken == 1


def test_words_too_long(mentee, mentor, ask):
    request = ask(mentee, mentor)
    with pytest.raises(InvalidInput) as invalid:
        accept_request(mentor.member, request, words="x" * 2001)
    assert invalid.value.field == "words"
    assert Enrolment.objects.get(pk=mentor.pk).places_taken == 0


# The page


def test_page_of_the_mentor_offers_four_answers(client_for, mentee, mentor, make_mentor, ask):
    make_mentor("Yusra Haddarine")
    request = ask(mentee, mentor)
    page = client_for(mentor.member).get(reverse("answer", args=["larkmoor", request.pk])).content.decode()
    assert "Amara asks you to mentor them" in page
    assert page.count('<details class="choice"') == 4
    assert "You have 2 of 2 places free; this takes one" in page
    assert page.count("<h1") == 1
    opened = client_for(mentor.member).get(reverse("accept_request", args=["larkmoor", request.pk]), follow=True)
    assert opened.redirect_chain[0][0].endswith("?card=accept")
    assert MentoringRequest.objects.get().is_open, "looking decides nothing"


def test_page_accepts_and_a_double_submit_is_clear(client_for, mentee, mentor, ask):
    request = ask(mentee, mentor)
    client = client_for(mentor.member)
    address = reverse("accept_request", args=["larkmoor", request.pk])
    first = client.post(address, {"accept-words": "Good ask."}, follow=True)
    assert "Amara and you" in first.content.decode()
    second = client.post(address, {"accept-words": "Good ask."}, follow=True)
    assert "This was accepted already." in second.content.decode()
    assert Relationship.objects.count() == 1


def test_page_says_that_the_places_ran_out_and_keeps_the_words(client_for, make_mentor, make_mentee, ask):
    mentor = make_mentor("Inês Tavaredo", capacity=1)
    one, other = ask(make_mentee("Amara Oyelunde"), mentor), ask(make_mentee("Rafael Ombrado"), mentor)
    accept_request(mentor.member, one)
    address = reverse("accept_request", args=["larkmoor", other.pk])
    response = client_for(mentor.member).post(address, {"accept-words": "Good ask."})
    assert response.status_code == 422
    assert "You have no free place any more." in response.content.decode()
    page = client_for(other.mentee.member).get(reverse("answer", args=["larkmoor", other.pk])).content.decode()
    assert "Your request stays, and you can also wait for a place." in page
    assert "Wait for Inês" in page


def test_page_of_the_asker_shows_whose_turn_it_is(client_for, mentee, mentor, ask):
    request = ask(mentee, mentor)
    page = client_for(mentee.member).get(reverse("answer", args=["larkmoor", request.pk])).content.decode()
    assert "Your request to Inês" in page
    assert "Inês’s turn" in page
    assert "Take the request back" in page
    assert 'class="choice"' not in page


def test_strangers_and_others_find_nothing(
    client_for, mentee, mentor, ask, stranger, foreigner, administrator, manager
):
    request = ask(mentee, mentor)
    for name in DOORS:
        address = reverse(name, args=["larkmoor", request.pk])
        for somebody in (stranger, foreigner, administrator, manager):
            assert client_for(somebody).get(address).status_code == 404, (name, somebody.full_name)
            assert client_for(somebody).post(address).status_code in (404, 405), (name, somebody.full_name)
    assert MentoringRequest.objects.get().is_open


def test_pages_ask_the_database_a_bounded_number_of_questions(
    client_for, mentee, mentor, make_mentor, make_mentee, ask, django_assert_max_num_queries
):
    for number in range(6):
        make_mentor(f"Person {chr(65 + number)}", capacity=number % 2)
    request = ask(mentee, mentor)
    for member in (mentee.member, mentor.member):
        client = client_for(member)
        with django_assert_max_num_queries(26):
            client.get(reverse("answer", args=["larkmoor", request.pk]))
    client = client_for(make_mentee("Rafael Ombrado").member)
    with django_assert_max_num_queries(26):
        client.get(reverse("send_request", args=["larkmoor", mentor.pk]))
