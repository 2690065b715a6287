"""Finds who is asking, in which organisation, and holds every view to what its `@access` states."""

from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, resolve_url
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.cache import patch_vary_headers
from django.utils.translation import gettext as _

from wayfellow.core import clock
from wayfellow.core.access import Access, Role
from wayfellow.core.languages import spoken
from wayfellow.people import sessions
from wayfellow.people.kept import drop_if_sent, keep
from wayfellow.people.models import Member
from wayfellow.people.queries import membership, roles_of
from wayfellow.people.queries.security import has_second_factor, must_have_factor


class SignedInMiddleware:
    """Ends a sign-in that is too old or was left alone too long, and remembers when somebody was last there."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.timed_out = None
        if request.user.is_authenticated:
            self._look_at_the_clock(request)
        return self.get_response(request)

    def _look_at_the_clock(self, request: HttpRequest) -> None:
        if sessions.SIGNED_IN not in request.session:
            sessions.begin(request, confirmed=False)
        _speak_their_language(request)
        why = sessions.why_over(request.session)
        if why:
            request.timed_out = request.user.pk
            logout(request)
            messages.warning(request, why)
        else:
            sessions.note_seen(request.session)


class MemberMiddleware:
    """Sets `request.member` and `request.organisation` under `/o/<organisation>/` and enforces `@access`."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.member = None
        request.organisation = None
        try:
            answer = self.get_response(request)
            patch_vary_headers(answer, ("Accept-Language",))
            return answer
        finally:
            timezone.deactivate()
            translation.deactivate()

    def process_view(
        self, request: HttpRequest, view: Any, args: tuple[Any, ...], kwargs: dict[str, Any]
    ) -> HttpResponse | None:
        """Answer instead of the view when the caller may not call it."""
        stated: Access | None = getattr(view, "access", None)
        if stated is None:
            raise PermissionDenied("this page does not state who may see it")
        slug = kwargs.get("organisation")
        if slug is not None:
            self._find_member(request, slug)
        _speak_their_language(request)
        if stated.is_public:
            return None
        if not request.user.is_authenticated:
            return _to_sign_in(request)
        if slug is None:
            return None if Role.SIGNED_IN in stated.roles else _not_there()
        if request.member is None:
            return _not_there()
        if not roles_of(request.member) & stated.roles and not stated.roles & {Role.MENTEE, Role.MENTOR}:
            raise PermissionDenied("for other roles")
        first = _set_up_factor_first(request, stated) or _accept_conduct_first(request, stated)
        if first is None and request.method == "POST":
            drop_if_sent(request)
        return first

    def _find_member(self, request: HttpRequest, slug: str) -> None:
        account = request.user if request.user.is_authenticated else None
        request.organisation, request.member = membership(account, slug)
        if request.organisation is None:
            if account is None and not request.resolver_match.func.access.is_public:
                return
            raise Http404
        if request.member is not None:
            timezone.activate(request.member.zone)
            _note_visit(request.member)


def _to_sign_in(request: HttpRequest) -> HttpResponse:
    """To the sign-in page and back. What they sent is kept if we still know whose it is; if not, they are told."""
    target = request.get_full_path()
    if request.method == "POST":
        if request.timed_out and keep(request, account_id=request.timed_out):
            target = reverse("kept_form")
            messages.info(request, _("What you sent is kept. Sign in, and you can send it again with one click."))
        else:
            messages.warning(
                request,
                _("You were not signed in, so nothing was sent. Your browser may still have it: go back, and copy it."),
            )
    return go_to(request, f"{resolve_url(settings.LOGIN_URL)}?{urlencode({'next': target})}")


def go_to(request: HttpRequest, url: str) -> HttpResponse:
    """Lead the whole page elsewhere, also when only a part of it was asked for."""
    if getattr(request, "htmx", False):
        return HttpResponse(status=204, headers={"HX-Redirect": url})
    return HttpResponseRedirect(url)


def _note_visit(member: Member) -> None:
    """Remember the day, once a day, for the list of people."""
    today = clock.now().date()
    if member.last_seen_on != today:
        Member.objects.filter(pk=member.pk).update(last_seen_on=today)


def _not_there() -> HttpResponse:
    raise Http404


def _set_up_factor_first(request: HttpRequest, stated: Access) -> HttpResponse | None:
    """Who runs something sets up a second factor before anything else, where their organisation says so."""
    member: Member = request.member
    if stated.before_factor or not must_have_factor(member) or has_second_factor(request.user):
        return None
    if request.method == "POST":
        keep(request, account_id=request.user.pk)
    return go_to(request, reverse("security", args=[member.organisation.slug]))


def _accept_conduct_first(request: HttpRequest, stated: Access) -> HttpResponse | None:
    member: Member = request.member
    if stated.before_conduct or member.has_accepted_conduct:
        return None
    return redirect("accept_conduct", member.organisation.slug)


def _speak_their_language(request: HttpRequest) -> None:
    """What the person has chosen, or else their browser; of an organisation's pages, only what it speaks."""
    chosen = request.user.language if request.user.is_authenticated else ""
    asked = translation.get_language_from_request(request)
    translation.activate(spoken(getattr(request, "organisation", None), chosen, asked))
