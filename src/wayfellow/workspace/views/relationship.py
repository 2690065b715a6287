"""The page that the people of a relationship share."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from wayfellow.core import clock
from wayfellow.core.access import MENTEE, MENTOR, access
from wayfellow.relationships.views.relationships import find_relationship
from wayfellow.workspace.queries.relationship import read_page


@access(MENTEE, MENTOR)
@require_safe
def relationship(request: HttpRequest, organisation: str, pk: int) -> HttpResponse:
    """What is next first, then commitments, conversation, what they agreed, the goal and their way so far."""
    found = find_relationship(request, pk)
    shown = read_page(found, request.member, now=clock.now())
    context = {
        "shown": shown,
        "found": found,
        "me": shown.me,
        "names": shown.names,
        "name": shown.names,
        "others": shown.others,
        "asked": found.request,
        "talk": shown.talk,
        "meetings_panel": shown.meetings,
        "notes_panel": shown.notes,
        "pulse": shown.pulse,
        "programme": found.cohort.programme,
    }
    return render(request, "workspace/relationship.html", context)
