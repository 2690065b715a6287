from datetime import datetime

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


def why_not_tell_me_when_back(actor: Member, mentor: Enrolment, now: datetime) -> Refusal | None:
    """Only of a mentor who is away, and takes requests otherwise."""
    refusal = why_not_mark_mentor(actor, mentor)
    if refusal is not None:
        return refusal
    if not mentor.takes_requests or not mentor.away_until or mentor.away_until <= now.date():
        return Refusal("not_away", _("%(name)s is not away now.") % {"name": mentor.member.short_name})
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
