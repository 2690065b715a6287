"""What waits for a member in all of their relationships, from every subject, in one list that ends."""

from dataclasses import dataclass
from datetime import datetime, time
from typing import Any
from zoneinfo import ZoneInfo

from django.urls import reverse
from django.utils.translation import gettext as _

from wayfellow.conversations.queries.home import coming_up as letters
from wayfellow.goals.queries.home import coming_up as commitments
from wayfellow.meetings.queries.home import coming_up as meetings
from wayfellow.people.models import Member
from wayfellow.relationships.queries.home import coming_up as agreements
from wayfellow.surveys.queries.answers import open_invitations

ASKS_ME = {"answer", "outcome", "times", "commitment_waits", "sign", "review", "joining"}


@dataclass(frozen=True)
class Line:
    """One thing that waits.

    Attributes:
        kind: what it is: `meeting`, `answer`, `outcome`, `times`, `commitment_due`, `commitment_waits`, `letters`,
            `questions`, `agreement`, `sign`, `review`, `joining`, `ends`.
        words: what it is, for the reader.
        at: when it is due, or since when it waits.
        day: the day of something that has no hour.
        action: the words of its link.
        is_overdue: its day has passed.
    """

    kind: str
    words: str
    url: str
    at: datetime
    action: str
    day: Any = None
    is_overdue: bool = False

    @property
    def asks_me(self) -> bool:
        """Whether somebody waits for a word of the reader."""
        return self.kind in ASKS_ME


def coming_up(member: Member, *, now: datetime) -> list[Line]:
    """Everything that waits: what somebody asks of the reader first, then by its time. A fixed number of queries."""
    zone = ZoneInfo(member.zone)
    found = [Line(row.kind, row.text, row.url, row.at, row.action) for row in meetings(member, now=now)]
    for due in commitments(member, now=now):
        at = datetime.combine(due.day, time(23, 59), zone) if due.day else now
        action = _("Answer") if due.kind == "commitment_waits" else _("Open")
        found.append(Line(due.kind, due.words, due.url, at, action, due.day, due.is_overdue))
    found += [Line("letters", row.words, row.url, row.at, _("Read")) for row in letters(member, now=now)]
    found += [
        Line(row.kind, row.words, row.url, row.since, _("Open"), row.until) for row in agreements(member, now=now)
    ]
    for invitation in open_invitations(member, now=now):
        url = reverse("answer_survey", args=[member.organisation.slug, invitation.pk])
        words = _("Three short questions, half a minute")
        found.append(Line("questions", words, url, invitation.closes_at, _("Answer"), invitation.closes_at.date()))
    return sorted(found, key=lambda line: (not line.asks_me, line.at))
