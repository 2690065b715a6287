"""What becomes of one mail: taken, refused or left alone; once, whatever runs at the same time.

Who writes is known twice: by the address that only this member was sent, and by the address the mail comes from. If
either is wrong nothing is taken, and only the member whose address it is hears of it, never whoever wrote: an answer to
a forged sender would reach somebody who did nothing.
"""

import logging
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from django.apps import apps
from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils import translation
from django.utils.module_loading import import_string
from django.utils.translation import gettext as _

from wayfellow.core.errors import DomainError, Refusal
from wayfellow.core.languages import spoken
from wayfellow.core.registry import contributions
from wayfellow.notifications.actions import notify
from wayfellow.notifications.inbound.addresses import Expired, ReplyAddress, find_token, read_reply_address
from wayfellow.notifications.inbound.incoming import Attached, Incoming, take_apart
from wayfellow.notifications.models import InboundMail, Notice

log = logging.getLogger("wayfellow.notifications")
TAKEN, REFUSED = str(InboundMail.State.TAKEN), str(InboundMail.State.REFUSED)
IGNORED, FAILED = str(InboundMail.State.IGNORED), str(InboundMail.State.FAILED)
Fate = tuple[str, str, Any]  # state, why, whose
MOST_ATTEMPTS = 3
TOLD_ONCE_IN = timedelta(hours=12)


@dataclass(frozen=True)
class Reply:
    """An answer by mail, from the member it is allowed to.

    Attributes:
        member: who answers.
        about_id: the row it is about, as `make_reply_address` was told.
        text: what they wrote; `whole`: all of the mail's text.
        files: what they attached.
        key: the same for the same mail.
    """

    member: Any
    about_id: int
    text: str
    whole: str
    files: list[Attached] = field(repr=False)
    key: str


def handle_mail(raw: bytes, *, now: datetime, too_large: bool = False) -> str:
    """Take one mail in, in one transaction with its effect.

    Args:
        raw: the mail, or its header alone where it is too large.

    Returns:
        The state it has now: `taken`, `refused`, `ignored`; `failed` when it broke something, which is logged.
    """
    mail = take_apart(raw)
    try:
        with transaction.atomic():
            row = InboundMail.objects.select_for_update().filter(digest=mail.digest).first()
            if row is not None and row.state != FAILED:
                return row.state
            state, why, member = _take(mail, now=now, too_large=too_large)
            fate = {"state": state, "why": why, "member": member, "at": now}
            if row is None:
                InboundMail.objects.create(digest=mail.digest, **fate)
            else:
                InboundMail.objects.filter(pk=row.pk).update(**fate)
            return state
    except IntegrityError:
        found = InboundMail.objects.filter(digest=mail.digest).first()
        if found is not None and found.state != FAILED:  # another reader of the mailbox was faster
            return found.state
        return _note_failure(mail, now)
    except Exception:
        return _note_failure(mail, now)


def gave_up(raw: bytes) -> bool:
    """Whether a mail that broke something has been tried often enough."""
    return InboundMail.objects.filter(digest=take_apart(raw).digest, state=FAILED, attempts__gte=MOST_ATTEMPTS).exists()


def _note_failure(mail: Incoming, now: datetime) -> str:
    log.exception("a mail that came in could not be taken (%s)", mail.digest[:12])
    row, is_new = InboundMail.objects.get_or_create(digest=mail.digest, defaults={"state": FAILED, "at": now})
    if not is_new:
        InboundMail.objects.filter(pk=row.pk).update(attempts=F("attempts") + 1, at=now)
    return FAILED


def _take(mail: Incoming, *, now: datetime, too_large: bool) -> Fate:
    if mail.bounced:
        return IGNORED, "bounce", None
    if mail.calendar_method and not too_large:
        return _take_calendar(mail)
    if mail.by_itself:
        return IGNORED, "automatic", None
    token = find_token(mail.receivers)
    if not token:
        return IGNORED, "not_to_us", None
    try:
        address = read_reply_address(token, now=now)
    except Expired as expired:
        return _refuse(expired.read, mail, Refusal(expired.code, expired.message), now=now)
    except DomainError as error:
        return IGNORED, error.code, None
    return _take_reply(mail, address, now=now, too_large=too_large)


def _take_calendar(mail: Incoming) -> Fate:
    handler = _handler(f"calendar:{mail.calendar_method}")
    if handler is None:
        return IGNORED, "no_calendar", None
    try:
        with transaction.atomic():
            handler(mail.message)
    except DomainError as error:
        return REFUSED, error.code, None
    return TAKEN, "", None


def _take_reply(mail: Incoming, address: ReplyAddress, *, now: datetime, too_large: bool) -> Fate:
    member = _member(address)
    handler = _handler(f"reply:{address.purpose}")
    if member is None or handler is None:
        return IGNORED, "member_gone", None
    with _in_words_of(member):
        if mail.senders not in [[one] for one in _addresses_of(member)]:
            words = _("It came from another address than yours. Nothing of it was taken.")
            return _refuse(address, mail, Refusal("another_sender", words), now=now)
        if too_large:
            words = _("Your mail is too large to be taken. Send the files on the page, one by one.")
            return _refuse(address, mail, Refusal("mail_too_large", words), now=now)
        reply = Reply(
            member=member,
            about_id=address.about_id,
            text=mail.text,
            whole=mail.whole,
            files=mail.files,
            key=f"mail-{mail.digest[:32]}",
        )
        try:
            with transaction.atomic():
                refusal = handler(reply)
        except DomainError as error:
            refusal = Refusal(error.code, error.message)
        if refusal is not None:
            return _refuse(address, mail, refusal, now=now)
    return TAKEN, "", member


def _refuse(address: ReplyAddress, mail: Incoming, refusal: Refusal, *, now: datetime) -> Fate:
    """Say kindly to the member whose address was answered to why nothing was taken; not more than a few times a day."""
    member = _member(address)
    if member is None:
        return IGNORED, "member_gone", None
    lately = Notice.objects.filter(member=member, kind="reply_not_taken", created_at__gt=now - TOLD_ONCE_IN)
    same = sum(1 for notice in lately[:20] if notice.facts.get("code") == refusal.code)
    if same < (1 if refusal.code == "another_sender" else 5):
        with _in_words_of(member):
            facts = {"code": refusal.code, "why": str(refusal.message)}
            notify("reply_not_taken", to=member, facts=facts)
    return REFUSED, refusal.code, member


def _in_words_of(member: Any) -> Any:
    return translation.override(spoken(member.organisation, member.account.language))


def _member(address: ReplyAddress) -> Any | None:
    rows = apps.get_model("people.Member").objects.active().select_related("organisation", "account")
    return rows.filter(pk=address.member_id).exclude(account=None).first()


def _addresses_of(member: Any) -> set[str]:
    """Where this member may write from: what the organisation knows, what they sign in with, what they proved."""
    proven = member.account.emailaddress_set.filter(verified=True).values_list("email", flat=True)
    return {address.lower() for address in (member.email, member.account.email, *proven)}


def _handler(takes: str) -> Any | None:
    return next((import_string(entry.handle) for entry in contributions("inbound") if entry.takes == takes), None)
