"""What every page of a relationship has in common; pausing, taking up again, stopping and leaving."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from wayfellow.core.access import MENTEE, MENTOR, access
from wayfellow.core.clock import now
from wayfellow.core.errors import DomainError
from wayfellow.people.models import Member
from wayfellow.relationships import actions, policy
from wayfellow.relationships.forms import EndForm, LeaveForm, PauseForm
from wayfellow.relationships.models import Relationship
from wayfellow.relationships.queries.alternatives import next_people
from wayfellow.relationships.queries.trail import trail_of
from wayfellow.relationships.views.mentoring import sides

IS_NEW_FOR = timedelta(days=14)


@access(MENTEE, MENTOR)
@require_http_methods(["GET", "HEAD", "POST"])
def end_relationship(request: HttpRequest, organisation: str, pk: int) -> HttpResponse:
    """Pause, stop or leave: a card for each. The button "Show me a draft" puts words in, and sends nothing."""
    found = find_relationship(request, pk)
    refusal = policy.why_not_end_relationship(request.member, found, now())
    if refusal is not None:
        messages.info(request, refusal.message)
        return redirect("relationship", organisation, found.pk)
    name = sides(found, request.member)["names"]
    if request.method != "POST":
        return _ending_page(request, found, card=request.GET.get("card", "end"))
    form = EndForm(request.POST, name=name)
    if "draft" in request.POST:
        return _ending_page(request, found, card="end", end=form.with_draft())
    if form.is_valid():
        try:
            actions.end_relationship(request.member, found, **form.cleaned_data)
        except DomainError as error:
            form.refuse(error)
        else:
            messages.success(request, _("You have stopped here. Your notes stay yours."))
            return redirect("relationship", organisation, found.pk)
    return _ending_page(request, found, card="end", end=form)


@access(MENTEE, MENTOR)
@require_http_methods(["GET", "HEAD", "POST"])
def leave_relationship(request: HttpRequest, organisation: str, pk: int) -> HttpResponse:
    """Leave a group that goes on."""
    found = find_relationship(request, pk)
    form = LeaveForm(request.POST if request.method == "POST" else None, name=sides(found, request.member)["names"])
    said = _("You have left. What was there until now stays yours.")
    return _end_with(request, found, "leave", form, actions.leave_relationship, said)


@access(MENTEE, MENTOR)
@require_http_methods(["GET", "HEAD", "POST"])
def pause_relationship(request: HttpRequest, organisation: str, pk: int) -> HttpResponse:
    """Pause until a day."""
    found = find_relationship(request, pk)
    form = PauseForm(request.POST if request.method == "POST" else None)
    return _end_with(request, found, "pause", form, actions.pause_relationship, _("Paused. Nothing is lost."))


@access(MENTEE, MENTOR)
@require_POST
def resume_relationship(request: HttpRequest, organisation: str, pk: int) -> HttpResponse:
    """Take it up again before its day."""
    found = find_relationship(request, pk)
    try:
        actions.resume_relationship(request.member, found)
    except DomainError as error:
        messages.info(request, str(error))
    else:
        messages.success(request, _("You go on. The others know."))
    return redirect("relationship", organisation, found.pk)


def _end_with(
    request: HttpRequest, found: Relationship, card: str, form: Any, act: Callable[..., Any], said: str
) -> HttpResponse:
    """Do what one of the cards says, or show it again with what stands in the way."""
    organisation = found.organisation.slug
    refusal = policy.why_not_end_relationship(request.member, found, now())
    if refusal is not None:
        messages.info(request, refusal.message)
        return redirect("relationship", organisation, found.pk)
    if form.is_bound and form.is_valid():
        try:
            act(request.member, found, **form.cleaned_data)
        except DomainError as error:
            form.refuse(error)
        else:
            messages.success(request, said)
            return redirect("relationship", organisation, found.pk)
    return _ending_page(request, found, card=card, **{card: form})


def _ending_page(
    request: HttpRequest, found: Relationship, *, card: str, end: Any = None, leave: Any = None, pause: Any = None
) -> HttpResponse:
    people, at = sides(found, request.member), now()
    name = people["names"]
    is_mentee = people["me"].role == "mentee"
    context = context_of(request, found, people) | {
        "card": card,
        "end": end or EndForm(name=name),
        "leave": leave or LeaveForm(name=name),
        "pause": pause or PauseForm(),
        "why_not_leave": policy.why_not_leave_relationship(request.member, found, at),
        "why_not_pause": policy.why_not_pause_relationship(request.member, found, at),
        "is_group": len(people["others"]) > 1,
        "next_people": next_people(people["me"].enrolment, found, now=at) if is_mentee else [],
        "form": end or leave or pause,
    }
    bound = any(form is not None and form.is_bound for form in (end, leave, pause))
    return render(request, "relationships/end_relationship.html", context, status=422 if bound else 200)


def local_time(member: Member, at: datetime) -> dict[str, Any]:
    """What time it is for somebody, and in which city."""
    zone = member.zone
    return {"at": at.astimezone(ZoneInfo(zone)).strftime("%H:%M"), "city": zone.rsplit("/", 1)[-1].replace("_", " ")}


def find_relationship(request: HttpRequest, pk: int) -> Relationship:
    """A relationship of the reader, with its people; 404 for everybody else."""
    rows = Relationship.objects.visible_to(request.member).select_related(
        "cohort__programme", "organisation", "ended_by", "request__question", "request__mentee", "request__mentor"
    )
    return get_object_or_404(rows.prefetch_related("participants__enrolment__member__organisation"), pk=pk)


def context_of(request: HttpRequest, found: Relationship, people: dict[str, Any]) -> dict[str, Any]:
    """What every page of a relationship says at its head. `name` is all the others, as one says them."""
    other = people["other"].enrolment.member
    return {
        "found": found,
        "me": people["me"],
        "others": people["others"],
        "other": other,
        "other_role": people["other"].role,
        "name": people["names"],
        "mentor": people["mentor"].enrolment.member,
        "mentee": people["mentee"].enrolment.member,
        "mentors": people["mentors"],
        "mentees": people["mentees"],
        "programme": found.cohort.programme,
        "trail": trail_of(found, reader=request.member),
    }
