"""Asking, by schedule and after a meeting, and one reminder."""

from datetime import datetime
from functools import partial

from django.db import transaction
from django.urls import reverse
from django_tasks import task

from wayfellow.audit.actions import record
from wayfellow.audit.models import Event
from wayfellow.core import clock
from wayfellow.jobs.batches import each_alone
from wayfellow.meetings.models import Meeting
from wayfellow.notifications.actions import notify
from wayfellow.notifications.links import make_link
from wayfellow.people.models import Member
from wayfellow.relationships.models import Participant, Relationship
from wayfellow.surveys.instruments import PULSE
from wayfellow.surveys.models import SurveyChoice, SurveyInvitation
from wayfellow.surveys.queries.due import OPEN_FOR, due_pulses, due_reminders

ANSWER_PURPOSE = "answer_survey"


def ask_pulses(*, now: datetime | None = None) -> None:
    """Ask everybody whose day it is. Safe to repeat; each person by themselves."""
    now = now or clock.now()
    steps = [partial(ask_pulse, due.participant, occasion=due.occasion, now=now) for due in due_pulses(now)]
    each_alone(steps, lambda step: step(), "pulse to ask")


def remind_of_surveys(*, now: datetime | None = None) -> None:
    """One reminder of what nobody answered. Safe to repeat; each by itself."""
    now = now or clock.now()
    steps = [partial(_remind, found.pk, now=now) for found in due_reminders(now)]
    each_alone(steps, lambda step: step(), "survey to remind of")


@transaction.atomic
def ask_pulse(participant: Participant, *, occasion: str, now: datetime) -> SurveyInvitation | None:
    """Ask one person about one relationship, once for an occasion.

    Returns:
        the invitation; None if it was sent already, the relationship is not under way, or they stopped the questions.
    """
    relationship = Relationship.objects.select_related("organisation").lock(participant.relationship_id)
    member = participant.enrolment.member
    if not relationship.is_active or _has_stopped(member, relationship):
        return None
    invitation, is_new = SurveyInvitation.objects.get_or_create(
        member=member,
        relationship=relationship,
        instrument=PULSE.key,
        occasion=occasion,
        defaults={
            "organisation": relationship.organisation,
            "version": PULSE.version,
            "asked_at": now,
            "closes_at": now + OPEN_FOR,
        },
    )
    if not is_new:
        return None
    _tell("pulse_asked", invitation)
    record(
        "survey_sent",
        actor=None,
        organisation=relationship.organisation,
        about=relationship,
        details={"instrument": PULSE.key, "version": PULSE.version},
    )
    return invitation


def ask_after_meeting(relationship: Relationship, *, occasion: str, now: datetime) -> None:
    """Ask those who want it after a meeting they held."""
    wants = SurveyChoice.objects.filter(relationship=relationship, after_meetings=True, stopped=False)
    rows = Participant.objects.filter(
        relationship=relationship,
        left_at__isnull=True,
        enrolment__member__in=wants.values("member"),
        enrolment__member__state=Member.State.ACTIVE,
    ).select_related("enrolment__member__organisation")
    steps = [partial(ask_pulse, participant, occasion=occasion, now=now) for participant in rows.order_by("pk")]
    each_alone(steps, lambda step: step(), "pulse after a meeting")


def _remind(pk: int, *, now: datetime) -> None:
    invitation = SurveyInvitation.objects.select_related("organisation").lock(pk)
    if invitation.is_open(now) and invitation.reminded_at is None:
        invitation.reminded_at = now
        invitation.save(update_fields=["reminded_at"])
        _tell("pulse_reminder", invitation)


def _has_stopped(member: Member, relationship: Relationship) -> bool:
    return SurveyChoice.objects.filter(member=member, relationship=relationship, stopped=True).exists()


def _tell(kind: str, invitation: SurveyInvitation) -> None:
    token = make_link(
        member=invitation.member, purpose=ANSWER_PURPOSE, about=invitation, expires_at=invitation.closes_at
    )
    address = reverse("answer_survey_from_mail", args=[token])
    links = {f"point_{point}": f"{address}?worth={point}" for point in invitation.asks.scale.points}
    page = reverse("answer_survey", args=[invitation.organisation.slug, invitation.pk])
    facts = {"names": others_in(invitation), "until": invitation.closes_at}
    notify(kind, to=invitation.member, about=invitation, facts=facts, links=links | {"page": page, "answer": address})


def others_in(invitation: SurveyInvitation) -> str:
    """The first names of the others in the relationship, as the questions call them."""
    rows = Participant.objects.filter(relationship=invitation.relationship_id, left_at__isnull=True)
    rows = rows.exclude(enrolment__member=invitation.member_id).select_related("enrolment__member")
    return ", ".join(row.enrolment.member.short_name for row in rows.order_by("pk"))


@task()
def ask_after_meeting_job(event_id: int) -> None:
    """Runs when a meeting was held or logged."""
    event = Event.objects.filter(pk=event_id, about_type=Meeting._meta.label).first()
    rows = Meeting.objects.select_related("relationship")
    meeting = rows.filter(pk=event.about_id, state=Meeting.State.HELD).first() if event is not None else None
    if meeting is not None:
        ask_after_meeting(meeting.relationship, occasion=f"meeting_{meeting.pk}", now=clock.now())


@task()
def ask_pulses_job() -> None:
    """The schedule's task."""
    now = clock.now()
    ask_pulses(now=now)
    remind_of_surveys(now=now)
