"""Not now, kindly."""

import pytest
from django.urls import reverse

from wayfellow.core.errors import InvalidInput, Refused
from wayfellow.relationships.actions import decline_request
from wayfellow.relationships.models import PrivateReason
from wayfellow.relationships.tests.conftest import days

WORDS = "Thank you for such a clear ask. You deserve someone who writes briefs every week."


def test_sends_the_words_and_two_others_to_ask(mentee, mentor, make_mentor, ask, told, events):
    next_choice = make_mentor("Zofia Wilk", offers=False)
    for name in ("Yusra Haddarine", "Leif Holmqvarn", "Rafael Ombrado"):
        make_mentor(name)
    make_mentor("Ada Full", capacity=0)
    request = ask(mentee, mentor, next_choice=next_choice)
    decline_request(mentor.member, request, words=WORDS, kindness="better_fit")
    request.refresh_from_db()
    assert (request.state, request.answer_words, request.kindness) == ("declined", WORDS, "better_fit")
    suggested = [row.mentor.member.full_name for row in request.suggestions.order_by("pk")]
    assert suggested == ["Zofia Wilk", "Leif Holmqvarn"], "the next choice first, never somebody full"
    assert told(mentee.member) == ["request_declined"]
    assert events() == ["request_sent", "request_declined"]


def test_the_private_reason_is_read_by_its_writer_alone(mentee, mentor, ask, stranger, administrator):
    request = ask(mentee, mentor)
    decline_request(mentor.member, request, words=WORDS, private_reason="not_a_fit")
    reason = PrivateReason.objects.get()
    assert list(PrivateReason.objects.visible_to(mentor.member)) == [reason]
    for other in (mentee.member, stranger, administrator):
        assert not PrivateReason.objects.visible_to(other).exists()


def test_can_stop_requests_for_a_while(mentee, mentor, ask, now, make_mentee):
    until = now.date() + days(30)
    decline_request(mentor.member, ask(mentee, mentor), words=WORDS, away_until=until)
    mentor.refresh_from_db()
    assert mentor.away_until == until
    with pytest.raises(Refused) as refused:
        ask(make_mentee("Rafael Ombrado"), mentor)
    assert refused.value.code == "mentor_away"


def test_needs_words_and_a_day_to_come(mentee, mentor, ask, now):
    request = ask(mentee, mentor)
    for fields, field in (({"words": " "}, "words"), ({"words": WORDS, "away_until": now.date()}, "away_until")):
        with pytest.raises(InvalidInput) as invalid:
            decline_request(mentor.member, request, **fields)
        assert invalid.value.field == field
    request.refresh_from_db()
    assert request.is_open


def test_only_the_one_who_was_asked_and_only_once(mentee, mentor, ask, stranger):
    request = ask(mentee, mentor)
    with pytest.raises(Refused):
        decline_request(stranger, request, words=WORDS)
    decline_request(mentor.member, request, words=WORDS)
    with pytest.raises(Refused) as refused:
        decline_request(mentor.member, request, words=WORDS)
    assert refused.value.code == "request_declined"


def test_page_never_tells_the_asker_a_refusal(client_for, mentee, mentor, make_mentor, ask):
    make_mentor("Yusra Haddarine")
    request = ask(mentee, mentor)
    address = reverse("decline_request", args=["larkmoor", request.pk])
    sent = client_for(mentor.member).post(
        address,
        {"decline-kindness": "full_now", "decline-words": WORDS, "decline-private_reason": "not_a_fit"},
        follow=True,
    )
    assert "Not a fit for me" in sent.content.decode(), "one's own reason is there to read again"
    page = client_for(mentee.member).get(reverse("answer", args=["larkmoor", request.pk])).content.decode()
    assert "Inês cannot take this on now" in page
    assert WORDS in page
    assert "Yusra Haddarine" in page
    for word in ("declined", "rejected", "Not a fit"):
        assert word not in page


def test_page_gives_a_draft_and_sends_nothing(client_for, mentee, mentor, ask):
    request = ask(mentee, mentor)
    address = reverse("decline_request", args=["larkmoor", request.pk])
    page = client_for(mentor.member).post(address, {"draft": "1", "decline-kindness": "not_my_field"})
    assert page.status_code == 200
    assert "This is not my field" in page.content.decode()
    request.refresh_from_db()
    assert request.is_open


def test_page_keeps_what_was_typed(client_for, mentee, mentor, ask, now):
    request = ask(mentee, mentor)
    address = reverse("decline_request", args=["larkmoor", request.pk])
    data = {"decline-words": WORDS, "decline-away_until": "2020-01-01"}
    response = client_for(mentor.member).post(address, data)
    page = response.content.decode()
    assert response.status_code == 422
    assert "Choose a day after today" in page
    assert "You deserve someone" in page
    assert '<details class="choice" name="answer" open>' in page
