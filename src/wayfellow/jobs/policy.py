from typing import Any

from django.utils.translation import gettext_lazy as _

from wayfellow.core.errors import Refusal
from wayfellow.jobs.models import Job

# What one person does for another's sake. An administrator may be whom a notice warns of, or whom a block is about.
NOT_AN_ADMINISTRATORS_TO_CANCEL = {
    "wayfellow.notifications.sending.send_notice_mail",
    "wayfellow.relationships.actions.leaving.close_after_block_job",
}


def why_not_run_again(job: Job) -> Refusal | None:
    """Only what was given up or cancelled can be run again: what is done has erased its arguments."""
    if job.state not in {Job.State.FAILED, Job.State.CANCELLED}:
        return Refusal("job_not_over", _("Only a failed or cancelled job can be run again."))
    return None


def why_not_cancel_job(job: Job, *, by: Any | None = None) -> Refusal | None:
    """What is over cannot be cancelled; nor, by an administrator, what belongs between two people.

    Args:
        by: the member who wants it; None for the host.
    """
    if job.is_over:
        return Refusal("job_over", _("This job is over already."))
    if by is not None and job.task in NOT_AN_ADMINISTRATORS_TO_CANCEL:
        return Refusal("job_not_yours", _("This is between two people, so no administrator can cancel it."))
    return None
