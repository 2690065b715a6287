"""Old notices, mail records and links go by themselves."""

from datetime import timedelta

from django.conf import settings

from wayfellow.core import clock
from wayfellow.jobs.tasks import task
from wayfellow.notifications.models import InboundMail, Mail, MailLink, Notice

KEEP_NOTICES = timedelta(days=365)
KEEP_MAILS = timedelta(days=90)
KEEP_LINKS = timedelta(days=90)
KEEP_INBOUND = timedelta(days=180)


def clear_mails() -> int:
    """Delete notices after a year, records of mails and one-time links after 90 days; the demo keeps its mails."""
    now = clock.now()
    count = Notice.objects.filter(created_at__lt=now - KEEP_NOTICES).delete()[0]
    count += MailLink.objects.filter(expires_at__lt=now - KEEP_LINKS).delete()[0]
    count += InboundMail.objects.filter(at__lt=now - KEEP_INBOUND).delete()[0]
    if not settings.DEMO:
        count += Mail.objects.filter(created_at__lt=now - KEEP_MAILS).delete()[0]
    return count


@task()
def clear_mails_job() -> None:
    """`clear_mails`, once a day."""
    clear_mails()
