"""Answering an invitation: here, from the mail, or from a calendar."""

from datetime import datetime
from typing import Any

from django.db import transaction

from wayfellow.audit.actions import TOKEN, came_by, record
from wayfellow.core import clock
from wayfellow.core.errors import enforce
from wayfellow.meetings import policy
from wayfellow.meetings.actions.planning import lock_meeting
from wayfellow.meetings.actions.proposals import pick_slot
from wayfellow.meetings.actions.telling import (
    ANSWER_PURPOSE,
    ANSWER_SERIES_PURPOSE,
    PICK_PURPOSE,
    tell_of_meeting,
)
from wayfellow.meetings.models import Attendance, Meeting, Slot
from wayfellow.meetings.queries.people import people_of
from wayfellow.notifications.links import about_of, use_link
from wayfellow.people.models import Member

Answer, By = Attendance.Answer, Attendance.By


@transaction.atomic
def answer_invitation(
    actor: Member,
    meeting: Meeting,
    *,
    answer: str,
    by: Any = By.APP,
    series: bool = False,
    now: datetime | None = None,
) -> Meeting:
    """Say yes, no or maybe. A no is told to the others; a yes is seen on the page.

    Args:
        by: the way it came.
        series: for all of a series that are to come.

    Raises:
        Refused: see `why_not_answer_invitation`.
    """
    now = now or clock.now()
    meeting = lock_meeting(meeting)
    enforce(policy.why_not_answer_invitation(actor, meeting, now))
    chosen = Answer(answer)
    meetings = [meeting]
    if series and meeting.series is not None:
        meetings = list(meeting.series.meetings.filter(state=Meeting.State.SCHEDULED, starts_at__gt=now))
    before = dict(Attendance.objects.filter(member=actor, meeting=meeting).values_list("meeting", "answer"))
    for one in meetings:
        Attendance.objects.update_or_create(
            meeting=one,
            member=actor,
            defaults={
                "organisation": meeting.organisation,
                "answer": chosen,
                "answered_at": now,
                "answered_by": by,
            },
        )
    if chosen == Answer.NO and before.get(meeting.pk) != Answer.NO:
        people = people_of(meeting.relationship)
        others = [person for person in people if person.pk != actor.pk]
        tell_of_meeting("meeting_declined", meeting, people, by=actor, to=others)
    record("invitation_answered", actor=actor, organisation=meeting.organisation, about=meeting)
    return meeting


@transaction.atomic
def answer_invitation_from_mail(token: str, *, answer: str, series: bool) -> Meeting:
    """Answer by the link of a mail, once.

    Raises:
        Refused, NotFound: the link is not good any more; see `why_not_answer_invitation`.
    """
    link = use_link(token, ANSWER_SERIES_PURPOSE if series else ANSWER_PURPOSE)
    with came_by(TOKEN):
        return answer_invitation(link.member, about_of(link), answer=answer, by=By.MAIL, series=series)


@transaction.atomic
def pick_slot_from_mail(token: str, *, slot: Slot, despite_overlap: bool = False) -> Meeting:
    """Take a time by the link of a mail, once.

    Raises:
        Refused, NotFound: the link is not good any more; see `why_not_pick_slot`.
        InvalidInput: `overlaps`; the link stays good.
    """
    link = use_link(token, PICK_PURPOSE)
    proposal = about_of(link)
    with came_by(TOKEN):
        return pick_slot(link.member, proposal.slots.get(pk=slot.pk), despite_overlap=despite_overlap)
