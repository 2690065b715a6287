from datetime import datetime, timedelta
from typing import Any, Self

from django.db import models
from django.utils.translation import gettext_lazy as _

from wayfellow.core.scoping import OrganisationOwned, OrganisationQuerySet
from wayfellow.relationships.models import Relationship


class MeetingQuerySet(OrganisationQuerySet):
    def visible_to(self, member: Any) -> Self:
        """The people of its relationship."""
        return self.filter(relationship__in=Relationship.objects.visible_to(member))


class Meeting(OrganisationOwned):
    """One talk of the people of a relationship."""

    class State(models.TextChoices):
        SCHEDULED = "scheduled", _("Planned")
        HELD = "held", _("Held")
        MISSED = "missed", _("Did not happen")
        CANCELLED = "cancelled", _("Cancelled")

    relationship = models.ForeignKey("relationships.Relationship", on_delete=models.CASCADE, related_name="meetings")
    state = models.CharField(max_length=10, choices=State, default=State.SCHEDULED)
    title = models.CharField(max_length=160, blank=True)
    starts_at = models.DateTimeField()
    minutes = models.PositiveSmallIntegerField()
    created_by = models.ForeignKey("people.Member", on_delete=models.SET_NULL, null=True, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)

    objects = MeetingQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["relationship", "starts_at"])]

    def __str__(self) -> str:
        return f"meeting {self.pk}"

    @property
    def ends_at(self) -> datetime:
        return self.starts_at + timedelta(minutes=self.minutes)
