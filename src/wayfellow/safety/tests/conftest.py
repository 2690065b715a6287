from collections.abc import Callable
from typing import Any

import pytest

from wayfellow.jobs.models import Job
from wayfellow.notifications.models import Notice


@pytest.fixture
def amara(make_member: Callable[..., Any]) -> Any:
    return make_member("Amara Oyelunde")


@pytest.fixture
def leif(make_member: Callable[..., Any]) -> Any:
    return make_member("Leif Holmqvarn")


@pytest.fixture
def lead(make_member: Callable[..., Any]) -> Any:
    return make_member("Sunniva Aldershaw", is_safeguarding_lead=True)


@pytest.fixture
def second_lead(make_member: Callable[..., Any]) -> Any:
    return make_member("Teodor Brask", is_safeguarding_lead=True)


@pytest.fixture
def told() -> Callable[[Any], list[str]]:
    """`told(member)`: the kinds of their notices, oldest first."""
    return lambda member: list(Notice.objects.filter(member=member).order_by("pk").values_list("kind", flat=True))


@pytest.fixture
def mail_jobs() -> Callable[[], int]:
    """How many mails of notices wait to leave."""
    return lambda: Job.objects.filter(key__startswith="notice:").count()
