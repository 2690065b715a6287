"""Who may block whom, and what may be done with a concern."""

from django.utils.translation import gettext as _

from wayfellow.core.errors import Refusal
from wayfellow.people.models import Member
from wayfellow.safety.models import Concern

MOST_DAYS = 90


def why_not_set_report_terms(actor: Member) -> Refusal | None:
    """Administrators."""
    if not actor.is_administrator:
        return Refusal("administrators_only", _("Only an administrator can change this."))
    return None


def why_not_block_member(actor: Member, other: Member) -> Refusal | None:
    """Anybody but oneself."""
    if actor.pk == other.pk:
        return Refusal("yourself", _("This is you. You cannot block yourself."))
    return None


def why_not_handle_concern(actor: Member, concern: Concern) -> Refusal | None:
    """Whoever is a safeguarding lead this moment, it is not about, was not kept from, and who did not raise it."""
    lead = Member.objects.active().filter(pk=actor.pk, is_safeguarding_lead=True).first()
    if lead is None or not Concern.objects.at_desk_of(lead).filter(pk=concern.pk).exists():
        return Refusal("not_your_desk", _("This report is not for you to answer."))
    return None


def why_not_take_up_concern(actor: Member, concern: Concern) -> Refusal | None:
    """Closed ones must be opened by a word from the person who raised it, or by taking them up again."""
    refusal = why_not_handle_concern(actor, concern)
    if refusal is not None:
        return refusal
    if concern.state == Concern.State.SEEN and concern.handled_by_id == actor.pk:
        return Refusal("already_yours", _("You look into this already."))
    return None


def why_not_reply_to_concern(actor: Member, concern: Concern) -> Refusal | None:
    """Somebody must be there to read it."""
    refusal = why_not_handle_concern(actor, concern)
    if refusal is not None:
        return refusal
    if concern.raised_by is None or not concern.raised_by.is_active:
        return Refusal("nobody_to_tell", _("Whoever raised this is not here any more, so nobody would read an answer."))
    return None


def why_not_close_concern(actor: Member, concern: Concern) -> Refusal | None:
    """Once."""
    refusal = why_not_handle_concern(actor, concern)
    if refusal is not None:
        return refusal
    if concern.is_closed:
        return Refusal("already_closed", _("This is closed already."))
    return None


def why_not_add_to_concern(actor: Member, concern: Concern) -> Refusal | None:
    """Only whoever raised it, at any time."""
    if concern.raised_by_id != actor.pk:
        return Refusal("not_yours", _("Somebody else raised this."))
    return None
