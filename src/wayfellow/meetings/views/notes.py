"""Doors to the notes of a meeting: saving, settling what two people changed at once, versions, and one's own notes."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from wayfellow.core.access import MENTEE, MENTOR, access
from wayfellow.core.errors import DomainError
from wayfellow.meetings.actions import notes as actions
from wayfellow.meetings.forms.notes import NoteForm, PrivateNoteForm
from wayfellow.meetings.models import NoteConflict
from wayfellow.meetings.policy import notes as policy
from wayfellow.meetings.queries.notes import changes_of, versions_of
from wayfellow.meetings.views.meeting import show_page, to_page
from wayfellow.meetings.views.parts import find_meeting, head_of
from wayfellow.web.tables import paginate


@access(MENTEE, MENTOR)
@require_POST
def save_note(request: HttpRequest, organisation: str, pk: int, meeting_id: int) -> HttpResponse:
    """Keep the notes together."""
    one = find_meeting(request, pk, meeting_id)
    form = NoteForm(request.POST)
    if form.is_valid():
        try:
            version, conflicts = actions.save_note(request.member, one, **form.cleaned_data)
        except DomainError as error:
            form.refuse(error)
        else:
            if conflicts:
                said = ngettext(
                    "Saved. Somebody changed the same lines; nothing was overwritten. Say which stay.",
                    "Saved. Somebody changed the same lines in %(n)d places; nothing was overwritten. Say which stay.",
                    len(conflicts),
                )
                messages.warning(request, said % {"n": len(conflicts)})
            elif version is not None and version.kind == version.Kind.MERGED and version.author_id == request.member.pk:
                messages.success(request, _("Saved. Somebody wrote at the same time; both are in the notes."))
            else:
                messages.success(request, _("Saved."))
            return redirect(to_page(request, one, "notes"))
    return show_page(request, one, note_form=form)


@access(MENTEE, MENTOR)
@require_POST
def save_private_note(request: HttpRequest, organisation: str, pk: int, meeting_id: int) -> HttpResponse:
    """Keep what one notes for oneself."""
    one = find_meeting(request, pk, meeting_id)
    form = PrivateNoteForm(request.POST)
    if form.is_valid():
        try:
            actions.save_private_note(request.member, one, **form.cleaned_data)
        except DomainError as error:
            form.refuse(error)
        else:
            messages.success(request, _("Saved, for you only."))
            return redirect(to_page(request, one, "private"))
    return show_page(request, one, private_form=form)


@access(MENTEE, MENTOR)
@require_POST
def settle_conflict(
    request: HttpRequest, organisation: str, pk: int, meeting_id: int, conflict_id: int
) -> HttpResponse:
    """Say which lines stay."""
    one = find_meeting(request, pk, meeting_id)
    rows = NoteConflict.objects.visible_to(request.member).filter(note__meeting=one).select_related("note__meeting")
    conflict = get_object_or_404(rows, pk=conflict_id)
    try:
        actions.settle_conflict(request.member, conflict, choice=request.POST.get("choice", ""))
    except DomainError as error:
        messages.warning(request, str(error))
    else:
        messages.success(request, _("Settled. The other lines stay in the versions."))
    return redirect(to_page(request, one, "notes"))


@access(MENTEE, MENTOR)
@require_safe
def note_versions(request: HttpRequest, organisation: str, pk: int, meeting_id: int) -> HttpResponse:
    """Every version there was."""
    one = find_meeting(request, pk, meeting_id)
    _found, _people, context = head_of(request, pk)
    rows = versions_of(one, request.member)
    standing = rows.standing().values_list("number", flat=True).first()
    context |= {"meeting": one, "page_obj": paginate(request, rows), "standing": standing, "reader": request.member}
    return render(request, "meetings/note_versions.html", context)


@access(MENTEE, MENTOR)
@require_safe
def note_version(request: HttpRequest, organisation: str, pk: int, meeting_id: int, number: int) -> HttpResponse:
    """One version, with what it changed."""
    one = find_meeting(request, pk, meeting_id)
    _found, _people, context = head_of(request, pk)
    rows = versions_of(one, request.member)
    version = get_object_or_404(rows, number=number)
    standing = rows.standing().values_list("number", flat=True).first()
    context |= {
        "meeting": one,
        "version": version,
        "changes": changes_of(version, request.member),
        "standing": standing,
        "reader": request.member,
        "can_restore": number != standing and policy.why_not_note(request.member, one) is None,
    }
    return render(request, "meetings/note_version.html", context)


@access(MENTEE, MENTOR)
@require_POST
def restore_note(request: HttpRequest, organisation: str, pk: int, meeting_id: int, number: int) -> HttpResponse:
    """Let the notes say again what this version says."""
    one = find_meeting(request, pk, meeting_id)
    version = get_object_or_404(versions_of(one, request.member), number=number)
    seen = request.POST.get("instead_of", "")
    try:
        instead_of = int(seen) if seen.isascii() and seen.isdigit() and len(seen) < 10 else 0
        actions.restore_note(request.member, version, instead_of=instead_of)
    except DomainError as error:
        messages.warning(request, str(error))
    else:
        messages.success(request, _("Put back. What stood there before is in the versions."))
    return redirect(to_page(request, one, "notes"))
