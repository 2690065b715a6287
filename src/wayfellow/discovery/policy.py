from django.utils.translation import gettext_lazy as _

from wayfellow.core.errors import Refusal
from wayfellow.people.models import Member
from wayfellow.programmes.models import Enrolment


def why_not_mark_mentor(actor: Member, mentor: Enrolment) -> Refusal | None:
    """Whether a member may save this mentor or set them aside."""
    if mentor.member_id == actor.pk:
        return Refusal("yourself", _("This is you."))
    if not mentor.is_mentor:
        return Refusal("not_a_mentor", _("They do not mentor any more."))
    return None


def why_not_find_mentees(actor_enrolment: Enrolment | None) -> Refusal | None:
    """Whether a member may see who is glad of an offer: mentors may."""
    if actor_enrolment is None or not actor_enrolment.is_mentor:
        return Refusal(
            "not_a_mentor",
            _("Who would be glad of an offer is shown to mentors. Offer a place first."),
            instead="my_limits",
        )
    return None
