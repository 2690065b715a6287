"""Rules that hold for any two people, whatever one wants of the other."""

from datetime import datetime

from django.db.models import Q
from django.utils.translation import gettext as _

from wayfellow.core.errors import Refusal
from wayfellow.programmes.models import Enrolment
from wayfellow.relationships.models import MentoringRequest, Participant, Relationship
from wayfellow.safety.models import Block

OPEN = (Relationship.State.ACTIVE, Relationship.State.PAUSED)


def why_not_together(actor: Enrolment, other: Enrolment, now: datetime) -> Refusal | None:
    """What stands between two people before any other question is asked.

    Whether somebody blocked somebody is not told: it reads like any other "cannot be asked".
    """
    if actor.member_id == other.member_id:
        return Refusal("yourself", _("This is you. Choose somebody else."))
    if actor.cohort_id != other.cohort_id:
        return Refusal("another_programme", _("You are not in the same programme."))
    if actor.cohort.is_over(now.date()):
        return Refusal("cohort_closed", _("%(programme)s has ended.") % {"programme": actor.cohort.programme.name})
    if not actor.member.is_active:
        return Refusal("you_left", _("You are not a member any more."))
    if not other.member.is_active:
        return Refusal("mentor_left", _("%(name)s is not here any more.") % {"name": other.member.full_name})
    if are_blocked(actor, other):
        return Refusal("blocked", _("%(name)s cannot be asked.") % {"name": other.member.short_name})
    return None


def why_not_already(mentee: Enrolment, mentor: Enrolment, other: Enrolment) -> Refusal | None:
    """Two people who work together, or have an open request between them, need no second one."""
    name = other.member.short_name
    working = active_relationship(mentee, mentor)
    if working is not None:
        return Refusal(
            "already_working_together",
            _("%(name)s and you work together already.") % {"name": name},
            facts={"relationship": working.pk},
        )
    waiting = open_request(mentee, mentor)
    if waiting is not None:
        return Refusal(
            "already_open",
            _("There is an open request between %(name)s and you already.") % {"name": name},
            facts={"request": waiting.pk},
        )
    return None


def are_blocked(one: Enrolment, other: Enrolment) -> bool:
    """Whether either of two people blocked the other."""
    return Block.objects.filter(
        Q(blocker=one.member_id, blocked=other.member_id) | Q(blocker=other.member_id, blocked=one.member_id)
    ).exists()


def open_request(mentee: Enrolment, mentor: Enrolment) -> MentoringRequest | None:
    """The request between two people that waits for an answer."""
    return MentoringRequest.objects.open().filter(mentee=mentee, mentor=mentor).first()


def active_relationship(mentee: Enrolment, mentor: Enrolment) -> Relationship | None:
    """The relationship, under way or paused, in which the one mentors the other now."""
    present = Participant.objects.present()
    return (
        Relationship.objects.filter(state__in=OPEN)
        .filter(pk__in=present.filter(enrolment=mentor, role="mentor").values("relationship"))
        .filter(pk__in=present.filter(enrolment=mentee, role="mentee").values("relationship"))
        .first()
    )
