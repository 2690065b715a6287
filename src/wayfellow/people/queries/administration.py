"""The list of people that administrators see."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from django.db.models import Count, DateTimeField, Exists, OuterRef, Q, QuerySet, Subquery

from wayfellow.people.models import Invitation, JoinRequest, Member
from wayfellow.people.queries.exports import MEMBER_COLUMNS, member_cells

TABS = {
    "everyone": ~Q(state=Member.State.LEFT),
    "invited": Q(state=Member.State.INVITED),
    "guests": Q(is_guest=True) & ~Q(state=Member.State.LEFT),
    "left": Q(state=Member.State.LEFT, forgotten_at=None),
}
ROLES = ("mentor", "mentee", "none", "administrator", "safeguarding")
EXPORTED = [*MEMBER_COLUMNS, "state", "guest", "joined_on", "last_here"]


def people(
    actor: Member, *, tab: str = "everyone", search: str = "", department: str = "", role: str = "", state: str = ""
) -> QuerySet[Member]:
    """The people an administrator sees, by name, narrowed."""
    rows = Member.objects.visible_to(actor).filter(TABS.get(tab, TABS["everyone"]))
    for word in search.replace("\0", "").split()[:8]:
        rows = rows.filter(Q(full_name__icontains=word) | Q(email__icontains=word))
    if department:
        rows = rows.filter(department=department)
    if role in ROLES:
        rows = rows.filter(_has_role(role))
    if state in Member.State.values:
        rows = rows.filter(state=state)
    return rows.order_by("full_name", "pk")


def _has_role(role: str) -> Q | Exists:
    """Asked of each member alone: who takes part twice is listed once, without comparing all that is listed."""
    if role == "administrator":
        return Q(is_administrator=True)
    if role == "safeguarding":
        return Q(is_safeguarding_lead=True)
    enrolments = Member._meta.get_field("enrolments").related_model.objects.filter(member=OuterRef("pk"))
    if role == "none":
        return ~Exists(enrolments)
    return Exists(enrolments.filter(is_mentor=True) if role == "mentor" else enrolments.filter(is_mentee=True))


def with_facts(rows: QuerySet[Member]) -> QuerySet[Member]:
    """What the list shows beside a name: enrolments, and when they were invited."""
    latest = Invitation.objects.filter(member=OuterRef("pk"), state=Invitation.State.OPEN).order_by("-pk")
    invited_at: Any = Subquery(latest.values("created_at")[:1], output_field=DateTimeField())
    expires_at: Any = Subquery(latest.values("expires_at")[:1], output_field=DateTimeField())
    return rows.annotate(invited_at=invited_at, invitation_expires_at=expires_at).prefetch_related("enrolments")


def counts(actor: Member) -> dict[str, int]:
    """How many people each tab has, in two queries."""
    found = dict.fromkeys((*TABS, "members"), 0)
    # Counted by what an index holds in order; the tabs are sums of it.
    grouped = (
        Member.objects.visible_to(actor)
        .order_by()
        .values_list("state", "is_guest")
        .annotate(n=Count("pk"), forgotten=Count("forgotten_at"))
    )
    for state, is_guest, n, forgotten in grouped:
        is_here = state != Member.State.LEFT
        found["everyone"] += n if is_here else 0
        found["invited"] += n if state == Member.State.INVITED else 0
        found["guests"] += n if is_guest and is_here else 0
        found["left"] += 0 if is_here else n - forgotten
        found["members"] += n if state == Member.State.ACTIVE else 0
    found["waiting"] = waiting(actor).count()
    return found


def departments(actor: Member) -> list[str]:
    """The departments there are."""
    rows = Member.objects.visible_to(actor).exclude(department="").exclude(state=Member.State.LEFT)
    return list(rows.order_by("department").values_list("department", flat=True).distinct())


def waiting(actor: Member) -> QuerySet[JoinRequest]:
    """Who asks to join, the longest wait first."""
    return JoinRequest.objects.visible_to(actor).filter(state=JoinRequest.State.WAITING).order_by("created_at", "pk")


def is_alone(member: Member) -> bool:
    """Whether nobody but this member is in the organisation, not even invited."""
    return not Member.objects.visible_to(member).exclude(pk=member.pk).exists()


def invitation_history(actor: Member, member: Member) -> QuerySet[Invitation]:
    """The invitations of a member, newest first."""
    rows = Invitation.objects.visible_to(actor).filter(member=member)
    return rows.select_related("invited_by").order_by("-pk")


def export_rows(rows: QuerySet[Member]) -> Iterator[list[Any]]:
    """The rows of the exported table; telephone numbers stay here."""
    for member in rows.select_related("manager").iterator(chunk_size=500):
        yield [
            *member_cells(member),
            str(member.get_state_display()),
            "yes" if member.is_guest else "",
            _day(member.joined_at),
            member.last_seen_on,
        ]


def _day(moment: datetime | None) -> Any:
    return moment.date() if moment else None
