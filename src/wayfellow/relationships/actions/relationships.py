"""Stopping, without blame: for everybody, or for oneself while the others go on."""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from wayfellow.audit.actions import record
from wayfellow.core import clock
from wayfellow.core.errors import InvalidInput, enforce
from wayfellow.people.availability import listed
from wayfellow.people.models import Member
from wayfellow.programmes.places import free_place
from wayfellow.relationships import policy
from wayfellow.relationships.actions.locks import lock_relationship, present
from wayfellow.relationships.actions.telling import tell_together
from wayfellow.relationships.actions.versions import move_on_without_who_left
from wayfellow.relationships.actions.waiting import offer_freed_places
from wayfellow.relationships.models import Agreement, JoiningInvitation, Participant, PrivateReason, Relationship
from wayfellow.relationships.queries.alternatives import next_people
from wayfellow.relationships.words import check_length

State = Relationship.State
HOW = {"completed": State.COMPLETED, "ended_early": State.ENDED_EARLY}


@transaction.atomic
def end_relationship(
    actor: Member,
    relationship: Relationship,
    *,
    goodbye: str,
    how: str = "ended_early",
    private_reason: str = "",
    now: datetime | None = None,
) -> Relationship:
    """Stop here, for everybody in it. The others get the note; the reason stays with its writer; places are free again.

    Args:
        how: `completed` ("we got there") or `ended_early` ("I stop here").

    Raises:
        Refused: see `why_not_end_relationship`.
        InvalidInput: no note, or too long; another word for how.
    """
    now = now or clock.now()
    relationship, people = lock_relationship(relationship)
    enforce(policy.why_not_end_relationship(actor, relationship, now))
    if how not in HOW:
        raise InvalidInput("unknown_ending", _("Choose how you would put it."), field="how")
    goodbye = check_goodbye(goodbye, actor, present(people))
    keep_reason(actor, relationship, private_reason)
    close_relationship(relationship, people, by=actor, state=HOW[how], goodbye=goodbye, now=now)
    record_end(relationship, actor=actor)
    return relationship


@transaction.atomic
def leave_relationship(
    actor: Member,
    relationship: Relationship,
    *,
    goodbye: str,
    private_reason: str = "",
    now: datetime | None = None,
) -> Participant:
    """Leave a group that goes on. One keeps what was there until now; the others keep what one wrote there.

    Raises:
        Refused: see `why_not_leave_relationship`.
        InvalidInput: no note, or too long.
    """
    now = now or clock.now()
    relationship, people = lock_relationship(relationship)
    enforce(policy.why_not_leave_relationship(actor, relationship, now))
    goodbye = check_goodbye(goodbye, actor, present(people))
    keep_reason(actor, relationship, private_reason)
    me = next(one for one in people if one.enrolment.member_id == actor.pk)
    let_leave(me, people, goodbye=goodbye, now=now)
    record("relationship_left", actor=actor, organisation=relationship.organisation, about=relationship)
    return me


def check_goodbye(goodbye: str, actor: Member, people: list[Participant]) -> str:
    """The note, cleaned.

    Raises:
        InvalidInput: there is none, or it is too long.
    """
    goodbye = check_length(goodbye, field="goodbye", model=Relationship)
    if not goodbye:
        others = [one.enrolment.member.short_name for one in people if one.enrolment.member_id != actor.pk]
        words = _("Leave %(name)s a kind line. One sentence is enough.")
        raise InvalidInput("goodbye_missing", words % {"name": listed(others)}, field="goodbye")
    return goodbye


def keep_reason(actor: Member, relationship: Relationship, reason: str) -> None:
    """Why somebody stops, for themselves."""
    if reason:
        PrivateReason.objects.create(
            organisation=relationship.organisation, member=actor, relationship=relationship, reason=reason
        )


def close_relationship(
    relationship: Relationship,
    people: list[Participant],
    *,
    by: Member | None,
    state: Any = State.ENDED_EARLY,
    goodbye: str = "",
    now: datetime,
) -> None:
    """End a relationship whose rows the caller has locked, tell whoever stays, and offer the places.

    Args:
        by: who ends it; None when its day has come, or the programme ends it for somebody.
    """
    here = present(people)
    relationship.state, relationship.ended_at = state, now
    relationship.ended_by, relationship.goodbye = by, goodbye
    relationship.paused_at = relationship.paused_until = None
    relationship.save(update_fields=["state", "ended_at", "ended_by", "goodbye", "paused_at", "paused_until"])
    close_invitations(relationship, now=now)
    mentors = [one.enrolment for one in here if one.role == Participant.Role.MENTOR]
    for mentor in mentors:
        free_place(mentor)
    leaver = next((one for one in here if by is not None and one.enrolment.member_id == by.pk), None)
    left = leaver is not None and not leaver.enrolment.member.is_active
    by_nobody = "relationship_released" if state == State.ENDED_EARLY else "relationship_completed"
    kind = "relationship_ended" if by is not None else by_nobody
    tell_together(
        kind, here, by=leaver, left=left, how=str(state), each=lambda one: _next_step(one, relationship, now=now)
    )
    for mentor in mentors:
        offer_freed_places(mentor, now=now)


def _next_step(one: Participant, relationship: Relationship, *, now: datetime) -> dict[str, Any]:
    """What somebody can do next: a mentee may ask others, who have room and fit; a mentor's place is free again."""
    if one.role == Participant.Role.MENTOR:
        return {"place_is_free": True}
    return {"next": [mentor.member.full_name for mentor in next_people(one.enrolment, relationship, now=now)]}


def let_leave(me: Participant, people: list[Participant], *, goodbye: str = "", now: datetime) -> None:
    """Take somebody out of a group whose rows the caller has locked; tell the others, and go on without them."""
    relationship = me.relationship
    tell_together("participant_left", present(people), by=me, about=me, left=not me.enrolment.member.is_active)
    me.left_at, me.goodbye = now, goodbye
    me.save(update_fields=["left_at", "goodbye"])
    if me.role == Participant.Role.MENTOR:
        free_place(me.enrolment)
    rows = relationship.invitations.filter(state=JoiningInvitation.State.PENDING, invited_by=me)
    rows.update(state=JoiningInvitation.State.CLOSED, closed_at=now)
    move_on_without_who_left(Agreement.objects.filter(relationship=relationship).first(), people, now=now)
    if me.role == Participant.Role.MENTOR:
        offer_freed_places(me.enrolment, now=now)


def close_invitations(relationship: Relationship, *, now: datetime) -> None:
    """Nobody comes in any more."""
    rows = relationship.invitations.filter(state=JoiningInvitation.State.PENDING)
    rows.update(state=JoiningInvitation.State.CLOSED, closed_at=now)


def record_end(relationship: Relationship, *, actor: Member | None = None) -> None:
    """Write down an end; without an actor, its day came or somebody left."""
    details = {"how": str(relationship.state)}
    record(
        "relationship_ended", actor=actor, organisation=relationship.organisation, about=relationship, details=details
    )
