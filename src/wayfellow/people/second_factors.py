"""How django-allauth's second factors speak and store here."""

import base64
import hashlib
from typing import Any

from allauth.core import context
from allauth.mfa.adapter import DefaultMFAAdapter
from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from wayfellow.people.models import Account

WRONG_CODE = _("This is not the code. Take the one that your app shows now, or a recovery code you have not used.")
WRONG_PASSKEY = _("This passkey did not work here. Try again, or use another way.")


class Adapter(DefaultMFAAdapter):
    """Our words, and secrets that a copy of the database alone does not give away."""

    error_messages = {**DefaultMFAAdapter.error_messages, "incorrect_code": WRONG_PASSKEY}

    def encrypt(self, text: str) -> str:
        return _box().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        """The secret.

        Raises:
            ValidationError: it was stored under another server secret.
        """
        try:
            return _box().decrypt(encrypted_text.encode()).decode()
        except InvalidToken:
            raise self.validation_error("secret_lost") from None

    def get_totp_label(self, user: Any) -> str:
        return str(user.email)

    def get_totp_issuer(self) -> str:
        """What the app on the telephone files the code under: the organisation, where there is one only."""
        names = list(context.request.user.memberships.active().values_list("organisation__name", flat=True)[:2])
        return names[0].replace(":", " ") if len(names) == 1 else "Wayfellow"

    def get_public_key_credential_rp_entity(self) -> dict[str, str]:
        return {"id": context.request.get_host().partition(":")[0], "name": "Wayfellow"}

    def get_public_key_credential_user_entity(self, user: Account) -> dict[str, Any]:
        return {**super().get_public_key_credential_user_entity(user), "name": user.email, "display_name": user.email}


Adapter.error_messages["secret_lost"] = _(
    "This server has another secret than when this was set up, so its code cannot be checked. Ask whoever runs it."
)


def _box() -> MultiFernet:
    secrets = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
    digests = (hashlib.sha256(f"second factors:{secret}".encode()).digest() for secret in secrets)
    return MultiFernet([Fernet(base64.urlsafe_b64encode(digest)) for digest in digests])
