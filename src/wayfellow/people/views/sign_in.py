"""Signing in and out. django-allauth's views, in our look, with our words."""

from typing import Any

from allauth.account import views as allauth
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse_lazy
from django.views.decorators.http import require_safe

from wayfellow.core.access import ANYONE, SIGNED_IN, access
from wayfellow.people.forms import sign_in as forms
from wayfellow.people.views.confirming import confirm_first


class SignIn(allauth.RequestLoginCodeView):
    """Ask for a code by mail. Whether the address is known, the page does not tell."""

    template_name = "people/sign_in.html"

    def get_form_class(self) -> type:
        return forms.CodeRequestForm


class SignInWithPassword(allauth.LoginView):
    """E-mail and password."""

    template_name = "people/sign_in_with_password.html"

    def get_form_class(self) -> type:
        return forms.PasswordSignInForm


class ConfirmCode(allauth.ConfirmLoginCodeView):
    """Type the code from the mail."""

    template_name = "people/confirm_code.html"

    def get_form_class(self) -> type:
        chosen = super().get_form_class()
        return forms.CodeForm if self._action == "verify" else chosen


class SignOut(allauth.LogoutView):
    """Ask, then sign out."""

    template_name = "people/sign_out.html"


class SetPassword(allauth.PasswordSetView):
    """A first password, for who wants one."""

    template_name = "people/set_password.html"

    def get_form_class(self) -> type:
        return forms.SetPasswordForm


class ChangePassword(allauth.PasswordChangeView):
    """Another password."""

    template_name = "people/set_password.html"

    def get_form_class(self) -> type:
        return forms.ChangePasswordForm


class ResetPassword(allauth.PasswordResetView):
    """Ask for a link to set a new password."""

    template_name = "people/reset_password.html"

    def get_form_class(self) -> type:
        return forms.ResetRequestForm


class ResetPasswordFromMail(allauth.PasswordResetFromKeyView):
    """The page behind that link."""

    template_name = "people/reset_password_from_mail.html"
    success_url = reverse_lazy("sign_in_with_password")

    def get_form_class(self) -> type:
        return forms.SetPasswordForm

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        if kwargs.get("token_fail"):
            return {"token_fail": True}
        return super().get_context_data(**kwargs)


sign_in = access(ANYONE, before_conduct=True)(SignIn.as_view())
sign_in_with_password = access(ANYONE, before_conduct=True)(SignInWithPassword.as_view())
confirm_code = access(ANYONE, before_conduct=True)(ConfirmCode.as_view())
sign_out = access(ANYONE, before_conduct=True)(SignOut.as_view())
set_password = access(SIGNED_IN, before_conduct=True)(confirm_first(SetPassword.as_view()))
change_password = access(SIGNED_IN, before_conduct=True)(confirm_first(ChangePassword.as_view()))
reset_password = access(ANYONE, before_conduct=True)(ResetPassword.as_view())
reset_password_from_mail = access(ANYONE, before_conduct=True)(ResetPasswordFromMail.as_view())


@access(ANYONE, before_conduct=True)
@require_safe
def reset_password_sent(request: HttpRequest) -> HttpResponse:
    """Look into the mail."""
    return render(request, "people/reset_password_sent.html")


@access(ANYONE, before_conduct=True)
@require_safe
def account_inactive(request: HttpRequest) -> HttpResponse:
    """An account that the host has switched off."""
    return render(request, "people/account_inactive.html", status=403)
