"""Answering an invitation, and saying what became of a meeting."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from wayfellow.core import clock
from wayfellow.core.access import MENTEE, MENTOR, access
from wayfellow.core.errors import DomainError
from wayfellow.core.week import zone_of
from wayfellow.meetings import actions, policy
from wayfellow.meetings.forms import LogForm
from wayfellow.meetings.icalendar_parts import feed
from wayfellow.meetings.queries.addresses import page_of
from wayfellow.meetings.queries.entries import answers_of, entry_of
from wayfellow.meetings.queries.people import people_of
from wayfellow.meetings.views.parts import back, find_meeting, head_of
from wayfellow.meetings.views.planning import USUAL_MINUTES

SAID = {
    "yes": gettext_lazy("You will be there."),
    "maybe": gettext_lazy("Noted: maybe."),
    "no": gettext_lazy("The others know that you cannot come."),
}


@access(MENTEE, MENTOR)
@require_POST
def answer_invitation(request: HttpRequest, organisation: str, pk: int, meeting_id: int) -> HttpResponse:
    """Yes, no or maybe."""
    meeting = find_meeting(request, pk, meeting_id)
    answer = request.POST.get("answer", "")
    if answer not in SAID:
        messages.error(request, _("Choose yes, maybe or no."))
        return redirect(page_of(meeting))
    try:
        actions.answer_invitation(request.member, meeting, answer=answer)
    except DomainError as error:
        messages.error(request, error.message)
    else:
        messages.success(request, SAID[answer])
    return redirect(page_of(meeting))


@access(MENTEE, MENTOR)
@require_POST
def mark_held(request: HttpRequest, organisation: str, pk: int, meeting_id: int) -> HttpResponse:
    """It took place."""
    meeting = find_meeting(request, pk, meeting_id)
    try:
        actions.mark_held(request.member, meeting)
    except DomainError as error:
        messages.error(request, error.message)
    else:
        messages.success(request, _("Noted: you met."))
    return redirect(page_of(meeting))


@access(MENTEE, MENTOR)
@require_POST
def mark_missed(request: HttpRequest, organisation: str, pk: int, meeting_id: int) -> HttpResponse:
    """It did not take place. The next step is to find another time."""
    meeting = find_meeting(request, pk, meeting_id)
    try:
        actions.mark_missed(request.member, meeting)
    except DomainError as error:
        messages.error(request, error.message)
        return redirect(page_of(meeting))
    messages.success(request, _("You did not meet. Find another time?"))
    return redirect("propose_slots", organisation, pk)


@access(MENTEE, MENTOR)
@require_http_methods(["GET", "HEAD", "POST"])
def log_meeting(request: HttpRequest, organisation: str, pk: int) -> HttpResponse:
    """Write down a meeting that took place."""
    now, member = clock.now(), request.member
    found, _people, context = head_of(request, pk)
    refusal = policy.why_not_log_meeting(member, found, now)
    if refusal is not None:
        return back(request, refusal, found.pk)
    today = now.astimezone(zone_of(member.zone)).date()
    initial = {"minutes": found.minutes or USUAL_MINUTES, "day": today}
    form = LogForm(request.POST if request.method == "POST" else None, zone=member.zone, initial=initial)
    if form.is_bound and form.is_valid():
        try:
            meeting = actions.log_meeting(member, found, **form.values("title"))
        except DomainError as error:
            form.refuse(error)
        else:
            messages.success(request, _("Noted: you met."))
            return redirect(page_of(meeting))
    context |= {"form": form}
    return render(request, "meetings/log_meeting.html", context, status=422 if form.is_bound else 200)


@access(MENTEE, MENTOR)
@require_safe
def meeting_file(request: HttpRequest, organisation: str, pk: int, meeting_id: int) -> HttpResponse:
    """The entry once more, as a file that any calendar opens."""
    meeting = find_meeting(request, pk, meeting_id)
    people = people_of(meeting.relationship)
    answers = answers_of([meeting]).get(meeting.pk, {})
    text = feed([entry_of(meeting, people, request.member, answers=answers, alone=True)], name="")
    response = HttpResponse(text, content_type="text/calendar; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="meeting.ics"'
    return response
