"""When somebody leaves, stops mentoring or blocks somebody: what is open between people closes kindly."""

from datetime import datetime
from functools import partial
from typing import Any

from django.db import transaction
from django.db.models import Q
from django_tasks import task

from wayfellow.audit.actions import record
from wayfellow.audit.models import Event
from wayfellow.core import clock
from wayfellow.jobs.batches import each_alone
from wayfellow.people.models import Member
from wayfellow.relationships.actions.closing import close_request, suggest_alternatives
from wayfellow.relationships.actions.joining import close_joining
from wayfellow.relationships.actions.locks import lock_entry, lock_relationship, lock_request, present
from wayfellow.relationships.actions.relationships import close_relationship, let_leave, record_end
from wayfellow.relationships.actions.telling import tell_of_place, tell_of_request
from wayfellow.relationships.actions.waiting import close_entry, offer_freed_places
from wayfellow.relationships.models import (
    JoiningInvitation,
    MentoringRequest,
    Participant,
    Relationship,
    WaitingEntry,
)
from wayfellow.relationships.policy.pairs import OPEN
from wayfellow.relationships.policy.relationships import can_go_on_without
from wayfellow.safety.models import Block

State, Because = MentoringRequest.State, MentoringRequest.ClosedBecause


def close_after_leaving(member: Member, *, now: datetime | None = None) -> None:
    """Close a member's requests, places in line and relationships after they left. Safe to repeat; each by itself."""
    now = now or clock.now()
    theirs = Q(mentee__member=member) | Q(mentor__member=member)
    requests = MentoringRequest.objects.open().filter(theirs).order_by("pk")
    entries = WaitingEntry.objects.in_line().filter(theirs)
    parts = Participant.objects.present().filter(enrolment__member=member)
    working = Relationship.objects.filter(pk__in=parts.values("relationship"), state__in=OPEN)
    invited = JoiningInvitation.objects.open().filter(enrolment__member=member).order_by("pk")
    steps = [
        *(partial(close_for_who_left, request, now=now) for request in requests),
        *(partial(_close_entry, entry, now=now) for entry in entries),
        *(partial(_end_for, member, found, now=now) for found in working.order_by("pk")),
        *(partial(close_joining, found, now=now) for found in invited),
    ]
    each_alone(steps, lambda step: step(), "what was open with somebody who left")


def close_for_who_left(request: MentoringRequest, *, now: datetime) -> None:
    """Close a request one of whose two people is not here any more; tell the other, with somebody else to ask."""
    request = lock_request(request)
    gone = [one for one in (request.sender, request.receiver) if not one.member.is_active]
    if request.is_open and gone:
        close_for_reason(request, Because.LEFT, now=now)
        stays = [one for one in (request.sender, request.receiver) if one.member.is_active]
        for one in stays:
            tell_of_request("request_closed", request, one, because=Because.LEFT)
        offer_freed_places(request.mentor, now=now)
        record("request_closed", actor=None, organisation=request.organisation, about=request)


def close_for_reason(request: MentoringRequest, because: Any, *, now: datetime) -> None:
    """Close a locked request that is nobody's to answer any more."""
    close_request(request, State.EXPIRED, now=now, closed_because=because)
    if request.mentee.member.is_active:
        suggest_alternatives(request, now=now)


def close_after_block(block: Block, *, now: datetime | None = None) -> None:
    """Close what is open between two people of whom one blocked the other, without telling why."""
    now = now or clock.now()
    one, other = block.blocker_id, block.blocked_id
    between = Q(mentee__member=one, mentor__member=other) | Q(mentee__member=other, mentor__member=one)
    requests = MentoringRequest.objects.open().filter(between).order_by("pk")
    entries = WaitingEntry.objects.in_line().filter(between)
    steps = [
        *(partial(_close_quietly, request, now=now) for request in requests),
        *(partial(_close_entry, entry, now=now, quietly=True) for entry in entries),
    ]
    each_alone(steps, lambda step: step(), "what was open after a block")


def _close_quietly(request: MentoringRequest, *, now: datetime) -> None:
    request = lock_request(request)
    if request.is_open:
        close_request(request, State.EXPIRED, now=now)
        suggest_alternatives(request, now=now)
        tell_of_request("request_expired", request, request.sender, your_turn=False)
        offer_freed_places(request.mentor, now=now)
        record("request_closed", actor=None, organisation=request.organisation, about=request)


def _close_entry(entry: WaitingEntry, *, now: datetime, quietly: bool = False) -> None:
    entry = lock_entry(entry)
    if entry.state in (WaitingEntry.State.WAITING, WaitingEntry.State.OFFERED):
        close_entry(entry, WaitingEntry.State.LEFT, now=now)
        if entry.mentee.member.is_active and not quietly:
            tell_of_place("place_lapsed", entry, because=Because.LEFT)
        offer_freed_places(entry.mentor, now=now)
        record("waiting_list_left", actor=None, organisation=entry.organisation, about=entry)


def _end_for(member: Member, relationship: Relationship, *, now: datetime) -> None:
    relationship, people = lock_relationship(relationship)
    me = next((one for one in present(people) if one.enrolment.member_id == member.pk), None)
    if not relationship.is_open or me is None:
        return
    if can_go_on_without(relationship, [member.pk]):
        let_leave(me, people, now=now)
        record("relationship_left", actor=None, organisation=relationship.organisation, about=relationship)
    else:
        close_relationship(relationship, people, by=member, now=now)
        record_end(relationship)


@task()
def close_after_leaving_job(event_id: int) -> None:
    """Runs for each `member_left`, unless they came back meanwhile."""
    member = _about(event_id, Member)
    if member is not None and not member.is_active:
        close_after_leaving(member)


@task()
def close_after_block_job(event_id: int) -> None:
    """Runs for each `member_blocked`, unless the block was taken back meanwhile."""
    block = _about(event_id, Block)
    if block is not None:
        close_after_block(block)


@transaction.atomic
def _about(event_id: int, model: Any) -> Any:
    event = Event.objects.filter(pk=event_id, about_type=model._meta.label).first()
    return model.objects.filter(pk=event.about_id).first() if event is not None else None
