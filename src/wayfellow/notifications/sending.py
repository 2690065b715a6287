"""The jobs that send mails: render, hand over to the server, write down what became of it.

With `WAYFELLOW_MAIL_URL` a mail goes to that server and its words are kept nowhere. Without it, mails wait as jobs
until a server is set, for a week at most; one that holds something secret waits no longer than that opens a door. In
the demo nothing leaves: mails are kept in the `Mail` table, which it shows as its outbox.

In tests: with `settings.DEMO = True` after `run_pending()` read `Mail.objects`; with `settings.MAIL_URL` set, Django's
test runner catches messages in `mailoutbox`.
"""

import smtplib
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.core.mail import get_connection
from django.db import IntegrityError, transaction

from wayfellow.core import clock
from wayfellow.jobs.errors import NotYet
from wayfellow.jobs.running import JobContext
from wayfellow.jobs.tasks import task
from wayfellow.notifications.composing import Composed, UnwritableAddress, compose_notice, compose_plain
from wayfellow.notifications.kinds import declared_kinds
from wayfellow.notifications.models import Mail, Notice
from wayfellow.notifications.quiet import quiet_until, wishes_of

WAITS_FOR_A_SERVER = timedelta(days=7)
LOOKS_FOR_A_SERVER = timedelta(minutes=5)
FATE = ("state", "subject", "message_id", "error", "sent_at", "text", "html")


def mail_key(notice: Notice) -> str:
    """The key of a notice's mail. Once a `Mail` of it is there, nothing can be added to the notice any more."""
    return f"notice:{notice.pk}"


def _wait_for_the_morning(notice: Notice) -> None:
    """Let a mail that can wait do so while its reader has quiet hours. In the demo nothing leaves, so nothing waits.

    Raises:
        NotYet: they last.
    """
    _subject, declared = declared_kinds().get(notice.kind, ("", None))
    if declared is None or not declared.can_wait or settings.DEMO:
        return
    now = clock.now()
    until = quiet_until(wishes_of(notice.member), zone=notice.member.zone, now=now)
    if until is not None:
        raise NotYet("its reader has quiet hours", wait=until - now)


@task(takes_context=True)
def send_notice_mail(context: JobContext, notice_id: int, links: dict[str, str]) -> None:
    """Mail a notice to its member, unless they have gone or it is about nothing any more."""
    notices = Notice.objects.select_related("member__account", "member__organisation", "organisation")
    notice = notices.filter(pk=notice_id).first()
    if notice is None:
        return
    _wait_for_the_morning(notice)
    with transaction.atomic():
        if Notice.objects.select_for_update().filter(pk=notice.pk).first() is None:
            return
        mail = _mail_of(
            mail_key(notice),
            to=notice.member.email,
            organisation_id=notice.organisation_id,
            member_id=notice.member_id,
        )
    notice.refresh_from_db(fields=["facts", "read_at"])
    if mail.state != Mail.State.WAITING:
        return
    _deliver(context, mail, lambda: compose_notice(notice, links=links))


@task(takes_context=True, priority=10)
def send_plain_mail(
    context: JobContext,
    to: str,
    template: str,
    facts: dict[str, Any],
    organisation_id: int | None,
    key: str,
    language: str,
    secret: bool,
    until: str | None = None,
) -> None:
    """Mail somebody who need not be a member. After `until` what it holds opens nothing, and it is not sent."""
    mail = _mail_of(key, to=to, organisation_id=organisation_id, member_id=None)
    if mail.state != Mail.State.WAITING:
        return

    def compose() -> Composed:
        return compose_plain(
            key=key, to=to, template=template, facts=facts, organisation_id=organisation_id, language=language
        )

    _deliver(context, mail, compose, secret=secret, until=datetime.fromisoformat(until) if until else None)


def _mail_of(key: str, **fields: Any) -> Mail:
    try:
        with transaction.atomic():
            return Mail.objects.get_or_create(key=key, defaults={**fields, "created_at": clock.now()})[0]
    except IntegrityError:
        return Mail.objects.get(key=key)


def _deliver(
    context: JobContext,
    mail: Mail,
    compose: Callable[[], Composed | None],
    *,
    secret: bool = False,
    until: datetime | None = None,
) -> None:
    """Hand it over with no transaction open, then write down its fate and the job's end together.

    Raises:
        NotYet: there is no mail server.
    """
    if _is_late(mail, until):
        mail.state = Mail.State.DROPPED
        mail.error = "late"
    else:
        _compose_and_hand_over(mail, compose, secret=secret)
    with context.finish():
        # An update, not save(): when its member was forgotten meanwhile, the row is gone and stays so.
        Mail.objects.filter(pk=mail.pk).update(**{name: getattr(mail, name) for name in FATE})


def _is_late(mail: Mail, until: datetime | None) -> bool:
    """Whether it is not worth sending any more. In the demo nothing is sent, and the days of its story are past."""
    if settings.DEMO:
        return False
    if until is not None and clock.now() >= until:
        return True
    if settings.MAIL_URL:
        return False
    if clock.now() < mail.created_at + WAITS_FOR_A_SERVER:
        raise NotYet("no mail server is set", wait=LOOKS_FOR_A_SERVER)
    return True


def _compose_and_hand_over(mail: Mail, compose: Callable[[], Composed | None], *, secret: bool) -> None:
    try:
        composed = compose()
    except UnwritableAddress:
        mail.state = Mail.State.FAILED
        mail.error = "address"
        return
    if composed is None:
        mail.state = Mail.State.DROPPED
        return
    if settings.DEMO or not secret:
        mail.subject = composed.subject[:300]
    mail.message_id = composed.message_id
    _hand_over(mail, composed)


def _hand_over(mail: Mail, composed: Composed) -> None:
    if not settings.MAIL_URL:
        mail.state = Mail.State.KEPT
        mail.sent_at = clock.now()
        mail.text, mail.html = composed.text, composed.html
        return
    try:
        get_connection().send_messages([composed.as_message()])
    except smtplib.SMTPException as error:
        code = refused_for_good(error)
        if code is None:
            raise
        mail.state = Mail.State.FAILED
        mail.error = f"SMTP {code}"
    else:
        mail.state = Mail.State.SENT
        mail.sent_at = clock.now()


def refused_for_good(error: smtplib.SMTPException) -> int | None:
    """The server's 5xx about this mail or its receiver; None for what may pass: 4xx, no answer, a wrong password."""
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        codes = [code for code, _ in error.recipients.values()]
        return codes[0] if codes and min(codes) >= 500 else None
    if isinstance(error, smtplib.SMTPSenderRefused | smtplib.SMTPDataError) and error.smtp_code >= 500:
        return error.smtp_code
    return None
