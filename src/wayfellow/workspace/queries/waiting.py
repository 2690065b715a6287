"""Requests that wait: who, since when, whose turn, and what happens by itself. Never what they say."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from statistics import median
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from wayfellow.programmes.models import Cohort
from wayfellow.relationships.models import MentoringRequest
from wayfellow.relationships.queries import pending_requests
from wayfellow.web.templatetags.wayfellow import on_day
from wayfellow.workspace.queries.cohort import FEWEST, named, without_heavy

LAST_ANSWERS = 200
TURNS = ("mentor", "mentee")


@dataclass(frozen=True)
class Waiting:
    """An open request as a manager sees it."""

    request: MentoringRequest
    now: datetime

    @property
    def who(self) -> str:
        """Liora asks Benedikt."""
        mentee, mentor = self.request.mentee.member.full_name, self.request.mentor.member.full_name
        words = _("%(mentor)s offers to %(mentee)s") if self.request.is_offer else _("%(mentee)s asks %(mentor)s")
        return words % {"mentee": mentee, "mentor": mentor}

    @property
    def turn(self) -> str:
        """Benedikt, away."""
        awaited = self.request.awaited
        name = {"name": awaited.member.short_name}
        return _("%(name)s, away") % name if awaited.is_away(self.now.date()) else awaited.member.short_name

    @property
    def next(self) -> str:
        """What happens by itself, and when: a reminder, or the end."""
        number, at = self._next_reminder
        if at is not None:
            day = {"day": on_day(max(at, self.now))}
            return _("Second reminder %(day)s") % day if number == 2 else _("Reminder %(day)s") % day
        assert self.request.expires_at is not None  # noqa: S101 (a pending request has one: see its constraint)
        day = {"day": on_day(max(self.request.expires_at, self.now))}
        if self.request.is_offer:
            return _("Closes %(day)s") % day
        return _("Closes %(day)s; others are suggested") % day

    @property
    def _next_reminder(self) -> tuple[int, datetime | None]:
        request, programme = self.request, self.request.cohort.programme
        first = timedelta(days=programme.first_reminder_days)
        question = getattr(request, "question", None)
        if question is not None and request.awaiting == request.sender_party:
            return 1, None if question.reminded else question.asked_at + first
        assert request.expires_at is not None  # noqa: S101 (a pending request has one: see its constraint)
        began = request.expires_at - timedelta(days=programme.request_expiry_days)
        due = [began + first, began + timedelta(days=programme.second_reminder_days)]
        sent = request.reminders_sent
        return (sent + 1, due[sent]) if sent < len(due) else (0, None)


def waiting_requests(cohort: Cohort, *, search: str = "", turn: str = "") -> Any:
    """Open requests, the longest wait first, narrowed by name and by whose turn it is."""
    people = ("mentee__member__organisation", "mentor__member__organisation")
    rows = pending_requests(cohort).select_related(*people, "cohort__programme", "question")
    rows = rows.defer("why_you", "ask", "answer_words", "goal_title", "question__text", "question__answer")
    rows = rows.defer(*without_heavy(*people))
    if turn in TURNS:
        rows = rows.filter(awaiting=turn)
    return named(rows, search, "mentee__member__full_name", "mentor__member__full_name").order_by(
        "awaiting_since", "pk"
    )


def usual_answer(cohort: Cohort) -> str:
    """Half are answered within 2 days; or that there are too few to say."""
    rows = MentoringRequest.objects.filter(cohort=cohort, sent_at__isnull=False, answered_at__isnull=False)
    times = list(rows.order_by("-answered_at").values_list("sent_at", "answered_at")[:LAST_ANSWERS])
    if len(times) < FEWEST:
        return _("too few answers yet to say how long one takes")
    middle = median((answered - sent).total_seconds() / 86400 for sent, answered in times)
    days = max(1, -int(-middle // 1))
    return ngettext("half are answered within %(n)d day", "half are answered within %(n)d days", days) % {"n": days}
