"""Planning, offering times, moving, calling off."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from wayfellow.core import clock
from wayfellow.core.access import MENTEE, MENTOR, access
from wayfellow.core.errors import DomainError
from wayfellow.core.week import zone_of
from wayfellow.meetings import actions, policy
from wayfellow.meetings.actions.planning import usual_link
from wayfellow.meetings.forms import CancelForm, MoveForm, PickForm, ProposeForm, ScheduleForm, WordForm
from wayfellow.meetings.models import Meeting, Proposal
from wayfellow.meetings.queries.addresses import page_of
from wayfellow.meetings.queries.free_times import free_times
from wayfellow.meetings.queries.people import names_of
from wayfellow.meetings.queries.shown import hour_strip
from wayfellow.meetings.views.parts import back, find_meeting, head_of, slot_words
from wayfellow.meetings.words import kind_word
from wayfellow.web.templatetags.wayfellow import moment

USUAL_MINUTES = 60


@access(MENTEE, MENTOR)
@require_http_methods(["GET", "HEAD", "POST"])
def propose_slots(request: HttpRequest, organisation: str, pk: int) -> HttpResponse:
    """Times that suit everybody, to tick and to offer; with `?meeting=` another time for that one."""
    now = clock.now()
    found, people, context = head_of(request, pk)
    moved = _moved(request, pk)
    refusal = policy.why_not_propose_slots(request.member, found, now)
    if refusal is None and moved is not None:
        refusal = policy.why_not_move_meeting(request.member, moved, now)
    if refusal is not None:
        return back(request, refusal, found.pk)
    usual = moved.minutes if moved is not None else found.minutes or USUAL_MINUTES
    minutes = _minutes(request, usual)
    times = free_times(found, people, request.member, minutes=minutes, now=now, beside=moved)
    choices, hints = [], {}
    for start in times.starts:
        label, hint = slot_words(request.member, context["others"], start, minutes)
        choices.append((start.isoformat(), label))
        hints[start.isoformat()] = _("%(times)s · your usual hour") % {"times": hint} if start == times.usual else hint
    data = request.POST if request.method == "POST" else None
    form = ProposeForm(data, zone=request.member.zone, choices=choices, hints=hints, usual=minutes)
    if form.is_bound and form.is_valid():
        values = {name: form.cleaned_data[name] for name in ("starts", "minutes", "word")}
        try:
            actions.propose_slots(request.member, found, meeting=moved, **values)
        except DomainError as error:
            form.refuse(error)
        else:
            count = len(values["starts"])
            words = ngettext(
                "%(n)d time is on its way to %(names)s.", "%(n)d times are on their way to %(names)s.", count
            )
            messages.success(request, words % {"n": count, "names": context["names"]})
            return redirect("meetings", organisation, found.pk)
    strip = []
    if times.starts:
        strip = hour_strip(
            request.member, context["others"], starts_at=times.starts[0], minutes=minutes, free=times.free
        )
    context |= {
        "form": form,
        "moved": moved,
        "times": times,
        "minutes": minutes,
        "guessed": names_of([one for one in times.guessed if one.pk != request.member.pk]),
        "i_gave_none": any(one.pk == request.member.pk for one in times.guessed),
        "strip": strip,
        "strip_day": times.starts[0] if times.starts else None,
    }
    return render(request, "meetings/propose_slots.html", context, status=422 if form.is_bound else 200)


def _moved(request: HttpRequest, pk: int) -> Meeting | None:
    asked = request.GET.get("meeting", "")
    return find_meeting(request, pk, int(asked)) if asked.isascii() and asked.isdigit() and len(asked) < 18 else None


def _minutes(request: HttpRequest, usual: int) -> int:
    asked = request.GET.get("minutes", "")
    if asked.isascii() and asked.isdigit() and len(asked) < 4 and 10 <= int(asked) <= 480:
        return int(asked)
    return usual


@access(MENTEE, MENTOR)
@require_http_methods(["GET", "HEAD", "POST"])
def pick_slot(request: HttpRequest, organisation: str, pk: int, proposal_id: int) -> HttpResponse:
    """Take one of the times that somebody offers."""
    now, member = clock.now(), request.member
    found, _people, context = head_of(request, pk)
    rows = Proposal.objects.visible_to(member).filter(relationship=found).select_related("created_by", "meeting")
    proposal = get_object_or_404(rows.prefetch_related("slots"), pk=proposal_id)
    proposal.relationship = found
    slots = {slot.pk: slot for slot in sorted(proposal.slots.all(), key=lambda slot: slot.starts_at)}
    choices, hints = [], {}
    for slot in slots.values():
        label, hint = slot_words(member, context["others"], slot.starts_at, proposal.minutes)
        slot.proposal = proposal
        choices.append((slot.pk, label))
        hints[slot.pk] = hint
    refusals = [policy.why_not_pick_slot(member, slot, now) for slot in slots.values()]
    if refusals and all(refusals) and refusals[0] is not None:
        return back(request, refusals[-1] or refusals[0], found.pk)
    form = PickForm(request.POST if request.method == "POST" else None, choices=choices, hints=hints)
    if form.is_bound and form.is_valid():
        slot = slots[form.cleaned_data["slot"]]
        try:
            meeting = actions.pick_slot(member, slot, despite_overlap=form.cleaned_data["despite_overlap"])
        except DomainError as error:
            if error.code == "taken_already":
                messages.info(request, error.message)
                return redirect("meetings", organisation, found.pk)
            form.refuse(error)
        else:
            words = _("You meet %(names)s: %(when)s. It is on its way to your calendars.")
            messages.success(request, words % {"names": context["names"], "when": moment(meeting.starts_at)})
            return redirect(page_of(meeting))
    context |= {"form": form, "proposal": proposal}
    return render(request, "meetings/pick_slot.html", context, status=422 if form.is_bound else 200)


@access(MENTEE, MENTOR)
@require_http_methods(["GET", "HEAD", "POST"])
def close_proposal(request: HttpRequest, organisation: str, pk: int, proposal_id: int) -> HttpResponse:
    """Take one's offer of times back, or say that none of them suits."""
    found, _people, context = head_of(request, pk)
    rows = Proposal.objects.visible_to(request.member).filter(relationship=found).select_related("created_by")
    proposal = get_object_or_404(rows, pk=proposal_id)
    refusal = policy.why_not_close_proposal(request.member, proposal, clock.now())
    if refusal is not None:
        return back(request, refusal, found.pk)
    mine = proposal.created_by_id == request.member.pk
    form = WordForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        try:
            actions.close_proposal(request.member, proposal, word="" if mine else form.cleaned_data["word"])
        except DomainError as error:
            form.refuse(error)
        else:
            messages.success(request, _("Taken back.") if mine else _("Said. You can offer other times yourself."))
            return redirect("meetings", organisation, found.pk)
    context |= {"form": form, "proposal": proposal, "mine": mine}
    return render(request, "meetings/close_proposal.html", context, status=422 if form.is_bound else 200)


