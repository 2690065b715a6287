"""A mentor's limits: protecting one's time."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from wayfellow.core.access import GUEST, MEMBER, access
from wayfellow.core.errors import DomainError
from wayfellow.people.own_words import in_own_words
from wayfellow.programmes.models import Enrolment
from wayfellow.relationships import actions
from wayfellow.relationships.forms import LimitsForm, OffersForm
from wayfellow.relationships.queries.facts import line_lengths
from wayfellow.relationships.queries.people import me_in, network_of


@access(MEMBER, GUEST)
@require_http_methods(["GET", "HEAD", "POST"])
def my_limits(request: HttpRequest, organisation: str) -> HttpResponse:
    """Become a mentor, or change what one offers."""
    me = _me(request)
    if me is None:
        return render(request, "relationships/no_network.html")
    if request.method != "POST":
        return _page(request, me)
    form = LimitsForm(request.POST, instance=me, programme=me.cohort.programme)
    if form.is_valid():
        was_mentor = me.is_mentor
        try:
            if was_mentor:
                actions.set_limits(request.member, me, **form.cleaned_data)
            else:
                actions.enrol_in_network(request.member, as_mentor=True, **form.cleaned_data)
        except DomainError as error:
            form.refuse(error)
        else:
            messages.success(request, _("Saved.") if was_mentor else in_own_words(request.organisation, "you_offer"))
            return redirect("my_limits", organisation)
    return _page(request, _me(request), form=form)


@access(MEMBER, GUEST)
@require_POST
def allow_offers(request: HttpRequest, organisation: str) -> HttpResponse:
    """Let mentors write first, or not."""
    me = _me(request)
    if me is None:
        raise Http404
    form = OffersForm(request.POST, instance=me)
    if form.is_valid():
        if me.pk:
            actions.set_limits(request.member, me, **form.cleaned_data)
        else:
            actions.enrol_in_network(request.member, as_mentee=True, **form.cleaned_data)
        allowed = form.cleaned_data["allows_offers"]
        messages.success(request, _("People may offer to you now.") if allowed else _("Nobody can offer to you now."))
    return redirect("my_limits", organisation)


@access(MEMBER, GUEST)
@require_http_methods(["GET", "HEAD", "POST"])
def stop_mentoring(request: HttpRequest, organisation: str) -> HttpResponse:
    """Offer no more, after asking once more."""
    me = _me(request)
    if me is None or not me.is_mentor:
        return redirect("my_limits", organisation)
    if request.method == "POST":
        actions.stop_mentoring(request.member, me)
        messages.success(request, _("You offer to mentor no more. Those you work with stay with you."))
        return redirect("my_limits", organisation)
    context = {
        "heading": _("Stop offering to mentor?"),
        "consequence": _(
            "Open requests and your waiting list close kindly. Relationships under way go on. "
            "You can come back on any day."
        ),
        "action": _("Stop offering"),
        "keep": _("Keep mentoring"),
        "keep_url": reverse("my_limits", args=[organisation]),
    }
    return render(request, "web/confirm.html", context)


def _me(request: HttpRequest) -> Enrolment | None:
    network = network_of(request.member)
    return me_in(request.member, network) if network is not None else None


def _page(request: HttpRequest, me: Enrolment | None, *, form: LimitsForm | None = None) -> HttpResponse:
    assert me is not None  # noqa: S101 (the caller has looked)
    programme = me.cohort.programme
    if not me.is_mentor and me.capacity == 0:
        me.capacity = programme.default_capacity
    context = {
        "me": me,
        "programme": programme,
        "form": form or LimitsForm(instance=me, programme=programme),
        "offers_form": OffersForm(instance=me),
        "line": line_lengths([me])[me.pk] if me.is_mentor else 0,
    }
    return render(request, "relationships/my_limits.html", context, status=422 if form is not None else 200)
