"""Passkeys: what the browser is asked, and whether what it answers is true.

Every passkey of ours lives in the device (discoverable) and is unlocked there by finger, face or PIN (user
verification): it is two factors in one, and signs in alone. The question (challenge) stands in the session until it is
answered.
"""

import ipaddress
from typing import Any
from urllib.parse import urlsplit

from allauth.core import context
from allauth.mfa.models import Authenticator
from allauth.mfa.webauthn.internal import auth
from django.core.exceptions import ValidationError
from fido2.utils import websafe_decode
from fido2.webauthn import CollectedClientData

from wayfellow.core.errors import InvalidInput
from wayfellow.people.models import Account
from wayfellow.people.second_factors import WRONG_PASSKEY


def can_be_used(request: Any) -> bool:
    """Whether a browser makes passkeys for this address: it needs a name, and https unless it is this machine."""
    host = request.get_host().partition(":")[0]
    if host == "localhost" or host.endswith(".localhost"):
        return True
    try:
        ipaddress.ip_address(host.strip("[]"))
    except ValueError:
        return bool(request.is_secure())
    return False


def options_to_add(account: Account) -> dict[str, Any]:
    """What the browser is asked to make a passkey."""
    return auth.begin_registration(account, True)


def options_to_use(account: Account | None) -> dict[str, Any]:
    """What the browser is asked to show a passkey: one of this account's, or any it has for this address."""
    return auth.begin_authentication(account)


def check_new(credential: Any) -> None:
    """Hold a new passkey against the question.

    Raises:
        InvalidInput: it does not answer it.
    """
    with _Answers(credential):
        auth.complete_registration(credential)


def check_used(account: Account | None, credential: Any) -> Authenticator:
    """The passkey that this is.

    Args:
        account: whose it must be; None when the passkey says who is there.

    Raises:
        InvalidInput: it is none of ours, or does not answer the question.
    """
    with _Answers(credential):
        owner = account or auth.extract_user_from_response(credential)
        if not owner.is_active:
            raise ValueError("switched off")
        return auth.complete_authentication(owner, credential)


class _Answers:
    """What a browser sent is bytes from anywhere: whatever breaks while reading it means that it is no answer."""

    def __init__(self, credential: Any) -> None:
        self.credential = credential

    def __enter__(self) -> None:
        try:
            told = CollectedClientData(websafe_decode(self.credential["response"]["clientDataJSON"]))
            asked = urlsplit(f"{context.request.scheme}://{context.request.get_host()}")
            came_from = urlsplit(told.origin)
        except Exception as error:
            raise _wrong() from error
        if (came_from.scheme, came_from.netloc) != (asked.scheme, asked.netloc):
            raise _wrong()

    def __exit__(self, kind: Any, error: Any, trace: Any) -> None:
        if isinstance(error, ValidationError):
            raise InvalidInput("wrong_passkey", error.messages[0], field="credential") from error
        if isinstance(error, Exception):
            raise _wrong() from error


def _wrong() -> InvalidInput:
    return InvalidInput("wrong_passkey", WRONG_PASSKEY, field="credential")
