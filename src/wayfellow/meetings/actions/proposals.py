"""Offering times, and taking one of them."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from wayfellow.audit.actions import record
from wayfellow.core import clock
from wayfellow.core.errors import InvalidInput, NotFound, enforce
from wayfellow.meetings import policy
from wayfellow.meetings.actions.planning import invite, lock_people, move_locked, usual_link
from wayfellow.meetings.actions.telling import tell_of_meeting, tell_of_proposal
from wayfellow.meetings.models import Meeting, Proposal, Slot
from wayfellow.meetings.queries.overlaps import overlaps_of
from wayfellow.meetings.queries.people import people_of
from wayfellow.meetings.words import check_overlaps, checked_minutes, checked_text
from wayfellow.people.models import Member
from wayfellow.relationships.models import Relationship

MOST_SLOTS = 6


@transaction.atomic
def propose_slots(
    actor: Member,
    relationship: Relationship,
    *,
    starts: Sequence[datetime],
    minutes: int,
    word: str = "",
    meeting: Meeting | None = None,
    now: datetime | None = None,
) -> Proposal:
    """Offer times to the others, of whom one takes one. Times offered before give way to these.

    Args:
        meeting: the planned meeting that is to be moved to one of them.

    Raises:
        Refused: see `why_not_propose_slots`, `why_not_move_meeting`.
        InvalidInput: no time, too many, one that is over; a wrong length or word.
    """
    now = now or clock.now()
    relationship = lock_people(relationship)
    enforce(policy.why_not_propose_slots(actor, relationship, now))
    if meeting is not None:
        meeting = Meeting.objects.select_related("organisation").get(pk=meeting.pk, relationship=relationship)
        meeting.relationship = relationship
        enforce(policy.why_not_move_meeting(actor, meeting, now))
    starts = sorted(set(starts))
    if not starts:
        raise InvalidInput("no_slots", _("Choose at least one time."), field="starts")
    if len(starts) > MOST_SLOTS:
        words = _("Offer at most %(most)d times: a short list is answered sooner.") % {"most": MOST_SLOTS}
        raise InvalidInput("too_many_slots", words, field="starts")
    for start in starts:
        enforce(policy.why_not_schedule_meeting(actor, relationship, now, starts_at=start))
    relationship.proposals.open().update(state=Proposal.State.CLOSED, closed_at=now)
    proposal = Proposal.objects.create(
        organisation=relationship.organisation,
        relationship=relationship,
        meeting=meeting,
        minutes=checked_minutes(minutes),
        word=checked_text(word, most=1000, field="word"),
        created_by=actor,
        created_at=now,
    )
    Slot.objects.bulk_create(
        Slot(organisation=relationship.organisation, proposal=proposal, starts_at=start) for start in starts
    )
    people = people_of(relationship)
    others = [person for person in people if person.pk != actor.pk]
    facts = {"word": proposal.word, "moves": meeting.starts_at if meeting is not None else None}
    tell_of_proposal("times_proposed", proposal, people, by=actor, to=others, **facts)
    record("slots_proposed", actor=actor, organisation=relationship.organisation, about=proposal)
    return proposal


def lock_proposal(proposal: Proposal) -> Proposal:
    """An offer of times, its relationship locked before it, both read afresh.

    Raises:
        NotFound: it is gone.
    """
    relationship = lock_people(proposal.relationship)
    try:
        fresh = Proposal.objects.select_related("organisation", "meeting__organisation", "meeting__series").lock(
            proposal.pk
        )
    except Proposal.DoesNotExist:
        raise NotFound("proposal_gone", _("These times are not there any more.")) from None
    fresh.relationship = relationship
    if fresh.meeting is not None:
        fresh.meeting.relationship = relationship
    return fresh


@transaction.atomic
def pick_slot(actor: Member, slot: Slot, *, despite_overlap: bool = False, now: datetime | None = None) -> Meeting:
    """Take one of the times: the first to take one has it, and it is a meeting.

    Raises:
        Refused: see `why_not_pick_slot`: `taken_already` for whoever comes second.
        InvalidInput: `overlaps`.
    """
    now = now or clock.now()
    proposal = lock_proposal(slot.proposal)
    slot = proposal.slots.get(pk=slot.pk)
    slot.proposal = proposal
    enforce(policy.why_not_pick_slot(actor, slot, now))
    slot.picked = True
    slot.save(update_fields=["picked"])
    proposal.state, proposal.picked_by, proposal.closed_at = Proposal.State.PICKED, actor, now
    proposal.save(update_fields=["state", "picked_by", "closed_at"])
    if proposal.meeting is not None:
        meeting = proposal.meeting
        if (meeting.starts_at, meeting.minutes) != (slot.starts_at, proposal.minutes):
            move_locked(
                actor,
                meeting,
                starts_at=slot.starts_at,
                minutes=proposal.minutes,
                word="",
                despite_overlap=despite_overlap,
                now=now,
            )
    else:
        meeting = _meet_at(actor, slot, despite=despite_overlap, now=now)
    if proposal.created_by_id is not None:  # whoever offered the times can come at each of them
        waiting = meeting.attendances.filter(member=proposal.created_by_id, answer="waiting")
        waiting.update(answer="yes", answered_at=now, answered_by="app")
    record("slot_picked", actor=actor, organisation=proposal.organisation, about=meeting)
    return meeting


def _meet_at(actor: Member, slot: Slot, *, despite: bool, now: datetime) -> Meeting:
    proposal = slot.proposal
    people = people_of(proposal.relationship)
    meeting = Meeting(
        organisation=proposal.organisation,
        relationship=proposal.relationship,
        zone=actor.zone,
        video_link=usual_link(actor, people),
        created_by=actor,
        created_at=now,
    )
    meeting.put_at(slot.starts_at, proposal.minutes)
    check_overlaps(actor, overlaps_of(people, [(meeting.starts_at, meeting.ends_at)]), despite=despite)
    meeting.save()
    invite(actor, [meeting], people, now=now)
    tell_of_meeting("meeting_planned", meeting, people, by=actor, picked=True)
    return meeting


@transaction.atomic
def close_proposal(actor: Member, proposal: Proposal, *, word: str = "", now: datetime | None = None) -> Proposal:
    """Take one's offer of times back, or say that none of them suits.

    Raises:
        Refused: see `why_not_close_proposal`.
        InvalidInput: the word is too long.
    """
    now = now or clock.now()
    proposal = lock_proposal(proposal)
    enforce(policy.why_not_close_proposal(actor, proposal, now))
    word = checked_text(word, most=1000, field="word")
    proposal.state, proposal.closed_at = Proposal.State.CLOSED, now
    proposal.save(update_fields=["state", "closed_at"])
    people = people_of(proposal.relationship)
    offered = [person for person in people if person.pk == proposal.created_by_id and person.pk != actor.pk]
    if offered:
        tell_of_proposal("times_declined", proposal, people, by=actor, to=offered, word=word)
    record("proposal_closed", actor=actor, organisation=proposal.organisation, about=proposal)
    return proposal
