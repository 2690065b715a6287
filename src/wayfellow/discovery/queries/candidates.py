"""Some mentors a member may find, with what is read live, scored for a goal. No query per mentor."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from django.db.models import Case, Count, F, IntegerField, Q, QuerySet, Value, When

from wayfellow.core import week
from wayfellow.discovery.models import MentorMark
from wayfellow.discovery.queries.reader import Reader
from wayfellow.discovery.scoring import Fit, Offer, fit
from wayfellow.people.models import Member
from wayfellow.programmes.models import Cohort, Enrolment
from wayfellow.relationships.models import MentoringRequest, Participant, WaitingEntry
from wayfellow.relationships.policy.pairs import OPEN
from wayfellow.safety.models import Block
from wayfellow.search.queries import Hit

MENTOR = "mentor"
BUSY_DAYS = timedelta(days=30)


@dataclass(frozen=True)
class Limits:
    """A mentor's limits as they are this moment."""

    member_id: int
    capacity: int
    free: int
    held_for_me: bool
    takes_requests: bool
    away_until: date | None
    may_wait: bool
    queue_is_full: bool
    requests_this_month: int

    @property
    def state(self) -> str:
        """free, held, busy, waitlist, full, away or closed."""
        if not self.takes_requests:
            return "closed"
        if self.away_until:
            return "away"
        if self.held_for_me:
            return "held"
        if self.free <= 0:
            return "waitlist" if self.may_wait else "full"
        return "busy" if self.queue_is_full else "free"


@dataclass(frozen=True)
class Candidate:
    """A mentor as one member sees them."""

    hit: Hit
    limits: Limits
    fit: Fit
    shared: int
    mark: str = ""
    tells_when_back: bool = False
    request_id: int | None = None
    request_is_offer: bool = False
    relationship_id: int | None = None

    @property
    def pk(self) -> int:
        return self.hit.subject_id

    @property
    def is_taken_up(self) -> bool:
        """Already asked, offering, or working together."""
        return self.request_id is not None or self.relationship_id is not None


def limits_for(member: Member, *, now: datetime, among: Collection[int]) -> dict[int, Limits]:
    """The mentors among these enrolments whom this member may find, themselves included: nobody blocked."""
    pending = Q(requests_as_mentor__state=MentoringRequest.State.PENDING)
    asked = Q(requests_as_mentor__direction=MentoringRequest.Direction.ASK)
    lately = Q(requests_as_mentor__sent_at__gte=now - BUSY_DAYS)
    kept = Q(line__state="offered", line__mentee__member=member)
    rows = (
        findable(member, among)
        .annotate(
            queue=Count("requests_as_mentor", filter=pending & asked, distinct=True),
            lately=Count("requests_as_mentor", filter=lately & asked, distinct=True),
            kept=Count("line", filter=kept, distinct=True),
        )
        .values_list(
            "pk", "member_id", "capacity", "places_taken", "places_held", "takes_requests", "away_until",
            "waiting_list_open", "cohort__programme__mentor_queue_factor", "queue", "lately", "kept",
        )
    )  # fmt: skip
    found = {}
    for pk, member_id, capacity, taken, held, takes, away, waits, factor, queue, month, kept_for in rows:
        free = capacity - taken - held
        found[pk] = Limits(
            member_id=member_id,
            capacity=capacity,
            free=free,
            held_for_me=bool(kept_for),
            takes_requests=takes,
            away_until=away if away and away > now.date() else None,
            may_wait=waits,
            queue_is_full=queue >= factor * free,
            requests_this_month=month,
        )
    return found


def findable(member: Member, among: Collection[int] | None = None) -> QuerySet[Enrolment]:
    """The mentors of the open network whom this member may find: nobody blocked, and not themselves.

    Args:
        among: the only enrolments that are wanted; their own may be among them.
    """
    blocked = Block.objects.filter(blocker=member).values("blocked")
    blockers = Block.objects.filter(blocked=member).values("blocker")
    network = Cohort.objects.filter(organisation=member.organisation_id, programme__is_open_network=True)
    rows = (
        Enrolment.objects.visible_to(member)
        .mentors()
        .filter(cohort__in=network.values("pk"))
        .exclude(member__in=blocked)
        .exclude(member__in=blockers)
    )
    return rows.exclude(member=member) if among is None else rows.filter(pk__in=among or [0])


