"""What happens to goals. Events say that a goal was begun or closed, never what it says."""

from datetime import date
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from wayfellow.audit.actions import record
from wayfellow.core.clock import now
from wayfellow.core.errors import InvalidInput, enforce
from wayfellow.goals import policy
from wayfellow.goals.models import Goal, GoalSkill
from wayfellow.people.models import Member
from wayfellow.search.actions import touch
from wayfellow.skills.models import Skill

STEPS = 5
MOST_SKILLS = 5
EDITABLE = ("title", "why", "sign_of_success", "by_when", "obstacle", "if_moment", "then_act")


@transaction.atomic
def start_goal(actor: Member) -> Goal:
    """A new, empty goal; or the one that was begun and never named."""
    Member.objects.lock(actor.pk)
    unnamed = Goal.objects.filter(member=actor, state=Goal.State.DRAFT, title="").first()
    if unnamed is not None:
        return unnamed
    enforce(policy.why_not_start_goal(actor))
    goal = Goal.objects.create(organisation_id=actor.organisation_id, member=actor)
    record("goal_started", actor=actor, organisation=actor.organisation, about=goal)
    return goal


@transaction.atomic
def save_goal_step(actor: Member, goal: Goal, *, step: int, fields: dict[str, Any]) -> Goal:
    """Keep what was typed in one step, and remember how far the goal has come.

    Raises:
        Refused: the goal is closed or somebody else's.
    """
    goal = Goal.objects.lock(goal.pk)
    enforce(policy.why_not_edit_goal(actor, goal))
    for name, value in fields.items():
        if name not in EDITABLE:
            raise ValueError(f"{name} is not a field of the wizard")
        setattr(goal, name, value)
    goal.step = max(goal.step, min(step + 1, STEPS))
    goal.save()
    touch(actor)
    record("goal_saved", actor=actor, organisation=actor.organisation, about=goal, details={"step": step})
    return goal


@transaction.atomic
def set_goal_skills(actor: Member, goal: Goal, skills: list[tuple[Skill, int, int]]) -> Goal:
    """Replace the skills of a goal: (skill, from level, to level).

    Raises:
        InvalidInput: too many skills, the same one twice, or levels that do not rise from 1 to 5.
        Refused: the goal is closed or somebody else's.
    """
    goal = Goal.objects.lock(goal.pk)
    enforce(policy.why_not_edit_goal(actor, goal))
    if len(skills) > MOST_SKILLS:
        raise InvalidInput("too_many_skills", _("At most %(count)s skills for one goal.") % {"count": MOST_SKILLS})
    if len({skill.pk for skill, *_levels in skills}) != len(skills):
        raise InvalidInput("skill_twice", _("Each skill once, please."))
    for skill, low, high in skills:
        if not 1 <= low < high <= 5:
            raise InvalidInput(
                "levels_do_not_rise",
                _("%(skill)s: the level you want must be above the one you have.") % {"skill": skill},
            )
    goal.skills.all().delete()
    GoalSkill.objects.bulk_create(
        GoalSkill(organisation_id=goal.organisation_id, goal=goal, skill=skill, from_level=low, to_level=high)
        for skill, low, high in skills
    )
    goal.step = max(goal.step, 4)
    goal.save(update_fields=["step", "updated_at"])
    touch(actor)
    record("goal_skills_set", actor=actor, organisation=actor.organisation, about=goal)
    return goal


@transaction.atomic
def activate_goal(actor: Member, goal: Goal, *, today: date) -> Goal:
    """The goal is clear enough to ask somebody about. The first one becomes the main goal.

    Raises:
        Refused: something is missing; the message says what.
    """
    Member.objects.lock(actor.pk)
    goal = Goal.objects.lock(goal.pk)
    enforce(policy.why_not_activate_goal(actor, goal, skills=goal.skills.count(), today=today))
    goal.state = Goal.State.ACTIVE
    goal.step = STEPS
    goal.is_main = not Goal.objects.filter(member=actor, is_main=True).exclude(pk=goal.pk).exists()
    goal.save()
    touch(actor)
    record("goal_set", actor=actor, organisation=actor.organisation, about=goal)
    return goal


@transaction.atomic
def make_main_goal(actor: Member, goal: Goal) -> Goal:
    """People are suggested for the main goal first."""
    Member.objects.lock(actor.pk)
    goal = Goal.objects.lock(goal.pk)
    enforce(policy.why_not_edit_goal(actor, goal))
    Goal.objects.filter(member=actor, is_main=True).update(is_main=False)
    goal.is_main = True
    goal.save(update_fields=["is_main", "updated_at"])
    touch(actor)
    record("goal_made_main", actor=actor, organisation=actor.organisation, about=goal)
    return goal


@transaction.atomic
def close_goal(actor: Member, goal: Goal, *, reached: bool) -> Goal:
    """Reached, or set aside without reproach."""
    Member.objects.lock(actor.pk)
    goal = Goal.objects.lock(goal.pk)
    enforce(policy.why_not_edit_goal(actor, goal))
    goal.state = Goal.State.REACHED if reached else Goal.State.SET_ASIDE
    goal.closed_at = now()
    goal.is_main = False
    goal.save()
    _main_goal_of(actor)
    touch(actor)
    record("goal_reached" if reached else "goal_set_aside", actor=actor, organisation=actor.organisation, about=goal)
    return goal


@transaction.atomic
def reopen_goal(actor: Member, goal: Goal) -> Goal:
    """Take a closed goal up again, as it was."""
    Member.objects.lock(actor.pk)
    goal = Goal.objects.lock(goal.pk)
    enforce(policy.why_not_reopen_goal(actor, goal))
    goal.state = Goal.State.ACTIVE if goal.skills.exists() and goal.title else Goal.State.DRAFT
    goal.closed_at = None
    goal.save()
    _main_goal_of(actor)
    touch(actor)
    record("goal_reopened", actor=actor, organisation=actor.organisation, about=goal)
    return goal


@transaction.atomic
def delete_goal(actor: Member, goal: Goal) -> None:
    """Remove a goal and all its words for good. Requests that were sent keep the one line they quoted."""
    Member.objects.lock(actor.pk)
    goal = Goal.objects.lock(goal.pk)
    if goal.member_id != actor.pk:
        enforce(policy.why_not_edit_goal(actor, goal))
    pk = goal.pk
    goal.delete()
    _main_goal_of(actor)
    touch(actor)
    record("goal_deleted", actor=actor, organisation=actor.organisation, about=Goal(pk=pk))


def _main_goal_of(member: Member) -> None:
    """When the main goal is gone, the oldest one under way takes its place."""
    if Goal.objects.filter(member=member, is_main=True).exists():
        return
    next_goal = Goal.objects.filter(member=member, state=Goal.State.ACTIVE).order_by("pk").first()
    if next_goal is not None:
        next_goal.is_main = True
        next_goal.save(update_fields=["is_main"])


def erase_goals(member: Member) -> None:
    """Remove every goal of a member who is forgotten."""
    Goal.objects.filter(member=member).delete()
