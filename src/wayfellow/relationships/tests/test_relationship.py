"""The page two people share."""

from datetime import timedelta

import pytest
from django.urls import reverse

from wayfellow.relationships.actions import accept_request, answer_question, ask_question


@pytest.fixture
def relationship(mentee, mentor, ask):
    mentor.member.time_zone = "Europe/Lisbon"
    mentor.member.save()
    request = ask(mentee, mentor)
    ask_question(mentor.member, request, text="Which brief is it?")
    answer_question(mentee.member, request, text="The one on outages.")
    return accept_request(mentor.member, request, words="Send me the brief.")


def test_the_first_step_is_said_while_it_is_new(client_for, relationship, mentee):
    address = reverse("relationship", args=["larkmoor", relationship.pk])
    assert "Say hello" in client_for(mentee.member).get(address).content.decode()
    relationship.opened_at -= timedelta(days=15)
    relationship.save()
    page = client_for(mentee.member).get(address).content.decode()
    assert "Say hello" not in page and "Your next talk" in page


def test_says_what_was_agreed_how_to_reach_each_other_and_what_happened(client_for, relationship, mentee, mentor):
    address = reverse("relationship", args=["larkmoor", relationship.pk])
    page = client_for(mentee.member).get(address).content.decode()
    for words in (
        "Inês and you",
        "ines.tavaredo@larkmoor.example",
        "You both agreed to see each other’s address",
        "in Lisbon now",
        "Read my first product brief",
        "1 hour, once a month",
        "Move to associate product manager",
        "Send me the brief.",
        "Read by you and Inês only",
        "Inês said yes",
        "You answered it",
    ):
        assert words in page, words
    assert page.count("<h1") == 1
    theirs = client_for(mentor.member).get(address).content.decode()
    assert "amara.oyelunde@larkmoor.example" in theirs
    assert "You said yes" in theirs


def test_is_nobody_elses(client_for, relationship, stranger, foreigner, administrator, manager):
    for name in ("relationship", "end_relationship"):
        for somebody in (stranger, foreigner, administrator, manager):
            assert client_for(somebody).get(reverse(name, args=["larkmoor", relationship.pk])).status_code == 404
    assert client_for(foreigner).get(reverse("relationship", args=["northfen", relationship.pk])).status_code == 404


def test_asks_the_database_a_bounded_number_of_questions(
    client_for, relationship, mentee, django_assert_max_num_queries
):
    client = client_for(mentee.member)
    with django_assert_max_num_queries(16):
        client.get(reverse("relationship", args=["larkmoor", relationship.pk]))
