"""Who reads what of a goal, and who may share it."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from wayfellow.core.errors import Refusal
from wayfellow.goals.models import Goal, GoalShare
from wayfellow.goals.policy.together import why_not_write_together
from wayfellow.people.models import Member

Audience = GoalShare.Audience


def audiences_for(owner: Member, relationship: Any) -> list[Any]:
    """The circles an owner can choose from: mentors alone only where there are mentors, and others besides."""
    roles = [
        participant.role
        for participant in relationship.participants.all()
        if participant.left_at is None and participant.enrolment.member_id != owner.pk
    ]
    if "mentor" in roles and set(roles) != {"mentor"}:
        return [Audience.MENTORS, Audience.EVERYONE]
    return [Audience.EVERYONE]


def may_read_item(role: str, audience: Any) -> bool:
    """Whether somebody of this role reads an item shared with this circle: mentor, mentee, or anybody outside."""
    if role == "owner":
        return True
    readers = {Audience.EVERYONE: ("mentor", "mentee"), Audience.MENTORS: ("mentor",)}
    return role in readers.get(Audience(audience), ()) if audience else False


def why_not_share_goal(actor: Member, goal: Goal, relationship: Any) -> Refusal | None:
    """Only its owner, with people one works with now."""
    refusal = why_not_stop_sharing_goal(actor, goal)
    if refusal:
        return refusal
    if not goal.title.strip():
        return Refusal("goal_unnamed", _("Give the goal its first line before you share it."))
    return why_not_write_together(actor, relationship)


def why_not_stop_sharing_goal(actor: Member, goal: Goal) -> Refusal | None:
    """Its owner, at any time and whatever became of the relationship."""
    if goal.member_id != actor.pk:
        return Refusal("not_your_goal", _("This goal belongs to somebody else."))
    return None
