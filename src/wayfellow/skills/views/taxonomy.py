"""Doors for members: the skills there are, one skill, and what I can do."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from wayfellow.core.access import GUEST, MEMBER, access
from wayfellow.core.errors import DomainError
from wayfellow.skills import actions, queries
from wayfellow.skills.forms import MOST_LETTERS, PREFIX, OfferedSkills
from wayfellow.skills.models import Skill
from wayfellow.web.tables import paginate


@access(MEMBER, GUEST)
@require_safe
def skills(request: HttpRequest, organisation: str) -> HttpResponse:
    """The skills there are: families first, then a list of what is searched for."""
    text = request.GET.get("q", "").strip()[:MOST_LETTERS]
    family = request.GET.get("family", "")
    names = queries.family_names() if family else {}
    family = family if family in names else ""
    if not text and not family:
        return render(request, "skills/skills.html", {"families": queries.browsed(request.member)})
    context = {
        "q": text,
        "family": family,
        "family_name": names.get(family, ""),
        "page_obj": paginate(request, queries.choosable_skills(request.member, text, family=family)),
    }
    return render(request, "skills/found.html", context)


@access(MEMBER, GUEST)
@require_safe
def skill(request: HttpRequest, organisation: str, key: str) -> HttpResponse:
    """One skill: what its levels look like, who offers it, what lies beside it."""
    rows = queries.with_offers(Skill.objects.visible_to(request.member).with_retirement(request.member), request.member)
    row = get_object_or_404(rows, key=key)
    context = {
        "skill": row,
        "family_name": queries.family_name(row.family),
        "rungs": queries.anchors_of(row),
        "neighbours": queries.neighbours_of(request.member, row),
        "mine": request.member.skills.filter(skill=row).first(),
    }
    return render(request, "skills/skill.html", context)


@access(MEMBER, GUEST)
@require_http_methods(["GET", "HEAD", "POST"])
def edit_my_skills(request: HttpRequest, organisation: str) -> HttpResponse:
    """Say what I can do and would help others with. `?add=` proposes a skill, `?next=` says where to go afterwards."""
    member = request.member
    chosen = [(entry.skill, entry.level, entry.offers) for entry in queries.mine(member)]
    data = request.POST if request.method == "POST" else None
    picker = OfferedSkills(data, member=member, chosen=chosen, add=request.GET.get("add", ""))
    next_url = _ours(request, request.GET.get("next", ""))
    if picker.is_bound and picker.is_valid():
        try:
            actions.set_member_skills(member, member, skills=picker.chosen_skills())
        except DomainError as error:
            picker.refuse(error)
        else:
            messages.success(request, _("Saved. This is how others find you."))
            return redirect(next_url or "edit_my_skills", *([] if next_url else [organisation]))
    return render(request, "skills/edit_my_skills.html", {"picker": picker, "next_url": next_url})


@access(MEMBER, GUEST)
@require_safe
def suggest_skills(request: HttpRequest, organisation: str) -> HttpResponse:
    """The picker's suggestions for what is being typed."""
    text = request.GET.get(f"{PREFIX}-find", "")[:MOST_LETTERS]
    chosen = [key for key in request.GET.getlist(f"{PREFIX}-skill") if "\x00" not in key]
    suggestions = queries.suggest(request.member, text, chosen=chosen)
    context = {"suggestions": suggestions, "text": text.strip(), "prefix": PREFIX}
    return render(request, "skills/_suggestions.html", context)


def _ours(request: HttpRequest, url: str) -> str:
    """The address, if it is one of this site."""
    return url if url_has_allowed_host_and_scheme(url, allowed_hosts={request.get_host()}) else ""
