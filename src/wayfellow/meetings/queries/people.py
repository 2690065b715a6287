"""The people of a relationship, as meetings need them."""

from dataclasses import dataclass
from datetime import datetime

from wayfellow.core.week import zone_of
from wayfellow.meetings.local_time import city_of
from wayfellow.people.availability import listed
from wayfellow.people.models import Member
from wayfellow.relationships.models import Participant, Relationship


def people_of(relationship: Relationship) -> list[Member]:
    """Who takes part now, mentors first. One query."""
    rows = Participant.objects.filter(
        relationship=relationship, left_at__isnull=True, enrolment__member__state="active"
    )
    rows = rows.select_related("enrolment__member__organisation", "enrolment__member__account")
    return [row.enrolment.member for row in rows.order_by("-role", "pk")]


def others_of(relationship: Relationship, member: Member) -> list[Member]:
    """Everybody in it but this one."""
    return [person for person in people_of(relationship) if person.pk != member.pk]


def names_of(people: list[Member]) -> str:
    """Inês and Leif."""
    return listed([person.short_name for person in people])


@dataclass(frozen=True)
class LocalTime:
    """When something is for some people of one zone: from and to as their clocks show it, and where that is."""

    names: str
    city: str
    zone: str
    starts: datetime
    ends: datetime
    other_day: bool


def local_times(reader: Member, others: list[Member], starts_at: datetime, ends_at: datetime) -> list[LocalTime]:
    """The time for the others, by zone; nobody who has the reader's own. Asks nothing of the database."""
    mine = starts_at.astimezone(zone_of(reader.zone))
    by_zone: dict[str, list[Member]] = {}
    for person in others:
        by_zone.setdefault(person.zone, []).append(person)
    found = []
    for zone, people in by_zone.items():
        there = starts_at.astimezone(zone_of(zone))
        if zone != reader.zone:
            ends = ends_at.astimezone(zone_of(zone))
            found.append(
                LocalTime(
                    names=names_of(people),
                    city=city_of(zone),
                    zone=zone,
                    starts=there.replace(tzinfo=None),  # so that a template shows it as it is
                    ends=ends.replace(tzinfo=None),
                    other_day=there.date() != mine.date(),
                )
            )
    return found
