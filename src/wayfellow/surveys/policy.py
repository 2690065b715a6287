"""Who may be asked, who may answer, and what anybody else reads of it."""

from datetime import datetime

from django.utils.translation import gettext as _

from wayfellow.core.errors import Refusal
from wayfellow.people.models import Member
from wayfellow.surveys.models import SurveyInvitation

LEAST_SHOWN = 5


def why_not_answer_survey(actor: Member, invitation: SurveyInvitation, now: datetime) -> Refusal | None:
    """The one who was asked, once, until it closes."""
    if invitation.member_id != actor.pk:
        return Refusal("not_yours", _("These questions were sent to somebody else."))
    if invitation.answered_at is not None:
        return Refusal("answered_already", _("You have answered these already. Thank you."))
    if now >= invitation.closes_at:
        return Refusal("survey_closed", _("These questions have closed. The next ones come by themselves."))
    return None


def is_shown(people: int) -> bool:
    """Whether a total over so many people may be shown to anybody."""
    return people >= LEAST_SHOWN
