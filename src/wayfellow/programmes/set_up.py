"""The page that a new server shows once: the first organisation and its administrator."""

from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from wayfellow.audit.actions import TOKEN, came_by
from wayfellow.core import clock
from wayfellow.core.access import ANYONE, access
from wayfellow.core.errors import DomainError, Refusal, Refused
from wayfellow.people import policy
from wayfellow.people.actions.organisations import use_link
from wayfellow.people.forms.joining import SetUpForm
from wayfellow.people.models import OneTimeLink
from wayfellow.people.queries.joining import one_time_link
from wayfellow.people.views.joining import dead_link, sign_in_by_link
from wayfellow.programmes.actions import found_organisation


@access(ANYONE, before_conduct=True)
@require_http_methods(["GET", "HEAD", "POST"])
def set_up(request: HttpRequest, token: str) -> HttpResponse:
    """Name, short name, e-mail of the administrator: creates the organisation and signs them in."""
    link = one_time_link(token, OneTimeLink.Purpose.SET_UP)
    refusal = policy.why_not_use_link(link, now=clock.now())
    if link is None or refusal is not None:
        return dead_link(request, refusal or Refusal("link_unknown", ""), for_set_up=True)
    form = SetUpForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            with came_by(TOKEN), transaction.atomic():
                use_link(token, OneTimeLink.Purpose.SET_UP)
                organisation, _link = found_organisation(**form.cleaned_data)
        except Refused as error:
            return dead_link(request, error, for_set_up=True)
        except DomainError as error:
            form.refuse(error)
        else:
            account = organisation.members.get(is_administrator=True).account
            return sign_in_by_link(request, account, then=reverse("front"))
    return render(request, "people/set_up.html", {"form": form}, status=422 if form.errors else 200)
