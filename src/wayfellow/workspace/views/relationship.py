"""The page that the people of a relationship share."""

from datetime import timedelta

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from wayfellow.core import clock
from wayfellow.core.access import MENTEE, MENTOR, access
from wayfellow.relationships.models import PrivateReason
from wayfellow.relationships.views.mentoring import sides
from wayfellow.relationships.views.relationships import context_of, find_relationship, local_time
from wayfellow.surveys.queries.panel import read_panel as read_pulse

IS_NEW_FOR = timedelta(days=14)


@access(MENTEE, MENTOR)
@require_safe
def relationship(request: HttpRequest, organisation: str, pk: int) -> HttpResponse:
    """What they agreed to start with, how to reach each other, and what happened so far."""
    now = clock.now()
    found = find_relationship(request, pk)
    people = sides(found, request.member)
    context = context_of(request, found, people) | {
        "asked": found.request,
        "is_new": found.opened_at >= now - IS_NEW_FOR,
        "their_time": local_time(people["other"].enrolment.member, now),
        "pulse": read_pulse(found, request.member, now=now),
        "reason": PrivateReason.objects.visible_to(request.member).filter(relationship=found).first(),
    }
    return render(request, "workspace/relationship.html", context)
