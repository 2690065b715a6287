"""Amara in Nairobi and Inês in Lisbon, who work together; and a group of four."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from wayfellow.audit.models import Event
from wayfellow.core import clock
from wayfellow.meetings.actions import schedule_meeting
from wayfellow.meetings.models import Meeting
from wayfellow.notifications.models import Notice
from wayfellow.notifications.tests.conftest import post  # noqa: F401  a mail server on loopback
from wayfellow.relationships.models import Participant, Relationship

NOW = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)  # a Tuesday
THURSDAY = datetime(2026, 11, 26, 16, 0, tzinfo=UTC)  # 19:00 in Nairobi, 16:00 in Lisbon


@pytest.fixture
def now() -> Any:
    """Tuesday 24 November 2026, 09:00 in Lisbon; it stands still while a test runs."""
    with clock.moved_to(NOW):
        yield NOW


@pytest.fixture
def together(organisation: Any, network: Any, enrol: Any, now: datetime) -> Callable[..., Relationship]:
    """`together(amara, ines)`: a relationship of mentees and, last, mentors (`mentors=1` of them)."""

    def open_it(*members: Any, mentors: int = 1, days: float = 30, **fields: Any) -> Relationship:
        found = Relationship.objects.create(
            organisation=organisation, cohort=network, opened_at=now - timedelta(days=days), **fields
        )
        for position, member in enumerate(members):
            is_mentor = position >= len(members) - mentors
            enrolment = member.enrolments.first() or enrol(member, mentor=is_mentor, capacity=9)
            role = Participant.Role.MENTOR if is_mentor else Participant.Role.MENTEE
            Participant.objects.create(organisation=organisation, relationship=found, enrolment=enrolment, role=role)
        return found

    return open_it


@pytest.fixture
def amara(make_member: Any, now: datetime) -> Any:
    return make_member("Amara Oyelunde", time_zone="Africa/Nairobi")


@pytest.fixture
def ines(make_member: Any, now: datetime) -> Any:
    return make_member("Inês Tavaredo", time_zone="Europe/Lisbon")


@pytest.fixture
def leif(make_member: Any, now: datetime) -> Any:
    return make_member("Leif Holmqvarn", time_zone="Europe/Oslo")


@pytest.fixture
def kofi(make_member: Any, now: datetime) -> Any:
    return make_member("Kofi Asantewe", time_zone="Africa/Accra")


@pytest.fixture
def pair(together: Any, amara: Any, ines: Any) -> Relationship:
    return together(amara, ines)


@pytest.fixture
def group(together: Any, amara: Any, kofi: Any, ines: Any, leif: Any) -> Relationship:
    """Two mentees, two mentors."""
    return together(amara, kofi, ines, leif, mentors=2)


@pytest.fixture
def plan(now: datetime) -> Callable[..., Meeting]:
    """`plan(amara, pair)`: a meeting on Thursday, 16:00 in Lisbon, of an hour."""

    def schedule(actor: Any, relationship: Any, **fields: Any) -> Meeting:
        return schedule_meeting(actor, relationship, **{"starts_at": THURSDAY, "minutes": 60, **fields})

    return schedule


@pytest.fixture
def told() -> Callable[[Any], list[str]]:
    def kinds(member: Any) -> list[str]:
        return list(Notice.objects.filter(member=member).order_by("pk").values_list("kind", flat=True))

    return kinds


@pytest.fixture
def events() -> Callable[[], list[str]]:
    def verbs() -> list[str]:
        return list(Event.objects.order_by("pk").values_list("verb", flat=True))

    return verbs
