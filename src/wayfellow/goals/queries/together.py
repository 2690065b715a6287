"""Relationships as goals see them: they stand above, so their rows are asked for by name."""

from typing import Any

from django.apps import apps
from django.utils.translation import gettext as _

from wayfellow.core.errors import NotFound
from wayfellow.people.models import Member

PEOPLE = "participants__enrolment__member__organisation"


def relationships_of(member: Member) -> Any:
    """The relationships a member is or was in, with their people."""
    rows = apps.get_model("relationships", "Relationship").objects.visible_to(member)
    return rows.select_related("organisation", "cohort__programme").prefetch_related(PEOPLE)


def lock_together(relationship: Any) -> Any:
    """A relationship, locked and read afresh.

    Raises:
        NotFound: it is gone.
    """
    model = apps.get_model("relationships", "Relationship")
    try:
        return model.objects.select_related("organisation").lock(relationship.pk)
    except model.DoesNotExist:
        raise NotFound("relationship_gone", _("This is not there any more.")) from None


def others_in(relationship: Any, member: Member) -> list[Any]:
    """The participants besides a member who have not left. Asks nothing of the database if its people are at hand."""
    return [
        participant
        for participant in relationship.participants.all()
        if participant.enrolment.member_id != member.pk and participant.left_at is None
    ]


def names_in(relationship: Any, member: Member) -> str:
    """The others in one line: Inês; Inês and Leif; Inês, Leif and Yusra. Who left is named if nobody else is."""
    people = others_in(relationship, member) or [
        participant for participant in relationship.participants.all() if participant.enrolment.member_id != member.pk
    ]
    return in_one_line([participant.enrolment.member.short_name for participant in people])


def in_one_line(names: list[str]) -> str:
    """Names with commas and an "and" before the last."""
    if len(names) < 2:
        return "".join(names)
    return _("%(names)s and %(last)s") % {"names": ", ".join(names[:-1]), "last": names[-1]}
