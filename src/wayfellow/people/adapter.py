"""How django-allauth speaks here: our words, and mails that leave by our jobs."""

import secrets
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from wayfellow.notifications.actions import send_mail
from wayfellow.people import sessions
from wayfellow.people.kept import kept
from wayfellow.people.models import Organisation

MAILS = {
    "account/email/login_code": "people/mail/sign_in_code",
    "account/email/unknown_account": "people/mail/unknown_account",
    "account/email/password_reset_key": "people/mail/password_reset",
}
MESSAGES = {
    "account/messages/logged_out.txt": _("You are signed out."),
    "account/messages/password_changed.txt": _("Your password is changed."),
    "account/messages/password_set.txt": _("You have a password now."),
}
TOO_OFTEN = _("That was tried too often. Wait a few minutes, then try again.")


class AccountAdapter(DefaultAccountAdapter):
    """Our mails, messages and addresses for sign-in."""

    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "too_many_login_attempts": TOO_OFTEN,
        "rate_limited": TOO_OFTEN,
        "email_password_mismatch": _("This e-mail and password do not belong together."),
        "incorrect_code": _("This is not the code. Look at the newest mail, or ask for another code."),
        "enter_current_password": _("This is not your password now."),
    }

    def login(self, request: HttpRequest, user: Any) -> None:
        """Every sign-in of ours comes through here, whole: with the second factor, where there is one."""
        super().login(request, user)
        sessions.begin(request, confirmed=True)
        kept(request)

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Hand a mail of allauth's to our job, with our template and only the facts it needs."""
        facts = {"link": settings.BASE_URL + reverse("sign_in")}
        if "code" in context:
            facts["code"] = context["code"]
        if "password_reset_url" in context:
            facts["link"] = context["password_reset_url"]
        organisations = list(Organisation.objects.all()[:2])
        send_mail(
            to=email,
            template=MAILS[template_prefix],
            facts=facts,
            organisation=organisations[0] if len(organisations) == 1 else None,
            key=f"sign-in:{secrets.token_hex(8)}",
            language=get_language() or settings.LANGUAGE_CODE,
            secret=True,
        )

    def get_reset_password_from_key_url(self, key: str) -> str:
        """The link in the mail, on the address people use."""
        path = reverse("account_reset_password_from_key", kwargs={"uidb36": "UID", "key": "KEY"})
        return settings.BASE_URL + path.replace("UID-KEY", key)

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:
        return reverse("front")

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def add_message(
        self,
        request: HttpRequest,
        level: int,
        message_template: str | None = None,
        message_context: dict[str, Any] | None = None,
        extra_tags: str = "",
        message: Any = None,
    ) -> None:
        """Say what happened in our words; what the page says anyway is not said twice."""
        words = message or MESSAGES.get(message_template or "")
        if words:
            messages.add_message(request, level, words, extra_tags=extra_tags)
