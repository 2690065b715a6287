"""The front page of a demo: four doors without a password, in demo mode only."""

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from wayfellow.core.access import ANYONE, access
from wayfellow.demo import persons
from wayfellow.demo.scenes import LARKMOOR
from wayfellow.people.models import Account, Organisation
from wayfellow.people.views.front import front
from wayfellow.people.views.joining import sign_in_by_link


@access(ANYONE, before_conduct=True)
@never_cache
@require_safe
def doors(request: HttpRequest) -> HttpResponse:
    """Signed out: the doors, and what to try first. Signed in: the ordinary front page, which leads home."""
    _only_in_the_demo()
    if request.user.is_authenticated:
        return front(request)
    request.organisation = Organisation.objects.filter(slug=LARKMOOR).first()
    context: dict[str, Any] = {"doors": persons.DOORS, "safeguarding": persons.SAFEGUARDING_EMAIL}
    return render(request, "demo/doors.html", context)


@access(ANYONE, before_conduct=True)
@never_cache
@require_POST
def demo_door(request: HttpRequest) -> HttpResponse:
    """Sign in as one of the four, without a password."""
    _only_in_the_demo()
    person = persons.person_with(request.POST.get("as", ""))
    if person is None:
        raise Http404
    account = Account.objects.filter(email=person.email, is_active=True).first()
    if account is None:
        words = _("%(address)s is not here any more. Stop the demo, delete its folder and start it again.")
        messages.error(request, words % {"address": person.email})
        return redirect("doors")
    return sign_in_by_link(request, account, then=reverse("front"))


def _only_in_the_demo() -> None:
    if not settings.DEMO:
        raise Http404
