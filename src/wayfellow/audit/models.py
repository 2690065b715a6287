"""Events: what happened in an organisation, one line each, every one hashing the one before it."""

from typing import Any, Self

from django.db import models

from wayfellow.core.json import PlainEncoder
from wayfellow.core.scoping import OrganisationOwned, OrganisationQuerySet


class EventQuerySet(OrganisationQuerySet):
    def visible_to(self, member: Any) -> Self:
        """The record is read by the organisation's administrators."""
        if not member.is_administrator:
            return self.none()
        return self.filter(organisation=member.organisation_id)


class AuditHead(models.Model):
    """The end of an organisation's chain. Its row is locked while an event is appended, so events never fork."""

    organisation = models.OneToOneField(
        "people.Organisation", on_delete=models.CASCADE, primary_key=True, related_name="+"
    )
    sequence = models.PositiveBigIntegerField(default=0)
    hash = models.CharField(max_length=64, default="0" * 64)

    def __str__(self) -> str:
        return f"audit head {self.pk}"


class Event(OrganisationOwned):
    """One thing that somebody did.

    The hash covers everything but actor, details and salt; these it covers through `details_digest`, so that they can
    be erased for a person who is forgotten while the chain stays whole.
    """

    sequence = models.PositiveBigIntegerField()
    at = models.DateTimeField()
    verb = models.CharField(max_length=60)
    actor = models.ForeignKey("people.Member", on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    via = models.CharField(max_length=10)
    about_type = models.CharField(max_length=80, blank=True)
    about_id = models.CharField(max_length=40, blank=True)
    details = models.JSONField(null=True, default=dict, encoder=PlainEncoder)
    salt = models.CharField(max_length=32, blank=True)
    details_digest = models.CharField(max_length=64)
    previous_hash = models.CharField(max_length=64)
    hash = models.CharField(max_length=64)

    objects = EventQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint("organisation", "sequence", name="event_sequence_unique")]
        indexes = [
            models.Index(fields=["organisation", "verb", "sequence"]),
            models.Index(fields=["organisation", "at"]),
            models.Index(fields=["about_type", "about_id"]),
        ]

    def __str__(self) -> str:
        return f"event {self.pk}"
