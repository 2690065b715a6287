from typing import Any, Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from wayfellow.core.scoping import OrganisationOwned, OrganisationQuerySet


class PrivateReasonQuerySet(OrganisationQuerySet):
    def visible_to(self, member: Any) -> Self:
        """One's own. Neither the other person nor anybody's office reads it."""
        return self.filter(member=member)


class PrivateReason(OrganisationOwned):
    """Why somebody said "not now" or stopped, for themselves. It stands in a row that only they can reach."""

    class Declining(models.TextChoices):
        TOO_MUCH = "too_much", _("Too much else at work")
        TOO_CLOSE = "too_close", _("Too close to my own line")
        NOT_A_FIT = "not_a_fit", _("Not a fit for me")
        OTHER = "other", _("Something else")

    class Ending(models.TextChoices):
        TIME_CHANGED = "time_changed", _("My time or shifts changed")
        DID_NOT_CLICK = "did_not_click", _("We did not click")
        GOT_THERE = "got_there", _("I have what I came for")
        NO_ANSWER = "no_answer", _("I heard too little")
        RATHER_NOT = "rather_not", _("I would rather not say")

    member = models.ForeignKey("people.Member", on_delete=models.CASCADE, related_name="+")
    request = models.OneToOneField(
        "relationships.MentoringRequest", on_delete=models.CASCADE, null=True, blank=True, related_name="+"
    )
    relationship = models.ForeignKey(
        "relationships.Relationship", on_delete=models.CASCADE, null=True, blank=True, related_name="+"
    )
    reason = models.CharField(max_length=15, choices=[*Declining.choices, *Ending.choices])
    created_at = models.DateTimeField(auto_now_add=True)

    objects = PrivateReasonQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint("member", "relationship", name="private_reason_once"),
            models.CheckConstraint(
                condition=Q(request__isnull=True, relationship__isnull=False)
                | Q(request__isnull=False, relationship__isnull=True),
                name="private_reason_about_one_thing",
            ),
        ]

    def __str__(self) -> str:
        return f"private reason {self.pk}"
