"""What of goals waits for a member, over all relationships."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext as _

from wayfellow.goals.models import Commitment
from wayfellow.people.models import Member

SOON = timedelta(days=7)
MOST = 20


@dataclass(frozen=True)
class Coming:
    """One thing that waits: what, by which day, where to go, in which relationship."""

    kind: str
    words: str
    day: date | None
    url: str
    relationship_id: int
    is_overdue: bool = False


def coming_up(member: Member, *, now: datetime) -> list[Coming]:
    """Commitments of one's own that are due within a week or past their day, and those that wait for one's yes."""
    today = member.organisation.today(now)
    rows = (
        Commitment.objects.open()
        .filter(Q(agreed_at__isnull=True) | Q(by_when__lte=today + SOON), owner=member)
        .filter(relationship__state="active")
        .filter(relationship__participants__enrolment__member=member, relationship__participants__left_at__isnull=True)
        .select_related("written_by")
        .order_by(F("by_when").asc(nulls_last=True), "pk")[:MOST]
    )
    return [_coming(row, member.organisation.slug, today) for row in rows]


def _coming(row: Commitment, slug: str, today: date) -> Coming:
    url = reverse("commitments", args=[slug, row.relationship_id]) + f"#commitment-{row.pk}"
    if not row.is_agreed:
        name = row.written_by.short_name if row.written_by else _("Somebody")
        words = _("%(name)s asks whether you will do this: %(what)s") % {"name": name, "what": row.what}
        return Coming("commitment_waits", words, row.by_when, url, row.relationship_id)
    return Coming("commitment_due", row.what, row.by_when, url, row.relationship_id, row.is_overdue(today))
