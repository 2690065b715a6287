"""The security of one's account: second factors, recovery codes, the browsers one is signed in with."""

import base64
from collections.abc import Callable
from typing import Any

from allauth.mfa.adapter import get_adapter
from allauth.mfa.base.internal.flows import check_rate_limit
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import generate_totp_secret
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from wayfellow.core.access import GUEST, MEMBER, access
from wayfellow.core.errors import DomainError
from wayfellow.people import passkeys, policy
from wayfellow.people.actions import factors
from wayfellow.people.actions import sessions as session_actions
from wayfellow.people.adapter import TOO_OFTEN
from wayfellow.people.forms.security import PASSKEY_NAME, NewAppForm, NewPasskeyForm, PasskeyNameForm
from wayfellow.people.kept import kept
from wayfellow.people.queries.security import (
    as_device,
    factors_of,
    must_have_factor,
    organisations_that_ask,
    security_of,
    sessions_of,
)
from wayfellow.people.sessions import device_of, public_id
from wayfellow.people.views.confirming import confirm_before_download, confirm_first
from wayfellow.people.views.passkeys import as_json
from wayfellow.web.tables import paginate

NEW_SECRET = "new_totp_secret"  # noqa: S105  the name of a place, not a secret
for_everybody_here = access(MEMBER, GUEST, before_conduct=True, before_factor=True)


@for_everybody_here
@require_safe
def security(request: HttpRequest, organisation: str) -> HttpResponse:
    """What is set up, and what can be."""
    found = security_of(request.user)
    context = {
        "security": found,
        "asked": must_have_factor(request.member) and not found.has_factor,
        "kept": kept(request),
        "devices": sessions_of(request.user).count(),
    }
    return render(request, "people/security/security.html", context)


@for_everybody_here
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@confirm_first
def add_totp(request: HttpRequest, organisation: str) -> HttpResponse:
    """Scan the picture, or type the secret, then show that it works."""
    refusal = policy.why_not_add_totp(factors_of(request.user))
    if refusal is not None:
        messages.info(request, refusal.message)
        return redirect("security", organisation)
    secret = request.session.setdefault(NEW_SECRET, generate_totp_secret())
    form = NewAppForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            forgive = _limit(request)
            factors.add_totp(
                request.user,
                secret=secret,
                code=form.cleaned_data["code"],
                device=device_of(request),
                keep_session=request.session.session_key,
            )
        except DomainError as error:
            form.refuse(error)
        else:
            forgive()
            del request.session[NEW_SECRET]
            messages.success(request, _("Your app is set up. From now on, signing in asks for its code as well."))
            return redirect("recovery_codes", organisation)
    url = get_adapter().build_totp_url(request.user, secret)
    picture = base64.b64encode(get_adapter().build_totp_svg(url).encode()).decode()
    context = {
        "form": form,
        "picture": f"data:image/svg+xml;base64,{picture}",
        "url": url,
        "secret": " ".join(secret[at : at + 4] for at in range(0, len(secret), 4)),
    }
    return render(request, "people/security/add_totp.html", context, status=422 if form.errors else 200)


@for_everybody_here
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@confirm_first
def add_passkey(request: HttpRequest, organisation: str) -> HttpResponse:
    """Let the browser make a passkey."""
    form = NewPasskeyForm(request.POST or None, initial={"name": PASSKEY_NAME})
    if request.method == "POST" and form.is_valid():
        credential = form.cleaned_data["credential"]
        try:
            passkeys.check_new(credential)
            factors.add_passkey(
                request.user,
                name=form.cleaned_data["name"],
                credential=credential,
                device=device_of(request),
                keep_session=request.session.session_key,
            )
        except DomainError as error:
            form.refuse(error)
        else:
            messages.success(request, _("Your passkey is set up. You can sign in with it alone."))
            return redirect("recovery_codes", organisation)
    context = {
        "form": form,
        "options": as_json(passkeys.options_to_add(request.user)),
        "passkeys_work": passkeys.can_be_used(request),
    }
    return render(request, "people/security/add_passkey.html", context, status=422 if form.errors else 200)


