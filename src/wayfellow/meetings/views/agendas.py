"""Doors to the agenda of a meeting, and to what is committed to there."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from wayfellow.core.access import MENTEE, MENTOR, access
from wayfellow.core.errors import DomainError
from wayfellow.goals.actions import add_commitment
from wayfellow.goals.forms import CommitmentForm
from wayfellow.goals.views.commitments import added_words
from wayfellow.meetings.actions import agendas as actions
from wayfellow.meetings.forms.notes import AgendaPointForm
from wayfellow.meetings.guides import find_guide
from wayfellow.meetings.models import AgendaPoint, Meeting
from wayfellow.meetings.views.meeting import show_page, to_page
from wayfellow.meetings.views.parts import find_meeting, head_of


@access(MENTEE, MENTOR)
@require_POST
def add_agenda_point(request: HttpRequest, organisation: str, pk: int, meeting_id: int) -> HttpResponse:
    """Put something on it."""
    one = find_meeting(request, pk, meeting_id)
    form = AgendaPointForm(request.POST)
    if form.is_valid():
        try:
            actions.add_agenda_point(request.member, one, **form.cleaned_data)
        except DomainError as error:
            form.refuse(error)
        else:
            return redirect(to_page(request, one, "agenda"))
    return show_page(request, one, point_form=form)


@access(MENTEE, MENTOR)
@require_POST
def use_guide(request: HttpRequest, organisation: str, pk: int, meeting_id: int) -> HttpResponse:
    """Take the questions of a guide, or those that were ticked."""
    one = find_meeting(request, pk, meeting_id)
    guide = find_guide(request.POST.get("guide", ""))
    if guide is None:
        messages.warning(request, _("Choose a guide."))
        return redirect(to_page(request, one, "agenda"))
    questions = request.POST.getlist("question") if "choosing" in request.POST else None
    try:
        points = actions.use_guide(request.member, one, guide, questions=questions)
    except DomainError as error:
        messages.warning(request, str(error))
    else:
        said = ngettext("%(n)d question is on the agenda.", "%(n)d questions are on the agenda.", len(points))
        messages.success(
            request, said % {"n": len(points)} if points else _("Its questions are on the agenda already.")
        )
    return redirect(to_page(request, one, "agenda"))


@access(MENTEE, MENTOR)
@require_POST
def tick_agenda_point(request: HttpRequest, organisation: str, pk: int, meeting_id: int, point_id: int) -> HttpResponse:
    """Talked about, or not yet."""
    done = request.POST.get("done") == "yes"
    return _change(request, pk, meeting_id, point_id, actions.tick_agenda_point, done=done)


@access(MENTEE, MENTOR)
@require_POST
def move_agenda_point(request: HttpRequest, organisation: str, pk: int, meeting_id: int, point_id: int) -> HttpResponse:
    """Up or down."""
    down = request.POST.get("to") == "down"
    return _change(request, pk, meeting_id, point_id, actions.move_agenda_point, down=down)


@access(MENTEE, MENTOR)
@require_POST
def remove_agenda_point(
    request: HttpRequest, organisation: str, pk: int, meeting_id: int, point_id: int
) -> HttpResponse:
    """Take it off."""
    return _change(request, pk, meeting_id, point_id, actions.remove_agenda_point)


@access(MENTEE, MENTOR)
@require_POST
def restore_agenda_point(
    request: HttpRequest, organisation: str, pk: int, meeting_id: int, point_id: int
) -> HttpResponse:
    """Put it back."""
    return _change(request, pk, meeting_id, point_id, actions.restore_agenda_point)


@access(MENTEE, MENTOR)
@require_POST
def commit_at_meeting(request: HttpRequest, organisation: str, pk: int, meeting_id: int) -> HttpResponse:
    """Write down who does what, from this meeting."""
    one = find_meeting(request, pk, meeting_id)
    found, _people, _context = head_of(request, pk)
    form = CommitmentForm(request.POST, relationship=found, reader=request.member)
    if form.is_valid():
        try:
            added = add_commitment(request.member, found, about=one, **form.cleaned_data)
        except DomainError as error:
            form.refuse(error)
        else:
            messages.success(request, added_words(added, request.member))
            return redirect(to_page(request, one, "commitments"))
    return show_page(request, one, commit_form=form)


def _change(request: HttpRequest, pk: int, meeting_id: int, point_id: int, action: Any, **what: Any) -> HttpResponse:
    one: Meeting = find_meeting(request, pk, meeting_id)
    rows = AgendaPoint.objects.visible_to(request.member).filter(meeting=one).select_related("meeting")
    try:
        action(request.member, get_object_or_404(rows, pk=point_id), **what)
    except DomainError as error:
        messages.warning(request, str(error))
    return redirect(to_page(request, one, "agenda"))
