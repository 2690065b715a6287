"""May I look back?"""

from datetime import datetime, timedelta

from django.utils.translation import gettext as _

from wayfellow.core.errors import Refusal
from wayfellow.people.models import Member
from wayfellow.relationships.models import Relationship, Review
from wayfellow.relationships.policy.presence import why_not_apart, why_not_here, why_not_write

AFTER_THE_END = timedelta(days=30)


def why_not_start_review(actor: Member, relationship: Relationship, now: datetime) -> Refusal | None:
    """Why this person cannot begin a look back, or None."""
    if may_still_look_back(relationship, now):
        return why_not_here(actor, relationship) or why_not_apart(actor, relationship)
    return why_not_write(actor, relationship)


def why_not_fill_in_review(actor: Member, review: Review, now: datetime) -> Refusal | None:
    """Why this person cannot look back here, or None. At the end there are 30 days to do so."""
    relationship = review.relationship
    refusal = why_not_start_review(actor, relationship, now)
    if refusal is not None:
        return refusal
    if review.shown_at is not None:
        return Refusal("review_shown", _("Everybody has looked back; the answers are shown."))
    if not relationship.is_open and review.kind != Review.Kind.CLOSING:
        return Refusal("already_ended", _("This has ended. Look back on the whole instead."))
    return None


def may_still_look_back(relationship: Relationship, now: datetime) -> bool:
    """Whether it ended so short a time ago that its people may still look back."""
    return relationship.ended_at is not None and now <= relationship.ended_at + AFTER_THE_END
