"""The page of one meeting."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from wayfellow.core import clock
from wayfellow.core.access import MENTEE, MENTOR, access
from wayfellow.meetings import policy
from wayfellow.meetings.queries.lists import show_all
from wayfellow.meetings.views.parts import find_meeting, head_of


@access(MENTEE, MENTOR)
@require_safe
def meeting(request: HttpRequest, organisation: str, pk: int, meeting_id: int) -> HttpResponse:
    """When it is for each, who comes, and what can be done with it."""
    now, member = clock.now(), request.member
    one = find_meeting(request, pk, meeting_id)
    found, people, context = head_of(request, pk)
    refusal = policy.why_not_meet(member, found, now)
    (shown,) = show_all([one], member, people, may_write=refusal is None, now=now)
    return render(request, "meetings/meeting.html", context | {"meeting": one, "shown": shown})
