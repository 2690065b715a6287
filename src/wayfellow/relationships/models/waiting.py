from typing import Any, Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from wayfellow.core.scoping import OrganisationOwned, OrganisationQuerySet


class WaitingEntryQuerySet(OrganisationQuerySet):
    def visible_to(self, member: Any) -> Self:
        """One's own place in line."""
        return self.filter(mentee__member=member)

    def in_line(self) -> Self:
        """Those who wait or have an offer, first come first."""
        return self.filter(state__in=(WaitingEntry.State.WAITING, WaitingEntry.State.OFFERED)).order_by("pk")


class WaitingEntry(OrganisationOwned):
    """A mentee waits for a mentor with no room. The position is the order of joining: it never moves backwards."""

    class State(models.TextChoices):
        WAITING = "waiting", _("Waiting")
        OFFERED = "offered", _("A place is kept for you")
        TAKEN = "taken", _("Asked")
        LAPSED = "lapsed", _("Lapsed")
        LEFT = "left", _("Left the line")

    mentor = models.ForeignKey("programmes.Enrolment", on_delete=models.CASCADE, related_name="line")
    mentee = models.ForeignKey("programmes.Enrolment", on_delete=models.CASCADE, related_name="waits")
    state = models.CharField(max_length=10, choices=State, default=State.WAITING)
    joined_at = models.DateTimeField()
    offered_at = models.DateTimeField(null=True, blank=True)
    offer_ends_at = models.DateTimeField(null=True, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)

    objects = WaitingEntryQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                "mentor", "mentee", condition=Q(state__in=("waiting", "offered")), name="waiting_once_per_mentor"
            ),
        ]
        indexes = [models.Index(fields=["mentor", "state"]), models.Index(fields=["state", "offer_ends_at"])]

    def __str__(self) -> str:
        return f"waiting entry {self.pk}"
