"""The persons of the demo that a visitor can be with one click, and what to say of them at the door."""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True)
class Person:
    """Somebody with a door of their own.

    Attributes:
        email: their address, also the name of their account.
        full_name: who they are.
        who: one line at the door.
        has: what waits behind it.
        role: the shape of the face.
    """

    email: str
    full_name: str
    who: Any
    has: Any
    role: str = "mentor"

    @property
    def initials(self) -> str:
        return "".join(word[0] for word in self.full_name.split())


MENTEE = Person(
    "mentee@demo.example",
    "Amara Oyelunde",
    _("Amara, who seeks a mentor"),
    _("A goal, a request, somebody who said yes"),
    role="mentee",
)
MENTOR = Person(
    "mentor@demo.example",
    "Inês Tavaredo",
    _("Inês, who has three places"),
    _("Two mentees, one request to answer"),
)
MANAGER = Person(
    "manager@demo.example",
    "Joss Pellworth",
    _("Joss, who runs the open network"),
    _("What waits, places against demand"),
)
ADMIN = Person(
    "admin@demo.example",
    "Ruta Kalvendis",
    _("Ruta, who looks after accounts"),
    _("People, import, settings"),
)
DOORS = (MENTEE, MENTOR, MANAGER, ADMIN)

# No door of her own: she comes in by the code that the outbox shows, like everybody else.
SAFEGUARDING_EMAIL = "safeguarding@demo.example"


def person_with(email: str) -> Person | None:
    """Who comes in by the door with this address."""
    return next((person for person in DOORS if person.email == email), None)
