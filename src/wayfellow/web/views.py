"""Pages that belong to no subject: health, errors, the choice of colours."""

from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST, require_safe

from wayfellow.core.access import ANYONE, access
from wayfellow.web.context import THEMES
from wayfellow.web.readiness import why_not_ready

A_YEAR = 365 * 24 * 3600


@access(ANYONE, before_conduct=True)
@require_safe
def healthz(request: HttpRequest) -> HttpResponse:
    """The process answers."""
    return HttpResponse("ok\n", content_type="text/plain; charset=utf-8")


@access(ANYONE, before_conduct=True)
@require_safe
def readyz(request: HttpRequest) -> HttpResponse:
    """The process can serve people; otherwise 503 and one reason a line."""
    reasons = why_not_ready()
    lines = reasons or ["ready"]
    return HttpResponse(
        "".join(f"{line}\n" for line in lines),
        content_type="text/plain; charset=utf-8",
        status=503 if reasons else 200,
    )


@access(ANYONE, before_conduct=True)
@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    """Nothing here is for search engines."""
    return HttpResponse("User-agent: *\nDisallow: /\n", content_type="text/plain; charset=utf-8")


@access(ANYONE, before_conduct=True)
@require_POST
def set_theme(request: HttpRequest) -> HttpResponse:
    """Keep the reader's choice of light, dark or "as my device" in a cookie and go back to where they were."""
    target = request.POST.get("next", "")
    if not url_has_allowed_host_and_scheme(target, allowed_hosts=None):
        target = "/"
    response = HttpResponseRedirect(target)
    theme = request.POST.get("theme", "")
    if theme in THEMES:
        response.set_cookie("theme", theme, max_age=A_YEAR, httponly=True, secure=request.is_secure(), samesite="Lax")
    return response


def stale_form(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A form was sent without its token: usually it stood open too long, or the sign-in changed meanwhile."""
    return render(request, "web/stale_form.html", {"reload_url": request.get_full_path()}, status=403)


def _error_page(request: HttpRequest, template: str, status: int) -> HttpResponse:
    """To who is no member, an error page does not say whether the organisation of the address exists."""
    if getattr(request, "member", None) is None:
        request.organisation = None
    return render(request, template, status=status)


def bad_request(request: HttpRequest, exception: Any = None) -> HttpResponse:
    return _error_page(request, "web/400.html", 400)


def not_allowed(request: HttpRequest, exception: Any = None) -> HttpResponse:
    return _error_page(request, "web/403.html", 403)


def not_found(request: HttpRequest, exception: Any = None) -> HttpResponse:
    return _error_page(request, "web/404.html", 404)


def too_often(request: HttpRequest, exception: Any = None) -> HttpResponse:
    """A limit was reached: see docs/guides/hosts.md."""
    response = _error_page(request, "web/429.html", 429)
    response["Retry-After"] = "300"
    return response


def broken(request: HttpRequest) -> HttpResponse:
    """Stands alone: no context processor, no database."""
    return HttpResponse(
        render_to_string("web/500.html", {"request_id": getattr(request, "request_id", "")}), status=500
    )
