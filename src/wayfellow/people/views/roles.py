"""Giving and taking roles, closing and opening accounts: each is asked once more."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from wayfellow.core.access import ADMINISTRATOR, access
from wayfellow.core.errors import Refusal
from wayfellow.people import policy
from wayfellow.people.actions import members as actions
from wayfellow.people.models import Member
from wayfellow.people.views.confirming import confirm_first


@dataclass(frozen=True)
class Act:
    """What is asked, what it means, what does it, and what is said afterwards."""

    heading: Any
    consequence: Any
    action: Any
    done: Any
    why_not: Callable[[Member], Refusal | None]
    do: Callable[[Member, Member], None]
    danger: bool = False


def _always(member: Member) -> Refusal | None:
    return None


ACTS = {
    "make_administrator": Act(
        gettext_lazy("Make %(name)s an administrator?"),
        gettext_lazy("They can then invite and close accounts, change settings and read the records. They are told."),
        gettext_lazy("Make administrator"),
        gettext_lazy("%(name)s is an administrator now."),
        policy.why_not_make_administrator,
        actions.make_administrator,
    ),
    "unmake_administrator": Act(
        gettext_lazy("Take the role of administrator from %(name)s?"),
        gettext_lazy("They stay a member. They are told."),
        gettext_lazy("Take the role away"),
        gettext_lazy("%(name)s is not an administrator any more."),
        policy.why_not_unmake_administrator,
        actions.unmake_administrator,
        danger=True,
    ),
    "make_safeguarding_lead": Act(
        gettext_lazy("Make %(name)s a safeguarding lead?"),
        gettext_lazy("They then receive reports of harm, except about themselves. They are told."),
        gettext_lazy("Make safeguarding lead"),
        gettext_lazy("%(name)s is a safeguarding lead now."),
        policy.why_not_make_administrator,
        actions.make_safeguarding_lead,
    ),
    "unmake_safeguarding_lead": Act(
        gettext_lazy("Take the role of safeguarding lead from %(name)s?"),
        gettext_lazy(
            "They receive no more reports of harm. Where nobody else is one, nobody receives them. They are told."
        ),
        gettext_lazy("Take the role away"),
        gettext_lazy("%(name)s is not a safeguarding lead any more."),
        _always,
        actions.unmake_safeguarding_lead,
        danger=True,
    ),
    "close_member": Act(
        gettext_lazy("Close the account of %(name)s?"),
        gettext_lazy(
            "They cannot come in any more. Their open requests close and their relationships end, kindly, and the "
            "other people are told. You can open the account again; what has ended stays ended."
        ),
        gettext_lazy("Close the account"),
        gettext_lazy("The account of %(name)s is closed."),
        policy.why_not_close_member,
        actions.close_member,
        danger=True,
    ),
    "reopen_member": Act(
        gettext_lazy("Open the account of %(name)s again?"),
        gettext_lazy("They can sign in as before. What ended when it was closed stays ended."),
        gettext_lazy("Open the account"),
        gettext_lazy("The account of %(name)s is open again."),
        policy.why_not_reopen_member,
        actions.reopen_member,
    ),
}


def _ask_and_do(request: HttpRequest, verb: str, organisation: str, pk: int) -> HttpResponse:
    member = get_object_or_404(Member.objects.visible_to(request.member), pk=pk)
    act = ACTS[verb]
    name = {"name": member.full_name}
    if request.method == "POST":
        act.do(request.member, member)
        messages.success(request, act.done % name)
        own = member.pk == request.member.pk and verb in {"unmake_administrator", "close_member"}
        return redirect("front") if own else redirect("member_admin", organisation, pk)
    refusal = act.why_not(member)
    back = reverse("member_admin", args=[organisation, pk])
    if refusal is not None:
        return render(request, "web/refused.html", {"message": refusal.message, "back_url": back}, status=403)
    context = {
        "heading": act.heading % name,
        "consequence": act.consequence,
        "action": act.action,
        "danger": act.danger,
        "keep": _("Keep things as they are"),
        "keep_url": back,
    }
    return render(request, "web/confirm.html", context)


@access(ADMINISTRATOR, area="organisation")
@require_http_methods(["GET", "HEAD", "POST"])
@confirm_first
def make_administrator(request: HttpRequest, organisation: str, pk: int) -> HttpResponse:
    """Let a member run people and settings."""
    return _ask_and_do(request, "make_administrator", organisation, pk)


@access(ADMINISTRATOR, area="organisation")
@require_http_methods(["GET", "HEAD", "POST"])
def unmake_administrator(request: HttpRequest, organisation: str, pk: int) -> HttpResponse:
    """Take that back."""
    return _ask_and_do(request, "unmake_administrator", organisation, pk)


@access(ADMINISTRATOR, area="organisation")
@require_http_methods(["GET", "HEAD", "POST"])
@confirm_first
def make_safeguarding_lead(request: HttpRequest, organisation: str, pk: int) -> HttpResponse:
    """Let a member receive reports of harm."""
    return _ask_and_do(request, "make_safeguarding_lead", organisation, pk)


@access(ADMINISTRATOR, area="organisation")
@require_http_methods(["GET", "HEAD", "POST"])
def unmake_safeguarding_lead(request: HttpRequest, organisation: str, pk: int) -> HttpResponse:
    """Take that back."""
    return _ask_and_do(request, "unmake_safeguarding_lead", organisation, pk)


@access(ADMINISTRATOR, area="organisation")
@require_http_methods(["GET", "HEAD", "POST"])
def close_member(request: HttpRequest, organisation: str, pk: int) -> HttpResponse:
    """Close an account."""
    return _ask_and_do(request, "close_member", organisation, pk)


@access(ADMINISTRATOR, area="organisation")
@require_http_methods(["GET", "HEAD", "POST"])
def reopen_member(request: HttpRequest, organisation: str, pk: int) -> HttpResponse:
    """Open it again."""
    return _ask_and_do(request, "reopen_member", organisation, pk)
