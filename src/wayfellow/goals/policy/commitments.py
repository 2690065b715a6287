"""Who may add, agree to, tick, move, drop and take back a commitment."""

from django.utils.translation import gettext_lazy as _

from wayfellow.core.errors import Refusal
from wayfellow.goals.models import Commitment, CommitmentStep
from wayfellow.goals.policy.together import why_not_write_together
from wayfellow.people.models import Member

MOST_OPEN_COMMITMENTS = 50


def may_read_commitments(role: str) -> bool:
    """The people of the relationship, in it or as far as they were in it. Nobody else, whatever they run."""
    return role in ("me", "others")


def why_not_add_commitment(actor: Member, relationship: object, owner: Member) -> Refusal | None:
    """Anybody in it, for anybody in it, as long as the list can still be read."""
    refusal = why_not_write_together(actor, relationship)
    if refusal:
        return refusal
    here = relationship.participants.filter(left_at__isnull=True, enrolment__member=owner)  # type: ignore[attr-defined]
    if not here.exists():
        return Refusal("owner_not_in_it", _("Choose somebody who works together with you here."))
    if Commitment.objects.filter(relationship=relationship.pk).open().count() >= MOST_OPEN_COMMITMENTS:  # type: ignore[attr-defined]
        return Refusal(
            "too_many_commitments",
            _("%(count)s commitments are open here. Tick, move or drop one before you add another.")
            % {"count": MOST_OPEN_COMMITMENTS},
        )
    return None


def _why_not_touch(actor: Member, commitment: Commitment) -> Refusal | None:
    refusal = why_not_write_together(actor, commitment.relationship)
    if refusal:
        return refusal
    if not commitment.is_open:
        return Refusal("commitment_closed", _("This is done or dropped already. Undo that first."))
    return None


def why_not_agree_to_commitment(actor: Member, commitment: Commitment) -> Refusal | None:
    """The owner, once."""
    refusal = _why_not_touch(actor, commitment)
    if refusal:
        return refusal
    if commitment.owner_id != actor.pk:
        return Refusal("not_your_commitment", _("Only the person who would do it can say yes."))
    if commitment.is_agreed:
        return Refusal("agreed_already", _("You said yes to this already."))
    return None


def why_not_change_commitment(actor: Member, commitment: Commitment) -> Refusal | None:
    """Tick or move: the owner, who has said yes."""
    refusal = _why_not_touch(actor, commitment)
    if refusal:
        return refusal
    if commitment.owner_id != actor.pk:
        return Refusal("not_your_commitment", _("Only the person who does it can change it."))
    if not commitment.is_agreed:
        return Refusal("not_agreed", _("Say yes to it first, or drop it."), instead="agree_to_commitment")
    return None


def why_not_drop_commitment(actor: Member, commitment: Commitment) -> Refusal | None:
    """The owner, at any time and without a reason; and who wrote it for another, until that one has said yes."""
    refusal = _why_not_touch(actor, commitment)
    if refusal:
        return refusal
    takes_back = commitment.written_by_id == actor.pk and not commitment.is_agreed
    if commitment.owner_id != actor.pk and not takes_back:
        return Refusal("not_your_commitment", _("Only the person who does it can drop it."))
    return None


def why_not_undo_commitment(actor: Member, commitment: Commitment, last: CommitmentStep | None) -> Refusal | None:
    """Whoever did the last thing can take it back."""
    refusal = why_not_write_together(actor, commitment.relationship)
    if refusal:
        return refusal
    if last is None:
        return Refusal("nothing_to_undo", _("There is nothing to undo."))
    if last.by_id != actor.pk:
        return Refusal("not_your_step", _("Only the person who did this can undo it."))
    return None
