from datetime import date
from typing import Any, Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from wayfellow.core.scoping import OrganisationOwned, OrganisationQuerySet
from wayfellow.goals.models.together import written_for


class CommitmentQuerySet(OrganisationQuerySet):
    def visible_to(self, member: Any) -> Self:
        """The people of its relationship; who left a group reads what was there until then."""
        return self.filter(written_for(member), organisation=member.organisation_id)

    def open(self) -> Self:
        """Still to do, moved or not."""
        return self.filter(state__in=Commitment.OPEN_STATES)

    def agreed(self) -> Self:
        """Those whose owner said yes, or wrote them."""
        return self.filter(agreed_at__isnull=False)

    def overdue(self, today: date) -> Self:
        return self.open().agreed().filter(by_when__lt=today)


class Commitment(OrganisationOwned):
    """Who does what by when, and with which plan, in one relationship.

    `written_by` may be another than the owner; then it binds nobody until the owner has said yes (`agreed_at`).
    `about_type` and `about_id` name what it came from: a meeting, a goal or a message.
    """

    class State(models.TextChoices):
        OPEN = "open", _("Open")
        MOVED = "moved", _("Moved")
        DONE = "done", _("Done")
        DROPPED = "dropped", _("Dropped")

    class About(models.TextChoices):
        MEETING = "meetings.Meeting", _("from a meeting")
        GOAL = "goals.Goal", _("from a goal")
        MESSAGE = "conversations.Message", _("from a message")

    OPEN_STATES = (State.OPEN, State.MOVED)

    relationship = models.ForeignKey("relationships.Relationship", on_delete=models.CASCADE, related_name="commitments")
    owner = models.ForeignKey("people.Member", on_delete=models.CASCADE, related_name="commitments")
    written_by = models.ForeignKey("people.Member", on_delete=models.SET_NULL, null=True, related_name="+")
    what = models.CharField(_("what"), max_length=300)
    by_when = models.DateField(_("by when"), null=True, blank=True)
    if_moment = models.CharField(_("if this happens"), max_length=300, blank=True)
    then_act = models.CharField(_("then I will"), max_length=300, blank=True)
    state = models.CharField(max_length=8, choices=State, default=State.OPEN)
    agreed_at = models.DateTimeField(null=True, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)
    about_type = models.CharField(max_length=40, choices=About, blank=True)
    about_id = models.PositiveBigIntegerField(null=True, blank=True)
    created_at = models.DateTimeField()

    objects = CommitmentQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["relationship", "state"], name="commitment_by_state"),
            models.Index(fields=["owner", "state", "by_when"], name="commitment_by_owner"),
            models.Index(fields=["about_type", "about_id"], name="commitment_by_origin"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(about_type="", about_id__isnull=True) | ~Q(about_type="") & Q(about_id__isnull=False),
                name="commitment_origin_whole",
            ),
            models.CheckConstraint(
                condition=Q(state__in=("open", "moved"), closed_at__isnull=True)
                | Q(state__in=("done", "dropped"), closed_at__isnull=False),
                name="commitment_closed_when_closed",
            ),
        ]

    def __str__(self) -> str:
        return f"commitment {self.pk}"

    @property
    def is_open(self) -> bool:
        return self.state in self.OPEN_STATES

    @property
    def is_agreed(self) -> bool:
        return self.agreed_at is not None

    @property
    def last_step(self) -> Any:
        """The last change, from the steps that are at hand."""
        return max(self.steps.all(), key=lambda step: step.pk, default=None)

    def is_overdue(self, today: date) -> bool:
        return self.is_open and self.is_agreed and self.by_when is not None and self.by_when < today


class CommitmentStepQuerySet(OrganisationQuerySet):
    def visible_to(self, member: Any) -> Self:
        """Those who may read the commitment and had not left before the step."""
        return self.filter(
            written_for(member, relationship="commitment__relationship", at="at"),
            commitment__in=Commitment.objects.visible_to(member),
        )


class CommitmentStep(OrganisationOwned):
    """One change of a commitment, as it was before and after: its history, and what can be undone."""

    class Verb(models.TextChoices):
        AGREED = "agreed", _("Agreed")
        DONE = "done", _("Done")
        MOVED = "moved", _("Moved")
        DROPPED = "dropped", _("Dropped")

    commitment = models.ForeignKey(Commitment, on_delete=models.CASCADE, related_name="steps")
    verb = models.CharField(max_length=8, choices=Verb)
    by = models.ForeignKey("people.Member", on_delete=models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField()
    from_state = models.CharField(max_length=8, choices=Commitment.State)
    from_day = models.DateField(null=True, blank=True)
    to_day = models.DateField(null=True, blank=True)

    objects = CommitmentStepQuerySet.as_manager()

    def __str__(self) -> str:
        return f"commitment step {self.pk}"
