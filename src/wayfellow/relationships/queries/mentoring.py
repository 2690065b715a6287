"""The lists of one's mentoring: together, asked of me, asked by me, in line, answered, ended."""

from collections.abc import Callable
from typing import Any

from django.db.models import Count, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from wayfellow.people.models import Member
from wayfellow.relationships.models import MentoringRequest, Participant, Relationship, WaitingEntry
from wayfellow.relationships.policy.pairs import OPEN

State, Direction = MentoringRequest.State, MentoringRequest.Direction
TABS: dict[str, Any] = {
    "together": _("Together"),
    "to-me": _("Asked of you"),
    "from-me": _("Asked by you"),
    "waiting": _("In line"),
    "answered": _("Answered"),
    "ended": _("Ended"),
}


def sent_by(member: Member) -> Q:
    """Requests and offers this member wrote."""
    return Q(mentee__member=member, direction=Direction.ASK) | Q(mentor__member=member, direction=Direction.OFFER)


def got_by(member: Member) -> Q:
    """Requests and offers this member answers."""
    return Q(mentor__member=member, direction=Direction.ASK) | Q(mentee__member=member, direction=Direction.OFFER)


def rows_of(tab: str, member: Member, *, search: str = "") -> QuerySet[Any]:
    """The rows of a tab, with the people in them; only those with this name in it."""
    rows = _ROWS[tab](member)
    if not search:
        return rows
    if tab in ("together", "ended"):
        others = Participant.objects.filter(enrolment__member__full_name__icontains=search)
        return rows.filter(pk__in=others.exclude(enrolment__member=member).values("relationship"))
    mentor = Q(mentor__member__full_name__icontains=search) & ~Q(mentor__member=member)
    mentee = Q(mentee__member__full_name__icontains=search) & ~Q(mentee__member=member)
    return rows.filter(mentor | mentee)


def counts(member: Member) -> dict[str, int]:
    """How many rows each tab has. Three queries."""
    pending = Q(state=State.PENDING)
    requests = (
        MentoringRequest.objects.visible_to(member)
        .order_by()
        .aggregate(
            to_me=Count("pk", filter=got_by(member) & pending),
            from_me=Count("pk", filter=sent_by(member) & Q(state__in=(State.PENDING, State.DRAFT))),
            answered=Count("pk", filter=~Q(state__in=(State.PENDING, State.DRAFT))),
        )
    )
    together = Q(relationship__state__in=OPEN, left_at__isnull=True)
    relationships = Participant.objects.filter(enrolment__member=member).aggregate(
        together=Count("pk", filter=together), ended=Count("pk", filter=~together)
    )
    return {
        "together": relationships["together"],
        "to-me": requests["to_me"],
        "from-me": requests["from_me"],
        "waiting": _waiting(member).order_by().count(),
        "answered": requests["answered"],
        "ended": relationships["ended"],
    }


def _requests(member: Member) -> QuerySet[MentoringRequest]:
    rows = MentoringRequest.objects.visible_to(member)
    return rows.select_related("mentee__member__organisation", "mentor__member__organisation")


def _relationships(member: Member) -> QuerySet[Relationship]:
    rows = Relationship.objects.visible_to(member).select_related("request")
    return rows.prefetch_related("participants__enrolment__member__organisation")


def _waiting(member: Member) -> QuerySet[WaitingEntry]:
    rows = WaitingEntry.objects.visible_to(member).in_line()
    return rows.select_related("mentor__member__organisation", "mentee__member", "mentor__cohort")


def _under_way(member: Member) -> Q:
    """Relationships under way or paused that this member has not left."""
    mine = Participant.objects.present().filter(enrolment__member=member)
    return Q(state__in=OPEN, pk__in=mine.values("relationship"))


_ROWS: dict[str, Callable[[Member], QuerySet[Any]]] = {
    "together": lambda member: _relationships(member).filter(_under_way(member)).order_by("-opened_at"),
    "to-me": lambda member: _requests(member).filter(got_by(member), state=State.PENDING).order_by("expires_at"),
    "from-me": lambda member: (
        _requests(member).filter(sent_by(member), state__in=(State.PENDING, State.DRAFT)).order_by("-sent_at", "-pk")
    ),
    "waiting": _waiting,
    "answered": lambda member: (
        _requests(member).exclude(state__in=(State.PENDING, State.DRAFT)).order_by("-closed_at", "-pk")
    ),
    "ended": lambda member: _relationships(member).exclude(_under_way(member)).order_by("-ended_at", "-pk"),
}


def awaiting_me(member: Member) -> QuerySet[MentoringRequest]:
    """Open requests in which it is this member's turn, the most urgent first."""
    mine = Q(awaiting="mentor", mentor__member=member) | Q(awaiting="mentee", mentee__member=member)
    return _requests(member).filter(mine, state=State.PENDING).order_by("expires_at")
