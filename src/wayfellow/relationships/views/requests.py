"""Asking, offering, keeping a draft, taking it back."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from wayfellow.core.access import GUEST, MEMBER, MENTEE, MENTOR, access
from wayfellow.core.clock import now
from wayfellow.core.errors import DomainError, Refusal
from wayfellow.programmes.models import Enrolment
from wayfellow.programmes.words import rhythm
from wayfellow.relationships import actions, policy
from wayfellow.relationships.forms import OfferForm, RequestForm
from wayfellow.relationships.models import MentoringRequest
from wayfellow.relationships.policy.requests import open_requests_sent
from wayfellow.relationships.queries import reply_times
from wayfellow.relationships.queries.people import draft_of, goals_to_ask_for, me_in, next_choices

FIELDS = ("goal", "why_you", "ask", "how_often", "may_suggest", "next_choice")


@access(MEMBER, GUEST)
@require_http_methods(["GET", "HEAD", "POST"])
def send_request(request: HttpRequest, organisation: str, pk: int) -> HttpResponse:
    """The form of a mentoring request, and sending it."""
    mentor = _other(request, pk)
    actor = me_in(request.member, mentor.cohort)
    refusal = policy.why_not_send_request(actor, mentor, now())
    if request.method != "POST":
        return _request_page(request, actor, mentor, _form(request, actor, mentor), refusal)
    form = _form(request, actor, mentor, data=request.POST)
    if refusal is not None and "request" in refusal.facts:
        return _already(request, refusal)
    if form.is_valid():
        try:
            sent = actions.send_request(_as_mentee(request, actor), mentor, **form.cleaned_data)
        except DomainError as error:
            refusal = policy.why_not_send_request(actor, mentor, now())
            if refusal is not None and "request" in refusal.facts:
                return _already(request, refusal)
            form.refuse(error)
        else:
            words = _("Your request is on its way to %(name)s.") % {"name": mentor.member.short_name}
            messages.success(request, words)
            return redirect("answer", organisation, sent.pk)
    return _request_page(request, actor, mentor, form, refusal, status=422)


@access(MEMBER, GUEST)
@require_POST
def keep_draft(request: HttpRequest, organisation: str, pk: int) -> HttpResponse:
    """Keep what was written so far."""
    mentor = _other(request, pk)
    actor = me_in(request.member, mentor.cohort)
    form = _form(request, actor, mentor, data=request.POST, relaxed=True)
    if form.is_valid():
        try:
            actions.keep_draft(_as_mentee(request, actor), mentor, **form.cleaned_data)
        except DomainError as error:
            form.refuse(error)
        else:
            messages.success(request, _("Kept as a draft. Only you see it."))
            return redirect(reverse("mentoring", args=[organisation]) + "?tab=from-me")
    return _request_page(request, actor, mentor, form, None, status=422)


@access(MENTEE, MENTOR)
@require_http_methods(["GET", "HEAD", "POST"])
def discard_draft(request: HttpRequest, organisation: str, pk: int) -> HttpResponse:
    """Throw a draft away, after asking once more."""
    mine = reverse("mentoring", args=[organisation]) + "?tab=from-me"
    if request.method == "POST":
        found = MentoringRequest.objects.visible_to(request.member).filter(pk=pk).first()
        if found is not None:
            actions.discard_draft(request.member, found)
        messages.success(request, _("The draft is gone."))
        return redirect(mine)
    rows = MentoringRequest.objects.visible_to(request.member).filter(state=MentoringRequest.State.DRAFT)
    draft = get_object_or_404(rows.select_related("mentor__member"), pk=pk)
    return render(
        request,
        "web/confirm.html",
        {
            "heading": _("Throw this draft away?"),
            "consequence": _("What you wrote to %(name)s is gone then.") % {"name": draft.mentor.member.short_name},
            "action": _("Throw it away"),
            "keep": _("Keep it"),
            "keep_url": mine,
        },
    )


@access(MENTEE, MENTOR)
@require_http_methods(["GET", "HEAD", "POST"])
def withdraw_request(request: HttpRequest, organisation: str, pk: int) -> HttpResponse:
    """Take a request or an offer back, after asking once more."""
    rows = MentoringRequest.objects.visible_to(request.member).select_related("mentee__member", "mentor__member")
    found = get_object_or_404(rows, pk=pk)
    refusal = policy.why_not_withdraw_request(request.member, found, now())
    if request.method == "POST" and refusal is None:
        try:
            actions.withdraw_request(request.member, found)
        except DomainError as error:
            messages.error(request, str(error))
        else:
            messages.success(request, _("Taken back. Nothing else happens."))
        return redirect("answer", organisation, found.pk)
    if refusal is not None:
        messages.info(request, refusal.message)
        return redirect("answer", organisation, found.pk)
    name = found.receiver.member.short_name
    return render(
        request,
        "web/confirm.html",
        {
            "heading": _("Take this back?"),
            "consequence": _("%(name)s gets one line that there is nothing to do. You can ask again on any day.")
            % {"name": name},
            "action": _("Take it back"),
            "keep": _("Leave it with %(name)s") % {"name": name},
            "keep_url": reverse("answer", args=[organisation, found.pk]),
        },
    )


@access(MEMBER, GUEST)
@require_http_methods(["GET", "HEAD", "POST"])
def send_offer(request: HttpRequest, organisation: str, pk: int) -> HttpResponse:
    """The form of an offer to a mentee, and sending it."""
    mentee = _other(request, pk)
    actor = me_in(request.member, mentee.cohort)
    refusal = policy.why_not_send_offer(actor, mentee, now())
    data = request.POST if request.method == "POST" else None
    form = OfferForm(data, mentor=actor, mentee=mentee)
    if refusal is not None and refusal.code == "already_open" and data is not None:
        return _already(request, refusal)
    if data is not None and form.is_valid():
        try:
            sent = actions.send_offer(actor, mentee, **form.cleaned_data)
        except DomainError as error:
            form.refuse(error)
        else:
            words = _("Your offer is on its way to %(name)s.") % {"name": mentee.member.short_name}
            messages.success(request, words)
            return redirect("answer", organisation, sent.pk)
    context = {"mentee": mentee, "form": form, "refusal": refusal, "programme": mentee.cohort.programme, "me": actor}
    return render(request, "relationships/send_offer.html", context, status=422 if data is not None else 200)


def _other(request: HttpRequest, pk: int) -> Enrolment:
    rows = Enrolment.objects.visible_or_left_to(request.member)
    return get_object_or_404(rows.select_related("member__organisation", "cohort__programme"), pk=pk)


def _as_mentee(request: HttpRequest, actor: Enrolment) -> Enrolment:
    """Whoever asks for the first time takes part from then on."""
    if actor.is_mentee and actor.pk:
        return actor
    return actions.enrol_in_network(request.member, as_mentee=True)


def _already(request: HttpRequest, refusal: Refusal) -> HttpResponse:
    """A second click, or a page left open: what was sent is there, and is not sent twice."""
    messages.info(request, refusal.message)
    return redirect("answer", request.organisation.slug, refusal.facts["request"])


def _form(
    request: HttpRequest, actor: Enrolment, mentor: Enrolment, *, data: Any = None, relaxed: bool = False
) -> RequestForm:
    goals = goals_to_ask_for(request.member)
    draft = draft_of(actor, mentor)
    if draft is not None:
        initial = {name: getattr(draft, name) for name in FIELDS}
    else:
        initial = {"may_suggest": True, "goal": goals.first() if data is None else None}
    kept = draft.next_choice_id if draft is not None else None
    choices = next_choices(actor, mentor, keep=kept, now=now())
    return RequestForm(data, initial=initial, goals=goals, next_choices=choices, mentor=mentor, relaxed=relaxed)


def _request_page(
    request: HttpRequest,
    actor: Enrolment,
    mentor: Enrolment,
    form: RequestForm,
    refusal: Refusal | None,
    *,
    status: int = 200,
) -> HttpResponse:
    sent = open_requests_sent(actor)
    most = mentor.cohort.programme.max_open_requests
    context = {
        "mentor": mentor,
        "form": form,
        "refusal": refusal,
        "programme": mentor.cohort.programme,
        "reply": reply_times([mentor], now=now())[mentor.pk],
        "offers": rhythm(mentor.offer_minutes, mentor.offer_every_weeks),
        "requests_left": max(0, most - sent),
        "requests_most": most,
        "draft": draft_of(actor, mentor),
        "has_goal": form.fields["goal"].queryset.exists(),
    }
    return render(request, "relationships/send_request.html", context, status=status)
