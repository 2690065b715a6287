from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from wayfellow.core.access import GUEST, MEMBER, access
from wayfellow.core.errors import Refused
from wayfellow.discovery import actions
from wayfellow.discovery.models import MentorMark
from wayfellow.discovery.views.frame import UNDO
from wayfellow.programmes.models import Enrolment

VERBS = {"saved": "save_mentor", "dismissed": "dismiss_mentor", "": "unmark_mentor"}


@access(MEMBER, GUEST)
@require_POST
def save_mentor(request: HttpRequest, organisation: str, enrolment_id: int) -> HttpResponse:
    """Keep a mentor for later."""
    return _mark(request, organisation, enrolment_id, "saved")


@access(MEMBER, GUEST)
@require_POST
def tell_me_when_back(request: HttpRequest, organisation: str, enrolment_id: int) -> HttpResponse:
    """Save a mentor who is away, and be told when they are back."""
    return _mark(request, organisation, enrolment_id, "back")


@access(MEMBER, GUEST)
@require_POST
def dismiss_mentor(request: HttpRequest, organisation: str, enrolment_id: int) -> HttpResponse:
    """Do not suggest a mentor any more."""
    return _mark(request, organisation, enrolment_id, "dismissed")


@access(MEMBER, GUEST)
@require_POST
def unmark_mentor(request: HttpRequest, organisation: str, enrolment_id: int) -> HttpResponse:
    """Neither saved nor set aside any more."""
    return _mark(request, organisation, enrolment_id, "")


def _mark(request: HttpRequest, organisation: str, enrolment_id: int, kind: str) -> HttpResponse:
    actor = request.member
    mentor = get_object_or_404(
        Enrolment.objects.visible_to(actor).select_related("member"), pk=enrolment_id, is_mentor=True
    )
    before = MentorMark.objects.visible_to(actor).filter(mentor=mentor).values_list("kind", flat=True).first() or ""
    name = mentor.member.short_name
    if kind == "back":
        try:
            actions.tell_me_when_back(actor, mentor)
        except Refused as error:
            messages.info(request, str(error))
            return HttpResponseRedirect(_back(request, organisation))
    elif kind == "saved":
        actions.save_mentor(actor, mentor)
    elif kind == "dismissed":
        actions.dismiss_mentor(actor, mentor)
    else:
        actions.unmark_mentor(actor, mentor)
    here = _back(request, organisation)
    undo = reverse(VERBS[before], args=[organisation, enrolment_id])
    text = {
        "back": _("You will be told once when %(name)s is back. Nobody else is told.") % {"name": name},
        "saved": _("%(name)s is saved. Nobody is told.") % {"name": name},
        "dismissed": _("%(name)s will not be suggested again. Nobody is told.") % {"name": name},
        "": _("%(name)s is not marked any more.") % {"name": name},
    }[kind]
    request.session[UNDO] = {"text": text, "url": f"{undo}?{urlencode({'next': here})}"}
    return HttpResponseRedirect(here)


def _back(request: HttpRequest, organisation: str) -> str:
    """Where the button stood: an address of this site, or the page of the search."""
    asked = request.POST.get("next") or request.GET.get("next", "")
    if url_has_allowed_host_and_scheme(asked, allowed_hosts=None) and asked.startswith("/"):
        return asked
    return reverse("find", args=[organisation])
