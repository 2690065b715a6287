from typing import Any, Self

from django.db import models
from django.utils.translation import gettext_lazy as _

from wayfellow.core.scoping import OrganisationOwned, OrganisationQuerySet


class RelationshipQuerySet(OrganisationQuerySet):
    def visible_to(self, member: Any) -> Self:
        """The people in it."""
        return self.filter(organisation=member.organisation_id, participants__enrolment__member=member).distinct()


class Relationship(OrganisationOwned):
    """People who agreed to work together: one or more mentors, one or more mentees.

    `every_weeks` and `minutes` are the rhythm they agreed on; None while they agreed on none. `ends_on` is the day on
    which it is completed by itself, in the organisation's time.
    """

    class State(models.TextChoices):
        ACTIVE = "active", _("Active")
        PAUSED = "paused", _("Paused")
        COMPLETED = "completed", _("Completed")
        ENDED_EARLY = "ended_early", _("Ended early")

    cohort = models.ForeignKey("programmes.Cohort", on_delete=models.CASCADE, related_name="relationships")
    request = models.OneToOneField(
        "relationships.MentoringRequest", on_delete=models.SET_NULL, null=True, blank=True, related_name="relationship"
    )
    state = models.CharField(max_length=12, choices=State, default=State.ACTIVE)
    opened_at = models.DateTimeField()
    every_weeks = models.PositiveSmallIntegerField(null=True, blank=True)
    minutes = models.PositiveSmallIntegerField(null=True, blank=True)
    ends_on = models.DateField(null=True, blank=True)
    paused_at = models.DateTimeField(null=True, blank=True)
    paused_until = models.DateField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_by = models.ForeignKey("people.Member", on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    goodbye = models.TextField(max_length=2000, blank=True)

    objects = RelationshipQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["cohort", "state"])]

    def __str__(self) -> str:
        return f"relationship {self.pk}"

    @property
    def is_active(self) -> bool:
        return self.state == self.State.ACTIVE

    @property
    def is_open(self) -> bool:
        """Under way or paused: it takes a place, and its people may write to each other."""
        return self.state in (self.State.ACTIVE, self.State.PAUSED)


class ParticipantQuerySet(OrganisationQuerySet):
    def visible_to(self, member: Any) -> Self:
        """The people in the same relationship."""
        return self.filter(relationship__in=Relationship.objects.visible_to(member))


class Participant(OrganisationOwned):
    """One person in a relationship, in the role they have there. Who left a group keeps what was there until then."""

    class Role(models.TextChoices):
        MENTOR = "mentor", _("mentor")
        MENTEE = "mentee", _("mentee")

    relationship = models.ForeignKey(
        "relationships.Relationship", on_delete=models.CASCADE, related_name="participants"
    )
    enrolment = models.ForeignKey("programmes.Enrolment", on_delete=models.CASCADE, related_name="participations")
    role = models.CharField(max_length=6, choices=Role)
    left_at = models.DateTimeField(null=True, blank=True)

    objects = ParticipantQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint("relationship", "enrolment", name="participant_unique")]

    def __str__(self) -> str:
        return f"participant {self.pk}"
