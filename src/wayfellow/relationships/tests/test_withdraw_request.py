"""Taking it back."""

import pytest
from django.urls import reverse

from wayfellow.core.errors import Refused
from wayfellow.relationships.actions import accept_request, withdraw_request


def test_tells_the_mentor_that_there_is_nothing_to_do(mentee, mentor, ask, told, events):
    request = ask(mentee, mentor)
    withdraw_request(mentee.member, request)
    request.refresh_from_db()
    assert request.state == "withdrawn"
    assert told(mentor.member) == ["request_received", "request_withdrawn"]
    assert events() == ["request_sent", "request_withdrawn"]
    assert ask(mentee, mentor).is_open, "one can ask again"


def test_not_after_the_answer_and_not_by_others(mentee, mentor, ask, stranger):
    request = ask(mentee, mentor)
    for somebody in (stranger, mentor.member):
        with pytest.raises(Refused) as refused:
            withdraw_request(somebody, request)
        assert refused.value.code == "not_yours"
    accept_request(mentor.member, request)
    with pytest.raises(Refused) as refused:
        withdraw_request(mentee.member, request)
    assert refused.value.code == "request_accepted"


def test_page_asks_once_more(client_for, mentee, mentor, ask):
    request = ask(mentee, mentor)
    address = reverse("withdraw_request", args=["larkmoor", request.pk])
    client = client_for(mentee.member)
    assert "Take this back?" in client.get(address).content.decode()
    request.refresh_from_db()
    assert request.is_open
    assert "Taken back" in client.post(address, follow=True).content.decode()
    assert "This was taken back." in client.post(address, follow=True).content.decode()
