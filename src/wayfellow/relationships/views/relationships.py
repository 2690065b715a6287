"""The page two people share, and stopping."""

from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from wayfellow.core.access import MENTEE, MENTOR, access
from wayfellow.core.clock import now
from wayfellow.core.errors import DomainError
from wayfellow.people.models import Member
from wayfellow.relationships import actions, policy
from wayfellow.relationships.forms import EndForm
from wayfellow.relationships.models import Relationship
from wayfellow.relationships.queries.trail import trail_of
from wayfellow.relationships.views.mentoring import sides

IS_NEW_FOR = timedelta(days=14)


@access(MENTEE, MENTOR)
@require_http_methods(["GET", "HEAD", "POST"])
def end_relationship(request: HttpRequest, organisation: str, pk: int) -> HttpResponse:
    """Stop here: a kind note, a reason for oneself, and the button."""
    found = find_relationship(request, pk)
    refusal = policy.why_not_end_relationship(request.member, found, now())
    if refusal is not None:
        messages.info(request, refusal.message)
        return redirect("relationship", organisation, found.pk)
    people = sides(found, request.member)
    name = people["other"].enrolment.member.short_name
    form = EndForm(request.POST if request.method == "POST" else None, name=name)
    if form.is_bound and form.is_valid():
        try:
            actions.end_relationship(request.member, found, **form.cleaned_data)
        except DomainError as error:
            form.refuse(error)
        else:
            messages.success(request, _("You have stopped here. Your notes stay yours."))
            return redirect("relationship", organisation, found.pk)
    context = context_of(request, found, people) | {"form": form}
    return render(request, "relationships/end_relationship.html", context, status=422 if form.is_bound else 200)


def local_time(member: Member, at: datetime) -> dict[str, Any]:
    """What time it is for somebody, and in which city."""
    zone = member.zone
    return {"at": at.astimezone(ZoneInfo(zone)).strftime("%H:%M"), "city": zone.rsplit("/", 1)[-1].replace("_", " ")}


def find_relationship(request: HttpRequest, pk: int) -> Relationship:
    """A relationship of the reader, with its people; 404 for everybody else."""
    rows = Relationship.objects.visible_to(request.member).select_related(
        "cohort__programme", "organisation", "ended_by", "request__question", "request__mentee", "request__mentor"
    )
    return get_object_or_404(rows.prefetch_related("participants__enrolment__member__organisation"), pk=pk)


def context_of(request: HttpRequest, found: Relationship, people: dict[str, Any]) -> dict[str, Any]:
    """What every page of a relationship says at its head."""
    other = people["other"].enrolment.member
    return {
        "found": found,
        "me": people["me"],
        "other": other,
        "other_role": people["other"].role,
        "name": other.short_name,
        "mentor": people["mentor"].enrolment.member,
        "mentee": people["mentee"].enrolment.member,
        "programme": found.cohort.programme,
        "trail": trail_of(found, reader=request.member),
    }
