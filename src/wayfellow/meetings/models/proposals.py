from typing import Any, Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from wayfellow.core.scoping import OrganisationOwned, OrganisationQuerySet
from wayfellow.meetings.models.meetings import Meeting, written_for


class ProposalQuerySet(OrganisationQuerySet):
    def visible_to(self, member: Any) -> Self:
        """The people of its relationship."""
        return self.filter(written_for(member), organisation=member.organisation_id)

    def open(self) -> Self:
        return self.filter(state=Proposal.State.OPEN)


class Proposal(OrganisationOwned):
    """Times that one person offers to the others, of which one takes one. With a `meeting` it moves that meeting."""

    class State(models.TextChoices):
        OPEN = "open", _("Open")
        PICKED = "picked", _("Taken")
        CLOSED = "closed", _("Closed")

    relationship = models.ForeignKey("relationships.Relationship", on_delete=models.CASCADE, related_name="proposals")
    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, null=True, blank=True, related_name="proposals")
    state = models.CharField(max_length=8, choices=State, default=State.OPEN)
    minutes = models.PositiveSmallIntegerField()
    word = models.TextField(max_length=1000, blank=True)
    created_by = models.ForeignKey("people.Member", on_delete=models.SET_NULL, null=True, related_name="+")
    created_at = models.DateTimeField()
    picked_by = models.ForeignKey("people.Member", on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    closed_at = models.DateTimeField(null=True, blank=True)

    objects = ProposalQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint("relationship", condition=Q(state="open"), name="proposal_one_open"),
        ]

    def __str__(self) -> str:
        return f"proposal {self.pk}"

    @property
    def is_open(self) -> bool:
        return self.state == self.State.OPEN


class SlotQuerySet(OrganisationQuerySet):
    def visible_to(self, member: Any) -> Self:
        """Those who may read the proposal."""
        return self.filter(proposal__in=Proposal.objects.visible_to(member))


class Slot(OrganisationOwned):
    """One of the times that are offered."""

    proposal = models.ForeignKey(Proposal, on_delete=models.CASCADE, related_name="slots")
    starts_at = models.DateTimeField()
    picked = models.BooleanField(default=False)

    objects = SlotQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint("proposal", "starts_at", name="slot_unique"),
            models.UniqueConstraint("proposal", condition=Q(picked=True), name="slot_one_picked"),
        ]

    def __str__(self) -> str:
        return f"slot {self.pk}"
