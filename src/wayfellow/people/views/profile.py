"""One's own profile in short steps, each saved as it is left; and how others see it."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from wayfellow.core import clock
from wayfellow.core.access import GUEST, MEMBER, access
from wayfellow.people import vocabulary
from wayfellow.people.actions import profile as actions
from wayfellow.people.forms.profile import AboutForm, AvailabilityForm, BackgroundForm
from wayfellow.people.queries.profile import STEPS, profile_of, profile_page
from wayfellow.people.views.front import home_of


@access(MEMBER, GUEST)
@require_safe
def my_profile(request: HttpRequest, organisation: str) -> HttpResponse:
    """How others see me, each part with a way to change it."""
    page_of = profile_page(request.member, request.member, now=clock.now())
    return render(
        request, "people/my_profile.html", {"page_of": page_of, "zone": vocabulary.place_name(request.member.zone)}
    )


@access(MEMBER, GUEST)
@require_http_methods(["GET", "HEAD", "POST"])
def edit_profile(request: HttpRequest, organisation: str, step: str) -> HttpResponse:
    """One step. "Save and go on" leads to the next one, "Save and close" to the profile."""
    shown: dict[str, Callable[[HttpRequest], HttpResponse]] = {
        "about": _about,
        "skills": _skills,
        "availability": _availability,
        "background": _background,
        "check": _check,
    }
    if step not in shown:
        raise Http404
    return shown[step](request)


@access(MEMBER, GUEST)
@require_http_methods(["GET", "HEAD", "POST"])
def clear_background(request: HttpRequest, organisation: str) -> HttpResponse:
    """Take all of one's background away, after asking once more."""
    if request.method == "POST":
        actions.set_background(request.member, request.member, facets={})
        messages.success(request, _("Nothing of your background is kept any more."))
        return redirect("my_profile", organisation)
    context = {
        "heading": _("Take your background away?"),
        "consequence": _("All you told of it is erased, whoever could see it. You can tell it again on any day."),
        "action": _("Take it away"),
        "keep": _("Keep it"),
        "keep_url": reverse("edit_profile", args=[organisation, "background"]),
    }
    return render(request, "web/confirm.html", context)


def _about(request: HttpRequest) -> HttpResponse:
    member = request.member
    sent = (request.POST, request.FILES) if request.method == "POST" else ()
    form = AboutForm(*sent, member=member, profile=profile_of(member))
    if form.is_valid():
        actions.save_profile(member, member, values=form.values())
        if form.cleaned_data["photo"]:
            actions.set_photo(member, member, photo=form.cleaned_data["photo"])
        elif form.cleaned_data.get("remove_photo"):
            actions.remove_photo(member, member)
        return _onwards(request, "about")
    return _show(request, "about", form)


def _skills(request: HttpRequest) -> HttpResponse:
    """The subject of skills has the page; it comes back to the next step."""
    slug = request.organisation.slug
    onwards = reverse("edit_profile", args=[slug, "availability"])
    return redirect(f"{reverse('edit_my_skills', args=[slug])}?{urlencode({'next': onwards})}")


def _availability(request: HttpRequest) -> HttpResponse:
    member = request.member
    data = request.POST if request.method == "POST" else None
    form = AvailabilityForm(data, blocks=profile_of(member).availability)
    if form.is_valid():
        actions.set_availability(member, member, blocks=form.blocks)
        return _onwards(request, "availability")
    return _show(request, "availability", form, zone=vocabulary.place_name(member.zone))


def _background(request: HttpRequest) -> HttpResponse:
    member = request.member
    stored = list(member.background.all())
    form = BackgroundForm(request.POST if request.method == "POST" else None, stored=stored)
    if form.is_valid():
        actions.set_background(member, member, facets=form.facets())
        return _onwards(request, "background")
    return _show(request, "background", form, has_told=bool(stored))


def _check(request: HttpRequest) -> HttpResponse:
    member = request.member
    context = {
        "page_of": profile_page(member, member, now=clock.now()),
        "is_mentor": member.enrolments.mentors().exists(),
        "home_url": home_of(request.organisation),
    }
    return _show(request, "check", None, **context)


def _onwards(request: HttpRequest, step: str) -> HttpResponse:
    slug = request.organisation.slug
    if "close" in request.POST:
        messages.success(request, _("Your profile is saved."))
        return redirect("my_profile", slug)
    return redirect("edit_profile", slug, STEPS[STEPS.index(step) + 1])


def _show(request: HttpRequest, step: str, form: Any, **context: Any) -> HttpResponse:
    context |= {"step": step, "form": form}
    status = 422 if form is not None and form.is_bound and form.errors else 200
    return render(request, f"people/profile/{step}.html", context, status=status)
