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
