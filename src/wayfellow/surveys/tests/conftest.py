"""Two people who work together since a while, and their invitations."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest

from wayfellow.core import clock
from wayfellow.relationships.models import Participant, Relationship


@pytest.fixture
def now() -> datetime:
    return clock.now()


@pytest.fixture
def together(organisation: Any, network: Any, enrol: Any, now: datetime) -> Callable[..., Relationship]:
    """`together(amara, ines, days=14)`: a relationship of these members, the last one the mentor, so many days old."""

    def open_it(*members: Any, days: float = 14) -> Relationship:
        found = Relationship.objects.create(
            organisation=organisation, cohort=network, opened_at=now - timedelta(days=days)
        )
        for member in members:
            is_mentor = member is members[-1]
            enrolment = member.enrolments.first() or enrol(member, mentor=is_mentor, capacity=3)
            role = Participant.Role.MENTOR if is_mentor else Participant.Role.MENTEE
            Participant.objects.create(organisation=organisation, relationship=found, enrolment=enrolment, role=role)
        return found

    return open_it


@pytest.fixture
def amara(make_member: Any) -> Any:
    return make_member("Amara Oyelunde")


@pytest.fixture
def ines(make_member: Any) -> Any:
    return make_member("Inês Tavaredo")
