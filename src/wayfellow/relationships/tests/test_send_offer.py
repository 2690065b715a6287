"""A mentor offers to a mentee who allows it."""

import pytest
from django.urls import reverse

from wayfellow.core.errors import InvalidInput, Refused
from wayfellow.programmes.models import Enrolment
from wayfellow.relationships.actions import accept_request, decline_request, send_offer, withdraw_request
from wayfellow.relationships.models import MentoringRequest
from wayfellow.relationships.tests.conftest import WHY
from wayfellow.safety.models import Block


@pytest.fixture
def open_mentee(mentee):
    mentee.allows_offers = True
    mentee.save()
    return mentee


def test_the_mentee_answers_and_the_mentors_place_is_taken(open_mentee, mentor, told, events):
    offer = send_offer(mentor, open_mentee, why_you=WHY)
    assert (offer.awaiting, offer.direction) == ("mentee", "offer")
    assert told(open_mentee.member) == ["offer_received"]
    with pytest.raises(Refused):
        accept_request(mentor.member, offer)
    accept_request(open_mentee.member, offer, words="With joy.")
    assert Enrolment.objects.get(pk=mentor.pk).places_taken == 1
    assert told(mentor.member) == ["request_accepted"]
    assert events() == ["offer_sent", "request_accepted"]


def test_not_now_and_taking_back(open_mentee, mentor, told):
    offer = send_offer(mentor, open_mentee, why_you=WHY)
    decline_request(open_mentee.member, offer, words="Thank you, I have somebody.")
    assert told(mentor.member) == ["request_declined"]
    assert not offer.suggestions.exists()
    second = send_offer(mentor, open_mentee, why_you=WHY)
    withdraw_request(mentor.member, second)
    assert told(open_mentee.member)[-1] == "request_withdrawn"


@pytest.mark.parametrize(
    ("arrange", "code"),
    [
        (lambda mentee, mentor: setattr(mentee, "allows_offers", False), "offers_not_wanted"),
        (lambda mentee, mentor: setattr(mentor, "is_mentor", False), "you_are_not_a_mentor"),
        (lambda mentee, mentor: setattr(mentor, "capacity", 0), "mentor_at_capacity"),
    ],
)
def test_is_refused(open_mentee, mentor, arrange, code):
    arrange(open_mentee, mentor)
    open_mentee.save()
    mentor.save()
    with pytest.raises(Refused) as refused:
        send_offer(mentor, open_mentee, why_you=WHY)
    assert refused.value.code == code


def test_is_refused_for_who_blocked_and_for_who_has_asked(open_mentee, mentor, organisation, ask):
    block = Block.objects.create(organisation=organisation, blocker=open_mentee.member, blocked=mentor.member)
    with pytest.raises(Refused) as refused:
        send_offer(mentor, open_mentee, why_you=WHY)
    assert refused.value.code == "blocked"
    block.delete()
    ask(open_mentee, mentor)
    with pytest.raises(Refused) as refused:
        send_offer(mentor, open_mentee, why_you=WHY)
    assert refused.value.code == "already_open"


def test_offers_are_limited_by_free_places(mentor, make_mentee):
    for number in range(4):
        send_offer(mentor, make_mentee(f"Person {chr(65 + number)}", allows_offers=True), why_you=WHY)
    with pytest.raises(Refused) as refused:
        send_offer(mentor, make_mentee("Rafael Ombrado", allows_offers=True), why_you=WHY)
    assert refused.value.code == "too_many_open_offers"


def test_bad_input(open_mentee, mentor):
    with pytest.raises(InvalidInput) as invalid:
        send_offer(mentor, open_mentee, why_you="Hello")
    assert invalid.value.field == "why_you"


def test_pages(client_for, open_mentee, mentor, stranger):
    address = reverse("send_offer", args=["larkmoor", open_mentee.pk])
    client = client_for(mentor.member)
    assert "Offer to mentor Amara" in client.get(address).content.decode()
    bad = client.post(address, {"why_you": "Hello", "how_often": "as_offered"})
    assert bad.status_code == 422
    for _click in range(2):
        page = client.post(address, {"why_you": WHY, "how_often": "as_offered"}, follow=True).content.decode()
        assert "Your offer to Amara" in page
    offer = MentoringRequest.objects.get()
    theirs = client_for(open_mentee.member).get(reverse("answer", args=["larkmoor", offer.pk])).content.decode()
    assert "Inês offers to mentor you" in theirs
    assert "Suggest a colleague" not in theirs
    client_for(open_mentee.member).post(
        reverse("decline_request", args=["larkmoor", offer.pk]), {"decline-words": "Thank you, I have somebody."}
    )
    offer.refresh_from_db()
    assert offer.state == "declined"
    assert "Become a mentor first." in client_for(stranger).get(address).content.decode()
