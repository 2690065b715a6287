from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from wayfellow.core import clock, week
from wayfellow.core.access import GUEST, MEMBER, access
from wayfellow.discovery import queries, scoring, words
from wayfellow.discovery.forms import read_goal, read_text, read_wanted
from wayfellow.discovery.queries.hours import strip
from wayfellow.discovery.queries.page import background_of, skills_of
from wayfellow.discovery.views.frame import frame
from wayfellow.web.tables import paginate

PER_PAGE = 10


@access(MEMBER, GUEST)
def find(request: HttpRequest, organisation: str) -> HttpResponse:
    """Whom to ask, and why. Everything that was chosen is in the address."""
    wanted = read_wanted(request.GET)
    reader = _reader(request)
    result = queries.find(reader, wanted)
    page = paginate(request, result.found, per_page=PER_PAGE)
    sorts = {
        "match": _("Closest to my words"),
        "fit": _("Fit with my goal"),
        "soonest": _("Soonest free time"),
        "reply": _("Fastest reply"),
        "name": _("Name"),
    }
    if not wanted.text:
        del sorts["match"]
    return render(
        request,
        "discovery/find.html",
        {
            **frame(request, "find"),
            "reader": reader,
            "wanted": wanted,
            "result": result,
            "page_obj": page,
            "cards": queries.cards(reader, page.object_list, replies=result.replies),
            "sorts": sorts,
            "formula": scoring,
            "kept": [(name, value) for name in request.GET if name != "page" for value in request.GET.getlist(name)],
        },
    )


@access(MEMBER, GUEST)
def recommendations(request: HttpRequest, organisation: str) -> HttpResponse:
    """Ten people for my goal, each with reasons and one honest "but"."""
    reader = _reader(request)
    found = queries.recommendations(reader)
    return render(
        request,
        "discovery/recommendations.html",
        {
            **frame(request, "recommendations"),
            "reader": reader,
            "cards": queries.cards(reader, found),
            "formula": scoring,
        },
    )


@access(MEMBER, GUEST)
def saved_mentors(request: HttpRequest, organisation: str) -> HttpResponse:
    """Those I saved, and those I do not want suggested; read by me only."""
    reader = _reader(request)
    kind = "dismissed" if request.GET.get("show") == "dismissed" else "saved"
    text = read_text(request.GET)
    found = queries.marked(reader, kind, text=text)
    page = paginate(request, found, per_page=PER_PAGE)
    return render(
        request,
        "discovery/saved_mentors.html",
        {
            **frame(request, "saved_mentors"),
            "reader": reader,
            "kind": kind,
            "text": text,
            "page_obj": page,
            "cards": queries.cards(reader, page.object_list),
        },
    )


@access(MEMBER, GUEST)
def mentor(request: HttpRequest, organisation: str, enrolment_id: int) -> HttpResponse:
    """Is this the person?"""
    reader = _reader(request)
    candidate = queries.one(reader, enrolment_id)
    if candidate is None:
        raise Http404
    [card] = queries.cards(reader, [candidate])
    theirs = week.from_bytes(candidate.hit.slots)
    their_offset = candidate.hit.facts["offset"]
    return render(
        request,
        "discovery/mentor.html",
        {
            **frame(request, "mentor"),
            "reader": reader,
            "card": card,
            "is_me": card.mentor.pk == reader.member.pk,
            "skills": skills_of(reader, card.mentor),
            "background": background_of(reader.member, card.mentor),
            "languages": words.listed([words.language(str(code)) for code in candidate.hit.facets.get("language", ())]),
            "spans": [
                (words.weekdays([span.weekday]), span.from_to)
                for span in sorted(week.spans(candidate.shared, reader.offset), key=lambda s: (s.weekday, s.start))
            ],
            "shared_hours": words.count_of_hours(week.hours(candidate.shared)),
            "strip": strip(reader.slots, theirs, my_offset=reader.offset, their_offset=their_offset),
            "their_time": reader.now.astimezone(week.zone_of(candidate.hit.facts["zone"])).strftime("%H:%M"),
        },
    )


def _reader(request: HttpRequest) -> queries.Reader:
    return queries.read_reader(
        request.member,
        goal_id=read_goal(request.GET),
        now=clock.now(),
    )
