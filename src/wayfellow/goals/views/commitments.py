"""Doors to commitments: those of one relationship, all of one's own, and each thing that can be done with one."""

from typing import Any

from django.contrib import messages
from django.db.models import prefetch_related_objects
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from wayfellow.core import clock
from wayfellow.core.access import GUEST, MEMBER, MENTEE, MENTOR, access
from wayfellow.core.errors import DomainError
from wayfellow.goals import actions, policy
from wayfellow.goals.forms import CommitmentForm, MoveForm
from wayfellow.goals.models import Commitment
from wayfellow.goals.queries.commitments import SHOWS, commitments_of
from wayfellow.goals.queries.together import names_in
from wayfellow.goals.views.together import came_from, find_together, frame
from wayfellow.web.exports import export_response
from wayfellow.web.tables import paginate

MOST_SEARCHED = 200


@access(MENTEE, MENTOR)
@require_safe
def commitments(request: HttpRequest, organisation: str, pk: int) -> HttpResponseBase:
    """What the people of one relationship said they would do."""
    relationship = find_together(request, pk)
    return _show(request, relationship)


@access(MEMBER, GUEST)
@require_safe
def my_commitments(request: HttpRequest, organisation: str) -> HttpResponseBase:
    """Commitments over all of one's relationships."""
    context = _list(request, None)
    rows = list(context["page_obj"].object_list)
    prefetch_related_objects(rows, "relationship__participants__enrolment__member")
    for row in rows:
        row.with_whom = names_in(row.relationship, request.member)
    context["rows"] = rows
    if "format" in request.GET:
        return _export(request, context["found"], "commitments")
    return render(request, "goals/my_commitments.html", context)


@access(MENTEE, MENTOR)
@require_POST
def add_commitment(request: HttpRequest, organisation: str, pk: int) -> HttpResponseBase:
    """Write one down."""
    relationship = find_together(request, pk)
    form = CommitmentForm(request.POST, relationship=relationship, reader=request.member)
    if form.is_valid():
        try:
            added = actions.add_commitment(request.member, relationship, **form.cleaned_data)
        except DomainError as error:
            form.refuse(error)
        else:
            messages.success(request, added_words(added, request.member))
            return redirect("commitments", organisation, relationship.pk)
    return _show(request, relationship, form=form)


@access(MENTEE, MENTOR)
@require_POST
def agree_to_commitment(request: HttpRequest, organisation: str, pk: int) -> HttpResponse:
    """Say yes to what somebody wrote for one."""
    return _do(request, pk, actions.agree_to_commitment)


@access(MENTEE, MENTOR)
@require_POST
def tick_commitment(request: HttpRequest, organisation: str, pk: int) -> HttpResponse:
    """It is done."""
    return _do(request, pk, actions.tick_commitment)


@access(MENTEE, MENTOR)
@require_POST
def drop_commitment(request: HttpRequest, organisation: str, pk: int) -> HttpResponse:
    """It is not needed any more."""
    return _do(request, pk, actions.drop_commitment)


@access(MENTEE, MENTOR)
@require_POST
def undo_commitment(request: HttpRequest, organisation: str, pk: int) -> HttpResponse:
    """As it was before the last change."""
    return _do(request, pk, actions.undo_commitment)


@access(MENTEE, MENTOR)
@require_http_methods(["GET", "HEAD", "POST"])
def move_commitment(request: HttpRequest, organisation: str, pk: int) -> HttpResponse:
    """Another day."""
    row = _find(request, pk)
    back = came_from(request, reverse("commitments", args=[organisation, row.relationship_id]))
    refusal = policy.why_not_change_commitment(request.member, row)
    if refusal is not None:
        messages.info(request, refusal.message)
        return redirect(back)
    form = MoveForm(request.POST if request.method == "POST" else None, initial={"by_when": row.by_when})
    if form.is_bound and form.is_valid():
        try:
            actions.move_commitment(request.member, row, by_when=form.cleaned_data["by_when"])
        except DomainError as error:
            form.refuse(error)
        else:
            return _back(back, row)
    context = frame(request, find_together(request, row.relationship_id)) | {"row": row, "form": form, "back": back}
    return render(request, "goals/move_commitment.html", context, status=422 if form.is_bound else 200)


