"""Facts about mentors, for many at once: how fast they answer, how long a line is, how long one waits."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from statistics import median, quantiles

from django.db.models import Count, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from wayfellow.programmes.models import Cohort, Enrolment
from wayfellow.relationships.models import MentoringRequest, Relationship, WaitingEntry

FEWEST = 5
LAST_ANSWERS = 10
LOOK_BACK = timedelta(days=730)


@dataclass(frozen=True)
class ReplyTime:
    """How long somebody usually takes to answer: the median of their last answers, or None when there are too few."""

    hours: float | None
    basis: int

    @property
    def words(self) -> str:
        """Within 2 days; Too few to say."""
        if self.hours is None:
            return _("Too few to say")
        if self.hours <= 24:
            return _("Within a day")
        days = -int(-self.hours // 24)
        return ngettext("Within %(n)d day", "Within %(n)d days", days) % {"n": days}

    @property
    def basis_words(self) -> str:
        """From 8 answers."""
        return ngettext("From %(n)d answer", "From %(n)d answers", self.basis) % {"n": self.basis}


@dataclass(frozen=True)
class Wait:
    """How long somebody at a position will wait, from how long past relationships lasted; None when too few ended."""

    weeks_from: int | None
    weeks_to: int | None
    basis: int

    @property
    def words(self) -> str:
        """About 6 to 10 weeks; Too few to say."""
        if self.weeks_from is None or self.weeks_to is None:
            return _("Too few to say")
        if self.weeks_from == self.weeks_to:
            return ngettext("About %(n)d week", "About %(n)d weeks", self.weeks_to) % {"n": self.weeks_to}
        return _("About %(from)d to %(to)d weeks") % {"from": self.weeks_from, "to": self.weeks_to}


TOO_FEW_ANSWERS = ReplyTime(None, 0)
TOO_FEW_ENDINGS = Wait(None, None, 0)


def reply_times(mentors: Iterable[Enrolment], *, now: datetime) -> dict[int, ReplyTime]:
    """How fast each of these mentors usually answers. One query.

    The time in which a question waited for the asker is not counted against the mentor.
    """
    pks = [mentor.pk for mentor in mentors]
    found = dict.fromkeys(pks, TOO_FEW_ANSWERS)
    return found | _reply_times(MentoringRequest.objects.filter(mentor__in=pks), now=now)


def reply_times_of_all(organisation_id: int, *, now: datetime) -> dict[int, ReplyTime]:
    """How fast each mentor of an organisation usually answers; those without any answer are left out. One query."""
    return _reply_times(MentoringRequest.objects.filter(organisation=organisation_id), now=now)


def _reply_times(requests: QuerySet[MentoringRequest], *, now: datetime) -> dict[int, ReplyTime]:
    rows = (
        requests.filter(direction=MentoringRequest.Direction.ASK)
        .filter(answered_at__gte=now - LOOK_BACK, sent_at__isnull=False)
        .order_by("-answered_at")
        .values_list("mentor", "sent_at", "answered_at", "question__asked_at", "question__answered_at")
    )
    hours: dict[int, list[float]] = defaultdict(list)
    for mentor, sent_at, answered_at, asked_at, reply_at in rows:
        if len(hours[mentor]) < LAST_ANSWERS:
            waited = (reply_at or answered_at) - asked_at if asked_at else timedelta()
            hours[mentor].append((answered_at - sent_at - waited).total_seconds() / 3600)
    return {pk: ReplyTime(median(found) if len(found) >= FEWEST else None, len(found)) for pk, found in hours.items()}


def open_requests_to(mentors: Iterable[Enrolment]) -> dict[int, int]:
    """How many mentees wait for the answer of each of these mentors. One query."""
    pks = [mentor.pk for mentor in mentors]
    rows = MentoringRequest.objects.open().filter(mentor__in=pks, direction=MentoringRequest.Direction.ASK)
    counted = dict(rows.values_list("mentor").annotate(n=Count("pk")).order_by())
    return {pk: counted.get(pk, 0) for pk in pks}


def line_lengths(mentors: Iterable[Enrolment]) -> dict[int, int]:
    """How many wait for each of these mentors. One query."""
    pks = [mentor.pk for mentor in mentors]
    counted = dict(
        WaitingEntry.objects.in_line().filter(mentor__in=pks).values_list("mentor").annotate(n=Count("pk")).order_by()
    )
    return {pk: counted.get(pk, 0) for pk in pks}


def positions(entries: Iterable[WaitingEntry]) -> dict[int, int]:
    """The place in line of each entry that waits, 1 for the next. One query. It never moves backwards."""
    pks = [entry.pk for entry in entries]
    before = (
        WaitingEntry.objects.in_line()
        .order_by()
        .filter(mentor=OuterRef("mentor"), pk__lt=OuterRef("pk"))
        .values("mentor")
        .annotate(n=Count("pk"))
        .values("n")
    )
    rows = WaitingEntry.objects.in_line().filter(pk__in=pks).annotate(before=Coalesce(Subquery(before), 0))
    return {pk: ahead + 1 for pk, ahead in rows.values_list("pk", "before")}


def expected_waits(mentors: dict[int, int], *, cohort: Cohort) -> dict[int, Wait]:
    """How long the one at this position would wait for each mentor.

    A mentor whose n places are taken gets one free every (length / n) on average. The length is the middle half of
    those of the cohort's ended relationships: its quartiles give the two ends.

    Args:
        mentors: position in line by the id of the mentor's enrolment.
        cohort: whose past is looked at.
    """
    lengths = _lengths_in_weeks(cohort)
    if len(lengths) < FEWEST:
        return {pk: Wait(None, None, len(lengths)) for pk in mentors}
    short, _middle, long = quantiles(lengths, n=4, method="inclusive")
    taken = dict(Enrolment.objects.filter(pk__in=mentors).values_list("pk", "places_taken"))
    found = {}
    for pk, position in mentors.items():
        share = position / max(taken.get(pk, 0), 1)
        weeks_from, weeks_to = max(1, round(short * share)), max(1, round(long * share))
        found[pk] = Wait(weeks_from, weeks_to, len(lengths))
    return found


def _lengths_in_weeks(cohort: Cohort) -> list[float]:
    ended = Relationship.objects.filter(Q(cohort=cohort), ended_at__isnull=False).order_by("-ended_at")
    rows = ended.values_list("opened_at", "ended_at")[:200]
    return [(ended_at - opened_at).total_seconds() / (7 * 86400) for opened_at, ended_at in rows]
