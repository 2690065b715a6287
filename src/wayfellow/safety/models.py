from typing import Any, Self

from django.db import models
from django.utils.translation import gettext_lazy as _

from wayfellow.core.scoping import OrganisationOwned, OrganisationQuerySet


class BlockQuerySet(OrganisationQuerySet):
    def visible_to(self, member: Any) -> Self:
        """One's own. The person blocked is not told."""
        return self.filter(blocker=member)


class Block(OrganisationOwned):
    """A member does not want to be found, asked or offered to by another."""

    blocker = models.ForeignKey("people.Member", on_delete=models.CASCADE, related_name="blocks")
    blocked = models.ForeignKey("people.Member", on_delete=models.CASCADE, related_name="blocked_by")
    created_at = models.DateTimeField(auto_now_add=True)

    objects = BlockQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint("blocker", "blocked", name="block_unique")]

    def __str__(self) -> str:
        return f"block {self.pk}"


class ConcernQuerySet(OrganisationQuerySet):
    def visible_to(self, member: Any) -> Self:
        """Safeguarding leads, except for concerns about themselves; and whoever raised it."""
        rows = self.filter(organisation=member.organisation_id)
        if member.is_safeguarding_lead:
            return rows.exclude(about=member) | rows.filter(raised_by=member)
        return rows.filter(raised_by=member)


class Concern(OrganisationOwned):
    """A report of harm. It goes to the safeguarding lead, never to a programme manager or administrator."""

    class State(models.TextChoices):
        NEW = "new", _("New")
        SEEN = "seen", _("Being looked into")
        CLOSED = "closed", _("Closed")

    raised_by = models.ForeignKey("people.Member", on_delete=models.SET_NULL, null=True, related_name="concerns")
    about = models.ForeignKey("people.Member", on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    text = models.TextField(_("what happened?"), max_length=5000)
    state = models.CharField(max_length=10, choices=State, default=State.NEW)
    handled_by = models.ForeignKey("people.Member", on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    reply = models.TextField(_("what you tell the person who raised it"), max_length=5000, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)
    closed_at = models.DateTimeField(null=True, blank=True)

    objects = ConcernQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["organisation", "state"])]

    def __str__(self) -> str:
        return f"concern {self.pk}"
