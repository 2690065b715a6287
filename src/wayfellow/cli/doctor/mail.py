"""There is a mail server, and mail goes out."""

from collections.abc import Iterator

from wayfellow.cli.doctor.finding import Finding


def check_mail(*, connect: bool, ask_database: bool) -> Iterator[Finding]:
    """There is a mail server, and (when asked to connect) it lets us in; no mail waits for one."""
    from django.conf import settings
    from django.core.mail import get_connection

    if settings.DEMO:
        yield Finding("mail", "the demo keeps it on its outbox page")
        return
    if not settings.MAIL_URL:
        waiting = _count_waiting() if ask_database else 0
        words = f", and {waiting} mails wait for one" if waiting else ", so nobody gets mail"
        mend = (
            "Set WAYFELLOW_MAIL_URL, such as smtp+tls://user:password@mail.example.org:587, and start again. What "
            "waits goes out then, except codes and links that have expired, and what is older than a week."
        )
        yield Finding("mail", f"no mail server is set{words}", mend, is_wrong=True)
        return
    server = f"{settings.EMAIL_HOST}:{settings.EMAIL_PORT}"
    if not connect:
        yield Finding("mail", f"goes through {server} (not tried; try it with --mail)")
        return
    connection = get_connection("django.core.mail.backends.smtp.EmailBackend")
    try:
        connection.open()
        connection.close()
    except OSError as error:  # smtplib's errors are of this family too
        yield Finding("mail", f"{server} says: {error}", "Check WAYFELLOW_MAIL_URL.", is_wrong=True)
    else:
        yield Finding("mail", f"{server} lets us in")


def _count_waiting() -> int:
    from wayfellow.jobs.models import Job

    senders = "wayfellow.notifications.sending."
    return Job.objects.filter(task__startswith=senders, state=Job.State.WAITING).count()
