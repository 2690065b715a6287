"""What somebody types or shows to prove who they are, and to set up how."""

from typing import Any

from allauth.core import context
from allauth.mfa.base.forms import AuthenticateForm
from allauth.mfa.base.internal.flows import check_rate_limit
from allauth.mfa.models import Authenticator
from allauth.mfa.webauthn.forms import AuthenticateWebAuthnForm
from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from wayfellow.core.errors import DomainError
from wayfellow.people import passkeys
from wayfellow.people.actions.factors import use_code
from wayfellow.people.sessions import device_of
from wayfellow.web.forms import Form, FormParts

PASSKEY_NAME = _("My device")


def _code_field(label: Any, hint: Any) -> forms.CharField:
    return forms.CharField(
        label=label,
        help_text=hint,
        max_length=30,
        widget=forms.TextInput(
            attrs={"autocomplete": "one-time-code", "class": "s", "spellcheck": "false", "autocapitalize": "none"}
        ),
    )


def _app_or_recovery_code() -> forms.CharField:
    return _code_field(_("Code"), _("Six figures from your app, or one of your recovery codes."))


class CodeForm(Form):
    """A code from the app, or a recovery code."""

    code = _app_or_recovery_code()


class MailCodeForm(Form):
    """The code that was mailed to confirm who one is."""

    code = _code_field(_("Code from the mail"), _("It works once, for 15 minutes."))


class PasswordForm(Form):
    """One's own password."""

    password = forms.CharField(
        label=_("Password"), strip=False, widget=forms.PasswordInput(attrs={"autocomplete": "current-password"})
    )


class PasskeyForm(Form):
    """What the browser's passkey answers; our script fills it in."""

    credential = forms.JSONField(widget=forms.HiddenInput)


class SecondFactorForm(FormParts, AuthenticateForm):
    """The second step of signing in, by a code."""

    code = _app_or_recovery_code()

    def clean_code(self) -> str:
        forgive = check_rate_limit(self.user)
        code = self.cleaned_data["code"]
        try:
            self.authenticator = use_code(self.user, code, device=device_of(context.request))
        except DomainError as error:
            raise ValidationError(str(error.message), code=error.code) from error
        self.authenticator.user = self.user
        forgive()
        return code


class SecondFactorPasskeyForm(FormParts, AuthenticateWebAuthnForm):
    """The second step of signing in, by a passkey."""

    credential = forms.JSONField(widget=forms.HiddenInput)

    def clean_credential(self) -> Authenticator:
        forgive = check_rate_limit(self.user)
        try:
            passkey = passkeys.check_used(self.user, self.cleaned_data["credential"])
        except DomainError as error:
            raise ValidationError(str(error.message), code=error.code) from error
        forgive()
        return passkey


class NewAppForm(Form):
    """The code that shows that the app has taken the secret."""

    code = _code_field(_("Code"), _("The six figures that the app shows now."))


class PasskeyNameForm(Form):
    """What a passkey is called."""

    name = forms.CharField(
        label=_("Name"), help_text=_("So that you know it again: my telephone, the laptop at work."), max_length=60
    )


class NewPasskeyForm(PasskeyNameForm):
    """A new passkey and its name."""

    credential = forms.JSONField(widget=forms.HiddenInput)
