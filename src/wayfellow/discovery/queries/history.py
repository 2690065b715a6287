"""What past requests and relationships say of mentors: each a single statement for all of a page."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Count

from wayfellow.relationships.models import Participant, WaitingEntry


def people_mentored(mentors: Iterable[int]) -> dict[int, int]:
    """How many people each has mentored here, those of today included."""
    counted = (
        Participant.objects.filter(enrolment__in=list(mentors), role=Participant.Role.MENTOR)
        .values("enrolment")
        .annotate(n=Count("relationship", distinct=True))
    )
    return {row["enrolment"]: row["n"] for row in counted}


@dataclass(frozen=True)
class Line:
    """Who waits for a mentor: how many, and at which place the reader stands (0: not in line)."""

    length: int = 0
    mine: int = 0
    my_entry: int | None = None


def lines(mentors: Iterable[int], member: Any) -> dict[int, Line]:
    """The waiting lists of mentors, as one member sees them."""
    found: dict[int, Line] = {}
    entries = WaitingEntry.objects.in_line().filter(mentor__in=list(mentors))
    for pk, mentor, waiting in entries.values_list("pk", "mentor", "mentee__member"):
        line = found.get(mentor, Line())
        place = line.length + 1
        found[mentor] = Line(place, place, pk) if waiting == member.pk else Line(place, line.mine, line.my_entry)
    return found
