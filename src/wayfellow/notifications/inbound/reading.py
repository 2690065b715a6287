"""The job that reads the mailbox, every minute."""

from django.conf import settings

from wayfellow.core import clock
from wayfellow.core.environment import mailbox_from_url
from wayfellow.jobs.running import JobContext
from wayfellow.jobs.tasks import task
from wayfellow.notifications.inbound.handling import gave_up, handle_mail
from wayfellow.notifications.inbound.mailbox import opened, read_mails
from wayfellow.notifications.models import InboundMail

State = InboundMail.State
FOLDERS = {State.TAKEN: "Taken", State.REFUSED: "Refused", State.IGNORED: "Left alone", State.FAILED: "Failed"}


@task(takes_context=True, max_attempts=1)
def read_inbound_mail(context: JobContext) -> int:
    """Take in what has come. One bad mail never stops the others: after three tries it is moved away, and logged.

    Raises:
        MailboxError, OSError, imaplib.IMAP4.error: the server does not answer as it should; the next slot tries again.
    """
    at = mailbox_from_url(settings.INBOUND_URL)
    if at is None or not settings.INBOUND_ADDRESS:
        return 0
    with opened(at) as server:
        return read_mails(server, _take, should_stop=context.should_stop)


def _take(raw: bytes, too_large: bool) -> str | None:
    state = handle_mail(raw, now=clock.now(), too_large=too_large)
    if state == State.FAILED and not gave_up(raw):
        return None
    return FOLDERS[State(state)]
