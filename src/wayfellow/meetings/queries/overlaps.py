"""What else somebody has at a time: their other meetings here, and what their own calendar says."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q

from wayfellow.meetings.models import Attendance, BusyTime, Meeting
from wayfellow.meetings.slots import Stretch
from wayfellow.people.models import Member


@dataclass(frozen=True)
class Overlap:
    """Something of one person's that lies at the same time. Never what it is: only when."""

    member: Member
    starts_at: datetime
    ends_at: datetime
    is_meeting: bool


def overlaps_of(people: Iterable[Member], times: Iterable[Stretch], *, beside: Iterable[Meeting] = ()) -> list[Overlap]:
    """Meetings and busy times of these people that touch one of these times. Two queries.

    Args:
        beside: meetings that are about to be at this time, and so are no obstacle.
    """
    members = {person.pk: person for person in people}
    within = Q()
    for begins, ends in times:
        within |= Q(starts_at__lt=ends, ends_at__gt=begins)
    if not members or not within:
        return []
    found: list[Overlap] = []
    meetings = Meeting.objects.filter(within, state=Meeting.State.SCHEDULED).exclude(pk__in=[one.pk for one in beside])
    rows = Attendance.objects.filter(member__in=members, meeting__in=meetings).exclude(answer=Attendance.Answer.NO)
    for row in rows.select_related("meeting").order_by("meeting__starts_at", "pk"):
        found.append(Overlap(members[row.member_id], row.meeting.starts_at, row.meeting.ends_at, True))
    for busy in BusyTime.objects.filter(within, member__in=members).order_by("starts_at", "pk"):
        found.append(Overlap(members[busy.member_id], busy.starts_at, busy.ends_at, False))
    return found


def busy_between(
    people: Iterable[Member], since: datetime, until: datetime, *, beside: Meeting | None = None
) -> dict[int, list[Stretch]]:
    """When each of these people has something else, by member. Two queries."""
    taken: dict[int, list[Stretch]] = {}
    for one in overlaps_of(people, [(since, until)], beside=[beside] if beside is not None else []):
        taken.setdefault(one.member.pk, []).append((one.starts_at, one.ends_at))
    return taken
