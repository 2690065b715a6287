"""Waiting for a mentor with no room: joining, leaving, being offered a freed place, letting it lapse."""

from datetime import datetime, timedelta
from functools import partial
from typing import Any

from django.db import transaction
from django.db.models import F
from django_tasks import task

from wayfellow.audit.actions import record
from wayfellow.core import clock
from wayfellow.core.errors import enforce
from wayfellow.jobs.batches import each_alone
from wayfellow.people.models import Member
from wayfellow.programmes.models import Enrolment
from wayfellow.programmes.places import hold_place, release_place
from wayfellow.relationships import policy
from wayfellow.relationships.actions.locks import lock_enrolment, lock_enrolments, lock_entry
from wayfellow.relationships.actions.telling import tell_of_place
from wayfellow.relationships.models import MentoringRequest, WaitingEntry
from wayfellow.relationships.policy.pairs import are_blocked, open_request

State = WaitingEntry.State


@transaction.atomic
def join_waiting_list(actor: Enrolment, mentor: Enrolment, *, now: datetime | None = None) -> WaitingEntry:
    """Wait for a place with this mentor, at the end of the line.

    Raises:
        Refused: see `why_not_join_waiting_list`.
    """
    now = now or clock.now()
    actor, mentor = lock_enrolments(actor.pk, mentor.pk)
    enforce(policy.why_not_join_waiting_list(actor, mentor, now))
    entry = WaitingEntry.objects.create(organisation=mentor.organisation, mentor=mentor, mentee=actor, joined_at=now)
    record("waiting_list_joined", actor=actor.member, organisation=entry.organisation, about=entry)
    return entry


@transaction.atomic
def leave_waiting_list(actor: Member, entry: WaitingEntry, *, now: datetime | None = None) -> WaitingEntry:
    """Give one's place in line up. A place that was kept goes to the next.

    Raises:
        Refused: see `why_not_leave_waiting_list`.
    """
    now = now or clock.now()
    entry = lock_entry(entry)
    enforce(policy.why_not_leave_waiting_list(actor, entry, now))
    close_entry(entry, State.LEFT, now=now)
    offer_freed_places(entry.mentor, now=now)
    record("waiting_list_left", actor=actor, organisation=entry.organisation, about=entry)
    return entry


def close_entry(entry: WaitingEntry, state: Any, *, now: datetime) -> None:
    """Take an entry, whose rows the caller has locked, out of the line."""
    if entry.state == State.OFFERED:
        release_place(entry.mentor)
    entry.state, entry.closed_at = state, now
    entry.save(update_fields=["state", "closed_at"])


def offer_freed_places(mentor: Enrolment, *, now: datetime) -> list[WaitingEntry]:
    """Keep each free place for the next in line, and tell them until when. The caller has locked the mentor.

    Who has an open request to this mentor already need not ask again: the place is kept for that request.
    """
    mentor.refresh_from_db()
    today = now.date()
    offered: list[WaitingEntry] = []
    if not mentor.is_mentor or not mentor.member.is_active or mentor.is_away(today) or mentor.cohort.is_over(today):
        return offered
    line = WaitingEntry.objects.filter(mentor=mentor, state=State.WAITING).select_related(
        "mentor__member", "mentee__member", "organisation"
    )
    for entry in line.order_by("pk") if mentor.free_places > 0 else ():
        if not entry.mentee.member.is_active or are_blocked(entry.mentee, mentor):
            close_entry(entry, State.LEFT, now=now)
            continue
        request = open_request(entry.mentee, mentor)
        if request is not None and request.holds_place:
            close_entry(entry, State.TAKEN, now=now)
            continue
        if not hold_place(mentor):
            break
        _offer(entry, mentor, request, now=now)
        offered.append(entry)
    return offered


def _offer(entry: WaitingEntry, mentor: Enrolment, request: MentoringRequest | None, *, now: datetime) -> None:
    if request is not None:
        MentoringRequest.objects.filter(pk=request.pk).update(holds_place=True)
        entry.state, entry.offered_at, entry.closed_at = State.TAKEN, now, now
        entry.save(update_fields=["state", "offered_at", "closed_at"])
        return
    entry.state, entry.offered_at = State.OFFERED, now
    entry.offer_ends_at = now + timedelta(days=mentor.cohort.programme.waiting_offer_days)
    entry.save(update_fields=["state", "offered_at", "offer_ends_at"])
    tell_of_place("place_offered", entry, until=entry.offer_ends_at)
    record("place_offered", actor=None, organisation=entry.organisation, about=entry)


def lapse_waiting_offers(*, now: datetime | None = None) -> None:
    """Let offers lapse that nobody took, and offer every free place that somebody waits for. Safe to repeat."""
    now = now or clock.now()
    due = WaitingEntry.objects.filter(state=State.OFFERED, offer_ends_at__lte=now).order_by("pk")
    waited_for = Enrolment.objects.filter(
        line__state=State.WAITING, capacity__gt=F("places_taken") + F("places_held")
    ).distinct()
    steps = [
        *(partial(_lapse, entry, now=now) for entry in due),
        *(partial(_offer_again, mentor, now=now) for mentor in waited_for.order_by("pk")),
    ]
    each_alone(steps, lambda step: step(), "waiting list")


def _lapse(entry: WaitingEntry, *, now: datetime) -> None:
    entry = lock_entry(entry)
    if entry.state != State.OFFERED or entry.offer_ends_at is None or entry.offer_ends_at > now:
        return
    close_entry(entry, State.LAPSED, now=now)
    tell_of_place("place_lapsed", entry)
    offer_freed_places(entry.mentor, now=now)
    record("place_lapsed", actor=None, organisation=entry.organisation, about=entry)


def _offer_again(mentor: Enrolment, *, now: datetime) -> None:
    offer_freed_places(lock_enrolment(mentor.pk), now=now)


@task()
def lapse_waiting_offers_job() -> None:
    """The schedule's task."""
    lapse_waiting_offers()
