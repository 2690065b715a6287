"""Reads about commitments."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Case, Count, F, IntegerField, Q, QuerySet, Value, When
from django.utils.translation import gettext_lazy as _

from wayfellow.goals.models import Commitment, CommitmentStep
from wayfellow.people.models import Member

State = Commitment.State
SHOWS = {
    "open": _("Open"),
    "mine": _("Mine, open"),
    "waiting": _("Wait for a yes"),
    "overdue": _("Past their day"),
    "done": _("Done"),
    "dropped": _("Dropped"),
    "all": _("All"),
}


def _known(rows: QuerySet[Commitment]) -> QuerySet[Commitment]:
    is_open = When(state__in=Commitment.OPEN_STATES, then=Value(0))
    return rows.select_related("owner", "written_by", "relationship__organisation").annotate(
        closed=Case(is_open, default=Value(1), output_field=IntegerField())
    )


def commitments_of(
    member: Member, *, today: date, show: str = "open", search: str = "", relationship: Any = None
) -> QuerySet[Commitment]:
    """What a member may read, open ones first and by their day: over all relationships, or in one."""
    rows = _known(Commitment.objects.visible_to(member))
    if relationship is not None:
        rows = rows.filter(relationship=relationship)
    if show == "open":
        rows = rows.open()
    elif show == "mine":
        rows = rows.open().filter(owner=member)
    elif show == "waiting":
        rows = rows.open().filter(agreed_at__isnull=True)
    elif show == "overdue":
        rows = rows.overdue(today)
    elif show in (State.DONE, State.DROPPED):
        rows = rows.filter(state=show)
    for word in search.split():
        rows = rows.filter(Q(what__icontains=word) | Q(owner__full_name__icontains=word))
    return rows.order_by("closed", F("by_when").asc(nulls_last=True), "-closed_at", "pk").prefetch_related("steps__by")


def commitments_for_meeting(member: Member, meeting: Any) -> tuple[list[Commitment], list[Commitment]]:
    """What comes back at a meeting: those from it, whatever became of them; and open ones from before it."""
    rows = _known(Commitment.objects.visible_to(member)).filter(relationship=meeting.relationship_id)
    rows = rows.order_by("closed", F("by_when").asc(nulls_last=True), "pk").prefetch_related("steps__by")
    from_here = Q(about_type=Commitment.About.MEETING, about_id=meeting.pk)
    found = list(rows.filter(from_here | Q(state__in=Commitment.OPEN_STATES)))
    here = [row for row in found if row.about_type == Commitment.About.MEETING and row.about_id == meeting.pk]
    return here, [row for row in found if row not in here]


@dataclass(frozen=True)
class Counts:
    """How the commitments of one relationship stand: numbers for its health, never what they say."""

    open: int = 0
    overdue: int = 0
    waiting: int = 0
    done: int = 0
    dropped: int = 0


def commitment_counts(relationship_ids: list[int], *, today: date) -> dict[int, Counts]:
    """For each of these relationships, how its commitments stand. One query."""
    is_open = Q(state__in=Commitment.OPEN_STATES)
    agreed = Q(agreed_at__isnull=False)
    rows = (
        Commitment.objects.filter(relationship__in=relationship_ids)
        .values("relationship")
        .annotate(
            open_count=Count("pk", filter=is_open & agreed),
            overdue_count=Count("pk", filter=is_open & agreed & Q(by_when__lt=today)),
            waiting_count=Count("pk", filter=is_open & ~agreed),
            done_count=Count("pk", filter=Q(state=State.DONE)),
            dropped_count=Count("pk", filter=Q(state=State.DROPPED)),
        )
        .order_by("relationship")
    )
    found = {
        row["relationship"]: Counts(
            open=row["open_count"],
            overdue=row["overdue_count"],
            waiting=row["waiting_count"],
            done=row["done_count"],
            dropped=row["dropped_count"],
        )
        for row in rows
    }
    return {pk: found.get(pk, Counts()) for pk in relationship_ids}


def export_commitments(member: Member) -> list[dict[str, Any]]:
    """What one promised, what one wrote for others, and what became of it."""
    rows = Commitment.objects.filter(Q(owner=member) | Q(written_by=member)).select_related("owner").order_by("pk")
    return [
        {
            "relationship": row.relationship_id,
            "owner": row.owner.full_name,
            "what": row.what,
            "by_when": row.by_when,
            "if_moment": row.if_moment,
            "then_act": row.then_act,
            "state": row.state,
            "agreed_at": row.agreed_at,
            "created_at": row.created_at,
            "closed_at": row.closed_at,
        }
        for row in rows
    ]


def export_commitment_steps(member: Member) -> list[dict[str, Any]]:
    """When one ticked, moved or dropped what."""
    rows = CommitmentStep.objects.filter(by=member).select_related("commitment").order_by("pk")
    return [
        {"commitment": row.commitment.what, "verb": row.verb, "at": row.at, "from": row.from_day, "to": row.to_day}
        for row in rows
    ]
