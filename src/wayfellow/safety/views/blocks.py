"""Whom one has blocked, blocking and taking it back. The other person is told nothing."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from wayfellow.core.access import GUEST, MEMBER, access
from wayfellow.people.models import Member
from wayfellow.safety import actions, policy
from wayfellow.safety.models import Block
from wayfellow.safety.queries import blocks_of, works_with
from wayfellow.safety.views.pages import safe_page
from wayfellow.web.tables import paginate

UNDO = "safety_undo"


@access(MEMBER, GUEST)
@require_safe
def my_blocks(request: HttpRequest, organisation: str) -> HttpResponse:
    """The people I blocked, each with a way back."""
    search = request.GET.get("q", "")[:200]
    page = paginate(request, blocks_of(request.member, search=search))
    together = works_with(request.member, [block.blocked for block in page])
    for block in page:
        block.together = together.get(block.blocked_id)
    context = {"page_obj": page, "search": search, "undo": request.session.pop(UNDO, None)}
    return render(request, "safety/my_blocks.html", context)


@access(MEMBER, GUEST)
@require_http_methods(["GET", "HEAD", "POST"])
def block_member(request: HttpRequest, organisation: str, pk: int) -> HttpResponse:
    """Say what a block means (GET), and block (POST)."""
    other = get_object_or_404(Member.objects.visible_to(request.member), pk=pk)
    name = {"name": other.full_name}
    if request.method == "POST":
        actions.block_member(request.member, other)
        undo = reverse("unblock_member", args=[organisation, pk])
        request.session[UNDO] = {"text": _("%(name)s is blocked. Nobody is told.") % name, "url": undo}
        return redirect("my_blocks", organisation)
    refusal = policy.why_not_block_member(request.member, other)
    if refusal is not None:
        return render(request, "web/refused.html", {"message": refusal.message}, status=403)
    context = {
        "other": other,
        "together": works_with(request.member, [other]).get(other.pk),
        "keep_url": safe_page(request) or reverse("member", args=[organisation, pk]),
    }
    return render(request, "safety/block_member.html", context)


@access(MEMBER, GUEST)
@require_POST
def unblock_member(request: HttpRequest, organisation: str, pk: int) -> HttpResponse:
    """Take a block back."""
    block = get_object_or_404(Block.objects.visible_to(request.member).select_related("blocked"), blocked=pk)
    actions.unblock_member(request.member, block.blocked)
    messages.success(request, _("%(name)s is not blocked any more.") % {"name": block.blocked.full_name})
    return redirect("my_blocks", organisation)