@access(MENTEE, MENTOR)
@require_http_methods(["GET", "HEAD", "POST"])
def schedule_meeting(request: HttpRequest, organisation: str, pk: int) -> HttpResponse:
    """Plan a meeting at a time one has in mind."""
    now, member = clock.now(), request.member
    found, people, context = head_of(request, pk)
    refusal = policy.why_not_schedule_meeting(member, found, now)
    if refusal is not None:
        return back(request, refusal, found.pk)
    initial = {
        "minutes": found.minutes or USUAL_MINUTES,
        "video_link": usual_link(member, people),
        "times": 6,
        "every_weeks": 0,
    }
    form = ScheduleForm(request.POST if request.method == "POST" else None, zone=member.zone, initial=initial)
    if form.is_bound and form.is_valid():
        try:
            meeting = actions.schedule_meeting(member, found, **form.values())
        except DomainError as error:
            form.refuse(error)
        else:
            messages.success(request, _("Planned. It is on its way to your calendars."))
            return redirect(page_of(meeting))
    context |= {"form": form}
    return render(request, "meetings/schedule_meeting.html", context, status=422 if form.is_bound else 200)


@access(MENTEE, MENTOR)
@require_http_methods(["GET", "HEAD", "POST"])
def move_meeting(request: HttpRequest, organisation: str, pk: int, meeting_id: int) -> HttpResponse:
    """Put a meeting at another time that one has in mind."""
    member = request.member
    meeting = find_meeting(request, pk, meeting_id)
    refusal = policy.why_not_move_meeting(member, meeting, clock.now())
    if refusal is not None:
        return back(request, refusal, pk)
    found, _people, context = head_of(request, pk)
    local = meeting.starts_at.astimezone(zone_of(member.zone))
    initial = {"day": local.date(), "at": local.time(), "minutes": meeting.minutes}
    form = MoveForm(request.POST if request.method == "POST" else None, zone=member.zone, initial=initial)
    if form.is_bound and form.is_valid():
        try:
            actions.move_meeting(member, meeting, **form.values("word", "despite_overlap"))
        except DomainError as error:
            form.refuse(error)
        else:
            messages.success(request, _("Moved. Your calendars change by themselves."))
            return redirect(page_of(meeting))
    context |= {"form": form, "meeting": meeting, "found": found}
    return render(request, "meetings/move_meeting.html", context, status=422 if form.is_bound else 200)


@access(MENTEE, MENTOR)
@require_http_methods(["GET", "HEAD", "POST"])
def cancel_meeting(request: HttpRequest, organisation: str, pk: int, meeting_id: int) -> HttpResponse:
    """Call a meeting off, with a word."""
    meeting = find_meeting(request, pk, meeting_id)
    refusal = policy.why_not_cancel_meeting(request.member, meeting, clock.now())
    if refusal is not None:
        return back(request, refusal, pk)
    found, _people, context = head_of(request, pk)
    data = request.POST if request.method == "POST" else None
    form = CancelForm(data, in_series=meeting.series is not None, initial={"word": kind_word()})
    if form.is_bound and form.is_valid():
        values: dict[str, Any] = {"word": form.cleaned_data["word"], "rest": form.cleaned_data.get("rest", False)}
        try:
            actions.cancel_meeting(request.member, meeting, **values)
        except DomainError as error:
            form.refuse(error)
        else:
            messages.success(request, _("Called off. It leaves your calendars by itself."))
            return redirect("meetings", organisation, found.pk)
    context |= {"form": form, "meeting": meeting, "found": found}
    return render(request, "meetings/cancel_meeting.html", context, status=422 if form.is_bound else 200)
