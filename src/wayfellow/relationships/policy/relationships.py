"""May I end this, leave it, pause it, take it up again?"""

from datetime import date, datetime

from django.utils.translation import gettext as _

from wayfellow.core.errors import Refusal
from wayfellow.people.models import Member
from wayfellow.relationships.models import Participant, Relationship
from wayfellow.relationships.policy.presence import why_not_here, why_not_write

LONGEST_PAUSE_DAYS = 366


def why_not_end_relationship(actor: Member, relationship: Relationship, now: datetime) -> Refusal | None:
    """Why this person cannot end it, or None. From the first minute, anybody in it can; no reason is asked for."""
    refusal = why_not_here(actor, relationship)
    if refusal is None and not relationship.is_open:
        return Refusal("already_ended", _("This has ended already."))
    return refusal


def why_not_leave_relationship(actor: Member, relationship: Relationship, now: datetime) -> Refusal | None:
    """Why this person cannot leave while the others go on, or None. It takes a mentor and a mentee to go on."""
    refusal = why_not_end_relationship(actor, relationship, now)
    if refusal is not None:
        return refusal
    if not can_go_on_without(relationship, [actor.pk]):
        return Refusal(
            "nobody_to_go_on",
            _("Without you the others cannot go on: it takes a mentor and a mentee. You can end it instead."),
            instead="end_relationship",
        )
    return None


def can_go_on_without(relationship: Relationship, members: list[int]) -> bool:
    """Whether a mentor and a mentee are left without these."""
    rest = relationship.participants.present().exclude(enrolment__member__in=members)
    return set(rest.values_list("role", flat=True)) == set(Participant.Role)


def why_not_pause_relationship(
    actor: Member, relationship: Relationship, now: datetime, *, until: date | None = None
) -> Refusal | None:
    """Why this person cannot pause it, or None."""
    refusal = why_not_write(actor, relationship)
    if refusal is not None:
        return refusal
    if relationship.state == Relationship.State.PAUSED:
        return Refusal("already_paused", _("This is paused already. Take it up again first to set another date."))
    if until is None:
        return None
    days = (until - relationship.organisation.today(now)).days
    if days < 1:
        return Refusal("pause_until_past", _("Choose a day after today."))
    if days > LONGEST_PAUSE_DAYS:
        return Refusal("pause_too_long", _("Choose a day within a year, or end it with thanks."))
    if relationship.ends_on is not None and until >= relationship.ends_on:
        return Refusal(
            "pause_past_end", _("It ends before that day. Choose an earlier one, or agree on a later end first.")
        )
    return None


def why_not_resume_relationship(actor: Member, relationship: Relationship, now: datetime) -> Refusal | None:
    """Why this person cannot take it up again, or None. Anybody in it can, whoever paused it."""
    refusal = why_not_write(actor, relationship)
    if refusal is not None:
        return refusal
    if relationship.state != Relationship.State.PAUSED:
        return Refusal("not_paused", _("This is not paused."))
    return None
