"""Amara (a mentee with a goal) and Inês (her mentor), and a group of Inês with three mentees."""

from typing import Any

import pytest

from wayfellow.relationships.models import Participant, Relationship
from wayfellow.relationships.tests.conftest import *  # noqa: F403 (its people are ours too)
from wayfellow.relationships.tests.conftest import days


@pytest.fixture
def amara(mentee: Any) -> Any:
    return mentee.member


@pytest.fixture
def ines(mentor: Any) -> Any:
    return mentor.member


@pytest.fixture
def pair(mentee: Any, mentor: Any, pair_up: Any) -> Relationship:
    return pair_up(mentee, mentor)


@pytest.fixture
def group(organisation: Any, network: Any, mentee: Any, mentor: Any, make_mentee: Any, now: Any) -> Relationship:
    """One mentor, Inês, and three mentees: Amara, Kofi and Davit."""
    found = Relationship.objects.create(organisation=organisation, cohort=network, opened_at=now - days(30))
    people = [
        (mentor, "mentor"),
        (mentee, "mentee"),
        *((make_mentee(name), "mentee") for name in ("Kofi A", "Davit T")),
    ]
    for enrolment, role in people:
        Participant.objects.create(organisation=organisation, relationship=found, enrolment=enrolment, role=role)
    return found


@pytest.fixture
def goal(amara: Any) -> Any:
    found = amara.goals.get()
    found.why = "I like deciding what to build."
    found.sign_of_success = "I own one small feature."
    found.obstacle = "Outage weeks."
    found.if_moment, found.then_act = "an outage week begins", "I move my half-day"
    found.save()
    return found
