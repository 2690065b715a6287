"""Who could use a word: what the data say, no more. Nobody is called inactive or at risk."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Count, F, Min, Q
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from wayfellow.programmes.models import Cohort, Enrolment
from wayfellow.relationships.models import MentoringRequest, WaitingEntry
from wayfellow.web.templatetags.wayfellow import long_day
from wayfellow.workspace.queries.cohort import here, with_mentor_now, without_heavy

LOOK_BACK = timedelta(days=90)
SILENCES = 2
MUCH_ASKED = 4
LONG_WAIT = timedelta(days=28)


@dataclass(frozen=True)
class Word:
    """Somebody with whom a word may help, and why."""

    enrolment: Enrolment
    role: str
    kind: str
    label: str
    text: str

    @property
    def name(self) -> str:
        return self.enrolment.member.full_name


def could_use_a_word(cohort: Cohort, *, now: datetime) -> list[Word]:
    """Mentees nobody answered, mentors with too many waiting or with unanswered requests, mentees long in line."""
    unanswered, much_asked = _unanswered_mentees(cohort, now), _much_asked(cohort)
    silent, long_waits = _silent_mentors(cohort, now), _long_waits(cohort, now)
    people = (
        here(cohort)
        .select_related("member__organisation")
        .defer(*without_heavy("member__organisation"))
        .annotate(has_mentor=with_mentor_now())
        .in_bulk({*unanswered, *much_asked, *silent, *long_waits})
    )
    found: list[Word] = []
    for pk, count in unanswered.items():
        if pk in people and not people[pk].has_mentor:
            label = ngettext("%(n)d request closed", "%(n)d requests closed", count) % {"n": count}
            text = _("Nobody answered, and nobody is asked now. They may think it is about them.")
            found.append(Word(people[pk], "mentee", "warn", label, text))
    for pk, waiting in much_asked.items():
        if pk in people:
            numbers = {"n": waiting, "places": people[pk].capacity}
            text = ngettext(
                "%(n)d person waits. Places offered: %(places)d.",
                "%(n)d people wait. Places offered: %(places)d.",
                waiting,
            )
            found.append(Word(people[pk], "mentor", "info", _("Much asked"), text % numbers))
    for pk, count in silent.items():
        if pk in people:
            text = ngettext(
                "%(n)d request closed without an answer in three months. Fewer places, or a pause, may suit better.",
                "%(n)d requests closed without an answer in three months. Fewer places, or a pause, may suit better.",
                count,
            )
            found.append(Word(people[pk], "mentor", "warn", _("Little time"), text % {"n": count}))
    for pk, since in long_waits.items():
        if pk in people and not people[pk].has_mentor:
            text = _("In line since %(day)s, and nobody mentors them meanwhile.") % {"day": long_day(since)}
            found.append(Word(people[pk], "mentee", "info", _("Long in line"), text))
    return found


def _silences(cohort: Cohort, now: datetime) -> Any:
    """Requests that closed because the mentor who was asked did not answer."""
    rows = MentoringRequest.objects.filter(
        cohort=cohort,
        direction=MentoringRequest.Direction.ASK,
        state=MentoringRequest.State.EXPIRED,
        closed_because="",
        closed_at__gte=now - LOOK_BACK,
    )
    asker_was_silent = Q(question__isnull=False, question__answered_at__isnull=True)
    return rows.exclude(asker_was_silent).order_by()


def _unanswered_mentees(cohort: Cohort, now: datetime) -> dict[int, int]:
    asking = MentoringRequest.objects.open().filter(cohort=cohort).values("mentee")
    rows = _silences(cohort, now).exclude(mentee__in=asking)
    return dict(rows.values_list("mentee").annotate(n=Count("pk")).filter(n__gte=SILENCES).order_by("-n", "mentee"))


def _silent_mentors(cohort: Cohort, now: datetime) -> dict[int, int]:
    rows = _silences(cohort, now).values_list("mentor").annotate(n=Count("pk")).filter(n__gte=SILENCES)
    return dict(rows.order_by("-n", "mentor"))


def _much_asked(cohort: Cohort) -> dict[int, int]:
    in_line = Q(line__state__in=(WaitingEntry.State.WAITING, WaitingEntry.State.OFFERED))
    asking = Q(requests_as_mentor__state=MentoringRequest.State.PENDING, requests_as_mentor__direction="ask")
    rows = here(cohort).filter(is_mentor=True).annotate(
        n=Count("line", filter=in_line, distinct=True) + Count("requests_as_mentor", filter=asking, distinct=True)
    )  # fmt: skip
    rows = rows.filter(n__gte=MUCH_ASKED, n__gt=F("capacity")).order_by("-n", "pk")
    return dict(rows.values_list("pk", "n"))


def _long_waits(cohort: Cohort, now: datetime) -> dict[int, datetime]:
    rows = WaitingEntry.objects.filter(mentee__cohort=cohort, state=WaitingEntry.State.WAITING)
    first = rows.order_by().values_list("mentee").annotate(since=Min("joined_at"))
    return dict(first.filter(since__lte=now - LONG_WAIT).order_by("since", "mentee"))
