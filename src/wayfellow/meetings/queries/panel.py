"""The part of a relationship's page about meetings: what is next, what waits to be said, how to find a time."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Q

from wayfellow.meetings import policy
from wayfellow.meetings.models import Attendance, Meeting, Proposal
from wayfellow.meetings.queries.people import names_of, people_of
from wayfellow.meetings.queries.shown import Cell, ShownMeeting, hour_strip, show_meeting
from wayfellow.meetings.slots import ORDINARY, free_stretches
from wayfellow.people.models import Member, Profile
from wayfellow.relationships.models import Relationship

State = Meeting.State
ASKED_FOR = timedelta(days=30)


@dataclass(frozen=True)
class MeetingsPanel:
    """What the panel shows.

    Attributes:
        next: the meeting that is next, or goes on now.
        unsaid: the last one that is over, of which nobody said whether it took place.
        proposal: times that were offered and wait; `your_turn` when the reader is to take one.
        strip: the hours around the next meeting, by city.
        can_plan: whether a meeting may be planned now.
        refusal: why not, in words.
        last_held: when they last met.
    """

    names: str
    next: ShownMeeting | None
    unsaid: ShownMeeting | None
    proposal: Proposal | None
    your_turn: bool
    strip: list[tuple[str, list[Cell]]]
    can_plan: bool
    refusal: str
    last_held: datetime | None


def read_panel(relationship: Relationship, member: Member, *, now: datetime) -> MeetingsPanel:
    """A fixed number of queries, however long the history."""
    people = people_of(relationship)
    others = [person for person in people if person.pk != member.pk]
    refusal = policy.why_not_meet(member, relationship, now)
    visible = Meeting.objects.visible_to(member).filter(relationship=relationship)
    planned = visible.filter(state=State.SCHEDULED).select_related("series", "organisation")
    ahead = planned.filter(ends_at__gt=now).order_by("starts_at", "pk").first()
    behind = None
    if refusal is None:
        behind = planned.filter(ends_at__lte=now, ends_at__gt=now - ASKED_FOR).order_by("-starts_at", "pk").first()
    shown = [one for one in (ahead, behind) if one is not None]
    rows = list(Attendance.objects.filter(meeting__in=shown)) if shown else []

    def show(meeting: Meeting | None) -> ShownMeeting | None:
        if meeting is None:
            return None
        theirs = [row for row in rows if row.meeting_id == meeting.pk]
        return show_meeting(meeting, member, people, theirs, may_write=refusal is None, now=now)

    proposal = None
    if refusal is None:
        open_one = Proposal.objects.visible_to(member).filter(relationship=relationship).open()
        proposal = open_one.select_related("created_by", "meeting").first()
    held = visible.filter(state=State.HELD).order_by("-starts_at").values_list("starts_at", flat=True).first()
    return MeetingsPanel(
        names=names_of(others),
        next=show(ahead),
        unsaid=show(behind),
        proposal=proposal,
        your_turn=proposal is not None and proposal.created_by_id != member.pk,
        strip=_strip(ahead, member, others) if ahead is not None else [],
        can_plan=refusal is None,
        refusal=str(refusal.message) if refusal is not None else "",
        last_held=held,
    )


def _strip(meeting: Meeting, reader: Member, others: list[Member]) -> list[tuple[str, list[Cell]]]:
    """The hours around a meeting, shaded where each said they are free."""
    other = next((one for one in others if one.zone != reader.zone), None)
    if other is None:
        return []
    hours = dict(Profile.objects.filter(Q(member=reader) | Q(member=other)).values_list("member", "availability"))
    since, until = meeting.starts_at - timedelta(hours=14), meeting.starts_at + timedelta(hours=14)
    free = {
        person.pk: free_stretches(hours.get(person.pk) or ORDINARY, person.zone, since=since, until=until)
        for person in (reader, other)
    }
    return hour_strip(reader, others, starts_at=meeting.starts_at, minutes=meeting.minutes, free=free)
