"""Who is in a relationship now, and whether they may write there."""

from django.db.models import Q
from django.utils.translation import gettext as _

from wayfellow.core.errors import Refusal
from wayfellow.people.models import Member
from wayfellow.relationships.models import Participant, Relationship
from wayfellow.safety.models import Block


def part_of(actor: Member, relationship: Relationship) -> Participant | None:
    """The actor's place in a relationship, unless they left it."""
    return relationship.participants.present().filter(enrolment__member=actor).first()


def why_not_here(actor: Member, relationship: Relationship) -> Refusal | None:
    """Why somebody has no say in a relationship, or None."""
    part = relationship.participants.filter(enrolment__member=actor).first()
    if part is None or not actor.is_active:
        return Refusal("not_yours", _("Only the people in it can do this."))
    if not part.is_present:
        return Refusal("you_left_it", _("You left this. What was there until then stays yours."))
    return None


def why_not_write(actor: Member, relationship: Relationship) -> Refusal | None:
    """Why somebody can write nothing in a relationship now, or None: it is over, they left, or two keep apart."""
    refusal = why_not_here(actor, relationship)
    if refusal is not None:
        return refusal
    if not relationship.is_open:
        return Refusal("already_ended", _("This has ended. What you wrote stays."))
    return why_not_apart(actor, relationship)


def why_not_apart(actor: Member, relationship: Relationship) -> Refusal | None:
    """Why nothing can be written while two people keep apart, or None. Who blocked whom is not told."""
    if is_kept_apart(actor, relationship):
        return Refusal("not_just_now", _("Nothing can be changed here just now. You can still end it."))
    return None


def is_kept_apart(actor: Member, relationship: Relationship) -> bool:
    """Whether the actor and somebody present in it have blocked one the other."""
    others = relationship.participants.present().exclude(enrolment__member=actor)
    members = others.values("enrolment__member")
    return Block.objects.filter(
        Q(blocker=actor.pk, blocked__in=members) | Q(blocked=actor.pk, blocker__in=members)
    ).exists()
