"""The numbers of a programme's first page."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from statistics import median
from zoneinfo import ZoneInfo

from django.db.models import Count, Min, Q
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from wayfellow.goals.models import Goal
from wayfellow.programmes.models import Cohort
from wayfellow.relationships.models import MentoringRequest, Relationship, WaitingEntry
from wayfellow.relationships.queries import active_relationships
from wayfellow.workspace.queries.cohort import FEWEST, here

NEW_FOR = timedelta(days=30)


@dataclass(frozen=True)
class Pairs:
    """Where pairs are."""

    at_work: int
    opened_lately: int
    ended_this_year: int
    weeks: int | None

    @property
    def weeks_words(self) -> str:
        """Half lasted 14 weeks or more; nothing when there are too few."""
        if self.weeks is None:
            return _("too few to say how long they lasted")
        return ngettext(
            "half lasted %(n)d week or more", "half lasted %(n)d weeks or more", self.weeks
        ) % {"n": self.weeks}  # fmt: skip


@dataclass(frozen=True)
class NewPeople:
    """Those who joined this month. How many have a goal is said for five people or more."""

    joined: int
    with_goal: int
    asked: int

    @property
    def may_tell_goals(self) -> bool:
        return self.joined >= FEWEST


def pairs(cohort: Cohort, *, now: datetime) -> Pairs:
    """Relationships at work and ended this year, in two queries."""
    year = _local(cohort, now).replace(month=1, day=1, hour=0, minute=0, second=0, microsecond=0)
    ended = Relationship.objects.filter(cohort=cohort, ended_at__gte=year).values_list("opened_at", "ended_at")
    weeks = [(until - since).total_seconds() / (7 * 86400) for since, until in ended]
    counted = active_relationships(cohort).aggregate(
        at_work=Count("pk"), lately=Count("pk", filter=Q(opened_at__gte=now - NEW_FOR))
    )
    lasted = int(median(weeks)) if len(weeks) >= FEWEST else None
    return Pairs(counted["at_work"], counted["lately"], len(weeks), lasted)


def new_people(cohort: Cohort, *, now: datetime) -> NewPeople:
    """Who joined this month, in one query."""
    month = _local(cohort, now).replace(day=1, hour=0, minute=0, second=0, microsecond=0)
    goal = Q(member__goals__state__in=(Goal.State.ACTIVE, Goal.State.REACHED))
    asked = Q(requests_as_mentee__sent_at__isnull=False, requests_as_mentee__direction=MentoringRequest.Direction.ASK)
    counted = here(cohort).filter(created_at__gte=month).aggregate(
        joined=Count("pk", distinct=True),
        with_goal=Count("pk", filter=goal, distinct=True),
        asked=Count("pk", filter=asked, distinct=True),
    )  # fmt: skip
    return NewPeople(**counted)


def longest_in_line(cohort: Cohort) -> datetime | None:
    """Since when the one who waits longest is in line."""
    rows = WaitingEntry.objects.filter(mentor__cohort=cohort, state__in=("waiting", "offered"))
    return rows.aggregate(since=Min("joined_at"))["since"]


def _local(cohort: Cohort, now: datetime) -> datetime:
    return now.astimezone(ZoneInfo(cohort.organisation.time_zone))
