"""Links in mails that do one thing, once.

The page a link opens (GET) asks once more, so that a scanner that follows it decides nothing; its form (POST) acts:

    token = make_link(member=mentor, purpose="answer_request", about=request, expires_at=request.expires_at)
    link = open_link(token, "answer_request")       # GET: who, about what
    link = use_link(token, "answer_request")        # POST, inside the action's transaction
"""

import hashlib
import secrets
from datetime import datetime
from typing import Any

from django.apps import apps
from django.db import models, transaction
from django.utils.translation import gettext_lazy as _

from wayfellow.core import clock
from wayfellow.core.errors import NotFound, Refused
from wayfellow.notifications.models import MailLink


def make_link(*, member: Any, purpose: str, about: models.Model | None = None, expires_at: datetime) -> str:
    """A new token for this member and purpose. It can be read nowhere again."""
    token = secrets.token_urlsafe(24)
    MailLink.objects.create(
        organisation_id=member.organisation_id,
        token_digest=_digest(token),
        member=member,
        purpose=purpose,
        about_type=about._meta.label if about is not None else "",
        about_id=str(about.pk) if about is not None else "",
        created_at=clock.now(),
        expires_at=expires_at,
    )
    return token


def open_link(token: str, purpose: str) -> MailLink:
    """The link of a token, still good; of somebody who left, none is.

    Raises:
        Refused: `link_unknown`, `link_used` or `link_expired`, in clear words.
    """
    return _check(MailLink.objects.select_related("member__organisation"), token, purpose)


def use_link(token: str, purpose: str) -> MailLink:
    """The link, marked as used under a lock, in the caller's transaction: a second caller is refused.

    Raises:
        Refused: as `open_link`.
        RuntimeError: no transaction is open.
    """
    if not transaction.get_connection().in_atomic_block:
        raise RuntimeError("use_link() belongs into the transaction of the action")
    rows = MailLink.objects.select_related("member__organisation").select_for_update(of=("self",))
    link = _check(rows, token, purpose)
    link.used_at = clock.now()
    link.save(update_fields=["used_at"])
    return link


def about_of(link: Any) -> Any:
    """The row that a link or notice is about.

    Raises:
        NotFound: it is not there any more, or it is about nothing.
    """
    row = find_about(link.about_type, link.about_id)
    if row is None:
        raise NotFound("link_about_gone", _("What this link was about is not there any more."))
    return row


def find_about(about_type: str, about_id: str) -> Any | None:
    """The row of a label and a key, or None."""
    if not about_type:
        return None
    return apps.get_model(about_type)._default_manager.filter(pk=about_id).first()


def _check(rows: Any, token: str, purpose: str) -> MailLink:
    link = rows.filter(token_digest=_digest(token), purpose=purpose).first()
    if link is None:
        raise Refused("link_unknown", _("This link is not known here. Please take it from the mail once more."))
    if link.used_at is not None:
        raise Refused("link_used", _("This link was used already. It works once."))
    if link.expires_at <= clock.now() or not link.member.is_active:
        raise Refused("link_expired", _("This link has expired."))
    return link


def _digest(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
