"""Who may change a programme."""

from django.utils.translation import gettext as _

from wayfellow.core.errors import Refusal
from wayfellow.people.models import Member
from wayfellow.programmes.models import Programme


def why_not_change_programme(actor: Member, programme: Programme) -> Refusal | None:
    """Why this member cannot change this programme, or None."""
    if not programme.managers.filter(pk=actor.pk).exists():
        return Refusal("not_a_manager", _("Only those who run this programme can change it."))
    return None


def why_not_appoint_manager(programme: Programme, member: Member) -> Refusal | None:
    """Who runs a programme is a member who has joined, and not a guest."""
    if not member.is_active:
        return Refusal("not_joined", _("This person has not joined yet."))
    if member.is_guest:
        return Refusal("is_guest", _("A guest cannot run a programme. Make them a member first."))
    if programme.managers.filter(pk=member.pk).exists():
        return Refusal("already_a_manager", _("They run this programme already."))
    return None


def why_not_dismiss_manager(programme: Programme, member: Member) -> Refusal | None:
    """Somebody always runs a programme."""
    if not programme.managers.filter(pk=member.pk).exists():
        return Refusal("not_a_manager", _("They do not run this programme."))
    if not programme.managers.filter(state=Member.State.ACTIVE).exclude(pk=member.pk).exists():
        return Refusal(
            "last_manager",
            _("Nobody else runs this programme. Appoint somebody first."),
            instead="appoint_manager",
        )
    return None
