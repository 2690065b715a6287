"""Stopping, without blame."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from wayfellow.audit.actions import record
from wayfellow.core import clock
from wayfellow.core.errors import InvalidInput, enforce
from wayfellow.people.models import Member
from wayfellow.programmes.models import Enrolment
from wayfellow.programmes.places import free_place
from wayfellow.relationships import policy
from wayfellow.relationships.actions.locks import lock_relationship
from wayfellow.relationships.actions.telling import tell_of_relationship
from wayfellow.relationships.actions.waiting import offer_freed_places
from wayfellow.relationships.models import PrivateReason, Relationship
from wayfellow.relationships.words import check_length


@transaction.atomic
def end_relationship(
    actor: Member,
    relationship: Relationship,
    *,
    goodbye: str,
    private_reason: str = "",
    now: datetime | None = None,
) -> Relationship:
    """Stop here. The other gets the note; the reason stays with its writer; the place is free again.

    Raises:
        Refused: see `why_not_end_relationship`.
        InvalidInput: no note, or too long.
    """
    now = now or clock.now()
    relationship, people = lock_relationship(relationship)
    enforce(policy.why_not_end_relationship(actor, relationship, now))
    goodbye = check_length(goodbye, field="goodbye", model=Relationship)
    other = next(person for person in people.values() if person.member_id != actor.pk)
    if not goodbye:
        words = _("Leave %(name)s a kind line. One sentence is enough.")
        raise InvalidInput("goodbye_missing", words % {"name": other.member.short_name}, field="goodbye")
    if private_reason:
        PrivateReason.objects.create(
            organisation=relationship.organisation, member=actor, relationship=relationship, reason=private_reason
        )
    close_relationship(relationship, people, by=actor, goodbye=goodbye, now=now)
    record("relationship_ended", actor=actor, organisation=relationship.organisation, about=relationship)
    return relationship


def close_relationship(
    relationship: Relationship, people: dict[str, Enrolment], *, by: Member, goodbye: str, now: datetime
) -> None:
    """End a relationship whose rows the caller has locked, tell whoever stays, and offer the place."""
    relationship.state, relationship.ended_at = Relationship.State.ENDED_EARLY, now
    relationship.ended_by, relationship.goodbye = by, goodbye
    relationship.save(update_fields=["state", "ended_at", "ended_by", "goodbye"])
    free_place(people["mentor"])
    leaver = next(person for person in people.values() if person.member_id == by.pk)
    for person in people.values():
        if person.pk != leaver.pk:
            tell_of_relationship("relationship_ended", relationship, person, leaver, left=not leaver.member.is_active)
    offer_freed_places(people["mentor"], now=now)
