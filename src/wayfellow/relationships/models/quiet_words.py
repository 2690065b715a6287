from typing import Any, Self

from django.db import models
from django.utils.translation import gettext_lazy as _

from wayfellow.core.scoping import OrganisationOwned, OrganisationQuerySet


class QuietWordQuerySet(OrganisationQuerySet):
    def visible_to(self, member: Any) -> Self:
        """Whoever asked, and those whom the page named as its hearers before it was sent. Nobody else in between."""
        rows = self.filter(organisation=member.organisation_id)
        return rows.filter(models.Q(asked_by=member) | models.Q(heard_by=member)).distinct()

    def heard_by_member(self, member: Any) -> Self:
        """Those that wait for, or went to, this member."""
        return self.filter(organisation=member.organisation_id, heard_by=member)


class QuietWord(OrganisationOwned):
    """Somebody in a relationship wants to talk, or wants out. The others in it are not told."""

    class Wants(models.TextChoices):
        TALK = "talk", _("I want to talk")
        OUT = "out", _("I want out")

    class To(models.TextChoices):
        PROGRAMME = "programme", _("whoever runs the programme")
        SAFEGUARDING = "safeguarding", _("a safeguarding lead")

    class State(models.TextChoices):
        WAITING = "waiting", _("Waiting")
        TAKEN_UP = "taken_up", _("Taken up")
        CLOSED = "closed", _("Closed")

    relationship = models.ForeignKey("relationships.Relationship", on_delete=models.CASCADE, related_name="quiet_words")
    asked_by = models.ForeignKey("people.Member", on_delete=models.CASCADE, related_name="+")
    wants = models.CharField(max_length=5, choices=Wants)
    to = models.CharField(max_length=12, choices=To)
    text = models.TextField(max_length=2000, blank=True)
    heard_by = models.ManyToManyField("people.Member", related_name="+")
    state = models.CharField(max_length=10, choices=State, default=State.WAITING)
    asked_at = models.DateTimeField()
    taken_up_by = models.ForeignKey("people.Member", on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    taken_up_at = models.DateTimeField(null=True, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)
    released = models.BooleanField(default=False)

    objects = QuietWordQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                "asked_by", "relationship", "wants", condition=~models.Q(state="closed"), name="quiet_word_one_open"
            ),
        ]
        indexes = [models.Index(fields=["organisation", "state"])]

    def __str__(self) -> str:
        return f"quiet word {self.pk}"

    @property
    def is_closed(self) -> bool:
        return self.state == self.State.CLOSED
