"""Which programme a manager looks at, and the parts that its pages share."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext as _

from wayfellow.people.models import Member
from wayfellow.programmes.models import Cohort, Enrolment, Programme
from wayfellow.relationships.models import Participant
from wayfellow.relationships.policy.pairs import OPEN

HEAVY = ("logo", "conduct")  # of an organisation that is read along with its people
FEWEST = 5  # a group with fewer people is not shown


@dataclass(frozen=True)
class Managed:
    """A programme somebody runs, its cohort, and the others they run."""

    programme: Programme
    cohort: Cohort
    programmes: list[Programme]


def managed(member: Member, asked: str = "") -> Managed | None:
    """The programme with this id, or the first one, among those the member runs; None when there is none such."""
    mine = Programme.objects.visible_to(member).filter(managers=member, cohorts__isnull=False).distinct()
    programmes = list(mine.order_by("-is_open_network", "name"))
    chosen = next((found for found in programmes if not asked or str(found.pk) == asked), None)
    if chosen is None:
        return None
    cohort = chosen.cohorts.order_by("-starts_on", "-pk").first()
    assert cohort is not None  # noqa: S101 (asked for above)
    cohort.programme = chosen
    return Managed(chosen, cohort, programmes)


def with_mentor_now() -> Exists:
    """Whether an enrolment is somebody's mentee at present."""
    rows = Participant.objects.present().filter(enrolment=OuterRef("pk"), role=Participant.Role.MENTEE)
    return Exists(rows.filter(relationship__state__in=OPEN))


def here(cohort: Cohort) -> QuerySet[Enrolment]:
    """The enrolments of people who are here."""
    return Enrolment.objects.filter(cohort=cohort, member__state=Member.State.ACTIVE)


def named(rows: Any, search: str, *fields: str) -> Any:
    """Only rows in which one of these fields holds each word."""
    for word in search.replace("\0", "").split()[:8]:
        found = Q(pk__in=[])
        for field in fields:
            found |= Q(**{f"{field}__icontains": word})
        rows = rows.filter(found)
    return rows


def without_heavy(*paths: str) -> list[str]:
    """What need not be read of the organisations at these paths, for `defer`."""
    return [f"{path}__{field}" for path in paths for field in HEAVY]


def count_words(count: int) -> str:
    """A number of people that goals were counted for: small ones are not said."""
    return _("fewer than %(n)d") % {"n": FEWEST} if 0 < count < FEWEST else str(count)
