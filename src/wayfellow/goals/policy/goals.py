"""Who may do what with a goal, and when."""

from datetime import date

from django.utils.translation import gettext_lazy as _

from wayfellow.core.errors import Refusal
from wayfellow.goals.models import Goal
from wayfellow.people.models import Member

MOST_OPEN_GOALS = 10
OPEN = (Goal.State.DRAFT, Goal.State.ACTIVE)


def why_not_start_goal(actor: Member) -> Refusal | None:
    """A handful of goals is a plan; more is a wish list."""
    if Goal.objects.filter(member=actor, state__in=OPEN).count() >= MOST_OPEN_GOALS:
        return Refusal(
            "too_many_goals",
            _("You have %(count)s goals open. Reach one or set one aside before you begin another.")
            % {"count": MOST_OPEN_GOALS},
        )
    return None


def why_not_edit_goal(actor: Member, goal: Goal) -> Refusal | None:
    """Only its owner, and only while it is open."""
    if goal.member_id != actor.pk:
        return Refusal("not_your_goal", _("This goal belongs to somebody else."))
    if goal.state not in OPEN:
        return Refusal("goal_closed", _("This goal is closed. Take it up again first."), instead="reopen_goal")
    return None


def missing_for_activation(goal: Goal, *, skills: int, today: date) -> dict[str, str]:
    """What a goal still needs before it can be worked with: field name to sentence."""
    missing = {}
    if not goal.title.strip():
        missing["title"] = _("Say where you want to go, in one line.")
    if not goal.sign_of_success.strip():
        missing["sign_of_success"] = _("Say how you and others will see that you got there.")
    if goal.by_when is None:
        missing["by_when"] = _("Choose a date. You can move it later.")
    elif goal.by_when <= today:
        missing["by_when"] = _("The date must be after today.")
    if not skills:
        missing["skills"] = _("Choose at least one skill the goal asks for: it is how we find who can help.")
    return missing


def why_not_activate_goal(actor: Member, goal: Goal, *, skills: int, today: date) -> Refusal | None:
    """A goal goes live when it has a direction, a sign, a date and a skill."""
    refusal = why_not_edit_goal(actor, goal)
    if refusal:
        return refusal
    missing = missing_for_activation(goal, skills=skills, today=today)
    if missing:
        return Refusal("goal_incomplete", next(iter(missing.values())), facts=missing)
    return None


def why_not_reopen_goal(actor: Member, goal: Goal) -> Refusal | None:
    """A goal that was reached or set aside can be taken up again."""
    if goal.member_id != actor.pk:
        return Refusal("not_your_goal", _("This goal belongs to somebody else."))
    if goal.state in OPEN:
        return Refusal("goal_open", _("This goal is open already."))
    return why_not_start_goal(actor)