@for_everybody_here
@require_http_methods(["GET", "HEAD", "POST"])
@confirm_first
def rename_passkey(request: HttpRequest, organisation: str, pk: int) -> HttpResponse:
    """Call a passkey something else."""
    passkey = _own(request, pk, type=Authenticator.Type.WEBAUTHN)
    form = PasskeyNameForm(request.POST or None, initial={"name": passkey.data["name"]})
    if request.method == "POST" and form.is_valid():
        factors.rename_passkey(request.user, passkey, name=form.cleaned_data["name"])
        messages.success(request, _("The new name is saved."))
        return redirect("security", organisation)
    context = {"form": form, "name": passkey.data["name"]}
    return render(request, "people/security/rename_passkey.html", context, status=422 if form.errors else 200)


@for_everybody_here
@require_http_methods(["GET", "HEAD", "POST"])
@confirm_first
def remove_factor(request: HttpRequest, organisation: str, pk: int) -> HttpResponse:
    """Ask, then take a factor away."""
    factor = _own(request, pk)
    if request.method == "POST":
        factors.remove_factor(request.user, factor, device=device_of(request))
        messages.success(request, _("It is removed."))
        return redirect("security", organisation)
    own = factors_of(request.user)
    asked_by = organisations_that_ask(request.user)
    context = {
        "name": factor.data.get("name", ""),
        "is_last": not own.exclude(pk=factor.pk).exists(),
        "refusal": policy.why_not_remove_factor(factor, own, asked_by=asked_by),
    }
    return render(request, "people/security/remove_factor.html", context)


@for_everybody_here
@never_cache
@require_safe
@confirm_first
def recovery_codes(request: HttpRequest, organisation: str) -> HttpResponse:
    """The codes that are left, to write down or keep as a file."""
    codes = _codes(request)
    if codes is None:
        return redirect("security", organisation)
    return render(request, "people/security/recovery_codes.html", {"codes": codes, "kept": kept(request)})


@for_everybody_here
@never_cache
@require_safe
@confirm_before_download
def download_recovery_codes(request: HttpRequest, organisation: str) -> HttpResponse:
    """The codes that are left, as a text file."""
    codes = _codes(request)
    if codes is None:
        return redirect("security", organisation)
    context = {"codes": codes, "account": request.user}
    response = render(request, "people/security/recovery_codes.txt", context, content_type="text/plain; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="wayfellow-recovery-codes.txt"'
    return response


@for_everybody_here
@require_POST
@confirm_first
def renew_recovery_codes(request: HttpRequest, organisation: str) -> HttpResponse:
    """New codes in place of the old ones."""
    factors.renew_recovery_codes(request.user, device=device_of(request))
    messages.success(request, _("These are new codes. The old ones do not work any more."))
    return redirect("recovery_codes", organisation)


@for_everybody_here
@never_cache
@require_safe
def devices(request: HttpRequest, organisation: str) -> HttpResponse:
    """The browsers one is signed in with."""
    found = paginate(request, sessions_of(request.user))
    key = request.session.session_key
    context = {"page_obj": found, "devices": [as_device(row, current_key=key) for row in found]}
    return render(request, "people/security/devices.html", context)


@for_everybody_here
@require_POST
def end_session(request: HttpRequest, organisation: str, session_id: str) -> HttpResponse:
    """Sign one browser out; this one in the way one always does."""
    if session_id == public_id(request.session.session_key or ""):
        return redirect("sign_out")
    ended = session_actions.end_session(request.user, session_id)
    words = _("That browser is signed out.") if ended else _("That browser was not signed in any more.")
    messages.success(request, words)
    return redirect("devices", organisation)


@for_everybody_here
@require_POST
def end_other_sessions(request: HttpRequest, organisation: str) -> HttpResponse:
    """Sign all other browsers out."""
    ended = session_actions.end_other_sessions(request.user, keep=request.session.session_key)
    words = ngettext("%(n)d other browser is signed out.", "%(n)d other browsers are signed out.", ended)
    messages.success(request, words % {"n": ended})
    return redirect("devices", organisation)


def _own(request: HttpRequest, pk: int, **conditions: Any) -> Authenticator:
    return get_object_or_404(factors_of(request.user), pk=pk, **conditions)


def _codes(request: HttpRequest) -> list[str] | None:
    row = Authenticator.objects.filter(user=request.user, type=Authenticator.Type.RECOVERY_CODES).first()
    if row is None:
        return None
    return [f"{code[:5]} {code[5:]}" for code in row.wrap().get_unused_codes()]


def _limit(request: HttpRequest) -> Callable[[], None]:
    """Count one more try; what it returns forgets them."""
    try:
        return check_rate_limit(request.user)
    except ValidationError as error:
        raise DomainError("too_often", TOO_OFTEN, field="code") from error
