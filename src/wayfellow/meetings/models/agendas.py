from typing import Any, Self

from django.db import models

from wayfellow.core.scoping import OrganisationOwned, OrganisationQuerySet
from wayfellow.goals.models.together import written_for
from wayfellow.meetings.models.meetings import Meeting


class AgendaPointQuerySet(OrganisationQuerySet):
    def visible_to(self, member: Any) -> Self:
        """The people of its meeting; who left a group reads what was there until then."""
        return self.filter(
            written_for(member, relationship="meeting__relationship"), meeting__in=Meeting.objects.visible_to(member)
        )

    def on_list(self) -> Self:
        """In their order, without those that were taken off."""
        return self.filter(removed_at__isnull=True).order_by("position", "pk")


class AgendaPoint(OrganisationOwned):
    """One thing to talk about at a meeting. `guide` and `question` say which question of which guide it is, if any."""

    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="agenda")
    text = models.CharField(max_length=300)
    minutes = models.PositiveSmallIntegerField(null=True, blank=True)
    guide = models.CharField(max_length=20, blank=True)
    question = models.CharField(max_length=30, blank=True)
    added_by = models.ForeignKey("people.Member", on_delete=models.SET_NULL, null=True, related_name="+")
    position = models.PositiveIntegerField()
    created_at = models.DateTimeField()
    done_at = models.DateTimeField(null=True, blank=True)
    removed_at = models.DateTimeField(null=True, blank=True)

    objects = AgendaPointQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["meeting", "position"], name="agenda_in_order")]

    def __str__(self) -> str:
        return f"agenda point {self.pk}"
