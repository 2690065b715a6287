"""What a member takes away from programmes, and what is erased when they are forgotten."""

from typing import Any

from wayfellow.people.models import Member
from wayfellow.programmes.models import Enrolment, Programme


def export_enrolments(member: Member) -> list[dict[str, Any]]:
    """Where one takes part, with one's limits."""
    rows = Enrolment.objects.filter(member=member).select_related("cohort__programme").order_by("pk")
    return [
        {
            "programme": row.cohort.programme.name,
            "cohort": row.cohort.name,
            "mentor": row.is_mentor,
            "mentee": row.is_mentee,
            "capacity": row.capacity,
            "places_taken": row.places_taken,
            "away_until": row.away_until,
            "asks_of_mentee": row.asks_of_mentee,
            "preferred_channel": row.preferred_channel,
            "allows_offers": row.allows_offers,
        }
        for row in rows
    ]


def erase_enrolments(member: Member) -> None:
    """What they wrote about how they mentor. That somebody took part stays, for the counts."""
    Enrolment.objects.filter(member=member).update(
        asks_of_mentee="", preferred_channel="", away_until=None, allows_offers=False, takes_requests=False
    )


def export_managed(member: Member) -> list[dict[str, Any]]:
    """The programmes one runs."""
    return [{"programme": programme.name} for programme in member.programmes_managed.order_by("pk")]


def erase_managed(member: Member) -> None:
    """They run nothing any more."""
    for programme in Programme.objects.filter(managers=member):
        programme.managers.remove(member)
