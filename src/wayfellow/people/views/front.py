"""The front page, the landing page of an organisation, and the way into it."""

from allauth.core import ratelimit
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from wayfellow.core.access import ANYONE, access
from wayfellow.core.errors import DomainError
from wayfellow.people.actions.joining import ask_to_join_later
from wayfellow.people.forms.joining import AskToJoinForm
from wayfellow.people.forms.sign_in import CodeRequestForm
from wayfellow.people.models import Organisation
from wayfellow.people.queries import memberships_of
from wayfellow.people.queries.joining import open_organisations


def home_of(organisation: Organisation) -> str:
    """The first page of a member: the home, or their account where no home is installed."""
    try:
        return reverse("home", args=[organisation.slug])
    except NoReverseMatch:
        return reverse("account", args=[organisation.slug])


@access(ANYONE, before_conduct=True)
@require_safe
def front(request: HttpRequest) -> HttpResponse:
    """Signed in: home. Signed out: what this is, and the way in."""
    if request.user.is_authenticated:
        memberships = memberships_of(request.user)
        if len(memberships) == 1:
            return redirect(home_of(memberships[0].organisation))
        choices = [(member.organisation, home_of(member.organisation)) for member in memberships]
        return render(request, "people/choose_organisation.html", {"choices": choices})
    organisations = list(Organisation.objects.order_by("pk")[:2])
    if len(organisations) == 1:
        return _landing(request, organisations[0])
    return render(request, "people/front.html", {"form": CodeRequestForm(), "nothing_yet": not organisations})


@access(ANYONE, before_conduct=True)
@require_safe
def landing(request: HttpRequest, organisation: str) -> HttpResponse:
    """What an organisation offers here, for who is not signed in."""
    return _landing(request, request.organisation)


def _landing(request: HttpRequest, organisation: Organisation) -> HttpResponse:
    request.organisation = organisation
    return render(request, "people/landing.html", {"form": CodeRequestForm(), "organisation": organisation})


@access(ANYONE, before_conduct=True)
@require_safe
def join_where(request: HttpRequest) -> HttpResponse:
    """The organisations somebody can join from outside; the only one at once."""
    organisations = list(open_organisations())
    if len(organisations) == 1:
        return redirect("ask_to_join", organisations[0].slug)
    return render(request, "people/join_where.html", {"organisations": organisations})


@access(ANYONE, before_conduct=True)
@require_http_methods(["GET", "HEAD", "POST"])
def ask_to_join_page(request: HttpRequest, organisation: str) -> HttpResponse:
    """Name and e-mail; what happens next is said in a mail, the same page is shown to everybody."""
    found: Organisation = request.organisation
    if not (found.join_by_domain or found.join_by_asking):
        return render(request, "people/join_closed.html", status=404)
    form = AskToJoinForm(request.POST or None, organisation=found)
    if request.method == "POST" and form.is_valid():
        email = form.cleaned_data["email"]
        if not ratelimit.consume(request, action="request_login_code", key=email):
            form.add_error(None, _("That was tried too often. Wait a few minutes, then try again."))
        else:
            try:
                ask_to_join_later(
                    found,
                    full_name=form.cleaned_data["full_name"],
                    email=email,
                    message=form.cleaned_data.get("message", ""),
                )
            except DomainError as error:
                form.refuse(error)
            else:
                return render(request, "people/join_asked.html", {"email": email})
    return render(request, "people/ask_to_join.html", {"form": form}, status=422 if form.errors else 200)


def say(request: HttpRequest, words: str) -> None:
    """A line at the top of the next page."""
    messages.success(request, words)
