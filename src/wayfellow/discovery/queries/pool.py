"""All mentors a member may find, side by side as arrays: what facets, states and orders are made of.

One statement reads them, whatever their number; nothing is made for each of them but a row of numbers.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, partial
from typing import Any

import numpy as np
from django.db.models import Case, Count, F, IntegerField, Q, QuerySet, Subquery, When
from numpy.typing import NDArray

from wayfellow.core import week
from wayfellow.discovery.queries.candidates import BUSY_DAYS, MENTOR, Between, Limits, between, findable
from wayfellow.discovery.queries.reader import Reader
from wayfellow.discovery.scoring_many import Offers, skill_fits, totals
from wayfellow.programmes.models import Enrolment, Programme
from wayfellow.relationships.models import MentoringRequest
from wayfellow.search.queries import Columns, Found, Live, search

RETIRED_SKILL = "retired_skill"
CLOSED, AWAY, WAITS, NO_LIST = range(4)

Bits = NDArray[np.bool_]
Ints = NDArray[np.int64]


@dataclass(frozen=True, eq=False)
class Situation:
    """What is read live of mentors, in the order of the columns.

    Attributes:
        free: places nobody has and nobody is kept for.
        kind: CLOSED, AWAY, WAITS (one can wait for a place) or NO_LIST.
        shared: half-hours of the week that are free for the reader too.
        queue_is_full: as many open requests as can be answered well.
        lately: requests of the last month.
        kept: whether a place is kept for the reader.
    """

    free: Ints
    kind: Ints
    shared: Ints
    queue_is_full: Bits
    lately: Ints
    kept: Bits

    @cached_property
    def states(self) -> dict[str, Bits]:
        """Who is in which state, as `Limits.state` names it; a kept place counts as free."""
        here, room = self.kind > AWAY, self.free > 0
        return {
            "free": here & (self.kept | (room & ~self.queue_is_full)),
            "waitlist": (self.kind == WAITS) & ~room & ~self.kept,
            "away": self.kind == AWAY,
        }


@dataclass(frozen=True, eq=False)
class Pool:
    """Mentors that hold the words, by name, as one member finds them."""

    reader: Reader
    found: Found
    between: Between
    situation: Situation

    @property
    def columns(self) -> Columns:
        return self.found.columns

    @cached_property
    def offers(self) -> Offers:
        """What their scores are made of."""
        columns, seeker, live = self.columns, self.reader.seeker, self.situation
        return Offers(
            levels={
                skill: columns.degrees("skill", str(skill)) + columns.degrees(RETIRED_SKILL, str(skill))
                for skill in seeker.skills
            },
            shared=live.shared,
            names_language=columns.holds("language"),
            shares_language=columns.holds("language", seeker.languages),
            seniority=columns.numbers("seniority"),
            free_places=np.maximum(live.free, 0),
            is_away=live.kind <= AWAY,
            may_wait=live.kind == WAITS,
            requests_this_month=live.lately,
        )

    @cached_property
    def totals(self) -> NDArray[np.float64]:
        """Their scores."""
        return totals(self.reader.seeker, self.offers)

    @cached_property
    def skill_fits(self) -> NDArray[np.float64]:
        """The part of their scores that comes from skills."""
        return skill_fits(self.reader.seeker, self.offers)

    def among(self, enrolments: Iterable[int]) -> Bits:
        """Which of them are these."""
        return self.columns.among(enrolments)

    def limits(self, subjects: Sequence[int]) -> dict[int, Limits]:
        """The limits of some of them, in one small statement: the rest is known."""
        live = self.situation
        rows = Enrolment.objects.filter(pk__in=subjects).values_list("pk", "member_id", "capacity", "away_until")
        found = {}
        for pk, member_id, capacity, away in rows:
            at = self.columns.place_of(pk)
            if at is not None:
                found[pk] = Limits(
                    member_id=member_id,
                    capacity=capacity,
                    free=int(live.free[at]),
                    held_for_me=bool(live.kept[at]),
                    takes_requests=bool(live.kind[at] != CLOSED),
                    away_until=away if live.kind[at] == AWAY else None,
                    may_wait=bool(live.kind[at] == WAITS),
                    queue_is_full=bool(live.queue_is_full[at]),
                    requests_this_month=int(live.lately[at]),
                )
        return found

    def ahead(self) -> Ints:
        """Half-hours to wait for the first that both have free, from the first that can be; a whole week for none."""
        bits = np.unpackbits(_common(self.columns, self.reader.slots), axis=1, bitorder="little")
        turned = np.roll(bits, -week.first_slot(self.reader.now), axis=1)
        return np.where(turned.any(axis=1), turned.argmax(axis=1), week.SLOTS)


def read_pool(reader: Reader, *, text: str = "", chosen: Mapping[str, Collection[str]] | None = None) -> Pool:
    """Everybody the reader may find who holds the words, and which of them fit the facets."""
    known = between(reader.member)
    read: list[Situation] = []
    found = search(
        reader.member.organisation_id,
        MENTOR,
        text=text,
        chosen=chosen,
        live=partial(_live, reader, known, read),
        beside=_beside(reader),
        also=("free", "kind", "most_asks"),
        slots=week.BYTES if reader.slots else 0,
    )
    return Pool(reader, found, known, read[0])


def _beside(reader: Reader) -> QuerySet[Any]:
    away = Q(away_until__gt=reader.now.date())
    kind = Case(
        When(takes_requests=False, then=CLOSED),
        When(away, then=AWAY),
        When(waiting_list_open=True, then=WAITS),
        default=NO_LIST,
        output_field=IntegerField(),
    )
    free = F("capacity") - F("places_taken") - F("places_held")
    # It refers to nothing outside, so the database asks it once.
    factor = Programme.objects.filter(organisation=reader.member.organisation_id, is_open_network=True)
    most = F("free") * Subquery(factor.values("mentor_queue_factor")[:1])
    return findable(reader.member).annotate(free=free, kind=kind).annotate(most_asks=most)


def _live(reader: Reader, known: Between, read: list[Situation], columns: Columns) -> Live:
    free, kind = columns.beside["free"], columns.beside["kind"]
    open_asks, lately = _asked(reader, columns)
    situation = Situation(
        free=free,
        kind=kind,
        shared=np.bitwise_count(_common(columns, reader.slots)).sum(axis=1, dtype=np.int64),
        queue_is_full=open_asks >= columns.beside["most_asks"],
        lately=lately,
        kept=columns.among(known.kept),
    )
    read.append(situation)
    return {
        "help": situation.states,
        "time": {str(least): situation.shared >= least * 60 // week.SLOT for least in (1, 3)},
        "line": _lines(reader, columns),
    }


def _common(columns: Columns, mine: int) -> NDArray[np.uint8]:
    """The half-hours that are free for both, as bytes; none where the reader said none."""
    if not mine:
        return np.zeros((len(columns), week.BYTES), np.uint8)
    return columns.slots & np.frombuffer(week.to_bytes(mine), np.uint8)


def _lines(reader: Reader, columns: Columns) -> dict[str, Bits]:
    mine = reader.member.department
    if not mine:
        return {}
    same = columns.holds("department", [mine])
    return {"same": same, "different": columns.holds("department") & ~same}


def _asked(reader: Reader, columns: Columns) -> tuple[Ints, Ints]:
    """How many requests wait for each mentor's answer, and how many came in the last month."""
    waiting, lately = np.zeros(len(columns), np.int64), np.zeros(len(columns), np.int64)
    asks = MentoringRequest.objects.filter(
        organisation=reader.member.organisation_id, direction=MentoringRequest.Direction.ASK
    )
    pending, recent = Q(state=MentoringRequest.State.PENDING), Q(sent_at__gte=reader.now - BUSY_DAYS)
    rows = (
        asks.filter(pending | recent)
        .order_by()
        .values_list("mentor")
        .annotate(queue=Count("pk", filter=pending), lately=Count("pk", filter=recent))
    )
    for mentor, queue, month in rows:
        at = columns.place_of(mentor)
        if at is not None:
            waiting[at], lately[at] = queue, month
    return waiting, lately
