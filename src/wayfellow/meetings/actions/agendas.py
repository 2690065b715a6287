"""What is talked about: adding, ticking, ordering, taking off and putting back, and using a guide."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from wayfellow.audit.actions import record
from wayfellow.core import clock
from wayfellow.core.errors import InvalidInput, NotFound, enforce
from wayfellow.meetings.guides import Guide
from wayfellow.meetings.models import AgendaPoint, Meeting
from wayfellow.meetings.policy import notes as policy
from wayfellow.people.models import Member

LONGEST_MINUTES = 240


def lock_meeting_row(meeting: Meeting) -> Meeting:
    """A meeting, locked and read afresh with its relationship.

    Raises:
        NotFound: it is gone.
    """
    try:
        return Meeting.objects.select_related("relationship__organisation", "organisation").lock(meeting.pk)
    except Meeting.DoesNotExist:
        raise NotFound("meeting_gone", _("This meeting is not there any more.")) from None


@transaction.atomic
def add_agenda_point(
    actor: Member, meeting: Meeting, *, text: str, minutes: int | None = None, now: datetime | None = None
) -> AgendaPoint:
    """Put something on the agenda, at its end.

    Raises:
        InvalidInput: no words, too many, or a length that is none.
        Refused: see `why_not_add_agenda_point`.
    """
    meeting = lock_meeting_row(meeting)
    enforce(policy.why_not_add_agenda_point(actor, meeting))
    text = " ".join(text.split())
    if not text:
        raise InvalidInput("text_missing", _("Say what you would like to talk about."), field="text")
    if len(text) > 300:
        raise InvalidInput("too_long", _("One line of at most 300 characters, please."), field="text")
    if minutes is not None and not 1 <= minutes <= LONGEST_MINUTES:
        raise InvalidInput("minutes", _("Choose between 1 and 240 minutes, or leave it empty."), field="minutes")
    (point,) = _add(actor, meeting, [{"text": text, "minutes": minutes}], now=now or clock.now())
    record("agenda_point_added", actor=actor, organisation=meeting.organisation, about=meeting)
    return point


@transaction.atomic
def use_guide(
    actor: Member,
    meeting: Meeting,
    guide: Guide,
    *,
    questions: Sequence[str] | None = None,
    now: datetime | None = None,
) -> list[AgendaPoint]:
    """Put the questions of a guide on the agenda, or those that were chosen; what is on it already stays as it is.

    Raises:
        Refused: see `why_not_add_agenda_point`.
    """
    meeting = lock_meeting_row(meeting)
    there = set(meeting.agenda.on_list().filter(guide=guide.key).values_list("question", flat=True))
    wanted = [
        question
        for question in guide.questions
        if question.key not in there and (questions is None or question.key in questions)
    ]
    enforce(policy.why_not_add_agenda_point(actor, meeting, len(wanted)))
    rows = [
        {"text": str(question.ask), "minutes": question.minutes, "guide": guide.key, "question": question.key}
        for question in wanted
    ]
    points = _add(actor, meeting, rows, now=now or clock.now())
    if points:
        details = {"guide": guide.key}
        record("guide_used", actor=actor, organisation=meeting.organisation, about=meeting, details=details)
    return points


@transaction.atomic
def tick_agenda_point(actor: Member, point: AgendaPoint, *, done: bool, now: datetime | None = None) -> AgendaPoint:
    """Talked about, or not yet after all."""
    point = _locked(actor, point)
    point.done_at = (now or clock.now()) if done else None
    point.save(update_fields=["done_at"])
    return point


@transaction.atomic
def move_agenda_point(actor: Member, point: AgendaPoint, *, down: bool) -> AgendaPoint:
    """One place up or down. At the end of the list it stays where it is."""
    point = _locked(actor, point)
    rows = list(point.meeting.agenda.on_list())
    places = [row.pk for row in rows]
    if point.pk in places:
        at = places.index(point.pk)
        to = at + 1 if down else at - 1
        if 0 <= to < len(rows):
            rows[at], rows[to] = rows[to], rows[at]
            for position, row in enumerate(rows, start=1):
                row.position = position
            AgendaPoint.objects.bulk_update(rows, ["position"])
    return point


@transaction.atomic
def remove_agenda_point(actor: Member, point: AgendaPoint, *, now: datetime | None = None) -> AgendaPoint:
    """Take it off. It can be put back."""
    point = _locked(actor, point)
    point.removed_at = now or clock.now()
    point.save(update_fields=["removed_at"])
    record("agenda_point_removed", actor=actor, organisation=point.meeting.organisation, about=point.meeting)
    return point


@transaction.atomic
def restore_agenda_point(actor: Member, point: AgendaPoint) -> AgendaPoint:
    """Put it back where it was."""
    point = _locked(actor, point)
    enforce(policy.why_not_add_agenda_point(actor, point.meeting))
    point.removed_at = None
    point.save(update_fields=["removed_at"])
    record("agenda_point_restored", actor=actor, organisation=point.meeting.organisation, about=point.meeting)
    return point


def _add(actor: Member, meeting: Meeting, rows: Sequence[dict[str, Any]], *, now: datetime) -> list[AgendaPoint]:
    last = AgendaPoint.objects.filter(meeting=meeting).aggregate(last=Max("position"))["last"] or 0
    return AgendaPoint.objects.bulk_create(
        AgendaPoint(
            organisation_id=meeting.organisation_id,
            meeting=meeting,
            added_by=actor,
            position=position,
            created_at=now,
            **row,
        )
        for position, row in enumerate(rows, start=last + 1)
    )


def _locked(actor: Member, point: AgendaPoint) -> AgendaPoint:
    meeting = lock_meeting_row(point.meeting)
    enforce(policy.why_not_note(actor, meeting))
    try:
        fresh = AgendaPoint.objects.lock(point.pk)
    except AgendaPoint.DoesNotExist:
        raise NotFound("point_gone", _("This point is not there any more.")) from None
    fresh.meeting = meeting
    return fresh
