"""Showing once more who one is, before something that matters; and sending what was kept meanwhile."""

import hashlib
import hmac
import secrets
from collections.abc import Callable
from functools import wraps
from typing import Any
from urllib.parse import urlencode, urlsplit

from allauth.account.adapter import get_adapter
from allauth.core import ratelimit
from allauth.mfa.base.internal.flows import check_rate_limit
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from wayfellow.core import clock
from wayfellow.core.access import SIGNED_IN, access
from wayfellow.core.errors import DomainError
from wayfellow.people import passkeys, sessions
from wayfellow.people.actions.factors import use_code
from wayfellow.people.adapter import TOO_OFTEN
from wayfellow.people.forms.security import CodeForm, MailCodeForm, PasskeyForm, PasswordForm
from wayfellow.people.kept import drop, keep, kept
from wayfellow.people.middleware import go_to
from wayfellow.people.models import Account
from wayfellow.people.queries.security import security_of
from wayfellow.people.views.passkeys import as_json

MAIL_CODE = "confirm_by_mail"
MAIL_CODE_SECONDS = 15 * 60
MAIL_CODE_TRIES = 5

View = Callable[..., HttpResponse]


def confirm_first(view: View) -> View:
    """A view that is reached only by who has lately shown who they are. What was sent to it is kept meanwhile."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return view(request, *args, **kwargs) if sessions.is_confirmed(request) else ask_to_confirm(request)

    return guarded


def confirm_before_download(view: View) -> View:
    """The same for a file: it goes on with the page that the link stands on, where it is pressed once more."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if sessions.is_confirmed(request):
            return view(request, *args, **kwargs)
        came_from = request.headers.get("Referer", "")
        ours = url_has_allowed_host_and_scheme(came_from, allowed_hosts={request.get_host()})
        page = urlsplit(came_from)._replace(scheme="", netloc="").geturl() if ours else reverse("front")
        return ask_to_confirm(request, then=page)

    return guarded


def ask_to_confirm(request: HttpRequest, *, then: str = "") -> HttpResponse:
    """To the page that asks who they are, and back, or on to another page."""
    target = then or request.get_full_path()
    if request.method == "POST" and keep(request, account_id=request.user.pk):
        target = reverse("kept_form")
    return go_to(request, f"{reverse('confirm_identity')}?{urlencode({'next': target})}")


@access(SIGNED_IN, before_conduct=True)
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def confirm_identity(request: HttpRequest) -> HttpResponse:
    """Who has a second factor shows it; others type their password, or a code from a mail."""
    account: Account = request.user
    security = security_of(account)
    target = _target(request)
    act = request.POST.get("act", "")
    forms = _forms(request, account, act)
    if request.method == "POST":
        if act == "send" and not security.has_factor:
            sent = _send_code(request, account)
            forms["mail"] = MailCodeForm() if sent else None
            if not sent:
                return _page(request, security, forms, target, problem=TOO_OFTEN)
        elif act in _ways(request, security) and forms[act].is_valid():
            try:
                _check(request, account, act, forms[act].cleaned_data)
            except DomainError as error:
                forms[act].refuse(error)
            else:
                sessions.confirm(request)
                request.session.pop(MAIL_CODE, None)
                return redirect(target)
    return _page(request, security, forms, target)


def _page(
    request: HttpRequest, security: Any, forms: dict[str, Any], target: str, *, problem: Any = ""
) -> HttpResponse:
    failed = next((form for form in forms.values() if form is not None and form.errors), None)
    context = {
        "security": security,
        "forms": forms,
        "form": failed,
        "target": target,
        "problem": problem,
        "passkeys_work": passkeys.can_be_used(request),
    }
    if security.passkeys:
        context["options"] = as_json(passkeys.options_to_use(request.user))
    return render(request, "people/security/confirm.html", context, status=422 if failed or problem else 200)


def _ways(request: HttpRequest, security: Any) -> set[str]:
    """By what this account can show who it is: with a second factor, by that alone."""
    if security.has_factor:
        return {"passkey", "code"}
    ways = {"password"} if security.has_password else set()
    return ways | ({"mail"} if MAIL_CODE in request.session else set())


def _forms(request: HttpRequest, account: Account, act: str) -> dict[str, Any]:
    made: dict[str, Any] = {"passkey": PasskeyForm, "code": CodeForm, "password": PasswordForm}
    if MAIL_CODE in request.session:
        made["mail"] = MailCodeForm
    return {name: form(request.POST if name == act else None, auto_id=f"{name}_%s") for name, form in made.items()}


def _check(request: HttpRequest, account: Account, act: str, typed: dict[str, Any]) -> None:
    """Raises DomainError when it does not show that it is they."""
    field = {"passkey": "credential", "mail": "code"}.get(act, act)
    try:
        forgive = check_rate_limit(account)
    except ValidationError as error:
        raise DomainError("too_often", TOO_OFTEN, field=field) from error
    if act == "passkey":
        passkeys.check_used(account, typed["credential"]).record_usage()
    elif act == "code":
        use_code(account, typed["code"], device=sessions.device_of(request)).record_usage()
    elif act == "password":
        if not account.check_password(typed["password"]):
            raise DomainError("wrong_password", _("This is not your password."), field="password")
    else:
        _check_mail_code(request, typed["code"])
    forgive()


def _send_code(request: HttpRequest, account: Account) -> bool:
    """Mail a code; the session remembers its digest. False when that was asked too often."""
    if not ratelimit.consume(request, action="request_login_code", key=account.email.lower()):
        return False
    adapter = get_adapter()
    code = adapter.generate_login_code()
    request.session[MAIL_CODE] = {
        "digest": _digest(request, code),
        "until": int(clock.now().timestamp()) + MAIL_CODE_SECONDS,
        "tries": 0,
    }
    adapter.send_mail("account/email/login_code", account.email, {"code": code})
    return True


def _check_mail_code(request: HttpRequest, code: str) -> None:
    waits = request.session.get(MAIL_CODE)
    if not waits or waits["tries"] >= MAIL_CODE_TRIES or waits["until"] < clock.now().timestamp():
        request.session.pop(MAIL_CODE, None)
        raise DomainError("code_over", _("This code does not work any more. Ask for another."), field="code")
    waits["tries"] += 1
    request.session.modified = True
    if not hmac.compare_digest(waits["digest"], _digest(request, code)):
        raise DomainError("wrong_code", _("This is not the code. Look at the newest mail."), field="code")


def _digest(request: HttpRequest, code: str) -> str:
    plain = "".join(code.split()).replace("-", "").upper()
    salt = request.session.setdefault(f"{MAIL_CODE}_salt", secrets.token_hex(16))
    return hashlib.sha256(f"{salt}:{plain}".encode()).hexdigest()


def _target(request: HttpRequest) -> str:
    """Where to go on: one of our pages."""
    wanted = request.POST.get("next") or request.GET.get("next") or ""
    ours = url_has_allowed_host_and_scheme(wanted, allowed_hosts=None)
    return wanted if ours else reverse("front")


@access(SIGNED_IN, before_conduct=True)
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def kept_form(request: HttpRequest) -> HttpResponse:
    """What they sent before they were asked to sign in or confirm: to look at, send again or throw away."""
    found = kept(request)
    if request.method == "POST" or found is None:
        drop(request)
        return redirect("front")
    return render(request, "people/security/kept_form.html", {"kept": found})
