"""Doors to sharing a goal: with whom it is shared, what each may read, and stopping."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from wayfellow.core.access import GUEST, MEMBER, MENTEE, MENTOR, access
from wayfellow.core.errors import DomainError
from wayfellow.goals import actions, policy
from wayfellow.goals.forms import ShareForm
from wayfellow.goals.models import Goal, GoalShare
from wayfellow.goals.queries.sharing import shared_goals, sharings_of
from wayfellow.goals.views.together import find_together, frame


@access(MEMBER, GUEST)
@require_safe
def goal_sharing(request: HttpRequest, organisation: str, goal_id: int) -> HttpResponse:
    """With whom a goal is shared, and what they read."""
    goal = _mine(request, goal_id)
    return render(request, "goals/goal_sharing.html", {"goal": goal, "sharings": sharings_of(goal)})


@access(MENTEE, MENTOR)
@require_http_methods(["GET", "HEAD", "POST"])
def share_goal(request: HttpRequest, organisation: str, goal_id: int, pk: int) -> HttpResponse:
    """Choose, item by item, what the people of one relationship may read."""
    goal = _mine(request, goal_id)
    relationship = find_together(request, pk)
    refusal = policy.why_not_share_goal(request.member, goal, relationship)
    if refusal is not None:
        messages.info(request, refusal.message)
        return redirect("goal_sharing", organisation, goal.pk)
    shared = dict(goal.shares.filter(relationship=relationship).values_list("item", "audience"))
    audiences = policy.audiences_for(request.member, relationship)
    context = frame(request, relationship)
    form = ShareForm(
        request.POST if request.method == "POST" else None,
        goal=goal,
        audiences=audiences,
        names=context["names"],
        initial=shared,
    )
    if form.is_bound and form.is_valid():
        try:
            actions.share_goal(request.member, goal, relationship, items=form.items)
        except DomainError as error:
            form.refuse(error)
        else:
            said = _("From now on %(names)s can read what you chose, and nothing else of this goal.")
            nothing = _("Nobody here reads anything of this goal now.")
            messages.success(request, said % {"names": context["names"]} if form.items else nothing)
            return redirect("goal_sharing", organisation, goal.pk)
    context |= {"goal": goal, "form": form, "shared": shared, "readers": _readers(shared, len(audiences) > 1)}
    return render(request, "goals/share_goal.html", context, status=422 if form.is_bound else 200)


@access(MENTEE, MENTOR)
@require_POST
def stop_sharing_goal(request: HttpRequest, organisation: str, goal_id: int, pk: int) -> HttpResponse:
    """Nobody in this relationship reads it any more. To share again is one page away."""
    actions.stop_sharing_goal(request.member, _mine(request, goal_id), find_together(request, pk))
    messages.success(request, _("Stopped. Nobody there reads anything of this goal any more."))
    return redirect("goal_sharing", organisation, goal_id)


@access(MENTEE, MENTOR)
@require_safe
def goals_together(request: HttpRequest, organisation: str, pk: int) -> HttpResponse:
    """The goals of one relationship, as far as their owners share them."""
    relationship = find_together(request, pk)
    mine = request.member.goals.filter(state__in=policy.OPEN).exclude(title="").order_by("-is_main", "pk")
    context = frame(request, relationship) | {"goals": shared_goals(relationship, request.member), "mine": mine}
    return render(request, "goals/goals_together.html", context)


def _mine(request: HttpRequest, goal_id: int) -> Goal:
    rows = Goal.objects.visible_to(request.member).select_related("member").prefetch_related("skills__skill")
    return get_object_or_404(rows, pk=goal_id)


def _readers(shared: dict[str, str], has_circles: bool) -> list[dict[str, Any]]:
    """Each item with who reads it now, from the policy."""
    may = policy.may_read_item
    return [
        {
            "label": label,
            "mentor": may("mentor", shared.get(item, "")),
            "mentee": may("mentee", shared.get(item, "")),
            "outside": may("manager", shared.get(item, "")),
            "has_circles": has_circles,
        }
        for item, label in GoalShare.Item.choices
    ]
