"""What I answered in one relationship, who reads it, and how often I want to be asked; the programme's totals."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from wayfellow.core import clock
from wayfellow.core.access import MANAGER, MENTEE, MENTOR, access
from wayfellow.goals.queries.together import names_in
from wayfellow.programmes.models import Programme
from wayfellow.relationships.models import Relationship
from wayfellow.relationships.views.relationships import find_relationship
from wayfellow.surveys import actions
from wayfellow.surveys.forms import ChoiceForm
from wayfellow.surveys.instruments import PULSE
from wayfellow.surveys.queries.answers import choice_of, invitations_of, said_in, totals, worthwhile
from wayfellow.web.exports import export_response
from wayfellow.web.tables import paginate


@access(MENTEE, MENTOR)
@require_safe
def my_pulse(request: HttpRequest, organisation: str, pk: int) -> HttpResponse:
    """My answers, newest first."""
    found = find_relationship(request, pk)
    member: Any = request.member
    names = names_in(found, member)
    rows = invitations_of(member, found)
    page_obj = paginate(request, rows.filter(answered_at__isnull=False))
    choice = choice_of(member, found)
    context = {
        "found": found,
        "names": names,
        "waiting": rows.filter(answered_at__isnull=True, closes_at__gt=clock.now()).first(),
        "page_obj": page_obj,
        "given": [(row, said_in(row, names)) for row in page_obj.object_list],
        "choice": choice,
        "form": ChoiceForm(initial={"after_meetings": choice.after_meetings}),
        "asked": PULSE,
    }
    return render(request, "surveys/my_pulse.html", context)


@access(MENTEE, MENTOR)
@require_POST
def choose_surveys(request: HttpRequest, organisation: str, pk: int) -> HttpResponse:
    """Stop the questions, take them up again, or be asked after each meeting too."""
    found = find_relationship(request, pk)
    form = ChoiceForm(request.POST)
    stopped = "stop" in request.POST
    actions.choose_surveys(
        request.member,
        found,
        stopped=stopped,
        after_meetings=form.is_valid() and form.cleaned_data["after_meetings"],
    )
    words = _("You will not be asked any more here. You can take it up again at any time.")
    messages.success(request, words if stopped else _("Kept."))
    return redirect("my_pulse", organisation, found.pk)


@access(MENTEE, MENTOR)
@require_safe
def export_my_pulse(request: HttpRequest, organisation: str, pk: int) -> HttpResponse:
    """My answers as a table."""
    found = find_relationship(request, pk)
    member: Any = request.member
    names = names_in(found, member)
    rows = [
        [row.answered_at, said.text, said.value, said.word]
        for row in invitations_of(member, found).filter(answered_at__isnull=False)
        for said in said_in(row, names)
    ]
    headers = [_("answered"), _("question"), _("points"), _("answer")]
    return export_response(f"pulse-{found.pk}", headers, rows, request.GET.get("format", "csv"))


@access(MANAGER, area="programme")
@require_safe
def pulse_totals(request: HttpRequest, organisation: str) -> HttpResponse:
    """What the people of the programme answered, in totals of five or more."""
    programme, rows = _programme(request)
    context = {"programme": programme, "asked": PULSE, **_totals(rows)}
    return render(request, "surveys/pulse_totals.html", context)


@access(MANAGER, area="programme")
@require_safe
def export_pulse_totals(request: HttpRequest, organisation: str) -> HttpResponse:
    """The totals as a table; a total of fewer than five says so and gives no number."""
    _programme_of, rows = _programme(request)
    found = _totals(rows)["totals"]
    headers = [_("question"), _("people"), *(str(word) for word in PULSE.scale.words)]
    hidden = _("not shown, fewer than 5")
    table = [
        [total.text, total.people, *total.counts] if total.is_shown else [total.text, hidden, *([""] * 5)]
        for total in found
    ]
    return export_response("pulse-totals", headers, table, request.GET.get("format", "csv"))


def _totals(rows: Any) -> dict[str, Any]:
    found = totals(rows, _("the others"))
    judged = [value for value in worthwhile(rows.values_list("pk", flat=True)).values() if value is not None]
    enough = len(judged) >= 5
    return {"totals": found, "judged": len(judged), "enough": enough, "good": sum(judged) if enough else None}


def _programme(request: HttpRequest) -> tuple[Programme, Any]:
    programme = Programme.objects.filter(managers=request.member, is_open_network=True).first()
    if programme is None:
        raise Http404
    return programme, Relationship.objects.filter(cohort__programme=programme)
