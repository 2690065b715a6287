"""The queue: one row a job, written in the transaction that wants it done."""

import uuid
from datetime import datetime
from typing import Any, Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from wayfellow.core.json import PlainEncoder

MAX_ATTEMPTS = 8


class JobQuerySet(models.QuerySet):
    def visible_to(self, member: Any) -> Self:
        """An organisation's administrators see its own jobs; those of the server itself are the host's."""
        if not member.is_administrator:
            return self.none()
        return self.filter(organisation=member.organisation_id)

    def due(self, now: datetime) -> Self:
        """What a worker may claim: waiting and due, or left behind by a worker whose lease ran out."""
        return self.filter(
            Q(state=Job.State.WAITING, run_after__lte=now) | Q(state=Job.State.RUNNING, lease_until__lt=now)
        )


class Job(models.Model):
    """Something to do later, outside the request that asked for it.

    `fence` grows with every claim: whoever holds an older number has lost the job. The arguments are erased once it is
    done, so that what a mail said does not outlive it here. `carried_at` is when its number was last given to another
    backend, where one is set (see `jobs.carrying`).
    """

    class State(models.TextChoices):
        WAITING = "waiting", _("Waiting")
        RUNNING = "running", _("Running")
        DONE = "done", _("Done")
        FAILED = "failed", _("Failed")
        CANCELLED = "cancelled", _("Cancelled")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    task = models.CharField(max_length=200)
    args = models.JSONField(default=list, encoder=PlainEncoder)
    kwargs = models.JSONField(default=dict, encoder=PlainEncoder)
    queue = models.CharField(max_length=32, default="default")
    priority = models.SmallIntegerField(default=0)
    state = models.CharField(max_length=10, choices=State, default=State.WAITING)
    run_after = models.DateTimeField()
    attempts = models.PositiveSmallIntegerField(default=0)
    max_attempts = models.PositiveSmallIntegerField(default=MAX_ATTEMPTS)
    lease_until = models.DateTimeField(null=True, blank=True)
    fence = models.PositiveBigIntegerField(default=0)
    worker = models.CharField(max_length=80, blank=True)
    created_at = models.DateTimeField()
    started_at = models.DateTimeField(null=True, blank=True)
    finished_at = models.DateTimeField(null=True, blank=True)
    result = models.JSONField(null=True, blank=True)
    error_type = models.CharField(max_length=200, blank=True)
    error = models.CharField(max_length=500, blank=True)
    traceback = models.TextField(blank=True)
    key = models.CharField(max_length=200, null=True, blank=True, unique=True)
    organisation = models.ForeignKey(
        "people.Organisation", on_delete=models.CASCADE, null=True, blank=True, related_name="+"
    )
    progress_done = models.PositiveIntegerField(default=0)
    progress_total = models.PositiveIntegerField(default=0)
    progress_words = models.CharField(max_length=200, blank=True)
    cancel_asked = models.BooleanField(default=False)
    carried_at = models.DateTimeField(null=True, blank=True)

    objects = JobQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["state", "run_after"], name="job_due"),
            models.Index(fields=["state", "lease_until"], name="job_lease"),
        ]

    def __str__(self) -> str:
        return f"job {self.pk}"

    @property
    def is_over(self) -> bool:
        """Whether nothing more will happen to it by itself."""
        return self.state in {self.State.DONE, self.State.FAILED, self.State.CANCELLED}
