"""Finds who is asking, in which organisation, and holds every view to what its `@access` states."""

from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, resolve_url
from django.utils import timezone, translation

from wayfellow.core import clock
from wayfellow.core.access import Access, Role
from wayfellow.people.models import Member
from wayfellow.people.queries import membership, roles_of


class MemberMiddleware:
    """Sets `request.member` and `request.organisation` under `/o/<organisation>/` and enforces `@access`."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.member = None
        request.organisation = None
        try:
            return self.get_response(request)
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
        if not roles_of(request.member) & stated.roles:
            if stated.roles & {Role.MENTEE, Role.MENTOR}:
                return _accept_conduct_first(request, stated)
            raise PermissionDenied("for other roles")
        return _accept_conduct_first(request, stated)

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


def _to_sign_in(request: HttpRequest) -> HttpResponseRedirect:
    return HttpResponseRedirect(f"{resolve_url(settings.LOGIN_URL)}?{urlencode({'next': request.get_full_path()})}")


def _note_visit(member: Member) -> None:
    """Remember the day, once a day, for the list of people."""
    today = clock.now().date()
    if member.last_seen_on != today:
        Member.objects.filter(pk=member.pk).update(last_seen_on=today)


def _not_there() -> HttpResponse:
    raise Http404


def _accept_conduct_first(request: HttpRequest, stated: Access) -> HttpResponse | None:
    member: Member = request.member
    if stated.before_conduct or member.has_accepted_conduct:
        return None
    return redirect("accept_conduct", member.organisation.slug)


def _speak_their_language(request: HttpRequest) -> None:
    account = request.user
    if account.is_authenticated and account.language:
        translation.activate(account.language)
    else:
        translation.activate(translation.get_language_from_request(request))
