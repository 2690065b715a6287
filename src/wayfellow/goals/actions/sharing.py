"""Sharing a goal item by item, and stopping. Events say that sharing changed, never what is read."""

from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from wayfellow.audit.actions import record
from wayfellow.core import clock
from wayfellow.core.errors import InvalidInput, enforce
from wayfellow.goals import policy
from wayfellow.goals.models import Goal, GoalShare
from wayfellow.goals.queries.together import lock_together
from wayfellow.people.models import Member


@transaction.atomic
def share_goal(actor: Member, goal: Goal, relationship: Any, *, items: dict[str, str]) -> Goal:
    """Let the people of a relationship read these items and no others from now on: item to audience.

    Raises:
        InvalidInput: an item or an audience that does not exist here.
        Refused: somebody else's goal, or nothing can be written there now.
    """
    relationship = lock_together(relationship)
    goal = Goal.objects.lock(goal.pk)
    enforce(policy.why_not_share_goal(actor, goal, relationship))
    audiences = policy.audiences_for(actor, relationship)
    for item, audience in items.items():
        if item not in GoalShare.Item.values or audience not in audiences:
            raise InvalidInput("unknown_choice", _("This is not one of the choices. Choose again."), field=item)
    rows = GoalShare.objects.filter(goal=goal, relationship=relationship)
    before = dict(rows.values_list("item", "audience"))
    rows.exclude(item__in=[item for item, audience in items.items() if before.get(item) == audience]).delete()
    GoalShare.objects.bulk_create(
        GoalShare(
            organisation_id=goal.organisation_id,
            goal=goal,
            relationship=relationship,
            item=item,
            audience=audience,
            created_at=clock.now(),
        )
        for item, audience in items.items()
        if before.get(item) != audience
    )
    if before != items:
        record("goal_shared", actor=actor, organisation=actor.organisation, about=goal)
    return goal


@transaction.atomic
def stop_sharing_goal(actor: Member, goal: Goal, relationship: Any) -> Goal:
    """Nobody else in this relationship reads anything of the goal any more. Possible at any time, over or blocked too.

    Raises:
        Refused: somebody else's goal.
    """
    goal = Goal.objects.lock(goal.pk)
    enforce(policy.why_not_stop_sharing_goal(actor, goal))
    gone, _rows = GoalShare.objects.filter(goal=goal, relationship=relationship).delete()
    if gone:
        record("goal_sharing_stopped", actor=actor, organisation=actor.organisation, about=goal)
    return goal
