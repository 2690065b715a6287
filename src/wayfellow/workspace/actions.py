"""What reading causes: a look by staff is written down."""

from datetime import datetime, timedelta

from django.db import transaction

from wayfellow.audit.actions import record
from wayfellow.audit.models import Event
from wayfellow.core import clock
from wayfellow.people.models import Member
from wayfellow.relationships.models import Relationship
from wayfellow.workspace.queries.readers import LOOKED, looks_at

SAME_LOOK = timedelta(minutes=15)


@transaction.atomic
def look_at_relationship(actor: Member, relationship: Relationship, *, now: datetime | None = None) -> Event | None:
    """Write down that somebody of the staff looked at how a relationship is doing; once in a quarter of an hour."""
    now = now or clock.now()
    Relationship.objects.lock(relationship.pk)
    if looks_at(relationship).filter(actor=actor, at__gt=now - SAME_LOOK).exists():
        return None
    return record(LOOKED, actor=actor, organisation=relationship.organisation, about=relationship)
