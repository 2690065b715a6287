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
def read_messages(
    actor: Member, relationship: Relationship, *, upto: int | None = None, now: datetime | None = None
) -> None:
    """Note that somebody has read all there is, or up to a letter; what told them of that is read too.

    Nobody else sees this. The mark moves forward, never back.
    """
    now = now or clock.now()
    rows = Message.objects.visible_to(actor).filter(relationship=relationship)
    if upto is not None:
        rows = rows.filter(pk__lte=upto)
    until = rows.aggregate(newest=Max("pk"))["newest"]
    if until is None:
        return
    mine = Reading(
        organisation_id=relationship.organisation_id, relationship=relationship, member=actor, until=until, at=now
    )
    Reading.objects.bulk_create([mine], ignore_conflicts=True)
    kept = Reading.objects.visible_to(actor).filter(relationship=relationship)
    kept.filter(until__lt=until).update(until=until, at=now)
    for notice in Notice.objects.visible_to(actor).filter(
        kind="message_received", about_id=str(relationship.pk), read_at__isnull=True
    ):
        if notice.facts["last"] <= until:
            Notice.objects.filter(pk=notice.pk).update(read_at=now)
