"""The whole lists behind a programme's first page: searched, paged, and to take away (`?format=csv` or `xlsx`)."""

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from wayfellow.core import clock
from wayfellow.core.access import MANAGER, access
from wayfellow.people.own_words import in_own_words
from wayfellow.relationships.models import Participant
from wayfellow.web.exports import export_response
from wayfellow.web.tables import paginate
from wayfellow.workspace.queries import attention, enrolments
from wayfellow.workspace.queries import demand as demands
from wayfellow.workspace.queries import fairness as fair
from wayfellow.workspace.queries.waiting import TURNS, Waiting
from wayfellow.workspace.queries.waiting import waiting_requests as waiting_in
from wayfellow.workspace.views.frame import frame


@access(MANAGER, area="programme")
@require_safe
def places_by_skill(request: HttpRequest, organisation: str) -> HttpResponseBase:
    """Places against demand for every skill."""
    context = frame(request)
    rows = demands.demand(context["cohort"])
    wanted = context["search"].casefold().split()
    rows = [row for row in rows if all(word in str(row.skill).casefold() for word in wanted)]
    if "format" in request.GET:
        headers = [_("skill"), _("people looking"), _("free places"), _("reading")]
        found = [[str(row.skill), row.looking_words, row.free, row.reading[1]] for row in rows]
        return export_response("places-by-skill", headers, found, request.GET["format"])
    return render(request, "workspace/places_by_skill.html", context | {"page_obj": paginate(request, rows)})


@access(MANAGER, area="programme")
@require_safe
def waiting_requests(request: HttpRequest, organisation: str) -> HttpResponseBase:
    """Every request that waits, the longest first."""
    context = frame(request)
    now = clock.now()
    turn = request.GET.get("turn", "")
    rows = waiting_in(context["cohort"], search=context["search"], turn=turn)
    if "format" in request.GET:
        headers = [_("request"), _("waits since"), _("whose turn"), _("what happens by itself")]
        waiting = (Waiting(row, now) for row in rows)
        found = ([row.who, row.request.awaiting_since, row.turn, row.next] for row in waiting)
        return export_response("waiting-requests", headers, found, request.GET["format"])
    page = paginate(request, rows)
    context |= {
        "page_obj": page,
        "waiting": [Waiting(row, now) for row in page],
        "turn": turn if turn in TURNS else "",
        "choices": [(one, in_own_words(request.organisation, f"turn_of_{one}")) for one in ("mentor", "mentee")],
    }
    return render(request, "workspace/waiting_requests.html", context)


@access(MANAGER, area="programme")
@require_safe
def need_a_word(request: HttpRequest, organisation: str) -> HttpResponseBase:
    """Everybody who could use a word, and why."""
    context = frame(request)
    wanted = context["search"].casefold().split()
    rows = attention.could_use_a_word(context["cohort"], now=clock.now())
    rows = [row for row in rows if all(word in row.name.casefold() for word in wanted)]
    if "format" in request.GET:
        headers = [_("name"), _("role"), _("what"), _("why")]
        found = [[row.name, str(Participant.Role(row.role).label), row.label, row.text] for row in rows]
        return export_response("could-use-a-word", headers, found, request.GET["format"])
    return render(request, "workspace/need_a_word.html", context | {"page_obj": paginate(request, rows)})


@access(MANAGER, area="programme")
@require_safe
def fair_to_everyone(request: HttpRequest, organisation: str) -> HttpResponseBase:
    """How long each group waits for a yes."""
    context = frame(request)
    found = fair.fairness(context["cohort"], now=clock.now())
    wanted = context["search"].casefold().split()
    groups = [group for group in found.groups if all(word in group.name.casefold() for word in wanted)]
    if "format" in request.GET:
        headers = [_("by"), _("group"), _("people with a yes"), _("half waited at most, days"), _("still asking")]
        rows = [[row.by_words, row.name, row.people, row.days, row.still_words] for row in groups]
        return export_response("fair-to-everyone", headers, rows, request.GET["format"])
    context |= {"fair": found, "page_obj": paginate(request, groups)}
    return render(request, "workspace/fair_to_everyone.html", context)


@access(MANAGER, area="programme")
@require_safe
def programme_people(request: HttpRequest, organisation: str) -> HttpResponseBase:
    """Who takes part, as what, with how many places, and where they stand."""
    context = frame(request)
    today = request.organisation.today(clock.now())
    show = request.GET.get("show", "")
    rows = enrolments.people_of(context["cohort"], search=context["search"], show=show, today=today)
    if "format" in request.GET:
        headers = [
            *(_("name"), _("job title"), _("department"), _("location"), _("role")),
            *(_("places"), _("taken"), _("kept"), _("state"), _("since")),
        ]
        found = (
            [
                *(row.member.full_name, row.member.job_title, row.member.department, row.member.location),
                *(enrolments.role_words(row), row.capacity, row.places_taken, row.places_held),
                *("; ".join(words for _shape, words in enrolments.standing(row, today)), row.created_at.date()),
            ]
            for row in rows
        )
        return export_response("programme-people", headers, found, request.GET["format"])
    page = paginate(request, rows)
    people = [(row, enrolments.role_words(row), enrolments.standing(row, today)) for row in page]
    choices = enrolments.filters(request.organisation)
    context |= {"page_obj": page, "people": people, "choices": choices, "show": show}
    return render(request, "workspace/programme_people.html", context)
