"""A mail taken apart: who wrote it, to which of our addresses, what, with which files."""

import email
import email.policy
import hashlib
from dataclasses import dataclass, field
from email.message import EmailMessage
from email.utils import getaddresses
from typing import Any

from wayfellow.notifications.inbound.stripping import stripped, text_of_html
from wayfellow.web.text import clean_text

ADDRESSED = ("To", "Cc", "Delivered-To", "X-Original-To", "Envelope-To", "X-Forwarded-To")
LONGEST = 100_000


@dataclass(frozen=True)
class Attached:
    """A file that came with a mail."""

    name: str
    content: bytes = field(repr=False)


@dataclass(frozen=True)
class Incoming:
    """A mail that came in.

    Attributes:
        digest: of its Message-ID, or of all of it where it has none.
        senders: the addresses it says it is from, in small letters.
        receivers: every address it was sent or handed on to.
        text: what its writer wrote, without what they quoted and without signature.
        whole: all of its text.
        files: what came with it.
        calendar_method: the METHOD of its `text/calendar` part in small letters, or nothing.
        by_itself: whether a machine answered: away messages, bounces, lists.
        bounced: whether it tells that a mail could not be delivered.
    """

    message: EmailMessage = field(repr=False)
    digest: str
    senders: list[str]
    receivers: list[str]
    text: str
    whole: str
    files: list[Attached]
    calendar_method: str
    by_itself: bool
    bounced: bool


def take_apart(raw: bytes) -> Incoming:
    """Read a mail as it lies in the mailbox. What cannot be decoded is left out; nothing is raised for odd mail."""
    message: Any = email.message_from_bytes(raw, policy=email.policy.default)
    identity = _header(message, "Message-ID").strip()
    seed = identity.encode(errors="replace") if identity else raw
    plain, html, files, method = _parts(message)
    whole = clean_text((plain or text_of_html(html)).replace("\0", ""))[:LONGEST]
    bounced = _bounced(message)
    return Incoming(
        message=message,
        digest=hashlib.sha256(seed).hexdigest(),
        senders=_addresses(message, "From"),
        receivers=[address for name in ADDRESSED for address in _addresses(message, name)],
        text=stripped(whole),
        whole=whole.strip(),
        files=files,
        calendar_method=method,
        by_itself=bounced or _by_itself(message),
        bounced=bounced,
    )


def _header(message: EmailMessage, name: str) -> str:
    try:
        return str(message.get(name, "") or "")
    except Exception:  # the standard library raises many kinds of errors for headers that no mail should have
        return ""


def _addresses(message: EmailMessage, name: str) -> list[str]:
    try:
        values = [str(value) for value in message.get_all(name, [])]
    except Exception:
        return []
    return [address.strip().lower() for _name, address in getaddresses(values) if "@" in address]


def _parts(message: EmailMessage) -> tuple[str, str, list[Attached], str]:
    plain, html, files, method = "", "", [], ""
    for part in message.walk():
        if part.is_multipart():
            continue
        kind = part.get_content_type()
        if kind == "text/calendar" and not method:
            method = _calendar_method(part)
        elif part.get_filename() or part.get_content_disposition() == "attachment":
            files.append(Attached(_name_of(part), _bytes(part)))
        elif kind == "text/plain" and not plain:
            plain = _text(part)
        elif kind == "text/html" and not html:
            html = _text(part)
    return plain, html, files, method


def _name_of(part: Any) -> str:
    try:
        return clean_text(str(part.get_filename() or "")).strip()
    except Exception:
        return ""


def _calendar_method(part: Any) -> str:
    stated = part.get_param("method")
    if isinstance(stated, str) and stated:
        return stated.lower()
    for line in _text(part).splitlines():
        name, _colon, value = line.partition(":")
        if name.strip().upper() == "METHOD":
            return value.strip().lower()
    return ""


def _bytes(part: Any) -> bytes:
    try:
        return part.get_payload(decode=True) or b""
    except Exception:
        return b""


def _text(part: Any) -> str:
    try:
        return part.get_content()
    except Exception:
        return _bytes(part).decode("utf-8", errors="replace")


def _by_itself(message: EmailMessage) -> bool:
    stated = _header(message, "Auto-Submitted").strip().lower()
    if stated and stated.split(";")[0].strip() != "no":
        return True
    if _header(message, "Precedence").strip().lower() in {"bulk", "junk", "list", "auto_reply"}:
        return True
    return any(_header(message, name) for name in ("List-Id", "X-Autoreply", "X-Autorespond", "X-Auto-Reply"))


def _bounced(message: EmailMessage) -> bool:
    if message.get_content_type() == "multipart/report":
        return True
    if _header(message, "Return-Path").strip() == "<>":
        return True
    names = {address.partition("@")[0] for address in _addresses(message, "From")}
    return bool(names & {"mailer-daemon", "postmaster"})
