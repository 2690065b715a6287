"""Addresses to answer to: `reply+conversation.3f.1k.g4.…@mail.example.org`.

The part after the plus says for what, whose it is, about which row and until when, and ends with a keyed digest of all
that, so that nobody can make one. It works for one member, from an address of theirs. Only letters that every mail
server takes, in either case.
"""

import base64
import hashlib
import hmac
import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from wayfellow.core.errors import Refused

LASTS = timedelta(days=60)
EPOCH = date(2024, 1, 1)
DIGITS = "0123456789abcdefghijklmnopqrstuvwxyz"
FORM = re.compile(r"([a-z]{1,16})\.([0-9a-z]{1,13})\.([0-9a-z]{1,13})\.([0-9a-z]{1,5})\.([a-z2-7]{16})")


@dataclass(frozen=True)
class ReplyAddress:
    """What an address to answer to says."""

    purpose: str
    member_id: int
    about_id: int
    until: date


def make_reply_address(purpose: str, *, member: Any, about_id: int, now: datetime) -> str:
    """An address at which this member can answer about this row for sixty days; empty where no mail is taken in.

    Args:
        purpose: small letters; the `InboundHandler` of `reply:<purpose>` gets what comes.
    """
    local, at, domain = settings.INBOUND_ADDRESS.rpartition("@")
    if not at:
        return ""
    days = ((now + LASTS).astimezone(UTC).date() - EPOCH).days
    told = ".".join([purpose, _short(member.pk), _short(about_id), _short(days)])
    return f"{local}+{told}.{_digest(told)}@{domain}"


def find_token(addresses: list[str]) -> str:
    """The part after the plus of the first of these addresses that is one of ours; empty when none is."""
    local, _at, domain = settings.INBOUND_ADDRESS.lower().rpartition("@")
    for address in addresses:
        before, _at, after = address.lower().rpartition("@")
        if after == domain and before.startswith(f"{local}+"):
            return before.removeprefix(f"{local}+")
    return ""


def read_reply_address(token: str, *, now: datetime) -> ReplyAddress:
    """What a token says.

    Raises:
        Refused: `address_unknown`, when it was not made here; `address_expired`.
    """
    found = FORM.fullmatch(token.lower())
    if found is None:
        raise Refused("address_unknown", _("This address is not known here."))
    purpose, member, about, until, digest = found.groups()
    told = f"{purpose}.{member}.{about}.{until}"
    if not hmac.compare_digest(digest, _digest(told)):
        raise Refused("address_unknown", _("This address is not known here."))
    read = ReplyAddress(purpose, int(member, 36), int(about, 36), EPOCH + timedelta(days=int(until, 36)))
    if now.astimezone(UTC).date() > read.until:
        raise Expired(read)
    return read


class Expired(Refused):
    """An address that was one of ours, and is over."""

    def __init__(self, read: ReplyAddress) -> None:
        super().__init__("address_expired", _("This address has expired. Answer on the page, please."))
        self.read = read


def _digest(told: str) -> str:
    made = hmac.digest(f"wayfellow.inbound:{settings.SECRET_KEY}".encode(), told.encode(), hashlib.sha256)
    return base64.b32encode(made[:10]).decode().lower()


def _short(number: int) -> str:
    found = ""
    while number:
        number, rest = divmod(number, 36)
        found = DIGITS[rest] + found
    return found or "0"
