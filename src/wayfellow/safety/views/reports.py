"""Reporting a concern, and reading what became of it."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from wayfellow.core.access import GUEST, MEMBER, access
from wayfellow.core.errors import DomainError
from wayfellow.people.models import Member
from wayfellow.safety import actions
from wayfellow.safety.forms import MessageForm, ReportForm
from wayfellow.safety.queries import (
    concerns_raised_by,
    must_not_read,
    readers_of,
    safeguarding_leads,
    terms_of,
)
from wayfellow.safety.views.pages import safe_page
from wayfellow.web.tables import paginate


@access(MEMBER, GUEST, before_conduct=True)
@require_http_methods(["GET", "HEAD", "POST"])
def report_concern(request: HttpRequest, organisation: str) -> HttpResponse:
    """Who reads it, then the form; below, what one reported before.

    `?about=` names a member, `?page=` where it happened, so that the report can say so if one wants.
    """
    about, page = _about(request), safe_page(request)
    data = request.POST if request.method == "POST" else None
    form = ReportForm(data, member=request.member, about=about, page=page)
    if form.is_bound and form.is_valid():
        try:
            concern = actions.report_concern(request.member, **form.cleaned_data)
        except DomainError as error:
            form.refuse(error)
        else:
            return redirect("my_concern", organisation, concern.pk)
    leads = list(safeguarding_leads(request.member))
    hidden = {lead.pk for lead in must_not_read(request.member, about=about, words=())} | {about.pk if about else None}
    context = {
        "form": form,
        "about": about,
        "leads": leads,
        "readers": [lead for lead in leads if lead.pk not in hidden],
        "terms": terms_of(request.organisation),
        "page_obj": paginate(request, concerns_raised_by(request.member), per_page=10),
    }
    return render(request, "safety/report_concern.html", context, status=422 if form.is_bound else 200)


@access(MEMBER, GUEST, before_conduct=True)
@require_http_methods(["GET", "HEAD", "POST"])
def my_concern(request: HttpRequest, organisation: str, pk: int) -> HttpResponse:
    """One's own report: where it stands, who reads it, what was answered; and to write more."""
    concern = get_object_or_404(concerns_raised_by(request.member), pk=pk)
    form = MessageForm(
        request.POST if request.method == "POST" else None,
        label=_("Add something"),
        reader=_("Read by those who look into it"),
    )
    if form.is_bound and form.is_valid():
        try:
            actions.add_to_concern(request.member, concern, text=form.cleaned_data["text"])
        except DomainError as error:
            form.refuse(error)
        else:
            messages.success(request, _("Sent."))
            return redirect("my_concern", organisation, pk)
    context: dict[str, Any] = {
        "concern": concern,
        "said": concern.messages.select_related("author").order_by("pk"),
        "readers": readers_of(concern),
        "form": form,
    }
    return render(request, "safety/my_concern.html", context, status=422 if form.is_bound else 200)


def _about(request: HttpRequest) -> Member | None:
    asked = request.GET.get("about", "")
    if not asked.isascii() or not asked.isdigit() or len(asked) > 18:
        return None
    return Member.objects.visible_to(request.member).exclude(pk=request.member.pk).filter(pk=asked).first()