def added_words(added: Commitment, reader: Any) -> str:
    """What a page says after one was written down."""
    if added.owner_id == reader.pk:
        return _("Written down. It comes back at your next meeting.")
    return _("Written down. %(name)s is asked to say yes.") % {"name": added.owner.short_name}


def changed_in(request: HttpRequest) -> Commitment | None:
    """The commitment that was just ticked, moved or dropped, to offer that this can be undone."""
    asked = request.GET.get("changed", "")
    if not asked.isascii() or not asked.isdigit() or len(asked) > 18:
        return None
    rows = Commitment.objects.visible_to(request.member).select_related("owner").prefetch_related("steps")
    found = rows.filter(pk=int(asked)).first()
    step = found.last_step if found is not None else None
    return found if step is not None and step.by_id == request.member.pk else None


def _find(request: HttpRequest, pk: int) -> Commitment:
    rows = Commitment.objects.visible_to(request.member).select_related("relationship__organisation", "owner")
    return get_object_or_404(rows, pk=pk)


def _do(request: HttpRequest, pk: int, action: Any) -> HttpResponse:
    row = _find(request, pk)
    back = came_from(request, reverse("commitments", args=[request.organisation.slug, row.relationship_id]))
    try:
        action(request.member, row)
    except DomainError as error:
        messages.warning(request, str(error))
        return redirect(back)
    if action is actions.undo_commitment:
        messages.success(request, _("Undone: it is as it was."))
        return redirect(back)
    return _back(back, row)


def _back(back: str, row: Commitment) -> HttpResponse:
    """To where one came from, which offers to undo."""
    path = back.split("#", 1)[0]
    return redirect(f"{path}{'&' if '?' in path else '?'}changed={row.pk}#changed")


def _list(request: HttpRequest, relationship: Any) -> dict[str, Any]:
    show = request.GET.get("show", "open")
    show = show if show in SHOWS else "open"
    search = request.GET.get("q", "").strip()[:MOST_SEARCHED]
    today = request.organisation.today(clock.now())
    found = commitments_of(request.member, today=today, show=show, search=search, relationship=relationship)
    here = request.path
    if request.method == "POST":
        here = reverse("commitments", args=[request.organisation.slug, relationship.pk])
    return {
        "found": found,
        "page_obj": paginate(request, found),
        "choices": list(SHOWS.items()),
        "show": show,
        "search": search,
        "today": today,
        "reader": request.member,
        "changed": changed_in(request),
        "here": f"{here}?show={show}" if show != "open" else here,
        "is_filtered": bool(search) or show != "open",
    }


def _show(request: HttpRequest, relationship: Any, form: CommitmentForm | None = None) -> HttpResponseBase:
    context = _list(request, relationship)
    if "format" in request.GET and form is None:
        return _export(request, context["found"], f"commitments-{relationship.pk}")
    status = 422 if form is not None else 200
    form = form or CommitmentForm(relationship=relationship, reader=request.member)
    context |= frame(request, relationship) | {"form": form}
    return render(request, "goals/commitments.html", context, status=status)


def _export(request: HttpRequest, rows: Any, name: str) -> HttpResponseBase:
    headers = [
        *(_("what"), _("who"), _("by when"), _("if"), _("then")),
        *(_("state"), _("agreed"), _("written"), _("closed")),
    ]
    found = (
        [
            *(row.what, row.owner.full_name, row.by_when, row.if_moment, row.then_act),
            *(row.get_state_display(), row.agreed_at, row.created_at, row.closed_at),
        ]
        for row in rows
    )
    return export_response(name, headers, found, request.GET["format"])
