"""How relationships are doing: to their own people first, then, in the same parts, to the programme."""

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from wayfellow.core import clock
from wayfellow.core.access import MANAGER, MENTEE, MENTOR, access
from wayfellow.goals.queries.together import names_in
from wayfellow.relationships.views.relationships import find_relationship
from wayfellow.web.exports import export_response
from wayfellow.web.tables import paginate
from wayfellow.workspace.actions import look_at_relationship
from wayfellow.workspace.queries import health
from wayfellow.workspace.queries.cohort import FEWEST
from wayfellow.workspace.views.frame import frame


@access(MENTEE, MENTOR)
@require_safe
def how_it_goes(request: HttpRequest, organisation: str, pk: int) -> HttpResponseBase:
    """The parts as the programme would see them, with help for each that could be better."""
    found = find_relationship(request, pk)
    (shown,) = health.health_of([found], now=clock.now(), later=0)
    context = {
        "found": found,
        "names": names_in(found, request.member),
        "parts": [part for part in shown.parts if part.kind != "worthwhile"],
        "late": shown.contact.shape == "warn",
        "managers": health.managers_of(found),
        "first_meeting": health.FIRST_MEETING,
        "beyond": health.BEYOND_CADENCE,
        "later": health.LATER,
    }
    return render(request, "workspace/how_it_goes.html", context)


@access(MANAGER, area="programme")
@require_safe
def programme_health(request: HttpRequest, organisation: str) -> HttpResponseBase:
    """Every relationship under way, those with whom a word could help first."""
    context, now = frame(request), clock.now()
    every = health.health_of(list(health.under_way(context["cohort"]).order_by("pk")), now=now)
    wanted = set(health.search(health.under_way(context["cohort"]), context["search"]).values_list("pk", flat=True))
    show = request.GET.get("show", "")
    rows = [row for row in every if row.relationship.pk in wanted and (show != "word" or row.wants_word)]
    rows.sort(key=lambda row: (not row.wants_word, -(row.quiet_days or 0), row.relationship.pk))
    if "format" in request.GET:
        headers = [_("people"), *(str(part.label) for part in every[0].parts)] if every else [_("people")]
        found = [[row.names, *(part.words for part in row.parts)] for row in rows]
        return export_response("relationships", headers, found, request.GET["format"])
    context |= {
        "page_obj": paginate(request, rows),
        "summary": health.summary_of(every, now=now, fewest=FEWEST),
        "words": sum(row.wants_word for row in every),
        "choices": [("word", _("Could use a word"))],
        "show": show,
    }
    return render(request, "workspace/programme_health.html", context)


@access(MANAGER, area="programme")
@require_safe
def relationship_health(request: HttpRequest, organisation: str, pk: int) -> HttpResponseBase:
    """The parts of one relationship. Its people see that somebody looked."""
    context, now = frame(request), clock.now()
    found = get_object_or_404(health.under_way(context["cohort"]), pk=pk)
    (shown,) = health.health_of([found], now=now)
    if request.method == "GET":
        look_at_relationship(request.member, found)
    return render(request, "workspace/relationship_health.html", context | {"shown": shown})
