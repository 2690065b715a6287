"""Answering by a link from a mail, without signing in. Opening the page decides nothing."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone, translation
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from wayfellow.core.access import ANYONE, access
from wayfellow.core.clock import now
from wayfellow.core.errors import DomainError, NotFound, Refused
from wayfellow.core.languages import spoken
from wayfellow.notifications.links import about_of, open_link
from wayfellow.people.models import Member
from wayfellow.relationships import policy
from wayfellow.relationships.actions.answers import answer_from_mail as act
from wayfellow.relationships.actions.telling import ANSWER_PURPOSE
from wayfellow.relationships.forms import AcceptForm, MailDeclineForm
from wayfellow.relationships.models import MentoringRequest


@access(ANYONE)
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def answer_from_mail(request: HttpRequest, token: str) -> HttpResponse:
    """The page that asks once more, and its two buttons."""
    try:
        link = open_link(token, ANSWER_PURPOSE)
        found: MentoringRequest = about_of(link)
    except (Refused, NotFound) as error:
        return _closed(request, error)
    with timezone.override(link.member.zone), translation.override(_language(link.member)):
        return _answer(request, link.member, found, token)


def _answer(request: HttpRequest, member: Member, found: MentoringRequest, token: str) -> HttpResponse:
    name = found.sender.member.short_name
    refusal = policy.why_not_decline_request(member, found, now())
    if refusal is not None:
        return _closed(request, Refused(refusal.code, refusal.message), found)
    accept, decline = AcceptForm(name=name), MailDeclineForm(name=name)
    card = request.GET.get("card", "accept")
    if request.method == "POST":
        card = "accept" if "accept" in request.POST else "decline"
        form: Any
        if card == "accept":
            form = accept = AcceptForm(request.POST, name=name)
        else:
            form = decline = MailDeclineForm(request.POST, name=name)
        if form.is_valid():
            try:
                done = act(token, accept=card == "accept", **form.cleaned_data)
            except DomainError as error:
                if policy.why_not_decline_request(member, _again(found), now()) is not None:
                    return _closed(request, error, found)
                form.refuse(error)
            else:
                context = {"found": done, "name": name, "accepted": card == "accept"}
                return render(request, "relationships/mail_answered.html", context)
    context = {
        "found": found,
        "name": name,
        "reader_is_mentor": not found.is_offer,
        "card": card,
        "accept": accept,
        "decline": decline,
        "why_not_accept": policy.why_not_accept_request(member, found, now()),
    }
    return render(request, "relationships/mail_answer.html", context, status=422 if request.method == "POST" else 200)


def _again(found: MentoringRequest) -> MentoringRequest:
    return MentoringRequest.objects.get(pk=found.pk)


def _closed(request: HttpRequest, error: DomainError, found: MentoringRequest | None = None) -> HttpResponse:
    context = {"message": error.message, "code": error.code, "found": found}
    return render(request, "relationships/mail_closed.html", context, status=410 if found else error.status)


def _language(member: Member) -> str:
    chosen = member.account.language if member.account else ""
    return spoken(member.organisation, chosen, translation.get_language())
