"""May I end this?"""

from datetime import datetime

from django.utils.translation import gettext as _

from wayfellow.core.errors import Refusal
from wayfellow.people.models import Member
from wayfellow.relationships.models import Relationship


def why_not_end_relationship(actor: Member, relationship: Relationship, now: datetime) -> Refusal | None:
    """Why this person cannot end it, or None. From the first minute, either can; no reason is asked for."""
    if not relationship.participants.filter(enrolment__member=actor).exists():
        return Refusal("not_yours", _("Only the two of them can end it."))
    if not relationship.is_active:
        return Refusal("already_ended", _("This has ended already."))
    return None
