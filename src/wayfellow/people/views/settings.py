"""How the organisation looks and sounds, and who can come in."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from wayfellow.core.access import ADMINISTRATOR, ANYONE, access
from wayfellow.core.errors import InvalidInput
from wayfellow.people.actions.organisations import change_settings
from wayfellow.people.conduct import conduct_of
from wayfellow.people.forms.administration import SettingsForm
from wayfellow.people.models import Organisation
from wayfellow.people.models.organisations import DEFAULT_ACCENT
from wayfellow.people.queries.administration import waiting
from wayfellow.people.queries.security import without_factor
from wayfellow.people.sessions import is_confirmed
from wayfellow.people.views.confirming import ask_to_confirm
from wayfellow.web.colours import accent_style, check_accent, for_dark, nearest_passing, parse_colour

LOOK_SECONDS = 300
# Who can come in, and whom mail seems to come from: changed only by who has lately shown who they are.
MATTERS = {"join_by_domain", "domains", "join_by_asking", "join_as_guest", "second_factor_required", "sender_email"}
DARK_PINE = "#71d4b6"


@access(ADMINISTRATOR, area="organisation")
@require_http_methods(["GET", "HEAD", "POST"])
def organisation_settings(request: HttpRequest, organisation: str) -> HttpResponse:
    """All settings on one page. "Check it" shows a colour without saving anything."""
    stored = Organisation.objects.get(pk=request.organisation.pk)
    pressed = request.POST.get("act", "save")
    if request.method == "POST":
        data = request.POST.copy()
        if pressed == "pine":
            data["accent"] = DEFAULT_ACCENT
        elif pressed.startswith("use:"):
            data["accent"] = pressed.removeprefix("use:")
        form = SettingsForm(data, request.FILES, instance=stored)
        if form.is_valid() and pressed == "save":
            if MATTERS & set(form.changed_data) and not is_confirmed(request):
                return ask_to_confirm(request)
            changed = change_settings(request.member, values=form.values())
            messages.success(request, _("Your settings are saved.") if changed else _("Nothing was different."))
            return redirect("organisation_settings", organisation)
        accent = data.get("accent", "")
    else:
        form = SettingsForm(instance=stored)
        accent = stored.accent
    context = {
        "form": form,
        "look": _look(accent),
        "has_logo": bool(request.organisation.logo),
        "waiting": waiting(request.member).count(),
        "without_factor": list(without_factor(request.organisation)),
        "default_conduct": conduct_of(Organisation()),
    }
    status = 422 if request.method == "POST" and form.errors else 200
    return render(request, "people/admin/settings.html", context, status=status)


def _look(accent: str) -> dict[str, Any] | None:
    """The live sample and the contrasts of a colour; nothing for what is no colour."""
    try:
        colour = parse_colour(accent)
    except InvalidInput:
        return None
    checks = check_accent(colour)
    passes = all(check.ok for check in checks)
    return {
        "light": colour,
        "dark": DARK_PINE if colour == DEFAULT_ACCENT else for_dark(colour),
        "checks": checks,
        "passes": passes,
        "nearest": "" if passes else nearest_passing(colour),
    }


@access(ANYONE, before_conduct=True)
@require_safe
def accent_css(request: HttpRequest, organisation: str) -> HttpResponse:
    """The style sheet with the organisation's accent; for pine it is empty, because the tokens are pine already."""
    accent = request.organisation.accent
    sheet = "" if accent == DEFAULT_ACCENT else accent_style(accent)
    response = HttpResponse(sheet, content_type="text/css; charset=utf-8")
    response["Cache-Control"] = f"public, max-age={LOOK_SECONDS}"
    return response


@access(ANYONE, before_conduct=True)
@require_safe
def logo(request: HttpRequest, organisation: str) -> HttpResponse:
    """The organisation's logo, drawn again by us when it was sent."""
    if not request.organisation.logo:
        raise Http404
    response = HttpResponse(bytes(request.organisation.logo), content_type="image/png")
    response["Cache-Control"] = f"public, max-age={LOOK_SECONDS}"
    return response
