from datetime import datetime
from typing import Any, Self

from django.db import models
from django.db.models import Q

from wayfellow.core.scoping import OrganisationOwned, OrganisationQuerySet
from wayfellow.surveys.instruments import Instrument, instrument_of


class OneselfQuerySet(OrganisationQuerySet):
    def visible_to(self, member: Any) -> Self:
        """One's own. The others of the relationship, programme and organisation read none of these rows."""
        return self.filter(member=member)


class SurveyInvitation(OrganisationOwned):
    """One person is asked one instrument about one relationship, on one occasion, once."""

    instrument = models.CharField(max_length=40)
    version = models.PositiveSmallIntegerField()
    member = models.ForeignKey("people.Member", on_delete=models.CASCADE, related_name="+")
    relationship = models.ForeignKey("relationships.Relationship", on_delete=models.CASCADE, related_name="+")
    occasion = models.CharField(max_length=40)
    asked_at = models.DateTimeField()
    closes_at = models.DateTimeField()
    reminded_at = models.DateTimeField(null=True, blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)

    objects = OneselfQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                "member", "relationship", "instrument", "occasion", name="survey_once_for_each_occasion"
            ),
        ]
        indexes = [
            models.Index(
                fields=["closes_at"], condition=Q(answered_at__isnull=True), name="survey_invitation_unanswered"
            ),
            models.Index(fields=["relationship", "member", "answered_at"], name="survey_invitation_latest"),
        ]

    def __str__(self) -> str:
        return f"survey invitation {self.pk}"

    @property
    def asks(self) -> Instrument:
        """The instrument, in the version that was sent."""
        return instrument_of(self.instrument, self.version)

    def is_open(self, now: datetime) -> bool:
        """Whether it can be answered."""
        return self.answered_at is None and now < self.closes_at


class SurveyAnswer(OrganisationOwned):
    """What one person answered to one item. An item left out has no row."""

    invitation = models.ForeignKey("surveys.SurveyInvitation", on_delete=models.CASCADE, related_name="answers")
    member = models.ForeignKey("people.Member", on_delete=models.CASCADE, related_name="+")
    item = models.CharField(max_length=40)
    value = models.PositiveSmallIntegerField()

    objects = OneselfQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint("invitation", "item", name="survey_answer_once")]

    def __str__(self) -> str:
        return f"survey answer {self.pk}"


class SurveyChoice(OrganisationOwned):
    """What one person wants of these questions in one relationship: none at all, or also after each meeting."""

    member = models.ForeignKey("people.Member", on_delete=models.CASCADE, related_name="+")
    relationship = models.ForeignKey("relationships.Relationship", on_delete=models.CASCADE, related_name="+")
    stopped = models.BooleanField(default=False)
    after_meetings = models.BooleanField(default=False)

    objects = OneselfQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint("member", "relationship", name="survey_choice_once")]

    def __str__(self) -> str:
        return f"survey choice {self.pk}"
