"""What waits for a member over all their relationships, for the home page."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Q
from django.utils.translation import gettext as _

from wayfellow.meetings.models import Attendance, Meeting, Proposal
from wayfellow.meetings.queries.addresses import meetings_url, page_of
from wayfellow.meetings.queries.panel import ASKED_FOR
from wayfellow.people.availability import listed
from wayfellow.people.models import Member
from wayfellow.relationships.models import Participant, Relationship
from wayfellow.web.templatetags.wayfellow import moment

AHEAD = timedelta(days=14)
MOST = 50


@dataclass(frozen=True)
class Coming:
    """One line of the home page.

    Attributes:
        kind: `meeting`, `answer`, `outcome` or `times`.
        text: what it is, in words.
        url: where to act.
        at: when it is, or since when it waits.
        action: the word on its button.
    """

    kind: str
    text: str
    url: str
    at: datetime
    action: str


def coming_up(member: Member, *, now: datetime) -> list[Coming]:
    """Meetings of the next two weeks, answers and outcomes that wait, times that are offered. Four queries."""
    mine = Participant.objects.filter(
        enrolment__member=member, left_at__isnull=True, relationship__state=Relationship.State.ACTIVE
    )
    near = Q(ends_at__gt=now - ASKED_FOR, starts_at__lt=now + AHEAD)
    meetings = list(
        Meeting.objects.filter(near, state=Meeting.State.SCHEDULED, relationship__in=mine.values("relationship"))
        .select_related("organisation")
        .order_by("starts_at", "pk")[:MOST]
    )
    offered = list(
        Proposal.objects.open()
        .filter(relationship__in=mine.values("relationship"))
        .exclude(created_by=member)
        .select_related("created_by", "relationship__organisation")
        .order_by("created_at", "pk")[:MOST]
    )
    names = _names({one.relationship_id for one in [*meetings, *offered]}, member)
    answers = dict(Attendance.objects.filter(member=member, meeting__in=meetings).values_list("meeting", "answer"))
    found = [_of_meeting(one, names.get(one.relationship_id, ""), answers.get(one.pk, ""), now) for one in meetings]
    for proposal in offered:
        facts = {"name": proposal.created_by.short_name if proposal.created_by else names[proposal.relationship_id]}
        words = _("%(name)s offers times to meet") % facts
        url = meetings_url(proposal.relationship) + "#times"
        found.append(Coming("times", words, url, proposal.created_at, _("Choose one")))
    return found


def _of_meeting(meeting: Meeting, names: str, answer: str, now: datetime) -> Coming:
    facts = {"names": names, "when": moment(meeting.starts_at)}
    url = page_of(meeting)
    if meeting.ends_at <= now:
        return Coming("outcome", _("Did you meet %(names)s? %(when)s") % facts, url, meeting.ends_at, _("Say it"))
    if answer == Attendance.Answer.WAITING and meeting.starts_at > now:
        words = _("%(names)s and you: %(when)s. Will you be there?") % facts
        return Coming("answer", words, url, meeting.starts_at, _("Answer"))
    return Coming("meeting", _("%(names)s and you: %(when)s") % facts, url, meeting.starts_at, _("Open"))


def _names(relationships: set[int], member: Member) -> dict[int, str]:
    names: dict[int, list[str]] = {}
    rows = Participant.objects.filter(relationship__in=relationships, left_at__isnull=True)
    rows = rows.exclude(enrolment__member=member).select_related("enrolment__member").order_by("-role", "pk")
    for row in rows:
        names.setdefault(row.relationship_id, []).append(row.enrolment.member.short_name)
    return {pk: listed(found) for pk, found in names.items()}
