"""The free hours that two people share, for the page on which one of them decides."""

from dataclasses import dataclass
from datetime import datetime

from django.utils.text import capfirst
from django.utils.translation import gettext as _

from wayfellow.core import week
from wayfellow.people import availability
from wayfellow.people.models import Member, Profile

SHOWN = 3


@dataclass(frozen=True)
class SharedHours:
    """How much time two people share in a week, and when, in the reader's own time."""

    amount: str
    when: str


def shared_hours(reader: Member, other: Member, *, now: datetime) -> SharedHours | None:
    """The free hours of both; None while one of them has not said when they are free. One query.

    The longest stretches are named, at most three of them.
    """
    slots = {
        profile.member_id: week.slots_of(profile.availability, zone, now) for profile, zone in _profiles(reader, other)
    }
    if not (slots.get(reader.pk) and slots.get(other.pk)):
        return None
    shared = slots[reader.pk] & slots[other.pk]
    if not shared:
        return SharedHours(_("None"), _("by the hours you both gave"))
    longest = week.spans(shared, week.offset_of(reader.zone, now))[:SHOWN]
    times: dict[str, list[int]] = {}
    for span in sorted(longest, key=lambda span: (span.weekday, span.start)):
        times.setdefault(span.from_to, []).append(span.weekday)
    when = availability.listed([f"{availability.weekdays(days)}, {hours}" for hours, days in times.items()])
    return SharedHours(
        capfirst(_("%(hours)s a week") % {"hours": availability.count_of_hours(week.hours(shared))}),
        _("%(when)s your time") % {"when": when},
    )


def _profiles(*people: Member) -> list[tuple[Profile, str]]:
    zones = {person.pk: person.zone for person in people}
    rows = Profile.objects.filter(member__in=zones).only("member", "availability")
    return [(profile, zones[profile.member_id]) for profile in rows]
