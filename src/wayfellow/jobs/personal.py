"""What the queue holds of a person: the arguments of jobs that are not done. Those of done jobs are erased already."""

from typing import Any

from wayfellow.core.naming import naming
from wayfellow.jobs.models import Job


def export_jobs(member: Any) -> list[dict[str, Any]]:
    """Jobs that name the member."""
    return [
        {"task": job.task, "state": job.state, "created_at": job.created_at.isoformat(), "arguments": job.kwargs}
        for job in _jobs_of(member).order_by("created_at")
    ]


def erase_jobs(member: Any) -> None:
    """Delete the jobs that name the member. One that runs just now finds its row gone and writes nothing."""
    _jobs_of(member).delete()


def _jobs_of(member: Any) -> Any:
    ours = Job.objects.filter(organisation=member.organisation_id)
    servers = Job.objects.filter(organisation=None)
    return naming(ours, "kwargs", member.full_name, *_addresses(member)) | naming(
        servers, "kwargs", *_addresses(member)
    )


def _addresses(member: Any) -> list[str]:
    """The organisation's for them, and the one they sign in with, to which the server itself writes."""
    return [member.email, *([member.account.email] if member.account else [])]
