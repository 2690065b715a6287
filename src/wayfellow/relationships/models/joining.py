from typing import Any, Self

from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from wayfellow.core.scoping import OrganisationOwned, OrganisationQuerySet
from wayfellow.relationships.models.relationships import Participant, was_there


class JoiningInvitationQuerySet(OrganisationQuerySet):
    def visible_to(self, member: Any) -> Self:
        """Whoever is invited, and the people who were in the relationship when it was written."""
        there = was_there(member, relationship="relationship", at="created_at")
        return self.filter(Q(enrolment__member=member) | Q(there), organisation=member.organisation_id)

    def open(self) -> Self:
        """Those that wait for somebody's yes."""
        return self.filter(state=JoiningInvitation.State.PENDING)


class JoiningInvitation(OrganisationOwned):
    """Somebody is invited into a relationship under way. They are in once they and everybody there have said yes."""

    class State(models.TextChoices):
        PENDING = "pending", _("Waiting for a yes")
        JOINED = "joined", _("Joined")
        DECLINED = "declined", _("Not now")
        WITHDRAWN = "withdrawn", _("Taken back")
        CLOSED = "closed", _("Closed")

    relationship = models.ForeignKey("relationships.Relationship", on_delete=models.CASCADE, related_name="invitations")
    enrolment = models.ForeignKey("programmes.Enrolment", on_delete=models.CASCADE, related_name="+")
    role = models.CharField(max_length=6, choices=Participant.Role)
    invited_by = models.ForeignKey("relationships.Participant", on_delete=models.CASCADE, related_name="+")
    words = models.TextField(max_length=1000, blank=True)
    state = models.CharField(max_length=9, choices=State, default=State.PENDING)
    created_at = models.DateTimeField()
    said_yes_at = models.DateTimeField(null=True, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)

    objects = JoiningInvitationQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                "relationship", "enrolment", condition=Q(state="pending"), name="joining_one_open_for_a_person"
            )
        ]

    def __str__(self) -> str:
        return f"joining invitation {self.pk}"

    @property
    def is_open(self) -> bool:
        return self.state == self.State.PENDING


class JoiningConsentQuerySet(OrganisationQuerySet):
    def visible_to(self, member: Any) -> Self:
        """As its invitation, but not for whoever is invited: who agreed already is the group's own matter."""
        found = JoiningInvitation.objects.visible_to(member).filter(pk=OuterRef("invitation"))
        return self.filter(Exists(found.exclude(enrolment__member=member)), organisation=member.organisation_id)


class JoiningConsent(OrganisationOwned):
    """The yes of one who is there already."""

    invitation = models.ForeignKey("relationships.JoiningInvitation", on_delete=models.CASCADE, related_name="consents")
    participant = models.ForeignKey("relationships.Participant", on_delete=models.CASCADE, related_name="+")
    created_at = models.DateTimeField()

    objects = JoiningConsentQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint("invitation", "participant", name="joining_consent_once")]

    def __str__(self) -> str:
        return f"joining consent {self.pk}"
