"""What the record holds of a person, to take away and to erase."""

from typing import Any

from django.db.models import Q

from wayfellow.audit.models import Event
from wayfellow.core.naming import naming


def export_events(member: Any) -> list[dict[str, Any]]:
    """What they did, and what was done about them."""
    return [
        {"at": event.at.isoformat(), "verb": event.verb, "via": event.via, "details": event.details}
        for event in _events_of(member).order_by("sequence")
    ]


def erase_events(member: Any) -> None:
    """Take the details out of their events and of those that name them. The chain of hashes stays whole."""
    _events_of(member).update(details=None, salt="")
    everything = Event.objects.filter(organisation=member.organisation_id)
    naming(everything, "details", member.full_name, member.email).update(details=None, salt="")


def _events_of(member: Any) -> Any:
    about = Q(about_type=member._meta.label, about_id=str(member.pk))
    return Event.objects.filter(Q(actor=member) | about, organisation=member.organisation_id)
