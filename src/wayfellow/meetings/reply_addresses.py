"""The address that a calendar answers to: one for each person and entry, which nobody else can make.

It stays the same as long as the entry lives, because calendars take a change only from whoever invited.
"""

import base64
import hashlib
import hmac
import re

from django.conf import settings

FORM = re.compile(r"cal\.([0-9]{1,18})\.([a-z2-7]{24})")


def calendar_address(member_id: int, uid: str) -> str:
    """Where this person's calendar sends its answer about this entry; nothing where no mail is taken in."""
    local, at, domain = _mailbox()
    return f"{local}+cal.{member_id}.{_digest(member_id, uid)}@{domain}" if at else ""


def member_of(addresses: list[str], uid: str) -> int | None:
    """Whose answer it is, by the address it came to; None when it came to none that was made for this entry."""
    local, at, domain = _mailbox()
    for address in addresses:
        before, _at, after = address.strip().lower().rpartition("@")
        found = FORM.fullmatch(before.removeprefix(f"{local}+")) if at and after == domain else None
        if found is not None and hmac.compare_digest(found[2], _digest(int(found[1]), uid)):
            return int(found[1])
    return None


def _mailbox() -> tuple[str, str, str]:
    return settings.INBOUND_ADDRESS.lower().rpartition("@")


def _digest(member_id: int, uid: str) -> str:
    key = f"wayfellow.calendar:{settings.SECRET_KEY}".encode()
    made = hmac.digest(key, f"{member_id}:{uid}".encode(), hashlib.sha256)
    return base64.b32encode(made[:15]).decode().lower()
