from typing import Any, Self

from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from wayfellow.core.scoping import OrganisationOwned, OrganisationQuerySet


class RelationshipQuerySet(OrganisationQuerySet):
    def visible_to(self, member: Any) -> Self:
        """The people in it."""
        return self.filter(organisation=member.organisation_id, participants__enrolment__member=member).distinct()


class Relationship(OrganisationOwned):
    """People who agreed to work together: one or more mentors, one or more mentees.

    `every_weeks` and `minutes` are the rhythm they agreed on; None while they agreed on none. `ends_on` is the day on
    which it is completed by itself, and `review_on` that of the next look back, in the organisation's time.
    `told_of_return` and `told_of_end` are the days of which everybody was told beforehand.
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
    review_on = models.DateField(null=True, blank=True)
    paused_at = models.DateTimeField(null=True, blank=True)
    paused_until = models.DateField(null=True, blank=True)
    told_of_return = models.DateField(null=True, blank=True)
    told_of_end = models.DateField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_by = models.ForeignKey("people.Member", on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    goodbye = models.TextField(max_length=2000, blank=True)

    objects = RelationshipQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(state="paused", paused_at__isnull=False, paused_until__isnull=False)
                | ~Q(state="paused") & Q(paused_at__isnull=True, paused_until__isnull=True),
                name="relationship_paused_says_until_when",
            )
        ]
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
        """The people in the same relationship; who came after one left it is not told."""
        here = Q(joined_at__isnull=True) | Q(was_there(member, relationship="relationship", at="joined_at"))
        return self.filter(relationship__in=Relationship.objects.visible_to(member)).filter(here)

    def present(self) -> Self:
        """Those who have not left."""
        return self.filter(left_at__isnull=True)


class Participant(OrganisationOwned):
    """One person in a relationship, in the role they have there. Who left a group keeps what was there until then.

    `joined_at` is None for those with whom it began; `goodbye` is what somebody said who left a group that goes on.
    """

    class Role(models.TextChoices):
        MENTOR = "mentor", _("mentor")
        MENTEE = "mentee", _("mentee")

    relationship = models.ForeignKey(
        "relationships.Relationship", on_delete=models.CASCADE, related_name="participants"
    )
    enrolment = models.ForeignKey("programmes.Enrolment", on_delete=models.CASCADE, related_name="participations")
    role = models.CharField(max_length=6, choices=Role)
    joined_at = models.DateTimeField(null=True, blank=True)
    left_at = models.DateTimeField(null=True, blank=True)
    goodbye = models.TextField(max_length=2000, blank=True)

    objects = ParticipantQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint("relationship", "enrolment", name="participant_unique")]

    def __str__(self) -> str:
        return f"participant {self.pk}"

    @property
    def is_present(self) -> bool:
        """Whether they have not left."""
        return self.left_at is None


def was_there(member: Any, *, relationship: str, at: str) -> Exists:
    """Whether a member was in the relationship of a row at a moment the row names: they had not left it by then.

    Args:
        relationship: the path from the row to its relationship.
        at: the path from the row to the moment it was written or shown.
    """
    theirs = Participant.objects.filter(relationship=OuterRef(relationship), enrolment__member=member.pk)
    return Exists(theirs.filter(Q(left_at__isnull=True) | Q(left_at__gte=OuterRef(at))))
