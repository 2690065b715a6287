"""Signing in with a passkey, and showing a second factor after the first."""

import json
from typing import Any

from allauth.account.adapter import get_adapter
from allauth.account.models import Login
from allauth.core import ratelimit
from allauth.mfa.base.views import AuthenticateView
from allauth.mfa.webauthn.internal.flows import perform_passwordless_login
from django.contrib import messages
from django.core.serializers.json import DjangoJSONEncoder
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from wayfellow.core.access import ANYONE, access
from wayfellow.core.errors import DomainError
from wayfellow.people import passkeys
from wayfellow.people.adapter import TOO_OFTEN
from wayfellow.people.forms.security import PasskeyForm, SecondFactorForm, SecondFactorPasskeyForm
from wayfellow.people.second_factors import WRONG_PASSKEY


def as_json(options: Any) -> str:
    """What a browser is asked, as its script reads it."""
    return json.dumps(options, cls=DjangoJSONEncoder)


class SecondFactor(AuthenticateView):
    """After the code by mail, the link or the password: a code from the app, a recovery code or a passkey."""

    template_name = "people/security/second_factor.html"

    def get_form_class(self) -> type:
        return SecondFactorForm

    def get_webauthn_form_class(self) -> type:
        return SecondFactorPasskeyForm

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        found = super().get_context_data(**kwargs)
        failed = next((form for form in (self.auth_form, self.webauthn_form) if form.is_bound and form.errors), None)
        return {
            **found,
            "form": failed,
            "code_form": self.auth_form,
            "options": as_json(found["js_data"]["request_options"]),
            "has_passkey": bool(found["js_data"]["request_options"]["publicKey"].get("allowCredentials")),
            "passkeys_work": passkeys.can_be_used(self.request),
        }


second_factor = access(ANYONE, before_conduct=True)(SecondFactor.as_view())


@access(ANYONE, before_conduct=True)
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def sign_in_with_passkey(request: HttpRequest) -> HttpResponse:
    """The question for the browser's passkey (GET, for our script), and its answer."""
    if request.user.is_authenticated:
        return redirect("front")
    if request.method != "POST":
        if get_adapter().is_ajax(request):
            return JsonResponse(passkeys.options_to_use(None))
        return redirect("sign_in")
    form = PasskeyForm(request.POST)
    problem: Any = WRONG_PASSKEY
    if not ratelimit.consume(request, action="login"):
        problem = TOO_OFTEN
    elif form.is_valid():
        try:
            passkey = passkeys.check_used(None, form.cleaned_data["credential"])
        except DomainError as error:
            problem = error.message
        else:
            return perform_passwordless_login(request, passkey, Login(user=passkey.user, email=passkey.user.email))
    messages.error(request, problem)
    return redirect("sign_in")
