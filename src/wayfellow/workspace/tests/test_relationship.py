"""The page two people share."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from wayfellow.conversations.actions import send_message
from wayfellow.conversations.models import new_key
from wayfellow.core import clock
from wayfellow.meetings.models import Meeting
from wayfellow.relationships.actions import accept_request, answer_question, ask_question


@pytest.fixture
def mentor(make_mentor):
    return make_mentor("Inês Tavaredo")


@pytest.fixture
def mentee(make_mentee):
    return make_mentee("Amara Oyelunde")


@pytest.fixture
def stranger(make_member):
    return make_member("Leif Holmqvarn")


@pytest.fixture
def foreigner(make_member, other_organisation):
    return make_member("Yusra Haddarine", organisation=other_organisation)


@pytest.fixture
def relationship(mentee, mentor, ask):
    mentor.member.time_zone = "Europe/Lisbon"
    mentor.member.save()
    request = ask(mentee, mentor)
    ask_question(mentor.member, request, text="Which brief is it?")
    answer_question(mentee.member, request, text="The one on outages.")
    return accept_request(mentor.member, request, words="Send me the brief.")


def test_what_is_next_comes_first(client_for, relationship, mentee):
    page = client_for(mentee.member).get(reverse("relationship", args=["larkmoor", relationship.pk])).content.decode()
    assert page.index("Find a time") < page.index("Commitments</h2>") < page.index("Conversation</h2>")
    for tab in ("conversation", "meetings", "agreement", "goals_together", "commitments", "how_it_goes"):
        assert f'href="{reverse(tab, args=["larkmoor", relationship.pk])}"' in page


def test_says_what_was_agreed_how_to_reach_each_other_and_what_happened(client_for, relationship, mentee, mentor):
    address = reverse("relationship", args=["larkmoor", relationship.pk])
    page = client_for(mentee.member).get(address).content.decode()
    for words in (
        "Inês and you",
        "ines.tavaredo@larkmoor.example",
        "You both agreed to see each other’s address",
        "in Lisbon",
        "Read my first product brief",
        "1 hour, once a month",
        "Become a pilot",
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


def live(relationship, mentee, mentor, *, meetings, letters):
    """Let some meetings take place, and some letters be written."""
    now = clock.now()
    for number in range(meetings):
        day = now - timedelta(days=7 * number + 1)
        Meeting.objects.create(
            organisation=relationship.organisation, relationship=relationship, state=Meeting.State.HELD, starts_at=day,
            ends_at=day + timedelta(hours=1), minutes=60, created_by=mentor.member, created_at=day,
        )  # fmt: skip
    for number in range(letters):
        send_message((mentee, mentor)[number % 2].member, relationship, text=f"Letter {number}.", key=new_key())


def test_three_years_of_history_cost_no_more_questions(client_for, relationship, mentee, mentor):
    client, address = client_for(mentee.member), reverse("relationship", args=["larkmoor", relationship.pk])
    live(relationship, mentee, mentor, meetings=2, letters=4)
    client.get(address)
    with CaptureQueriesContext(connection) as young:
        assert client.get(address).status_code == 200
    live(relationship, mentee, mentor, meetings=148, letters=60)
    with CaptureQueriesContext(connection) as old:
        page = client.get(address).content.decode()
    assert "Letter 59." in page and "Letter 40." not in page
    assert len(old) == len(young)
