"""Three short questions: answered from the mail without signing in, or here."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from wayfellow.core import clock
from wayfellow.core.access import ANYONE, MENTEE, MENTOR, access
from wayfellow.core.errors import DomainError, NotFound, Refused, enforce
from wayfellow.core.languages import spoken
from wayfellow.notifications.links import about_of, open_link
from wayfellow.people.models import Member
from wayfellow.surveys import policy
from wayfellow.surveys.actions.answering import answer_survey as act
from wayfellow.surveys.actions.answering import answer_survey_from_mail as act_from_mail
from wayfellow.surveys.actions.asking import ANSWER_PURPOSE, others_in
from wayfellow.surveys.forms import SurveyForm
from wayfellow.surveys.models import SurveyInvitation
from wayfellow.surveys.queries.answers import said_in


@access(ANYONE)
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def answer_survey_from_mail(request: HttpRequest, token: str) -> HttpResponse:
    """The questions, with what was chosen in the mail; nothing is kept until they are sent."""
    try:
        link = open_link(token, ANSWER_PURPOSE)
        invitation: SurveyInvitation = about_of(link)
    except (Refused, NotFound) as error:
        return _closed(request, error)
    member = link.member
    chosen = member.account.language if member.account else ""
    language = spoken(member.organisation, chosen, translation.get_language())
    with timezone.override(member.zone), translation.override(language):
        refusal = policy.why_not_answer_survey(member, invitation, clock.now())
        if refusal is not None:
            return _closed(request, Refused(refusal.code, refusal.message))
        form = _form(request, invitation)
        if form.is_bound and form.is_valid():
            try:
                done = act_from_mail(token, values=form.values)
            except (Refused, NotFound) as error:
                return _closed(request, error)
            except DomainError as error:
                form.refuse(error)
            else:
                context = {"said": said_in(_with_answers(done), others_in(done)), "found": done, "signed_in": False}
                return render(request, "surveys/answered.html", context)
        return _page(request, invitation, form, organisation=member.organisation)


@access(MENTEE, MENTOR)
@require_http_methods(["GET", "HEAD", "POST"])
def answer_survey(request: HttpRequest, organisation: str, pk: int) -> HttpResponse:
    """The same questions for whoever is signed in."""
    member: Member = request.member
    rows = SurveyInvitation.objects.visible_to(member).select_related("organisation", "relationship")
    invitation = get_object_or_404(rows, pk=pk)
    refusal = policy.why_not_answer_survey(member, invitation, clock.now())
    if refusal is not None and request.method != "POST":
        messages.info(request, refusal.message)
        return redirect("my_pulse", organisation, invitation.relationship_id)
    enforce(refusal)
    form = _form(request, invitation)
    if form.is_bound and form.is_valid():
        try:
            act(member, invitation, values=form.values)
        except DomainError as error:
            form.refuse(error)
        else:
            messages.success(request, _("Thank you. Your answers are kept beside your notes."))
            return redirect("my_pulse", organisation, invitation.relationship_id)
    return _page(request, invitation, form, organisation=invitation.organisation)


def _form(request: HttpRequest, invitation: SurveyInvitation) -> SurveyForm:
    chosen: dict[str, Any] = {}
    for item in invitation.asks.items:
        value = request.GET.get(item.key, "")
        if value in {str(point) for point in invitation.asks.scale.points}:
            chosen[item.key] = int(value)
    data = request.POST if request.method == "POST" else None
    return SurveyForm(data, initial=chosen, asks=invitation.asks, names=others_in(invitation))


def _page(request: HttpRequest, invitation: SurveyInvitation, form: SurveyForm, *, organisation: Any) -> HttpResponse:
    asked = invitation.asks
    chosen = [asked.scale.word(value) for value in form.initial.values()] if not form.is_bound else []
    context = {
        "found": invitation,
        "asked": asked,
        "form": form,
        "names": others_in(invitation),
        "chosen": chosen[0] if chosen else "",
        "managers": managers_of(invitation),
        "organisation": organisation,
    }
    return render(request, "surveys/answer_survey.html", context, status=422 if form.is_bound else 200)


def managers_of(invitation: SurveyInvitation) -> str:
    """Who runs the programme, by name."""
    rows = Member.objects.active().filter(programmes_managed__cohorts__relationships=invitation.relationship_id)
    return ", ".join(member.full_name for member in rows.distinct().order_by("full_name"))


def _with_answers(invitation: SurveyInvitation) -> SurveyInvitation:
    return SurveyInvitation.objects.prefetch_related("answers").get(pk=invitation.pk)


def _closed(request: HttpRequest, error: DomainError) -> HttpResponse:
    status = 410 if error.code in {"link_used", "link_expired", "answered_already", "survey_closed"} else error.status
    return render(request, "surveys/closed.html", {"message": error.message, "code": error.code}, status=status)
