"""What past requests and relationships say of mentors, for all of a page at once."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, OuterRef, Subquery
from django.db.models.functions import Coalesce

from wayfellow.relationships.models import Participant, WaitingEntry


def people_mentored() -> Coalesce:
    """How many people an enrolment has mentored here, those of today included: asked beside it."""
    counted = (
        Participant.objects.filter(enrolment=OuterRef("pk"), role=Participant.Role.MENTOR)
        .order_by()
        .values("enrolment")
        .annotate(n=Count("relationship", distinct=True))
    )
    return Coalesce(Subquery(counted.values("n")), 0)


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
