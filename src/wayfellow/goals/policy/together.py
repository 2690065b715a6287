"""Who may write where people work together: agendas, notes and commitments ask this one question first."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from wayfellow.core.errors import Refusal
from wayfellow.people.models import Member


def why_not_write_together(actor: Member, relationship: Any) -> Refusal | None:
    """Those in it, while it is open, and while nobody in it has blocked another of them.

    A block reads as any other reason for which nothing can be written: it is not told.
    """
    here = relationship.participants.filter(left_at__isnull=True)
    members = list(here.values_list("enrolment__member", flat=True))
    if actor.pk not in members:
        return Refusal("not_in_it", _("Only the people who work together here can write."))
    if not relationship.is_open:
        return Refusal("relationship_over", _("This has ended. You can read it; nothing can be added."))
    blocked = actor.blocks.filter(blocked__in=members).exists() or actor.blocked_by.filter(blocker__in=members).exists()
    if blocked or len(members) < 2:
        return Refusal("cannot_write_now", _("Nothing can be written here now. What is here stays."))
    return None