def offer_of(hit: Hit, limits: Limits) -> Offer:
    """What the score compares of a mentor."""
    seniority = [level for level in hit.facets.get("seniority", ()) if isinstance(level, int)]
    return Offer(
        levels={int(skill): level for skill, level in hit.facts.get("levels", {}).items()},
        slots=week.from_bytes(hit.slots),
        languages=frozenset(str(code) for code in hit.facets.get("language", ())),
        seniority=seniority[0] if seniority else None,
        free_places=max(limits.free, 0),
        is_away=limits.away_until is not None or not limits.takes_requests,
        may_wait=limits.may_wait,
        requests_this_month=limits.requests_this_month,
    )


@dataclass(frozen=True)
class Between:
    """What there is already between the reader and mentors, by the mentor's enrolment."""

    marks: dict[int, tuple[str, bool]] = field(default_factory=dict)
    requests: dict[int, tuple[int, str]] = field(default_factory=dict)
    together: dict[int, int] = field(default_factory=dict)
    kept: frozenset[int] = frozenset()

    @property
    def dismissed(self) -> list[int]:
        return [mentor for mentor, (kind, _tells) in self.marks.items() if kind == MentorMark.Kind.DISMISSED]


def between(member: Member) -> Between:
    """Marks, open requests, relationships and kept places of the reader, in one statement."""
    nothing, tells = Value(""), Case(When(tell_when_back=True, then=1), default=0, output_field=IntegerField())
    parts = Participant.objects.present().filter(enrolment__member=member, relationship__state__in=OPEN)
    mine = parts.order_by().values("relationship")
    offered = WaitingEntry.objects.visible_to(member).filter(state=WaitingEntry.State.OFFERED)
    rows = (
        MentorMark.objects.visible_to(member)
        .values_list(Value("mark"), "mentor", tells, "kind")
        .union(
            MentoringRequest.objects.open()
            .filter(mentee__member=member)
            .values_list(Value("request"), "mentor", "pk", "direction"),
            Participant.objects.present()
            .filter(relationship__in=mine)
            .order_by()
            .values_list(Value("together"), "enrolment", "relationship", nothing),
            offered.order_by().values_list(Value("kept"), "mentor", F("pk"), nothing),
            all=True,
        )
    )
    sorted_out: dict[str, list[tuple[int, int, str]]] = {"mark": [], "request": [], "together": [], "kept": []}
    for what, *row in rows:
        sorted_out[what].append(tuple(row))
    return Between(
        marks={mentor: (kind, bool(tells)) for mentor, tells, kind in sorted_out["mark"]},
        requests={mentor: (pk, way) for mentor, pk, way in sorted_out["request"]},
        together={mentor: relationship for mentor, relationship, _none in sorted_out["together"]},
        kept=frozenset(mentor for mentor, _pk, _none in sorted_out["kept"]),
    )


def candidates(
    reader: Reader, hits: Sequence[Hit], limits: dict[int, Limits], known: Between | None = None
) -> list[Candidate]:
    """Hits with score, mark, and what there is between the two already; in the order of the hits."""
    known = between(reader.member) if known is None else known
    found = []
    for hit in hits:
        live = limits[hit.subject_id]
        mark, tells = known.marks.get(hit.subject_id, ("", False))
        request_id, way = known.requests.get(hit.subject_id, (None, ""))
        offer = offer_of(hit, live)
        found.append(
            Candidate(
                hit=hit,
                limits=live,
                fit=fit(reader.seeker, offer),
                shared=offer.slots & reader.slots,
                mark=mark,
                tells_when_back=tells,
                request_id=request_id,
                request_is_offer=way == MentoringRequest.Direction.OFFER,
                relationship_id=known.together.get(hit.subject_id),
            )
        )
    return found
