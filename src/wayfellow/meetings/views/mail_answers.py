"""Acting by a link from a mail, without signing in. Opening the page decides nothing."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone, translation
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from wayfellow.core import clock
from wayfellow.core.access import ANYONE, access
from wayfellow.core.errors import DomainError, NotFound, Refused
from wayfellow.core.languages import spoken
from wayfellow.meetings import actions, policy
from wayfellow.meetings.actions.telling import ANSWER_PURPOSE, ANSWER_SERIES_PURPOSE, PICK_PURPOSE
from wayfellow.meetings.forms import PickForm
from wayfellow.meetings.models import Attendance, Meeting, Proposal
from wayfellow.meetings.queries.people import people_of
from wayfellow.meetings.queries.shown import show_meeting
from wayfellow.meetings.views.parts import slot_words
from wayfellow.notifications.links import about_of, open_link
from wayfellow.notifications.models import MailLink
from wayfellow.people.models import Member


@access(ANYONE)
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def answer_invitation_from_mail(request: HttpRequest, token: str) -> HttpResponse:
    """When they meet, and three buttons."""
    try:
        link, series = _answer_link(token)
        meeting: Meeting = about_of(link)
    except (Refused, NotFound) as error:
        return _closed(request, error)
    member = link.member
    with timezone.override(member.zone), translation.override(_language(member)):
        refusal = policy.why_not_answer_invitation(member, meeting, clock.now())
        if refusal is not None:
            return _closed(request, Refused(refusal.code, refusal.message))
        answer = request.POST.get("answer", "")
        same = request.POST.get("sequence") == str(meeting.sequence)
        if request.method == "POST" and same and answer in ("yes", "maybe", "no"):
            try:
                actions.answer_invitation_from_mail(token, answer=answer, series=series)
            except DomainError as error:
                return _closed(request, error)
            return render(request, "meetings/mail_answered.html", _shown(meeting, member) | {"answer": answer})
        context = _shown(meeting, member) | {"series": series, "moved": request.method == "POST" and not same}
        return render(request, "meetings/mail_answer.html", context)


def _answer_link(token: str) -> tuple[MailLink, bool]:
    try:
        return open_link(token, ANSWER_PURPOSE), False
    except Refused as error:
        if error.code != "link_unknown":
            raise
        return open_link(token, ANSWER_SERIES_PURPOSE), True


def _shown(meeting: Meeting, member: Member) -> dict[str, Any]:
    people = people_of(meeting.relationship)
    rows = list(Attendance.objects.filter(meeting=meeting))
    shown = show_meeting(meeting, member, people, rows, may_write=True, now=clock.now())
    return {"shown": shown, "meeting": meeting}


@access(ANYONE)
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def pick_slot_from_mail(request: HttpRequest, token: str) -> HttpResponse:
    """The times somebody offers, and a button."""
    try:
        link = open_link(token, PICK_PURPOSE)
        proposal: Proposal = about_of(link)
    except (Refused, NotFound) as error:
        return _closed(request, error)
    with timezone.override(link.member.zone), translation.override(_language(link.member)):
        return _pick(request, link.member, proposal, token)


def _pick(request: HttpRequest, member: Member, proposal: Proposal, token: str) -> HttpResponse:
    now = clock.now()
    people = people_of(proposal.relationship)
    others = [person for person in people if person.pk != member.pk]
    slots = {slot.pk: slot for slot in proposal.slots.order_by("starts_at")}
    choices, hints, refusals = [], {}, []
    for slot in slots.values():
        slot.proposal = proposal
        refusals.append(policy.why_not_pick_slot(member, slot, now))
        label, hint = slot_words(member, others, slot.starts_at, proposal.minutes)
        choices.append((slot.pk, label))
        hints[slot.pk] = hint
    if not refusals or all(refusals):
        refusal = refusals[-1] if refusals else None
        words = refusal.message if refusal is not None else ""
        return _closed(request, Refused(refusal.code if refusal is not None else "no_slots", words))
    form = PickForm(request.POST if request.method == "POST" else None, choices=choices, hints=hints)
    if form.is_bound and form.is_valid():
        values = form.cleaned_data
        try:
            meeting = actions.pick_slot_from_mail(
                token, slot=slots[values["slot"]], despite_overlap=values["despite_overlap"]
            )
        except DomainError as error:
            if error.field is None:
                return _closed(request, error)
            form.refuse(error)
        else:
            return render(request, "meetings/mail_answered.html", _shown(meeting, member) | {"answer": "yes"})
    context = {"form": form, "proposal": proposal, "by": proposal.created_by}
    return render(request, "meetings/mail_pick.html", context, status=422 if form.is_bound else 200)


def _closed(request: HttpRequest, error: DomainError) -> HttpResponse:
    return render(request, "meetings/mail_closed.html", {"message": error.message}, status=410)


def _language(member: Member) -> str:
    chosen = member.account.language if member.account else ""
    return spoken(member.organisation, chosen, translation.get_language())
