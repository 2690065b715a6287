"""One request, seen by whoever answers it and by whoever sent it; and the answers."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from wayfellow.core.access import MENTEE, MENTOR, access
from wayfellow.core.clock import now
from wayfellow.core.errors import DomainError
from wayfellow.programmes.models import Enrolment
from wayfellow.relationships import actions, policy
from wayfellow.relationships.forms import (
    AcceptForm,
    AnswerQuestionForm,
    AskQuestionForm,
    DeclineForm,
    SuggestForm,
)
from wayfellow.relationships.models import MentoringRequest, PrivateReason, Relationship
from wayfellow.relationships.queries import colleagues, expected_waits
from wayfellow.relationships.queries.facts import line_lengths
from wayfellow.relationships.queries.hours import shared_hours

CARDS = ("accept", "decline", "suggest", "question", "reply")


@access(MENTEE, MENTOR)
def answer(request: HttpRequest, organisation: str, pk: int) -> HttpResponse:
    """The page of a request. `?card=` opens one of the answers, and sends nothing."""
    found = _find(request, pk)
    if found.state == MentoringRequest.State.DRAFT:
        door = ("send_offer", found.mentee_id) if found.is_offer else ("send_request", found.mentor_id)
        return redirect(door[0], organisation, door[1])
    return _page(request, found, card=request.GET.get("card", ""))


@access(MENTEE, MENTOR)
@require_http_methods(["GET", "HEAD", "POST"])
def accept_request(request: HttpRequest, organisation: str, pk: int) -> HttpResponse:
    """Say yes."""
    found = _find(request, pk)
    if request.method != "POST":
        return _open_card(found, "accept")
    form = AcceptForm(request.POST, name=found.sender.member.short_name)
    said = _("You said yes to %(name)s.") % {"name": found.sender.member.short_name}
    return _send(request, found, card="accept", form=form, act=actions.accept_request, said=said)


@access(MENTEE, MENTOR)
@require_http_methods(["GET", "HEAD", "POST"])
def decline_request(request: HttpRequest, organisation: str, pk: int) -> HttpResponse:
    """Say "not now", kindly. The button "Show me a draft" puts words in, and sends nothing."""
    found = _find(request, pk)
    if request.method != "POST":
        return _open_card(found, "decline")
    form = DeclineForm(request.POST, name=found.sender.member.short_name, is_offer=found.is_offer)
    if "draft" in request.POST:
        return _page(request, found, card="decline", form=form.with_draft())
    said = _("Sent. %(name)s reads your words now.") % {"name": found.sender.member.short_name}
    return _send(request, found, card="decline", form=form, act=actions.decline_request, said=said)


@access(MENTEE, MENTOR)
@require_http_methods(["GET", "HEAD", "POST"])
def suggest_colleague(request: HttpRequest, organisation: str, pk: int) -> HttpResponse:
    """Name somebody who fits better."""
    found = _find(request, pk)
    if request.method != "POST":
        return _open_card(found, "suggest")
    name = found.sender.member.short_name
    form = SuggestForm(request.POST, name=name, candidates=_candidates(found))
    said = _("Suggested to %(name)s, who decides whether to ask.") % {"name": name}
    return _send(request, found, card="suggest", form=form, act=actions.suggest_colleague, said=said)


@access(MENTEE, MENTOR)
@require_http_methods(["GET", "HEAD", "POST"])
def ask_question(request: HttpRequest, organisation: str, pk: int) -> HttpResponse:
    """Ask one question first."""
    found = _find(request, pk)
    if request.method != "POST":
        return _open_card(found, "question")
    form = AskQuestionForm(request.POST, name=found.sender.member.short_name)
    said = _("Asked. Your days wait until the answer is here.")
    return _send(request, found, card="question", form=form, act=actions.ask_question, said=said)


@access(MENTEE, MENTOR)
@require_http_methods(["GET", "HEAD", "POST"])
def answer_question(request: HttpRequest, organisation: str, pk: int) -> HttpResponse:
    """Answer the question that was asked first."""
    found = _find(request, pk)
    if request.method != "POST":
        return _open_card(found, "reply")
    form = AnswerQuestionForm(request.POST)
    said = _("Sent. It is %(name)s’s turn again.") % {"name": found.receiver.member.short_name}
    return _send(request, found, card="reply", form=form, act=actions.answer_question, said=said)


def _find(request: HttpRequest, pk: int) -> MentoringRequest:
    rows = MentoringRequest.objects.visible_to(request.member).select_related(
        "mentee__member__organisation",
        "mentor__member__organisation",
        "cohort__programme",
        "organisation",
        "question",
        "relationship",
    )
    return get_object_or_404(rows, pk=pk)


def _send(
    request: HttpRequest, found: MentoringRequest, *, card: str, form: Any, act: Callable[..., Any], said: str
) -> HttpResponse:
    """Do what the form says, or show it again with what stands in the way."""
    if not form.is_valid():
        return _page(request, found, card=card, form=form)
    try:
        done = act(request.member, found, **form.cleaned_data)
    except DomainError as error:
        return _refused(request, found, card, form, error)
    messages.success(request, said)
    if isinstance(done, Relationship):
        return redirect("relationship", found.organisation.slug, done.pk)
    return redirect("answer", found.organisation.slug, found.pk)


def _open_card(found: MentoringRequest, card: str) -> HttpResponse:
    return redirect(reverse("answer", args=[found.organisation.slug, found.pk]) + f"?card={card}")


def _refused(request: HttpRequest, found: MentoringRequest, card: str, form: Any, error: DomainError) -> HttpResponse:
    """What was typed stays while the request is open; a request that closed meanwhile is shown as it is now."""
    fresh = _find(request, found.pk)
    if not fresh.is_open:
        messages.info(request, str(error))
        return redirect("answer", found.organisation.slug, found.pk)
    form.refuse(error)
    return _page(request, fresh, card=card, form=form)


def _page(request: HttpRequest, found: MentoringRequest, *, card: str = "", form: Any = None) -> HttpResponse:
    mine = found.receiver.member_id == request.member.pk
    other = found.sender if mine else found.receiver
    name = other.member.short_name
    context: dict[str, Any] = {
        "found": found,
        "mine": mine,
        "other": other,
        "name": name,
        "shared": shared_hours(request.member, other.member, now=now()) if found.is_open else None,
        "reader_is_mentor": found.mentor.member_id == request.member.pk,
        "card": card if card in CARDS else "",
        "form": form,
        "programme": found.cohort.programme,
        "question": getattr(found, "question", None),
        "relationship": getattr(found, "relationship", None),
        "my_turn": found.is_open and found.awaited.member_id == request.member.pk,
    }
    if found.is_open and mine:
        context["forms"] = _answer_forms(request, found, name) | ({card: form} if form is not None else {})
        refusal = policy.why_not_accept_request(request.member, found, now())
        context["why_not_accept"] = refusal
    elif found.is_open:
        context["forms"] = {"reply": form or AnswerQuestionForm()}
        full = not found.is_offer and not found.holds_place and found.mentor.free_places <= 0
        context["may_wait"] = full and policy.why_not_join_waiting_list(found.mentee, found.mentor, now()) is None
    else:
        context["suggestions"] = [] if mine else _suggestions(found)
        context["reason"] = PrivateReason.objects.visible_to(request.member).filter(request=found).first()
    bound = form is not None and form.is_bound
    return render(request, "relationships/answer.html", context, status=422 if bound else 200)


def _answer_forms(request: HttpRequest, found: MentoringRequest, name: str) -> dict[str, Any]:
    forms: dict[str, Any] = {
        "accept": AcceptForm(name=name),
        "decline": DeclineForm(name=name, is_offer=found.is_offer),
    }
    if policy.why_not_suggest_colleague(request.member, found, now()) is None:
        candidates = _candidates(found)
        if candidates:
            forms["suggest"] = SuggestForm(name=name, candidates=candidates)
    if policy.why_not_ask_question(request.member, found, now()) is None:
        forms["question"] = AskQuestionForm(name=name)
    return forms


def _candidates(found: MentoringRequest) -> dict[Enrolment, str]:
    """Whom the mentor could suggest, and whether there is room or how long the line takes."""
    listed = colleagues(found, now=now())
    full = [mentor for mentor in listed if mentor.free_places <= 0]
    lines = {pk: length + 1 for pk, length in line_lengths(full).items()}
    waits = expected_waits(lines, cohort=found.cohort)
    line = _("Full, the line is open. Expected wait: %(wait)s")
    return {
        mentor: line % {"wait": waits[mentor.pk].words} if mentor.pk in waits else _("Has a free place")
        for mentor in listed
    }


def _suggestions(found: MentoringRequest) -> list[Any]:
    rows = found.suggestions.select_related("mentor__member__organisation")
    return list(rows.filter(mentor__member__state="active").order_by("-by_mentor", "pk"))
