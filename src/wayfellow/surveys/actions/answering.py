"""Answering, once, signed in or by the link of the mail."""

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from wayfellow.audit.actions import record
from wayfellow.core import clock
from wayfellow.core.errors import InvalidInput, NotFound, enforce
from wayfellow.notifications.links import about_of, use_link
from wayfellow.people.models import Member
from wayfellow.surveys import policy
from wayfellow.surveys.actions.asking import ANSWER_PURPOSE
from wayfellow.surveys.models import SurveyAnswer, SurveyInvitation


@transaction.atomic
def answer_survey(
    actor: Member, invitation: SurveyInvitation, *, values: Mapping[str, int | None], now: datetime | None = None
) -> SurveyInvitation:
    """Keep what one person answers. Items may be left out, but not all.

    Args:
        values: points of the scale by the item's key; None where it is left out.

    Raises:
        Refused: see `why_not_answer_survey`; `answered_already` also when another click was faster.
        InvalidInput: nothing was answered, an item is unknown, or a value lies outside its scale.
        NotFound: it is gone.
    """
    now = now or clock.now()
    try:
        invitation = SurveyInvitation.objects.select_related("organisation").lock(invitation.pk)
    except SurveyInvitation.DoesNotExist:
        raise NotFound("survey_gone", _("These questions are not there any more.")) from None
    enforce(policy.why_not_answer_survey(actor, invitation, now))
    given = _checked(invitation, values)
    SurveyAnswer.objects.bulk_create(
        SurveyAnswer(organisation=invitation.organisation, invitation=invitation, member=actor, item=item, value=value)
        for item, value in given.items()
    )
    invitation.answered_at = now
    invitation.save(update_fields=["answered_at"])
    record("survey_answered", actor=None, organisation=invitation.organisation, about=invitation.relationship)
    return invitation


@transaction.atomic
def answer_survey_from_mail(
    token: str, *, values: Mapping[str, int | None], now: datetime | None = None
) -> SurveyInvitation:
    """Answer by a link from a mail, without signing in. It works once.

    Raises:
        Refused: the link is used, expired or unknown; or as `answer_survey`, and then the link stays good.
        InvalidInput, NotFound: as `answer_survey`.
    """
    link = use_link(token, ANSWER_PURPOSE)
    return answer_survey(link.member, about_of(link), values=values, now=now)


def _checked(invitation: SurveyInvitation, values: Mapping[str, int | None]) -> dict[str, int]:
    asked = invitation.asks
    given = {item: value for item, value in values.items() if value is not None}
    for item, value in given.items():
        if item not in {known.key for known in asked.items}:
            raise InvalidInput("item_unknown", _("“%(item)s” is not one of these questions.") % {"item": item})
        if value not in asked.scale.points:
            most = len(asked.scale.words)
            words = _("Choose one of the %(most)s answers.") % {"most": most}
            raise InvalidInput("value_outside_scale", words, field=item)
    if not given:
        raise InvalidInput("nothing_answered", _("Choose an answer to at least one of them, or close this page."))
    return given
