"""Inviting somebody to join, and everybody's answer."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from wayfellow.core.access import MENTEE, MENTOR, access
from wayfellow.core.errors import DomainError
from wayfellow.programmes.models import Enrolment
from wayfellow.relationships import actions, policy
from wayfellow.relationships.forms import InviteForm
from wayfellow.relationships.models import JoiningInvitation, Relationship
from wayfellow.relationships.policy.joining import MOST_PEOPLE
from wayfellow.relationships.policy.presence import why_not_write
from wayfellow.relationships.views.mentoring import sides
from wayfellow.relationships.views.relationships import context_of, find_relationship

MOST_FOUND = 10


@access(MENTEE, MENTOR)
@require_http_methods(["GET", "HEAD", "POST"])
def invite_to_relationship(request: HttpRequest, organisation: str, pk: int) -> HttpResponse:
    """Look somebody up by name, and invite them as mentor or mentee."""
    found = find_relationship(request, pk)
    refusal = why_not_write(request.member, found)
    if refusal is not None:
        messages.info(request, refusal.message)
        return redirect("relationship", organisation, found.pk)
    search = (request.POST if request.method == "POST" else request.GET).get("q", "").strip()[:200]
    people = _people(request, found, search)
    form = InviteForm(request.POST if request.method == "POST" else None, found=people)
    if form.is_bound and form.is_valid():
        try:
            made = actions.invite_to_relationship(request.member, found, **form.cleaned_data)
        except DomainError as error:
            form.refuse(error)
        else:
            messages.success(request, _("Invited. It takes everybody’s yes, theirs and yours."))
            return redirect("joining", organisation, found.pk, made.pk)
    context = context_of(request, found, sides(found, request.member)) | {
        "form": form,
        "people": people,
        "search": search,
        "most": MOST_PEOPLE,
    }
    return render(request, "relationships/invite_to_relationship.html", context, status=422 if form.is_bound else 200)


def _people(request: HttpRequest, found: Relationship, search: str) -> list[Enrolment]:
    """People of the same programme with this in their name, who are not in it."""
    if not search:
        return []
    rows = Enrolment.objects.visible_to(request.member).filter(cohort=found.cohort_id)
    rows = rows.filter(member__full_name__icontains=search).exclude(participations__relationship=found)
    return list(rows.select_related("member__organisation").order_by("member__full_name", "pk")[:MOST_FOUND])


@access(MENTEE, MENTOR)
@require_safe
def joining(request: HttpRequest, organisation: str, pk: int, joining_pk: int) -> HttpResponse:
    """An invitation, seen by whoever is invited and by those who are there."""
    found = _find(request, pk, joining_pk)
    invited = found.enrolment.member_id == request.member.pk
    refusal = policy.why_not_agree_to_joining(request.member, found)
    people = [one for one in found.relationship.participants.all() if one.is_present]
    agreed = set() if invited else set(found.consents.values_list("participant", flat=True))
    context: dict[str, Any] = {
        "joining": found,
        "relationship": found.relationship,
        "invited": invited,
        "people": people,
        "agreed": agreed,
        "why_not": refusal,
        "may_say_no": policy.why_not_answer_joining(request.member, found) is None,
        "may_withdraw": policy.why_not_withdraw_joining(request.member, found) is None,
        "programme": found.relationship.cohort.programme,
    }
    return render(request, "relationships/joining.html", context)


@access(MENTEE, MENTOR)
@require_POST
def agree_to_joining(request: HttpRequest, organisation: str, pk: int, joining_pk: int) -> HttpResponse:
    """Say yes."""
    return _do(request, pk, joining_pk, actions.agree_to_joining, _("You said yes."))


@access(MENTEE, MENTOR)
@require_POST
def decline_joining(request: HttpRequest, organisation: str, pk: int, joining_pk: int) -> HttpResponse:
    """Say "not now"."""
    return _do(request, pk, joining_pk, actions.decline_joining, _("Said kindly. Nobody is told who it was."))


@access(MENTEE, MENTOR)
@require_POST
def withdraw_joining(request: HttpRequest, organisation: str, pk: int, joining_pk: int) -> HttpResponse:
    """Take it back."""
    return _do(request, pk, joining_pk, actions.withdraw_joining, _("Taken back."))


def _find(request: HttpRequest, pk: int, joining_pk: int) -> JoiningInvitation:
    rows = JoiningInvitation.objects.visible_to(request.member).select_related(
        "enrolment__member__organisation",
        "invited_by__enrolment__member__organisation",
        "relationship__cohort__programme",
        "relationship__organisation",
        "organisation",
    )
    rows = rows.prefetch_related("relationship__participants__enrolment__member__organisation")
    return get_object_or_404(rows, pk=joining_pk, relationship=pk)


def _do(request: HttpRequest, pk: int, joining_pk: int, act: Any, said: str) -> HttpResponse:
    found = _find(request, pk, joining_pk)
    try:
        done = act(request.member, found)
    except DomainError as error:
        messages.info(request, str(error))
        return redirect("joining", found.organisation.slug, pk, joining_pk)
    messages.success(request, said)
    if done.state == JoiningInvitation.State.JOINED:
        return redirect("relationship", found.organisation.slug, pk)
    return redirect("joining", found.organisation.slug, pk, joining_pk)
