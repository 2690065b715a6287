"""What past requests and relationships say of mentors: each a single statement for all of a page."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta
from math import ceil
from statistics import median, quantiles
from typing import Any

from django.db.models import Count

from wayfellow.relationships.models import MentoringRequest, Participant, Relationship, WaitingEntry

ENOUGH = 5
LAST = 12


@dataclass(frozen=True)
class Replies:
    """How long a mentor usually takes: the middle of the last answers."""

    usual: timedelta
    basis: int


def usual_replies(mentors: Iterable[int]) -> dict[int, Replies]:
    """For mentors with at least five answered requests: the middle of the last twelve."""
    answered = MentoringRequest.objects.filter(
        mentor__in=list(mentors),
        direction=MentoringRequest.Direction.ASK,
        state__in=(MentoringRequest.State.ACCEPTED, MentoringRequest.State.DECLINED),
        sent_at__isnull=False,
        answered_at__isnull=False,
    )
    times: dict[int, list[timedelta]] = defaultdict(list)
    for mentor, sent, replied in answered.order_by("-answered_at", "pk").values_list(
        "mentor", "sent_at", "answered_at"
    ):
        if len(times[mentor]) < LAST:
            times[mentor].append(replied - sent)
    return {mentor: Replies(median(waits), len(waits)) for mentor, waits in times.items() if len(waits) >= ENOUGH}


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


def past_durations(organisation_id: int) -> list[timedelta]:
    """How long the last relationships of the open network lasted that have ended."""
    ended = Relationship.objects.filter(
        organisation=organisation_id, cohort__programme__is_open_network=True, ended_at__isnull=False
    ).order_by("-ended_at", "pk")
    return [end - start for start, end in ended.values_list("opened_at", "ended_at")[:200]]


def wait_in_weeks(durations: list[timedelta], *, place: int, places: int) -> dict[str, int] | None:
    """The middle half of what a place in line may take, were places freed as they were in the past.

    A mentor with `places` places frees one each (duration / places). None when fewer than five have ended.
    """
    if len(durations) < ENOUGH or places < 1:
        return None
    weeks = [duration / timedelta(weeks=1) * place / places for duration in durations]
    low, _, high = quantiles(weeks, n=4, method="inclusive")
    least = max(ceil(low), 1)
    return {"low": least, "high": max(ceil(high), least + 1)}
