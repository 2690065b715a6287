"""May somebody be invited into what others do together, and may they come in?"""

from datetime import datetime

from django.db.models import Q
from django.utils.translation import gettext as _

from wayfellow.core.errors import Refusal
from wayfellow.people.models import Member
from wayfellow.programmes.models import Enrolment
from wayfellow.relationships.models import JoiningInvitation, Participant, Relationship
from wayfellow.relationships.policy.presence import why_not_write
from wayfellow.safety.models import Block

MOST_PEOPLE = 8


def why_not_invite_to_relationship(
    actor: Member, relationship: Relationship, enrolment: Enrolment, role: str, now: datetime
) -> Refusal | None:
    """Why this person cannot invite somebody, or None."""
    refusal = why_not_write(actor, relationship)
    if refusal is not None:
        return refusal
    if relationship.invitations.filter(enrolment=enrolment, state=JoiningInvitation.State.PENDING).exists():
        return Refusal("already_invited", _("%(name)s is invited already.") % {"name": enrolment.member.short_name})
    return why_not_join(relationship, enrolment, role, now)


def why_not_join(relationship: Relationship, enrolment: Enrolment, role: str, now: datetime) -> Refusal | None:
    """What stands between somebody and a relationship under way. That two people keep apart is not told."""
    name = enrolment.member.short_name
    if not relationship.is_open:
        return Refusal("already_ended", _("This has ended."))
    if enrolment.cohort_id != relationship.cohort_id:
        return Refusal("another_programme", _("%(name)s is not in the same programme.") % {"name": name})
    if relationship.cohort.is_over(now.date()):
        return Refusal("cohort_closed", _("The programme has ended."))
    if not enrolment.member.is_active:
        return Refusal("person_left", _("%(name)s is not here any more.") % {"name": enrolment.member.full_name})
    people = list(relationship.participants.select_related("enrolment__member"))
    if any(one.enrolment_id == enrolment.pk for one in people):
        return Refusal("in_it_already", _("%(name)s is, or was, in it already.") % {"name": name})
    here = [one for one in people if one.is_present]
    if len(here) >= MOST_PEOPLE:
        return Refusal("group_full", _("%(n)d people are the most in one group.") % {"n": MOST_PEOPLE})
    if role == Participant.Role.MENTOR:
        if not enrolment.is_mentor:
            return Refusal("not_a_mentor", _("%(name)s does not mentor in this programme.") % {"name": name})
        if enrolment.free_places <= 0:
            return Refusal("mentor_at_capacity", _("%(name)s has no free place just now.") % {"name": name})
    elif not enrolment.is_mentee:
        return Refusal("not_a_mentee", _("%(name)s looks for no mentor in this programme.") % {"name": name})
    return _why_not_with_these(enrolment, role, here)


def _why_not_with_these(enrolment: Enrolment, role: str, here: list[Participant]) -> Refusal | None:
    name = enrolment.member.short_name
    members = [one.enrolment.member_id for one in here]
    apart = Q(blocker=enrolment.member_id, blocked__in=members) | Q(blocked=enrolment.member_id, blocker__in=members)
    if Block.objects.filter(apart).exists():
        return Refusal("cannot_join", _("%(name)s cannot join here.") % {"name": name})
    others = [one.enrolment_id for one in here if one.role != role]
    rows = Relationship.objects.filter(state__in=(Relationship.State.ACTIVE, Relationship.State.PAUSED))
    together = (
        rows.filter(participants__enrolment=enrolment, participants__role=role, participants__left_at=None)
        .filter(
            pk__in=Participant.objects.present().filter(enrolment__in=others).exclude(role=role).values("relationship")
        )
        .exists()
    )
    if together:
        return Refusal("already_working_together", _("%(name)s works with one of you already.") % {"name": name})
    return None


def why_not_answer_joining(actor: Member, invitation: JoiningInvitation) -> Refusal | None:
    """Why this person cannot say yes or no to an invitation, or None."""
    if invitation.enrolment.member_id != actor.pk:
        refusal = why_not_write(actor, invitation.relationship)
        if refusal is not None:
            return refusal
    elif not actor.is_active:
        return Refusal("not_yours", _("You are not a member any more."))
    if not invitation.is_open:
        return Refusal(f"joining_{invitation.state}", CLOSED_WORDS[invitation.state]())
    return None


CLOSED_WORDS = {
    JoiningInvitation.State.JOINED: lambda: _("Everybody has said yes already."),
    JoiningInvitation.State.DECLINED: lambda: _("This was answered with “not now” already."),
    JoiningInvitation.State.WITHDRAWN: lambda: _("This was taken back."),
    JoiningInvitation.State.CLOSED: lambda: _("This is closed. Nothing was changed."),
}


def why_not_agree_to_joining(actor: Member, invitation: JoiningInvitation) -> Refusal | None:
    """Why this person cannot say yes, or None: each says it once."""
    refusal = why_not_answer_joining(actor, invitation)
    if refusal is not None:
        return refusal
    if invitation.enrolment.member_id == actor.pk:
        said = invitation.said_yes_at is not None
    else:
        said = invitation.consents.filter(participant__enrolment__member=actor).exists()
    return Refusal("said_yes_already", _("You have said yes. It waits for somebody else.")) if said else None


def why_not_withdraw_joining(actor: Member, invitation: JoiningInvitation) -> Refusal | None:
    """Why this person cannot take an invitation back, or None."""
    if invitation.invited_by.enrolment.member_id != actor.pk:
        return Refusal("not_yours", _("Only the person who invited can take it back."))
    return why_not_answer_joining(actor, invitation)
