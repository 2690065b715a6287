"""The page of one meeting: prepare it, note what was said, commit to what follows."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from wayfellow.core import clock
from wayfellow.core.access import MENTEE, MENTOR, access
from wayfellow.goals.forms import CommitmentForm
from wayfellow.goals.queries.commitments import commitments_for_meeting
from wayfellow.goals.views.commitments import changed_in
from wayfellow.meetings import policy
from wayfellow.meetings.forms.notes import AgendaPointForm, NoteForm, PrivateNoteForm
from wayfellow.meetings.models import Meeting
from wayfellow.meetings.policy import notes as notes_policy
from wayfellow.meetings.queries.lists import show_all
from wayfellow.meetings.queries.notes import guide_choices, read_notes
from wayfellow.meetings.views.parts import find_meeting, head_of


@access(MENTEE, MENTOR)
@require_safe
def meeting(request: HttpRequest, organisation: str, pk: int, meeting_id: int) -> HttpResponse:
    """When it is for each, the agenda, the notes, and what comes of it."""
    return show_page(request, find_meeting(request, pk, meeting_id))


def show_page(request: HttpRequest, one: Meeting, **forms: Any) -> HttpResponse:
    """The page; with a form that could not be used in the place of a fresh one."""
    now, member = clock.now(), request.member
    found, people, context = head_of(request, one.relationship_id)
    refusal = policy.why_not_meet(member, found, now)
    (shown,) = show_all([one], member, people, may_write=refusal is None, now=now)
    notes = read_notes(one, member)
    here, before = commitments_for_meeting(member, one)
    version, private = notes.version, notes.private
    context |= {
        "meeting": one,
        "shown": shown,
        "notes": notes,
        "refusal": refusal,
        "can_write": refusal is None,
        "can_note": notes_policy.why_not_save_private_note(member, one) is None,
        "guides": guide_choices(),
        "commitments": here,
        "before": before,
        "reader": member,
        "today": request.organisation.today(now),
        "changed": changed_in(request),
        "here_url": reverse("meeting", args=[request.organisation.slug, one.relationship_id, one.pk]),
        "point_form": AgendaPointForm(),
        "note_form": NoteForm(
            initial={"text": version.text if version else "", "based_on": version.number if version else 0}
        ),
        "private_form": PrivateNoteForm(
            initial={"text": private.text if private else "", "based_on": private.version if private else 0}
        ),
        "commit_form": CommitmentForm(relationship=found, reader=member),
    } | forms
    return render(request, "meetings/meeting.html", context, status=422 if forms else 200)


def to_page(request: HttpRequest, one: Meeting, part: str) -> str:
    """The address of a part of the page."""
    return reverse("meeting", args=[request.organisation.slug, one.relationship_id, one.pk]) + f"#{part}"
