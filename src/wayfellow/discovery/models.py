from typing import Any, Self

from django.db import models
from django.utils.translation import gettext_lazy as _

from wayfellow.core.scoping import OrganisationOwned, OrganisationQuerySet


class MentorMarkQuerySet(OrganisationQuerySet):
    def visible_to(self, member: Any) -> Self:
        """One's own. What somebody saved or dismissed is told to nobody."""
        return self.filter(member=member)


class MentorMark(OrganisationOwned):
    """A mentor that a member saved for later or does not want suggested again."""

    class Kind(models.TextChoices):
        SAVED = "saved", _("Saved")
        DISMISSED = "dismissed", _("Not for me")

    member = models.ForeignKey("people.Member", on_delete=models.CASCADE, related_name="mentor_marks")
    mentor = models.ForeignKey("programmes.Enrolment", on_delete=models.CASCADE, related_name="+")
    kind = models.CharField(max_length=10, choices=Kind)
    tell_when_back = models.BooleanField(_("tell me when they are back"), default=False)
    created_at = models.DateTimeField(auto_now_add=True)

    objects = MentorMarkQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint("member", "mentor", name="mentor_mark_unique")]

    def __str__(self) -> str:
        return f"mark {self.pk}"
