from django.utils.translation import gettext_lazy as _

from wayfellow.core.errors import Refusal
from wayfellow.jobs.models import Job


def why_not_run_again(job: Job) -> Refusal | None:
    """Only what was given up or cancelled can be run again: what is done has erased its arguments."""
    if job.state not in {Job.State.FAILED, Job.State.CANCELLED}:
        return Refusal("job_not_over", _("Only a failed or cancelled job can be run again."))
    return None


def why_not_cancel_job(job: Job) -> Refusal | None:
    """What is over cannot be cancelled."""
    if job.is_over:
        return Refusal("job_over", _("This job is over already."))
    return None
