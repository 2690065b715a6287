"""Whoever acts in a web request came by a session."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from wayfellow.audit.actions import SESSION, came_by


class CameBySessionMiddleware:
    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        with came_by(SESSION):
            return self.get_response(request)
