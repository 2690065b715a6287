"""Request ids, the access log, and refusals of the domain as pages."""

import logging
import re
import time
from collections.abc import Callable
from uuid import uuid4

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from wayfellow.core.errors import DomainError
from wayfellow.web.logs import current_request_id

access_log = logging.getLogger("wayfellow.request")
_ACCEPTABLE_ID = re.compile(r"[A-Za-z0-9._-]{8,64}")
_QUIET = {"healthz", "readyz"}


class RequestIdMiddleware:
    """Gives every request an id (or keeps the proxy's), returns it, and writes one line about it to the log."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        sent = request.headers.get("X-Request-ID", "")
        request.request_id = sent if _ACCEPTABLE_ID.fullmatch(sent) else uuid4().hex
        token = current_request_id.set(request.request_id)
        started = time.perf_counter()
        try:
            response = self.get_response(request)
            response["X-Request-ID"] = request.request_id
            self._log(request, response, time.perf_counter() - started)
            return response
        finally:
            current_request_id.reset(token)

    def _log(self, request: HttpRequest, response: HttpResponse, seconds: float) -> None:
        match = request.resolver_match
        if match and match.url_name in _QUIET and response.status_code < 500:
            return
        facts = {
            "method": request.method,
            "route": match.route if match else "",
            "status": response.status_code,
            "milliseconds": round(seconds * 1000, 1),
        }
        access_log.info("%s %s", request.method, response.status_code, extra=facts)


class CleanQueryMiddleware:
    """Takes NUL characters out of the query of an address: PostgreSQL refuses them, and nobody means them."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        query = request.META.get("QUERY_STRING", "")
        while "%00" in query or "\0" in query:  # again: what is left of "%%0000" is one too
            query = query.replace("%00", "").replace("\0", "")
        request.META["QUERY_STRING"] = query
        return self.get_response(request)


class DomainErrorMiddleware:
    """Shows what an action refused as a page, where the view did not show it beside a field."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """The page for a `DomainError`; anything else goes on."""
        if not isinstance(exception, DomainError):
            return None
        part = bool(getattr(request, "htmx", False)) and not request.htmx.boosted
        template = "web/_refused.html" if part else "web/refused.html"
        context = {"message": exception.message, "back_url": _way_back(request)}
        return render(request, template, context, status=exception.status)


def _way_back(request: HttpRequest) -> str:
    """The page the form stood on, if it is one of ours."""
    from django.utils.http import url_has_allowed_host_and_scheme

    came_from = request.headers.get("Referer", "")
    ours = url_has_allowed_host_and_scheme(came_from, allowed_hosts={request.get_host()})
    return came_from if ours else ""
