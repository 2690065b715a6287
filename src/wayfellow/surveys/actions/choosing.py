"""Fewer questions, or one after each meeting."""

from django.db import transaction

from wayfellow.audit.actions import record
from wayfellow.people.models import Member
from wayfellow.relationships.models import Relationship
from wayfellow.surveys.models import SurveyChoice


@transaction.atomic
def choose_surveys(
    actor: Member, relationship: Relationship, *, stopped: bool, after_meetings: bool = False
) -> SurveyChoice:
    """Stop these questions in a relationship, take them up again, or be asked after each meeting too."""
    choice, _is_new = SurveyChoice.objects.update_or_create(
        member=actor,
        relationship=relationship,
        defaults={"stopped": stopped, "after_meetings": after_meetings and not stopped},
        create_defaults={
            "organisation": relationship.organisation,
            "stopped": stopped,
            "after_meetings": after_meetings and not stopped,
        },
    )
    record("surveys_chosen", actor=actor, organisation=relationship.organisation, about=relationship)
    return choice
