"""A pause has a day to come back, and comes back by itself or by hand."""

from datetime import timedelta

import pytest
from django.urls import reverse

from wayfellow.core.errors import Refused
from wayfellow.programmes.models import Enrolment
from wayfellow.relationships.actions import (
    end_relationship,
    pause_relationship,
    resume_relationship,
    resume_relationships,
)
from wayfellow.relationships.tests.conftest import days


def in_days(now, count):
    return (now + timedelta(days=count)).date()


def test_pause_and_take_up_again_by_hand(mentee, mentor, pair_up, told, events, now):
    relationship = pair_up(mentee, mentor)
    pause_relationship(mentee.member, relationship, until=in_days(now, 30))
    relationship.refresh_from_db()
    assert (relationship.state, relationship.is_open) == ("paused", True)
    assert Enrolment.objects.get(pk=mentor.pk).places_taken == 1
    assert told(mentor.member)[-1] == "relationship_paused"
    assert events()[-1] == "relationship_paused"
    resume_relationship(mentor.member, relationship)
    relationship.refresh_from_db()
    assert (relationship.state, relationship.paused_until) == ("active", None)
    assert told(mentee.member)[-1] == "relationship_resumed"
    assert events()[-1] == "relationship_resumed"
    with pytest.raises(Refused) as refused:
        resume_relationship(mentor.member, relationship)
    assert refused.value.code == "not_paused"


def test_it_comes_back_by_itself_with_a_line_the_week_before(mentee, mentor, pair_up, told, now):
    relationship = pair_up(mentee, mentor)
    pause_relationship(mentee.member, relationship, until=in_days(now, 30))
    resume_relationships(now=now + days(20))
    assert told(mentee.member)[-1] != "relationship_returns_soon"
    for _ in range(2):
        resume_relationships(now=now + days(24))
    assert told(mentee.member).count("relationship_returns_soon") == 1
    assert told(mentor.member).count("relationship_returns_soon") == 1
    for _ in range(2):
        resume_relationships(now=now + days(30))
    relationship.refresh_from_db()
    assert relationship.state == "active"
    assert told(mentee.member).count("relationship_resumed") == 1


@pytest.mark.parametrize(("count", "code"), [(0, "pause_until_past"), (400, "pause_too_long"), (200, "pause_past_end")])
def test_days_that_cannot_be(mentee, mentor, pair_up, now, count, code):
    relationship = pair_up(mentee, mentor)
    with pytest.raises(Refused) as refused:
        pause_relationship(mentee.member, relationship, until=in_days(now, count))
    assert refused.value.code == code


def test_who_may_not(mentee, mentor, pair_up, stranger, foreigner, now):
    relationship = pair_up(mentee, mentor)
    for somebody in (stranger, foreigner):
        with pytest.raises(Refused) as refused:
            pause_relationship(somebody, relationship, until=in_days(now, 30))
        assert refused.value.code == "not_yours"
    pause_relationship(mentee.member, relationship, until=in_days(now, 30))
    with pytest.raises(Refused) as refused:
        pause_relationship(mentor.member, relationship, until=in_days(now, 40))
    assert refused.value.code == "already_paused"
    end_relationship(mentor.member, relationship, goodbye="Thank you.")
    relationship.refresh_from_db()
    assert (relationship.state, relationship.paused_until) == ("ended_early", None)


def test_a_paused_pair_cannot_ask_each_other_again(mentee, mentor, pair_up, ask, now):
    relationship = pair_up(mentee, mentor)
    pause_relationship(mentee.member, relationship, until=in_days(now, 30))
    with pytest.raises(Refused) as refused:
        ask(mentee, mentor)
    assert refused.value.code == "already_working_together"


def test_pages(client_for, mentee, mentor, pair_up, now, stranger):
    relationship = pair_up(mentee, mentor)
    address = reverse("pause_relationship", args=["larkmoor", relationship.pk])
    client = client_for(mentee.member)
    bad = client.post(address, {"pause-until": "2020-01-01"})
    assert bad.status_code == 422 and "Choose a day after today." in bad.content.decode()
    client.post(address, {"pause-until": in_days(now, 30).isoformat()})
    relationship.refresh_from_db()
    assert relationship.state == "paused"
    listed = client.get(reverse("mentoring", args=["larkmoor"])).content.decode()
    assert "Paused until" in listed
    client_for(mentor.member).post(reverse("resume_relationship", args=["larkmoor", relationship.pk]))
    relationship.refresh_from_db()
    assert relationship.is_active
    assert client_for(stranger).post(address, {"pause-until": "2027-01-01"}).status_code == 404
