"""Signed tokens with which a reader stops the mails of one kind, signed in or not."""

from typing import Any

from django.core import signing
from django.utils.translation import gettext_lazy as _

from wayfellow.core.errors import NotFound

SALT = "wayfellow.notifications.stop"


def stop_token(member: Any, kind: str) -> str:
    """A token for this member and kind."""
    return signing.dumps({"member": member.pk, "kind": kind}, salt=SALT)


def read_stop_token(token: str) -> tuple[int, str]:
    """The member's key and the kind.

    Raises:
        NotFound: it was not made here.
    """
    try:
        told = signing.loads(token, salt=SALT)
    except signing.BadSignature:
        raise NotFound("stop_token_unknown", _("This link is not known here. Please take it from the mail.")) from None
    return told["member"], told["kind"]
