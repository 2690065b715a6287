"""Two people who work together, a group of four, and what they send."""

from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from wayfellow.conversations.actions import send_message
from wayfellow.conversations.kinds import CheckedFile, check_file
from wayfellow.core import clock
from wayfellow.relationships.models import Participant, Relationship


@pytest.fixture(autouse=True)
def shelf(settings: Any, tmp_path: Path) -> Path:
    """The folder files of letters lie in."""
    settings.MEDIA_ROOT = tmp_path / "files"
    return settings.MEDIA_ROOT / "letters"


@pytest.fixture
def ines(make_member: Any) -> Any:
    return make_member("Inês Tavaredo", time_zone="Europe/Lisbon")


@pytest.fixture
def amara(make_member: Any) -> Any:
    return make_member("Amara Oyelunde", time_zone="Africa/Nairobi")


@pytest.fixture
def leif(make_member: Any) -> Any:
    return make_member("Leif Holmqvarn")


@pytest.fixture
def kofi(make_member: Any) -> Any:
    return make_member("Kofi Asantewe")


@pytest.fixture
def relate(network: Any, enrol: Any) -> Callable[..., Relationship]:
    """`relate(mentors, mentees)`: a relationship under way, of as many people as one likes."""
    from wayfellow.programmes.models import Enrolment

    def relate_people(mentors: list[Any], mentees: list[Any], **fields: Any) -> Relationship:
        values = {"organisation": network.organisation, "cohort": network, "opened_at": clock.now()} | fields
        found = Relationship.objects.create(**values)
        for role, people in (("mentor", mentors), ("mentee", mentees)):
            for member in people:
                enrolment = Enrolment.objects.filter(cohort=network, member=member).first()
                enrolment = enrolment or enrol(member, mentor=role == "mentor")
                Participant.objects.create(
                    organisation=network.organisation, relationship=found, enrolment=enrolment, role=role
                )
        return found

    return relate_people


@pytest.fixture
def pair(relate: Any, ines: Any, amara: Any) -> Relationship:
    return relate([ines], [amara])


@pytest.fixture
def group(relate: Any, ines: Any, amara: Any, leif: Any, kofi: Any) -> Relationship:
    return relate([ines, kofi], [amara, leif])


@pytest.fixture
def write() -> Callable[..., Any]:
    """`write(member, relationship, "words")`: a letter that was sent."""

    def send(member: Any, relationship: Relationship, text: str = "How did the talk go?", **fields: Any) -> Any:
        return send_message(member, relationship, text=text, **fields)

    return send


def picture() -> bytes:
    out = BytesIO()
    Image.new("RGB", (8, 8), "green").save(out, "PNG")
    return out.getvalue()


def checked(name: str, content: bytes) -> CheckedFile:
    return check_file(name, len(content), lambda: content)
