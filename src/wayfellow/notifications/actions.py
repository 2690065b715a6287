"""Tell a member something (`notify`), or write to somebody who is not a member yet (`send_mail`).

Both write rows in the caller's transaction and nothing else; the mail leaves by a job (`notifications.sending`).
"""

from datetime import datetime, time, timedelta
from typing import Any

from django.apps import apps
from django.db import models, transaction
from django.utils.translation import gettext_lazy as _

from wayfellow.core import clock
from wayfellow.core.errors import InvalidInput, NotFound, enforce
from wayfellow.notifications import policy
from wayfellow.notifications.facts import to_plain
from wayfellow.notifications.kinds import declared_kinds, kind_named
from wayfellow.notifications.models import MailWishes, Notice, NoticePreference
from wayfellow.notifications.sending import mail_key, send_notice_mail, send_plain_mail

SECRETS_LAST = timedelta(minutes=15)


@transaction.atomic
def notify(
    kind: str,
    *,
    to: Any,
    about: models.Model | None = None,
    facts: dict[str, Any] | None = None,
    links: dict[str, str] | None = None,
    mail_after: timedelta = timedelta(0),
) -> Notice:
    """Tell a member something, in the app and, unless they turned that off, by mail.

    Args:
        kind: a `registry.NoticeKind` that some subject declares.
        to: the member.
        about: the row it is about.
        facts: what the sentence and the mail say: JSON, moments (`datetime`) and days (`date`).
        links: absolute or site-relative addresses. `page` is where the notice leads in the app; the others, such as
            one-time answers, are seen in the mail only and kept no longer than until it has left.
        mail_after: how long the mail waits at least, so that more can be added to it.

    Raises:
        InvalidInput: no subject declares this kind.
        TypeError: a fact is of another type.
    """
    declared = kind_named(kind)
    links = links or {}
    preference = NoticePreference.objects.filter(member=to, kind=kind).first()
    choosable = declared.can_stop and preference is not None
    notice = Notice.objects.create(
        organisation_id=to.organisation_id,
        member=to,
        kind=kind,
        about_type=about._meta.label if about is not None else "",
        about_id=str(about.pk) if about is not None else "",
        facts=facts or {},
        url=links.get("page", ""),
        in_app=preference.in_app if choosable else True,
        created_at=clock.now(),
    )
    wants_mail = preference.by_mail if choosable else True
    if wants_mail and to.is_active and to.account_id:
        later = clock.now() + mail_after if mail_after else None
        task = send_notice_mail.using(key=mail_key(notice), organisation=to.organisation, run_after=later)
        task.enqueue(notice_id=notice.pk, links=links)
    return notice


def send_mail(
    *,
    to: str,
    template: str,
    facts: dict[str, Any] | None = None,
    organisation: Any | None,
    key: str,
    language: str = "en",
    secret: bool = False,
) -> None:
    """Write to an address, whether or not it is a member's.

    Args:
        to: the address.
        template: `people/mail/invitation`; `.txt` and `.html` of it are rendered.
        facts: JSON, moments and days, links among them.
        organisation: who writes; None for the server itself.
        key: the mail is sent once for a key, however often it is asked for.
        language: what to write in.
        secret: it holds something that opens a door; what it said is kept nowhere once it has left, and it does not
            leave later than the fact `until` says, or than 15 minutes from now.

    Raises:
        InvalidInput: this cannot be an address.
    """
    if "@" not in to or any(character in to for character in "\r\n\0 ,;<>"):
        raise InvalidInput("bad_address", _("Write an e-mail address like name@example.org."), field="email")
    send_plain_mail.using(key=f"mail:{key}", organisation=organisation).enqueue(
        to=to,
        template=template,
        facts=to_plain(facts),
        organisation_id=organisation.pk if organisation is not None else None,
        key=f"mail:{key}",
        language=language,
        secret=secret,
        until=_last_moment(facts or {}).isoformat() if secret else None,
    )


def _last_moment(facts: dict[str, Any]) -> datetime:
    until = facts.get("until")
    return until if isinstance(until, datetime) else clock.now() + SECRETS_LAST


def read_notices(member: Any, *, notice: Notice | None = None) -> int:
    """Mark one of the member's notices as read, or all of them. Returns how many were not."""
    rows = Notice.objects.visible_to(member).unread()
    if notice is not None:
        rows = rows.filter(pk=notice.pk)
    return rows.update(read_at=clock.now())


@transaction.atomic
def save_notice_preferences(member: Any, *, in_app: set[str], by_mail: set[str]) -> None:
    """Keep which kinds reach a member which way. Kinds that cannot be stopped are left alone.

    Args:
        in_app: the kinds that are shown in the app.
        by_mail: the kinds that are mailed.
    """
    for kind, (_subject, declared) in declared_kinds().items():
        if declared.can_stop:
            _keep_preference(member, kind, in_app=kind in in_app, by_mail=kind in by_mail)


@transaction.atomic
def set_mail_wishes(member: Any, *, quiet_from: time, quiet_until: time, words_in_mail: bool) -> MailWishes:
    """Keep when mails may come, in the member's zone, and whether they hold the words of letters."""
    values = {"quiet_from": quiet_from, "quiet_until": quiet_until, "words_in_mail": words_in_mail}
    return MailWishes.objects.update_or_create(
        member=member, defaults=values, create_defaults={**values, "organisation_id": member.organisation_id}
    )[0]


@transaction.atomic
def stop_mails(member_id: int, kind: str) -> None:
    """Mail this member no more notices of a kind; the app still shows them. Doing it twice changes nothing.

    Raises:
        NotFound: the member is not there any more.
        Refused: this kind cannot be stopped, or is sent no more.
    """
    enforce(policy.why_not_stop_mails(kind))
    member = apps.get_model("people.Member").objects.filter(pk=member_id).first()
    if member is None:
        raise NotFound("member_gone", _("This account is not here any more, so no mail is sent to it."))
    _keep_preference(member, kind, by_mail=False)


def _keep_preference(member: Any, kind: str, **choices: bool) -> None:
    NoticePreference.objects.update_or_create(
        member=member,
        kind=kind,
        defaults=choices,
        create_defaults={**choices, "organisation_id": member.organisation_id},
    )
