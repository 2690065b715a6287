"""Links from mails: set-up, first sign-in, invitations, work e-mails. Each page asks once more before it acts."""

from typing import Any

from allauth.account.internal.flows.login import perform_login, record_authentication
from allauth.account.models import Login
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from wayfellow.audit.actions import TOKEN, came_by
from wayfellow.core import clock
from wayfellow.core.access import ANYONE, access
from wayfellow.core.errors import DomainError, Refusal, Refused
from wayfellow.people import policy
from wayfellow.people.actions import addresses
from wayfellow.people.actions.invitations import accept_invitation
from wayfellow.people.actions.joining import join_with_email
from wayfellow.people.forms.joining import NameForm
from wayfellow.people.models import Account, Invitation, OneTimeLink
from wayfellow.people.queries.joining import invitation_of, one_time_link
from wayfellow.people.views.front import home_of

__all__ = ["join", "join_with_email_page", "sign_in_by_link", "welcome"]


def sign_in_by_link(request: HttpRequest, account: Account, *, then: str) -> HttpResponse:
    """Sign an account in that has proven its address by a link from a mail; who has a second factor shows it first.

    Args:
        then: the page to go on to.
    """
    if request.user.is_authenticated:
        if request.user.pk == account.pk:
            return HttpResponseRedirect(then)
        logout(request)
    record_authentication(request, account, method="link")
    return perform_login(request, Login(user=account, email=account.email, redirect_url=then))


def dead_link(request: HttpRequest, refusal: Refusal | Refused, **context: Any) -> HttpResponse:
    """The page for a link that does not work, with a way on."""
    status = 404 if refusal.code.endswith("_unknown") else 410
    facts = {"code": refusal.code, "message": refusal.message, **context}
    return render(request, "people/dead_link.html", facts, status=status)


@access(ANYONE, before_conduct=True)
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def welcome(request: HttpRequest, token: str) -> HttpResponse:
    """The one-time sign-in link of a first administrator."""
    link = one_time_link(token, OneTimeLink.Purpose.SIGN_IN)
    refusal = policy.why_not_use_link(link, now=clock.now())
    if link is None or refusal is not None:
        return dead_link(request, refusal or Refusal("link_unknown", ""))
    if request.method == "POST":
        try:
            with came_by(TOKEN):
                account = addresses.sign_in_by_link(token)
        except Refused as error:
            return dead_link(request, error)
        return sign_in_by_link(request, account, then=reverse("front"))
    return render(request, "people/welcome.html", {"link": link})


@access(ANYONE, before_conduct=True)
@require_http_methods(["GET", "HEAD", "POST"])
def join(request: HttpRequest, token: str) -> HttpResponse:
    """An invitation: who invites, to what; accepting signs in."""
    invitation = invitation_of(token)
    refusal = policy.why_not_accept_invitation(invitation, now=clock.now())
    if invitation is not None and _is_theirs(request, invitation):
        return redirect(home_of(invitation.organisation))
    if invitation is None or refusal is not None:
        return dead_link(request, refusal or Refusal("invitation_unknown", ""), invitation=invitation)
    request.organisation = invitation.organisation
    form = NameForm(request.POST or None, initial={"full_name": invitation.member.full_name})
    if request.method == "POST" and form.is_valid():
        try:
            with came_by(TOKEN):
                member = accept_invitation(token, full_name=form.cleaned_data["full_name"])
        except DomainError as error:
            return dead_link(request, Refusal(error.code, error.message), invitation=invitation)
        then = reverse("accept_conduct", args=[invitation.organisation.slug])
        return sign_in_by_link(request, member.account, then=then)
    context = {"invitation": invitation, "form": form}
    return render(request, "people/join.html", context, status=422 if form.errors else 200)


@access(ANYONE, before_conduct=True)
@require_http_methods(["GET", "HEAD", "POST"])
def join_with_email_page(request: HttpRequest, token: str) -> HttpResponse:
    """The link sent to a work e-mail; accepting signs in."""
    link = one_time_link(token, OneTimeLink.Purpose.JOIN)
    refusal = policy.why_not_use_link(link, now=clock.now())
    if link is None or link.organisation is None or refusal is not None:
        return dead_link(request, refusal or Refusal("link_unknown", ""))
    request.organisation = link.organisation
    form = NameForm(request.POST or None, initial={"full_name": link.full_name})
    if request.method == "POST" and form.is_valid():
        try:
            with came_by(TOKEN):
                member = join_with_email(token, full_name=form.cleaned_data["full_name"])
        except DomainError as error:
            return dead_link(request, Refusal(error.code, error.message))
        then = reverse("accept_conduct", args=[link.organisation.slug])
        return sign_in_by_link(request, member.account, then=then)
    return render(request, "people/join.html", {"link": link, "form": form}, status=422 if form.errors else 200)


def _is_theirs(request: HttpRequest, invitation: Invitation) -> bool:
    """Whether whoever pressed twice is in already."""
    accepted = invitation.state == Invitation.State.ACCEPTED
    return accepted and request.user.is_authenticated and request.user.pk == invitation.member.account_id
