"""What waits to be mailed."""

from typing import Any

from wayfellow.jobs import claims
from wayfellow.jobs.models import Job
from wayfellow.jobs.running import Run, run_job


def mails(template: str | None = None) -> list[dict[str, Any]]:
    """Arguments of the plain mails that wait, oldest first; `people/mail/` may be left out of the template's name."""
    rows = Job.objects.filter(task__endswith="send_plain_mail").order_by("created_at", "pk")
    wanted = template and f"people/mail/{template}"
    return [job.kwargs for job in rows if not wanted or job.kwargs["template"] == wanted]


def path_in_mail(template: str) -> str:
    """The path of the link in the newest such mail."""
    return "/" + mails(template)[-1]["facts"]["link"].split("/", 3)[3]


def run_waiting(task: str) -> None:
    """Run the jobs of one task that wait, and leave the mails where they are."""
    for job in Job.objects.filter(task__endswith=f".{task}", state=Job.State.WAITING):
        claimed = claims.claim("here", only=job.pk)
        assert claimed is not None
        run_job(Run(claimed))
