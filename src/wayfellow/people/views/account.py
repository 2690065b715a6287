"""One's own account: language, password, taking data away, leaving, being forgotten; conduct; who sees what."""

from django.contrib import messages
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from wayfellow.core.access import GUEST, MEMBER, access
from wayfellow.core.errors import DomainError
from wayfellow.people import policy
from wayfellow.people.actions import accounts, addresses, members
from wayfellow.people.actions.conduct import accept_conduct
from wayfellow.people.conduct import conduct_of
from wayfellow.people.forms.administration import ConfirmForm, LanguageForm
from wayfellow.people.queries.security import security_of
from wayfellow.people.readers import COLUMNS, reader_table
from wayfellow.people.views.confirming import confirm_first
from wayfellow.people.views.front import home_of


@access(MEMBER, GUEST, before_conduct=True)
@require_http_methods(["GET", "HEAD", "POST"])
def account(request: HttpRequest, organisation: str) -> HttpResponse:
    """What we know you by, the language, and the ways out."""
    initial = {"language": request.user.language}
    form = LanguageForm(request.POST or None, organisation=request.organisation, initial=initial)
    if request.method == "POST" and form.is_valid():
        accounts.choose_language(request.user, language=form.cleaned_data["language"])
        messages.success(request, _("Your language is saved."))
        return redirect("account", organisation)
    context = {
        "form": form,
        "security": security_of(request.user),
        "other_address": request.user.email.lower() != request.member.email.lower(),
    }
    return render(request, "people/account.html", context, status=422 if form.errors else 200)


@access(MEMBER, GUEST, before_conduct=True)
@require_POST
@confirm_first
def use_address(request: HttpRequest, organisation: str) -> HttpResponse:
    """Sign in with the address the organisation has, from now on: proven by a mail to it."""
    addresses.ask_to_use_address(request.member)
    messages.success(request, _("A mail with a link is on its way to %(email)s.") % {"email": request.member.email})
    return redirect("account", organisation)


@access(MEMBER, GUEST, before_conduct=True, before_factor=True)
@require_POST
@confirm_first
def take_data_away(request: HttpRequest, organisation: str) -> HttpResponse:
    """Everything held about the member, as a zip file."""
    response = HttpResponse(accounts.take_data_away(request.member), content_type="application/zip")
    response["Content-Disposition"] = f'attachment; filename="my-data-{organisation}.zip"'
    response["Cache-Control"] = "no-store"
    return response


@access(MEMBER, GUEST, before_conduct=True, before_factor=True)
@require_http_methods(["GET", "HEAD", "POST"])
def leave_organisation(request: HttpRequest, organisation: str) -> HttpResponse:
    """Ask, then close one's own account here."""
    refusal = policy.why_not_close_member(request.member)
    if request.method == "POST":
        members.close_member(request.member, request.member)
        logout(request)
        messages.success(request, _("You have left. An administrator can let you in again."))
        return redirect("front")
    return render(request, "people/leave_organisation.html", {"refusal": refusal})


@access(MEMBER, GUEST, before_conduct=True, before_factor=True)
@require_http_methods(["GET", "HEAD", "POST"])
@confirm_first
def forget_me(request: HttpRequest, organisation: str) -> HttpResponse:
    """Ask, have a word typed, then erase."""
    refusal = policy.why_not_close_member(request.member)
    form = ConfirmForm(request.POST or None)
    if request.method == "POST" and refusal is None and form.is_valid():
        accounts.forget_member(request.member)
        logout(request)
        return redirect("forgotten")
    context = {"form": form, "refusal": refusal}
    return render(request, "people/forget_me.html", context, status=422 if form.errors else 200)


@access(MEMBER, GUEST, before_conduct=True)
@require_http_methods(["GET", "HEAD", "POST"])
def accept_conduct_page(request: HttpRequest, organisation: str) -> HttpResponse:
    """Before anything else: what we expect of each other."""
    member = request.member
    message = ""
    if request.method == "POST":
        sent = request.POST.get("version", "")
        try:
            accept_conduct(member, version=int(sent) if sent.isascii() and sent.isdigit() and len(sent) < 9 else 0)
        except DomainError as error:
            message = str(error.message)
        else:
            # The first administrator has people to bring in before a goal of their own.
            is_new = not member.conduct_accepted_version and not member.is_administrator and not member.goals.exists()
            return redirect("goals", organisation) if is_new else redirect(home_of(request.organisation))
    elif member.has_accepted_conduct:
        return redirect(home_of(request.organisation))
    context = {"paragraphs": conduct_of(request.organisation), "message": message}
    return render(request, "people/accept_conduct.html", context, status=409 if message else 200)


@access(MEMBER, GUEST, before_conduct=True, before_factor=True)
@require_safe
def conduct(request: HttpRequest, organisation: str) -> HttpResponse:
    """The code of conduct, to read again."""
    return render(request, "people/conduct.html", {"paragraphs": conduct_of(request.organisation)})


@access(MEMBER, GUEST)
@require_safe
def who_can_see(request: HttpRequest, organisation: str) -> HttpResponse:
    """Who reads what, as a table."""
    return render(request, "people/who_can_see.html", {"columns": COLUMNS, "rows": reader_table()})
