from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from wayfellow.core.access import GUEST, MEMBER, access
from wayfellow.discovery import policy, queries
from wayfellow.discovery.forms import read_text
from wayfellow.discovery.views.frame import frame
from wayfellow.web.tables import paginate


@access(MEMBER, GUEST)
def find_mentees(request: HttpRequest, organisation: str) -> HttpResponse:
    """For mentors: who would be glad of an offer."""
    shown = frame(request, "find_mentees")
    mine = shown["mine"]
    refusal = policy.why_not_find_mentees(mine)
    if mine is None or refusal is not None:
        return render(request, "discovery/find_mentees.html", {**shown, "refusal": refusal})
    mine.member = request.member
    text = read_text(request.GET)
    page = paginate(request, queries.mentees_for(mine, text=text), per_page=20)
    return render(
        request,
        "discovery/find_mentees.html",
        {**shown, "text": text, "page_obj": page, "people": queries.seeking(mine, list(page.object_list))},
    )
