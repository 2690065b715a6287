"""Doors for administrators: the organisation's list of skills."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from wayfellow.core.access import ADMINISTRATOR, access
from wayfellow.core.errors import DomainError
from wayfellow.skills import actions, queries
from wayfellow.skills.forms import MOST_LETTERS, SkillForm
from wayfellow.skills.models import Skill
from wayfellow.web.exports import export_response
from wayfellow.web.tables import paginate

SHOWN = ("all", "own", "retired")


@access(ADMINISTRATOR, area="organisation")
@require_safe
def manage_skills(request: HttpRequest, organisation: str) -> HttpResponse:
    """The list: search, tabs, and what can be done with each skill."""
    show, text = _asked(request)
    labels = {"all": _("All"), "own": _("Your own"), "retired": _("Retired")}
    address = reverse("manage_skills", args=[organisation])
    context = {
        "q": text,
        "show": show,
        "tabs": [{"label": labels[name], "url": f"{address}?show={name}", "current": name == show} for name in SHOWN],
        "page_obj": paginate(request, queries.managed_skills(request.member, text, show=show)),
        "family_names": queries.family_names(),
    }
    return render(request, "skills/manage_skills.html", context)


@access(ADMINISTRATOR, area="organisation")
@require_safe
def export_skills(request: HttpRequest, organisation: str) -> HttpResponseBase:
    """The list as a file, as it is searched and shown."""
    show, text = _asked(request)
    headers = ["key", "name", "family", "description", "also_called", "from", "people_offering", "state"]
    names = queries.family_names()
    rows = (
        [
            skill.key,
            str(skill),
            names.get(skill.family, skill.family),
            skill.about,
            ", ".join(skill.other_names),
            skill.get_source_display() or ("own" if skill.is_own else "starter list"),
            skill.offers,
            "retired" if skill.is_retired else "in use",
        ]
        for skill in queries.managed_skills(request.member, text, show=show)
    )
    return export_response(f"{organisation}-skills", headers, rows, request.GET.get("format", "csv"))


@access(ADMINISTRATOR, area="organisation")
@require_http_methods(["GET", "HEAD", "POST"])
def add_skill(request: HttpRequest, organisation: str) -> HttpResponse:
    """A new skill of our own."""
    form = SkillForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        try:
            skill = actions.add_skill(request.member, **form.cleaned_data)
        except DomainError as error:
            _show_refusal(form, error)
        else:
            messages.success(request, _("“%(skill)s” is in the list.") % {"skill": skill})
            return redirect("manage_skills", organisation)
    return render(request, "skills/skill_form.html", {"form": form, "skill": None})


@access(ADMINISTRATOR, area="organisation")
@require_http_methods(["GET", "HEAD", "POST"])
def change_skill(request: HttpRequest, organisation: str, key: str) -> HttpResponse:
    """Change a skill of our own."""
    skill = get_object_or_404(Skill.objects.visible_to(request.member), key=key, organisation=request.organisation)
    says = {
        "name": skill.name,
        "family": skill.family,
        "description": skill.description,
        "synonyms": ", ".join(skill.synonyms),
    }
    form = SkillForm(request.POST if request.method == "POST" else None, initial=says)
    if form.is_bound and form.is_valid():
        try:
            actions.change_skill(request.member, skill, **form.cleaned_data)
        except DomainError as error:
            _show_refusal(form, error)
        else:
            messages.success(request, _("“%(skill)s” is changed.") % {"skill": skill})
            return redirect("manage_skills", organisation)
    return render(request, "skills/skill_form.html", {"form": form, "skill": skill})


@access(ADMINISTRATOR, area="organisation")
@require_POST
def retire_skill(request: HttpRequest, organisation: str, key: str) -> HttpResponse:
    """Take a skill out of the list to choose from; the list offers to bring it back."""
    skill = get_object_or_404(Skill.objects.visible_to(request.member), key=key)
    actions.retire_skill(request.member, skill)
    gone = _("“%(skill)s” can no longer be chosen. Whoever has it keeps it. You find it under Retired.")
    messages.success(request, gone % {"skill": skill})
    return _back_to_list(request, organisation)


@access(ADMINISTRATOR, area="organisation")
@require_POST
def restore_skill(request: HttpRequest, organisation: str, key: str) -> HttpResponse:
    """Bring a retired skill back."""
    skill = get_object_or_404(Skill.objects.visible_to(request.member), key=key)
    actions.restore_skill(request.member, skill)
    messages.success(request, _("“%(skill)s” can be chosen again.") % {"skill": skill})
    return _back_to_list(request, organisation)


def _asked(request: HttpRequest) -> tuple[str, str]:
    show = request.GET.get("show", "all")
    return show if show in SHOWN else "all", request.GET.get("q", "").strip()[:MOST_LETTERS]


def _show_refusal(form: Any, error: DomainError) -> None:
    """Beside the name where the name is the reason."""
    if error.code == "skill_name_taken":
        form.add_error("name", error.message)
    else:
        form.refuse(error)


def _back_to_list(request: HttpRequest, organisation: str) -> HttpResponse:
    """Where the button stood: the same search, tab and page."""
    where = request.GET.urlencode()
    return redirect(reverse("manage_skills", args=[organisation]) + (f"?{where}" if where else ""))
