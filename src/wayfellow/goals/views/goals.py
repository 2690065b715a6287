"""Doors to goals: the list, one goal, and the wizard of five steps."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from wayfellow.core.access import GUEST, MEMBER, access
from wayfellow.core.errors import DomainError
from wayfellow.goals import actions, policy
from wayfellow.goals.forms import HowYouWillKnowForm, WhatCouldStopYouForm, WhereToForm
from wayfellow.goals.models import Goal
from wayfellow.goals.queries import goals_of
from wayfellow.people.models import Profile
from wayfellow.skills.forms import GoalSkills
from wayfellow.web.tables import paginate

STEP_NAMES = (
    gettext_lazy("Where to"),
    gettext_lazy("How you will know"),
    gettext_lazy("Skills"),
    gettext_lazy("What could stop you"),
    gettext_lazy("Check"),
)
SKILLS, CHECK = 3, 5


@access(MEMBER, GUEST)
@require_safe
def goals(request: HttpRequest, organisation: str) -> HttpResponse:
    """All my goals."""
    rows = goals_of(request.member)
    words = request.GET.get("q", "").strip()[:100]
    if words:
        rows = rows.filter(title__icontains=words)
    context = {"page_obj": paginate(request, rows, per_page=20), "q": words}
    return render(request, "goals/goals.html", context)


@access(MEMBER, GUEST)
@require_POST
def start_goal(request: HttpRequest, organisation: str) -> HttpResponse:
    """Begin a goal and go to its first step."""
    goal = actions.start_goal(request.member)
    return redirect("goal_step", organisation, goal.pk, 1)


@access(MEMBER, GUEST)
@require_safe
def goal(request: HttpRequest, organisation: str, goal_id: int) -> HttpResponse:
    """One goal, whole."""
    row = _mine(request, goal_id)
    context = {"goal": row, "today": _today(), "is_shared": row.shares.exists()}
    return render(request, "goals/goal.html", context)


@access(MEMBER, GUEST)
@require_http_methods(["GET", "HEAD", "POST"])
def goal_step(request: HttpRequest, organisation: str, goal_id: int, step: int) -> HttpResponse:
    """One step of the wizard. Each is saved when it is left; going back never loses anything."""
    row = _mine(request, goal_id)
    if not 1 <= step <= actions.STEPS:
        raise Http404
    refusal = policy.why_not_edit_goal(request.member, row)
    if refusal:
        messages.warning(request, refusal.message)
        return redirect("goal", organisation, row.pk)
    if step == SKILLS:
        return _skills_step(request, row)
    if step == CHECK:
        return _check_step(request, row)
    form = _form(step, row, request.POST if request.method == "POST" else None)
    if request.method == "POST":
        if "skip" in request.POST:
            return redirect("goal_step", organisation, row.pk, step + 1)
        if form.is_valid():
            actions.save_goal_step(request.member, row, step=step, fields=form.cleaned_data)
            return redirect("goal_step", organisation, row.pk, step + 1)
    return _show_step(request, row, step, {"form": form})


@access(MEMBER, GUEST)
@require_POST
def make_main_goal(request: HttpRequest, organisation: str, goal_id: int) -> HttpResponse:
    """Suggest people for this goal first."""
    row = actions.make_main_goal(request.member, _mine(request, goal_id))
    messages.success(request, _("People are now suggested for “%(goal)s”.") % {"goal": row.title})
    return redirect("goals", organisation)


@access(MEMBER, GUEST)
@require_http_methods(["GET", "HEAD", "POST"])
def close_goal(request: HttpRequest, organisation: str, goal_id: int) -> HttpResponse:
    """Reached, or set aside: a page that asks once more."""
    row = _mine(request, goal_id)
    if request.method == "POST":
        reached = request.POST.get("how") == "reached"
        actions.close_goal(request.member, row, reached=reached)
        messages.success(
            request, _("Well done. It stays in your list.") if reached else _("Set aside. It stays yours.")
        )
        return redirect("goals", organisation)
    return render(request, "goals/close_goal.html", {"goal": row})


@access(MEMBER, GUEST)
@require_POST
def reopen_goal(request: HttpRequest, organisation: str, goal_id: int) -> HttpResponse:
    """Take a closed goal up again."""
    row = actions.reopen_goal(request.member, _mine(request, goal_id))
    messages.success(request, _("The goal is open again."))
    return redirect("goal", organisation, row.pk)


@access(MEMBER, GUEST)
@require_http_methods(["GET", "HEAD", "POST"])
def delete_goal(request: HttpRequest, organisation: str, goal_id: int) -> HttpResponse:
    """Remove a goal for good, after asking once more."""
    row = _mine(request, goal_id)
    if request.method == "POST":
        actions.delete_goal(request.member, row)
        messages.success(request, _("The goal is gone."))
        return redirect("goals", organisation)
    return render(request, "goals/delete_goal.html", {"goal": row})


def _mine(request: HttpRequest, goal_id: int) -> Goal:
    rows = Goal.objects.visible_to(request.member).prefetch_related("skills__skill")
    return get_object_or_404(rows, pk=goal_id)


def _today() -> Any:
    return timezone.localdate()


def _form(step: int, row: Goal, data: Any) -> Any:
    if step == 1:
        return WhereToForm(data, instance=row)
    if step == 2:
        return HowYouWillKnowForm(data, instance=row, today=_today())
    return WhatCouldStopYouForm(data, instance=row)


def _skills_step(request: HttpRequest, row: Goal) -> HttpResponse:
    sent = request.method == "POST"
    if sent and "skip" in request.POST:
        return redirect("goal_step", request.organisation.slug, row.pk, SKILLS + 1)
    chosen = [(entry.skill, entry.from_level, entry.to_level) for entry in row.skills.all()]
    picker = GoalSkills(
        request.POST if sent else None, member=request.member, chosen=chosen, add=request.GET.get("add", "")
    )
    if sent and not picker.is_picking and picker.is_valid():
        try:
            actions.set_goal_skills(request.member, row, picker.chosen_skills())
        except DomainError as error:
            picker.refuse(error)
        else:
            return redirect("goal_step", request.organisation.slug, row.pk, SKILLS + 1)
    return _show_step(request, row, SKILLS, {"picker": picker})


def _check_step(request: HttpRequest, row: Goal) -> HttpResponse:
    missing = policy.missing_for_activation(row, skills=len(row.skills.all()), today=_today())
    if request.method == "POST":
        try:
            actions.activate_goal(request.member, row, today=_today())
        except DomainError as error:
            messages.warning(request, str(error))
        else:
            messages.success(request, _("Your goal is set."))
            return _onwards(request)
    step_of = {"title": 1, "sign_of_success": 2, "by_when": 2, "skills": SKILLS}
    gaps = [{"step": step_of[name], "text": text} for name, text in missing.items()]
    return _show_step(request, row, CHECK, {"gaps": gaps})


def _onwards(request: HttpRequest) -> HttpResponse:
    """Who is new says next what they can offer; everybody else goes home."""
    slug = request.organisation.slug
    if not Profile.objects.filter(member=request.member).exists():
        return redirect("edit_profile", slug, "about")
    return redirect("home", slug)


def _show_step(request: HttpRequest, row: Goal, step: int, context: dict[str, Any]) -> HttpResponse:
    steps = [
        {"name": name, "number": number, "done": number < row.step and number != step, "current": number == step}
        for number, name in enumerate(STEP_NAMES, start=1)
    ]
    context |= {"goal": row, "step": step, "steps": steps, "step_name": STEP_NAMES[step - 1], "of": actions.STEPS}
    return render(request, f"goals/step_{step}.html", context)
