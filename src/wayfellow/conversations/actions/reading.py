"""How far somebody has read."""

from datetime import datetime

from django.db import transaction
from django.db.models import Max

from wayfellow.conversations.models import Message, Reading
from wayfellow.core import clock
from wayfellow.notifications.models import Notice
from wayfellow.people.models import Member
from wayfellow.relationships.models import Relationship


@transaction.atomic
def read_messages(actor: Member, relationship: Relationship, *, now: datetime | None = None) -> None:
    """Note that somebody has read all there is; what told them of it is read too. Nobody else sees this."""
    now = now or clock.now()
    rows = Message.objects.visible_to(actor).filter(relationship=relationship)
    newest = rows.aggregate(newest=Max("pk"))["newest"]
    if newest is not None:
        note_read(actor, relationship, until=newest, now=now)


def note_read(actor: Member, relationship: Relationship, *, until: int, now: datetime) -> None:
    """Move somebody's mark forward, never back."""
    Reading.objects.bulk_create(
        [
            Reading(
                organisation_id=relationship.organisation_id,
                relationship=relationship,
                member=actor,
                until=until,
                at=now,
            )
        ],
        ignore_conflicts=True,
    )
    mine = Reading.objects.visible_to(actor).filter(relationship=relationship)
    mine.filter(until__lt=until).update(until=until, at=now)
    told = Notice.objects.visible_to(actor).filter(kind="message_received", about_id=str(relationship.pk))
    told.filter(read_at__isnull=True).update(read_at=now)
