"""Quiet words as those who hear them, and whoever asked, find them."""

from datetime import timedelta

from django.db.models import Case, Q, QuerySet, Value, When

from wayfellow.people.models import Member
from wayfellow.relationships.models import QuietWord, Relationship

ANSWER_WITHIN = timedelta(days=2)
TABS = ("open", "closed")


def words_to_hear(member: Member, *, tab: str, search: str = "") -> QuerySet[QuietWord]:
    """Those sent to a member: the open ones, the longest waiting first; or the closed ones, the newest first."""
    rows = QuietWord.objects.heard_by_member(member).select_related("asked_by__organisation", "taken_up_by")
    closed = Q(state=QuietWord.State.CLOSED)
    rows = rows.filter(closed) if tab == "closed" else rows.exclude(closed)
    for word in search.replace("\0", "").split()[:8]:
        rows = rows.filter(Q(asked_by__full_name__icontains=word) | Q(text__icontains=word))
    if tab == "closed":
        return rows.order_by("-closed_at", "-pk")
    first = Case(When(state=QuietWord.State.WAITING, then=Value(0)), default=Value(1))
    return rows.order_by(first, "asked_at", "pk")


def my_words(member: Member, relationship: Relationship) -> QuerySet[QuietWord]:
    """Those a member asked for in a relationship, the newest first."""
    rows = QuietWord.objects.filter(asked_by=member, relationship=relationship).select_related("taken_up_by")
    return rows.prefetch_related("heard_by").order_by("-asked_at", "-pk")
