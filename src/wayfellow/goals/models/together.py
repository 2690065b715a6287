"""Who works together. Relationships stand above goals, so their rows are asked for by name."""

from typing import Any

from django.apps import apps
from django.db.models import Exists, F, OuterRef, Q


def takes_part(member: Any, *conditions: Q, relationship: str = "relationship") -> Exists:
    """Whether a member takes part in a row's relationship, or took part, in a way that fulfils the conditions."""
    participants = apps.get_model("relationships", "Participant").objects
    return Exists(participants.filter(*conditions, relationship=OuterRef(relationship), enrolment__member=member.pk))


def written_for(member: Any, *, relationship: str = "relationship", at: str = "created_at") -> Exists:
    """Whether a member takes part in a row's relationship, and had not left it before the row was written."""
    stays = Q(left_at__isnull=True) | Q(left_at__gte=OuterRef(at))
    return takes_part(member, stays, relationship=relationship)


def not_changed_since(moment: str, changed_at: str) -> Q:
    """Whether something ended at a moment that may not have come, and nothing was written since."""
    return Q(**{f"{moment}__isnull": True}) | Q(**{f"{moment}__gte": F(changed_at)})
