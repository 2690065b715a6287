"""Signing in: a code by mail, or a password."""

from typing import Any

from allauth.account.adapter import get_adapter
from allauth.account.forms import ConfirmLoginCodeForm, LoginForm, RequestLoginCodeForm, ResetPasswordForm
from allauth.core import context
from django import forms
from django.conf import settings
from django.contrib.auth import password_validation
from django.http import HttpRequest
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from wayfellow.people.actions.accounts import change_password
from wayfellow.people.actions.passwords import ask_for_new_password
from wayfellow.people.models import Account
from wayfellow.people.sessions import device_of
from wayfellow.web.forms import Form, FormParts


def _email_field(hint: Any = "") -> forms.EmailField:
    return forms.EmailField(
        label=_("Work e-mail"),
        help_text=hint,
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "username", "inputmode": "email"}),
    )


class CodeRequestForm(FormParts, RequestLoginCodeForm):
    """Ask for a code."""

    email = _email_field(_("We send a code that works once, for 15 minutes. No password to remember."))


class CodeForm(FormParts, ConfirmLoginCodeForm):
    """The code from the mail."""

    code = forms.CharField(
        label=_("Code"),
        max_length=20,
        widget=forms.TextInput(attrs={"autocomplete": "one-time-code", "class": "s", "spellcheck": "false"}),
    )


class PasswordSignInForm(FormParts, LoginForm):
    """E-mail and password."""

    password = forms.CharField(
        label=_("Password"), strip=False, widget=forms.PasswordInput(attrs={"autocomplete": "current-password"})
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["login"] = _email_field()
        self.order_fields(["login", "password"])

    def _setup_password_field(self) -> None:
        """Keep the password, although nobody needs one to sign up."""


class ResetRequestForm(FormParts, ResetPasswordForm):
    """Where to send the link."""

    email = _email_field()

    def clean_email(self) -> str:
        """Nobody is looked up here: see `actions.passwords`."""
        return self.cleaned_data["email"].lower()

    def save(self, request: HttpRequest, **kwargs: Any) -> str:
        email = self.cleaned_data["email"]
        ask_for_new_password(email=email, language=get_language() or settings.LANGUAGE_CODE)
        return email


class _OwnForm(Form):
    """A form about one's own account."""

    def __init__(self, *args: Any, user: Account, **kwargs: Any) -> None:
        self.user = user
        super().__init__(*args, **kwargs)


class SetPasswordForm(_OwnForm):
    """A new password."""

    password = forms.CharField(
        label=_("New password"),
        help_text=_(
            "At least 12 characters. Several words in a row are good; your own name or your organisation's are not."
        ),
        strip=False,
        max_length=200,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )

    def __init__(self, *args: Any, temp_key: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)

    def clean_password(self) -> str:
        password = self.cleaned_data["password"]
        password_validation.validate_password(password, self.user)
        return password

    def save(self) -> None:
        change_password(
            self.user,
            password=self.cleaned_data["password"],
            keep_session=context.request.session.session_key,
            device=device_of(context.request),
        )


class ChangePasswordForm(SetPasswordForm):
    """A new password in place of the one now."""

    now = forms.CharField(
        label=_("Password now"), strip=False, widget=forms.PasswordInput(attrs={"autocomplete": "current-password"})
    )
    field_order = ["now", "password"]

    def clean_now(self) -> str:
        if not self.user.check_password(self.cleaned_data["now"]):
            raise get_adapter().validation_error("enter_current_password")
        return self.cleaned_data["now"]
