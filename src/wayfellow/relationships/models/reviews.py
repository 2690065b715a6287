from typing import Any, Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from wayfellow.core.json import PlainEncoder
from wayfellow.core.scoping import OrganisationOwned, OrganisationQuerySet
from wayfellow.relationships.models.relationships import was_there


class ReviewQuerySet(OrganisationQuerySet):
    def visible_to(self, member: Any) -> Self:
        """The people who were in the relationship when it opened."""
        there = was_there(member, relationship="relationship", at="opened_at")
        return self.filter(there, organisation=member.organisation_id)


class Review(OrganisationOwned):
    """A look back at the agreement, clause by clause: half way, or at the end."""

    class Kind(models.TextChoices):
        MIDPOINT = "midpoint", _("Half way")
        CLOSING = "closing", _("At the end")

    relationship = models.ForeignKey("relationships.Relationship", on_delete=models.CASCADE, related_name="reviews")
    kind = models.CharField(max_length=8, choices=Kind)
    version = models.ForeignKey(
        "relationships.AgreementVersion", on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    opened_at = models.DateTimeField()
    shown_at = models.DateTimeField(null=True, blank=True)

    objects = ReviewQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                "relationship", "kind", condition=Q(shown_at__isnull=True), name="review_one_open_of_a_kind"
            )
        ]

    def __str__(self) -> str:
        return f"review {self.pk}"


class ReviewAnswersQuerySet(OrganisationQuerySet):
    def visible_to(self, member: Any) -> Self:
        """One's own; the others' once everybody has looked back."""
        reads = self.model.reads(member)
        return self.filter(reads["me"] | reads["others"], organisation=member.organisation_id)


class ReviewAnswers(OrganisationOwned):
    """How one side looks back: for each clause kept, change or drop, with a word if they like."""

    class Verdict(models.TextChoices):
        KEPT = "kept", _("It works, keep it")
        CHANGE = "change", _("Change it")
        DROP = "drop", _("Drop it")

    review = models.ForeignKey("relationships.Review", on_delete=models.CASCADE, related_name="answers")
    participant = models.ForeignKey("relationships.Participant", on_delete=models.CASCADE, related_name="+")
    verdicts = models.JSONField(default=dict, encoder=PlainEncoder)
    words = models.TextField(max_length=2000, blank=True)
    created_at = models.DateTimeField()
    done_at = models.DateTimeField(null=True, blank=True)
    shown_at = models.DateTimeField(null=True, blank=True)

    objects = ReviewAnswersQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint("review", "participant", name="review_answers_once")]

    def __str__(self) -> str:
        return f"review answers {self.pk}"

    @staticmethod
    def reads(member: Any) -> dict[str, Q]:
        """Which rows a member reads, as who they are to the row."""
        there = was_there(member, relationship="review__relationship", at="shown_at")
        return {"me": Q(participant__enrolment__member=member), "others": Q(there, shown_at__isnull=False)}


class WithheldWordsQuerySet(OrganisationQuerySet):
    def visible_to(self, member: Any) -> Self:
        """One's own; the others' once the relationship is over, to those who were in it then."""
        reads = self.model.reads(member)
        return self.filter(reads["me"] | reads["others"], organisation=member.organisation_id)


class WithheldWords(OrganisationOwned):
    """What somebody says in a review and wants read only after the end."""

    review = models.ForeignKey("relationships.Review", on_delete=models.CASCADE, related_name="withheld")
    participant = models.ForeignKey("relationships.Participant", on_delete=models.CASCADE, related_name="+")
    text = models.TextField(max_length=2000)
    created_at = models.DateTimeField()

    objects = WithheldWordsQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint("review", "participant", name="withheld_words_once")]

    def __str__(self) -> str:
        return f"withheld words {self.pk}"

    @staticmethod
    def reads(member: Any) -> dict[str, Q]:
        """Which rows a member reads, as who they are to the row."""
        there = was_there(member, relationship="review__relationship", at="review__relationship__ended_at")
        over = Q(review__relationship__state__in=("completed", "ended_early"))
        return {"me": Q(participant__enrolment__member=member), "others": Q(there) & over}
