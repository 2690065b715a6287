"""How long people wait for a yes, by location and by department. Groups with fewer than five people are not shown."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime, timedelta
from statistics import median
from typing import Any

from django.db.models import Min, Q
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from wayfellow.programmes.models import Cohort
from wayfellow.relationships.models import MentoringRequest
from wayfellow.search.words import fold
from wayfellow.workspace.queries.cohort import FEWEST, count_words

LOOK_BACK = timedelta(days=365)


@dataclass(frozen=True)
class Group:
    """People of one location or department: how long half of them waited, and how many wait still."""

    by: str
    name: str
    people: int
    days: int
    still_asking: int

    @property
    def by_words(self) -> str:
        return _("Location") if self.by == "location" else _("Department")

    @property
    def days_words(self) -> str:
        return ngettext("%(n)d day", "%(n)d days", self.days) % {"n": self.days}

    @property
    def still_words(self) -> str:
        return count_words(self.still_asking)


@dataclass(frozen=True)
class Fairness:
    """The groups that can be shown, the longest wait first, and how many cannot."""

    groups: list[Group]
    left_out: int

    @property
    def sentence(self) -> str:
        """Field sites wait 9 days for a yes, offices 4; or that it cannot be told yet."""
        for by in ("location", "department"):
            groups = [group for group in self.groups if group.by == by]
            if len(groups) > 1:
                slow, fast = groups[0], groups[-1]
                if slow.days == fast.days:
                    return _("Every group waits about as long for a yes: %(days)s.") % {"days": slow.days_words}
                words = {"slow": slow.name, "long": slow.days_words, "fast": fast.name, "short": fast.days_words}
                return _("%(slow)s: %(long)s until a yes. %(fast)s: %(short)s.") % words
        return _("Cannot tell yet: it needs two groups with at least five people who got a yes.")


def fairness(cohort: Cohort, *, now: datetime) -> Fairness:
    """From the first request somebody sent to their first yes, within a year. One query."""
    rows = (
        MentoringRequest.objects.filter(
            cohort=cohort,
            direction=MentoringRequest.Direction.ASK,
            sent_at__gte=now - LOOK_BACK,
            mentee__member__forgotten_at__isnull=True,
        )
        .order_by()
        .values_list("mentee", "mentee__member__location", "mentee__member__department")
        .annotate(
            asked_at=Min("sent_at"),
            yes_at=Min("answered_at", filter=Q(state=MentoringRequest.State.ACCEPTED)),
            open_since=Min("sent_at", filter=Q(state=MentoringRequest.State.PENDING)),
        )
    )
    people: dict[tuple[str, str], list[Any]] = defaultdict(list)
    for _mentee, location, department, asked_at, yes_at, open_since in rows:
        waited = (yes_at - asked_at).total_seconds() / 86400 if yes_at else None
        for by, name in (("location", location), ("department", department)):
            if name:
                people[by, name].append((waited, open_since is not None and yes_at is None))
    groups, left_out = [], 0
    for (by, name), found in people.items():
        waits = [waited for waited, _asking in found if waited is not None]
        if len(waits) < FEWEST:
            left_out += 1
            continue
        days = max(1, round(median(waits)))
        groups.append(Group(by, name, len(waits), days, sum(asking for _waited, asking in found)))
    return Fairness(sorted(groups, key=lambda group: (-group.days, fold(group.name), group.by)), left_out)
