"""`wayfellow jobs`: see the queue, run a dead letter again, cancel a job. Imported once Django is set up."""

import json
from uuid import UUID

import click

from wayfellow.core.errors import NotFound
from wayfellow.jobs import actions
from wayfellow.jobs.models import Job
from wayfellow.jobs.queries import jobs_listed

STATES = tuple(Job.State.values)


@click.group()
def jobs() -> None:
    """The queue: what waits, what runs, what failed for good."""


@jobs.command("list")
@click.option("--state", type=click.Choice(STATES), default="failed", show_default=True, help="Which jobs.")
@click.option("--limit", type=click.IntRange(1, 1000), default=50, show_default=True, help="Most lines.")
@click.option("--json", "as_json", is_flag=True, help="One JSON list, for other programs.")
def list_jobs(state: str, limit: int, as_json: bool) -> None:
    """List jobs, newest first."""
    rows = list(jobs_listed(state=state)[:limit])
    if as_json:
        click.echo(
            json.dumps(
                [
                    {
                        "id": str(job.pk),
                        "task": job.task,
                        "state": job.state,
                        "attempts": job.attempts,
                        "created_at": job.created_at.isoformat(),
                        "run_after": job.run_after.isoformat(),
                        "error_type": job.error_type,
                        "error": job.error,
                        "traceback": job.traceback,
                    }
                    for job in rows
                ],
                indent=2,
            )
        )
        return
    if not rows:
        click.echo(f"No job is {state}.")
    for job in rows:
        click.echo(f"{job.pk}  {job.created_at:%Y-%m-%d %H:%M}  attempt {job.attempts}/{job.max_attempts}  {job.task}")
        if job.error_type:
            click.echo(f"    {job.error_type}: {job.error}")


@jobs.command("run-again")
@click.argument("job_id", metavar="ID", type=click.UUID)
def run_again(job_id: UUID) -> None:
    """Put a failed or cancelled job back in the queue."""
    actions.run_again(_find(job_id))
    click.echo("It is in the queue again.")


@jobs.command("cancel")
@click.argument("job_id", metavar="ID", type=click.UUID)
def cancel(job_id: UUID) -> None:
    """Cancel a waiting job, or ask a running one to stop."""
    job = actions.cancel_job(_find(job_id))
    click.echo("It is asked to stop." if job.state == Job.State.RUNNING else "It is cancelled.")


def _find(job_id: UUID) -> Job:
    job = Job.objects.filter(pk=job_id).first()
    if job is None:
        raise NotFound("job_unknown", f"No job has the id {job_id}.")
    return job
