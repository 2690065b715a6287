"""Opening a link as whoever gets the mail does: what it holds is kept nowhere else."""

from wayfellow.jobs.models import Job


def token_in_mail(key: str) -> str:
    """The token at the end of the link of a mail that waits to be sent, by the mail's key."""
    job = Job.objects.get(key=f"mail:{key}")
    return str(job.kwargs["facts"]["link"]).rstrip("/").rpartition("/")[2]
