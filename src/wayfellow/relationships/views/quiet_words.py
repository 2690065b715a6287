"""A quiet word: asking for it, and hearing it."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from wayfellow.core.access import MANAGER, MENTEE, MENTOR, SAFEGUARDING, access
from wayfellow.core.errors import DomainError
from wayfellow.people.availability import listed
from wayfellow.relationships import actions, policy
from wayfellow.relationships.forms import QuietWordForm
from wayfellow.relationships.models import QuietWord
from wayfellow.relationships.queries.quiet_words import TABS, my_words, words_to_hear
from wayfellow.relationships.views.relationships import find_relationship
from wayfellow.web.tables import paginate


@access(MENTEE, MENTOR)
@require_http_methods(["GET", "HEAD", "POST"])
def ask_quiet_word(request: HttpRequest, organisation: str, pk: int) -> HttpResponse:
    """ "I want to talk" and "I want out", always there, and what became of them."""
    found = find_relationship(request, pk)
    member: Any = request.member
    hearers = {
        str(to): listed([who.full_name for who in policy.hearers(found, to)]) or _("Nobody yet")
        for to in QuietWord.To.values
    }
    wants = request.GET.get("wants", "")
    initial = {"wants": wants if wants in QuietWord.Wants.values else ""}
    form = QuietWordForm(request.POST if request.method == "POST" else None, hearers=hearers, initial=initial)
    if form.is_bound and form.is_valid():
        try:
            actions.ask_quiet_word(member, found, **form.cleaned_data)
        except DomainError as error:
            form.refuse(error)
        else:
            messages.success(request, _("Sent. Nobody in this relationship is told."))
            return redirect("ask_quiet_word", organisation, found.pk)
    context = {"found": found, "form": form, "words": my_words(member, found)[:20]}
    return render(request, "relationships/ask_quiet_word.html", context, status=422 if form.is_bound else 200)


@access(MANAGER, SAFEGUARDING, area="programme")
@require_safe
def quiet_words(request: HttpRequest, organisation: str) -> HttpResponse:
    """What waits for the reader to hear, the longest waiting first."""
    asked = request.GET.get("tab", "")
    tab = asked if asked in TABS else "open"
    search = request.GET.get("q", "")[:200]
    labels = {"open": _("Open"), "closed": _("Closed")}
    context = {
        "tab": tab,
        "tabs": [
            {
                "url": f"?tab={name}",
                "label": label,
                "count": words_to_hear(request.member, tab=name).count(),
                "current": name == tab,
            }
            for name, label in labels.items()
        ],
        "search": search,
        "page_obj": paginate(request, words_to_hear(request.member, tab=tab, search=search)),
    }
    return render(request, "relationships/quiet_words.html", context)


@access(MANAGER, SAFEGUARDING, area="programme")
@require_safe
def quiet_word(request: HttpRequest, organisation: str, pk: int) -> HttpResponse:
    """One quiet word, to whoever was named as its hearer."""
    found = _heard(request, pk)
    context = {
        "found": found,
        "can_release": policy.why_not_release(request.member, found) is None,
        "can_hear": policy.why_not_hear_quiet_word(request.member, found) is None,
        "goes_on": policy.can_go_on_without(found.relationship, [found.asked_by_id]),
    }
    return render(request, "relationships/quiet_word.html", context)


@access(MANAGER, SAFEGUARDING, area="programme")
@require_POST
def take_up_quiet_word(request: HttpRequest, organisation: str, pk: int) -> HttpResponse:
    """I come back to them."""
    actions.take_up_quiet_word(request.member, _heard(request, pk))
    messages.success(request, _("They know now that you come back to them."))
    return redirect("quiet_word", organisation, pk)


@access(MANAGER, SAFEGUARDING, area="programme")
@require_POST
def close_quiet_word(request: HttpRequest, organisation: str, pk: int) -> HttpResponse:
    """It is looked after."""
    actions.close_quiet_word(request.member, _heard(request, pk))
    messages.success(request, _("Closed."))
    return redirect("quiet_words", organisation)


@access(MANAGER, SAFEGUARDING, area="programme")
@require_POST
def release_from_relationship(request: HttpRequest, organisation: str, pk: int) -> HttpResponse:
    """End it for them."""
    actions.release_from_relationship(request.member, _heard(request, pk))
    messages.success(request, _("It has ended for them. The others were told kindly, and not that they asked."))
    return redirect("quiet_words", organisation)


def _heard(request: HttpRequest, pk: int) -> QuietWord:
    rows = QuietWord.objects.heard_by_member(request.member).select_related(
        "asked_by__organisation", "asked_by__account", "taken_up_by", "relationship__cohort__programme", "organisation"
    )
    return get_object_or_404(rows, pk=pk)
