"""What waits to be mailed."""

from typing import Any

from wayfellow.jobs.models import Job


def mails(template: str | None = None) -> list[dict[str, Any]]:
    """Arguments of the plain mails that wait, oldest first; `people/mail/` may be left out of the template's name."""
    rows = Job.objects.filter(task__endswith="send_plain_mail").order_by("created_at", "pk")
    wanted = template and f"people/mail/{template}"
    return [job.kwargs for job in rows if not wanted or job.kwargs["template"] == wanted]


def path_in_mail(template: str) -> str:
    """The path of the link in the newest such mail."""
    return "/" + mails(template)[-1]["facts"]["link"].split("/", 3)[3]
