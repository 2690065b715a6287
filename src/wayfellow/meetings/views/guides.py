"""The conversation guides, for reading and for using as an agenda."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from wayfellow.core import clock
from wayfellow.core.access import GUEST, MEMBER, access
from wayfellow.goals.queries.together import names_in
from wayfellow.meetings.guides import GUIDES, Guide, find_guide
from wayfellow.meetings.queries.notes import upcoming_meetings


@access(MEMBER, GUEST)
@require_safe
def guides(request: HttpRequest, organisation: str) -> HttpResponse:
    """All of them, by stage."""
    words = request.GET.get("q", "").strip().casefold()[:100]
    found = [guide for guide in GUIDES if all(word in _text(guide) for word in words.split())]
    return render(request, "meetings/guides.html", {"found": found, "search": request.GET.get("q", "").strip()[:100]})


@access(MEMBER, GUEST)
@require_safe
def guide(request: HttpRequest, organisation: str, key: str) -> HttpResponse:
    """One guide: each question, why to ask it, and what to do with the answer."""
    found = find_guide(key)
    if found is None:
        raise Http404
    meetings = upcoming_meetings(request.member, now=clock.now())
    rows = [(meeting, names_in(meeting.relationship, request.member)) for meeting in meetings]
    return render(request, "meetings/guide.html", {"guide": found, "meetings": rows})


def _text(guide: Guide) -> str:
    words = [guide.name, guide.when, *(question.ask for question in guide.questions)]
    return " ".join(str(word) for word in words).casefold()
