"""The safeguarding lead's desk: reports, taking one up, answering, closing."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from wayfellow.core.access import SAFEGUARDING, access
from wayfellow.core.errors import DomainError
from wayfellow.safety import actions, policy
from wayfellow.safety.forms import MessageForm
from wayfellow.safety.models import Concern
from wayfellow.safety.queries import TABS, concern_counts, concerns_for
from wayfellow.web.tables import paginate


@access(SAFEGUARDING, area="safeguarding")
@require_safe
def concerns(request: HttpRequest, organisation: str) -> HttpResponse:
    """Reports by state, oldest first."""
    counts = concern_counts(request.member)
    asked = request.GET.get("tab", "")
    tab = asked if asked in TABS else "new" if counts["new"] or not counts["seen"] else "seen"
    search = request.GET.get("q", "")[:200]
    labels = {"new": _("New"), "seen": _("Being looked into"), "closed": _("Closed"), "all": _("All")}
    context = {
        "tab": tab,
        "tabs": [
            {"url": f"?tab={name}", "label": label, "count": counts[name], "current": name == tab}
            for name, label in labels.items()
        ],
        "counts": counts,
        "search": search,
        "page_obj": paginate(request, concerns_for(request.member, tab=tab, search=search)),
    }
    return render(request, "safety/concerns.html", context)


@access(SAFEGUARDING, area="safeguarding")
@require_http_methods(["GET", "HEAD", "POST"])
def concern(request: HttpRequest, organisation: str, pk: int) -> HttpResponse:
    """One report, and an answer to whoever raised it (POST)."""
    found = _concern(request, pk)
    answer = _answer_form(request.POST if request.method == "POST" else None)
    if answer.is_bound and answer.is_valid():
        try:
            actions.reply_to_concern(request.member, found, text=answer.cleaned_data["text"])
        except DomainError as error:
            answer.refuse(error)
        else:
            messages.success(request, _("Sent. The mail says only that there is an answer."))
            return redirect("concern", organisation, pk)
    return _show(request, found, answer=answer)


@access(SAFEGUARDING, area="safeguarding")
@require_POST
def take_up_concern(request: HttpRequest, organisation: str, pk: int) -> HttpResponse:
    """Look into it."""
    actions.take_up_concern(request.member, _concern(request, pk))
    messages.success(request, _("You look into this now. Whoever raised it knows that somebody does."))
    return redirect("concern", organisation, pk)


@access(SAFEGUARDING, area="safeguarding")
@require_POST
def close_concern(request: HttpRequest, organisation: str, pk: int) -> HttpResponse:
    """Close it, with a last word if there is one."""
    found = _concern(request, pk)
    closing = _closing_form(request.POST)
    if closing.is_valid():
        actions.close_concern(request.member, found, text=closing.cleaned_data["text"])
        messages.success(request, _("Closed. It opens again if more is written."))
        return redirect("concern", organisation, pk)
    return _show(request, found, closing=closing)


def _concern(request: HttpRequest, pk: int) -> Any:
    rows = Concern.objects.at_desk_of(request.member)
    return get_object_or_404(rows.select_related("raised_by", "about", "handled_by"), pk=pk)


def _answer_form(data: Any = None) -> MessageForm:
    reader = _("Read by the person who raised this and by safeguarding leads")
    return MessageForm(data, label=_("Your answer"), reader=reader, prefix="answer")


def _closing_form(data: Any = None) -> MessageForm:
    reader = _("Read by the person who raised this and by safeguarding leads")
    return MessageForm(data, label=_("A last word"), reader=reader, required=False, prefix="closing")


def _show(
    request: HttpRequest, found: Concern, *, answer: MessageForm | None = None, closing: MessageForm | None = None
) -> HttpResponse:
    bound = next((form for form in (answer, closing) if form is not None and form.is_bound), None)
    context = {
        "concern": found,
        "said": found.messages.select_related("author").order_by("pk"),
        "answer": answer or _answer_form(),
        "closing": closing or _closing_form(),
        "bound": bound,
        "no_answer": policy.why_not_reply_to_concern(request.member, found),
        "no_taking_up": policy.why_not_take_up_concern(request.member, found),
    }
    return render(request, "safety/concern.html", context, status=422 if bound is not None else 200)
