"""Silence: two reminders, then the request closes by itself, and nobody is blamed."""

from datetime import datetime, timedelta
from functools import partial

from django.db.models import Q
from django_tasks import task

from wayfellow.audit.actions import record
from wayfellow.core import clock
from wayfellow.jobs.batches import each_alone
from wayfellow.relationships.actions.closing import close_request, suggest_alternatives
from wayfellow.relationships.actions.leaving import close_for_who_left
from wayfellow.relationships.actions.locks import lock_request
from wayfellow.relationships.actions.telling import tell_of_request
from wayfellow.relationships.actions.waiting import offer_freed_places
from wayfellow.relationships.models import MentoringRequest

State = MentoringRequest.State


def remind_and_expire_requests(*, now: datetime | None = None) -> None:
    """Close what nobody answered in time, remind of what waits. Safe to repeat; each request by itself.

    Requests whose sender or receiver has left are closed too, should that not have happened yet.
    """
    now = now or clock.now()
    rows = MentoringRequest.objects.open().order_by("pk")
    here = Q(mentee__member__state="active", mentor__member__state="active")
    waits = rows.filter(expires_at__gt=now).select_related("cohort__programme", "question")
    steps = [
        *(partial(close_for_who_left, request, now=now) for request in rows.exclude(here)),
        *(partial(_expire, request, now=now) for request in rows.filter(expires_at__lte=now)),
        *(partial(_remind, request, now=now) for request in waits if _is_reminder_due(request, now)),
    ]
    each_alone(steps, lambda step: step(), "silent request")


def _expire(request: MentoringRequest, *, now: datetime) -> None:
    request = lock_request(request)
    if not request.is_open or request.expires_at is None or request.expires_at > now:
        return
    silent = request.awaiting
    close_request(request, State.EXPIRED, now=now)
    suggest_alternatives(request, now=now)
    for to in (request.sender, request.receiver):
        party = "mentee" if to.pk == request.mentee_id else "mentor"
        tell_of_request("request_expired", request, to, your_turn=party == silent)
    offer_freed_places(request.mentor, now=now)
    record("request_expired", actor=None, organisation=request.organisation, about=request)


def _remind(request: MentoringRequest, *, now: datetime) -> None:
    request = lock_request(request)
    if not request.is_open or not _is_reminder_due(request, now):
        return
    asks = _is_question_open(request)
    if asks:
        request.question.reminded = True
        request.question.save(update_fields=["reminded"])
    else:
        request.reminders_sent = _reminders_due(request, now)
        request.save(update_fields=["reminders_sent"])
    tell_of_request("request_reminder", request, request.awaited, question=asks)


def _is_reminder_due(request: MentoringRequest, now: datetime) -> bool:
    if _is_question_open(request):
        asked_at = request.question.asked_at
        first = timedelta(days=request.cohort.programme.first_reminder_days)
        return not request.question.reminded and asked_at + first <= now
    return _reminders_due(request, now) > request.reminders_sent


def _is_question_open(request: MentoringRequest) -> bool:
    return request.awaiting == request.sender_party


def _reminders_due(request: MentoringRequest, now: datetime) -> int:
    """How many reminders should have gone by now, counted from the time that stood still for a question."""
    programme = request.cohort.programme
    assert request.expires_at is not None  # noqa: S101 (a pending request has one: see its constraint)
    began = request.expires_at - timedelta(days=programme.request_expiry_days)
    days = (programme.first_reminder_days, programme.second_reminder_days)
    return sum(began + timedelta(days=day) <= now for day in days)


@task()
def remind_and_expire_requests_job() -> None:
    """The schedule's task."""
    remind_and_expire_requests()
