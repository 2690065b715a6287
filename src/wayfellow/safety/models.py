from datetime import datetime
from typing import Any, Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from wayfellow.core import clock
from wayfellow.core.scoping import OrganisationOwned, OrganisationQuerySet


class BlockQuerySet(OrganisationQuerySet):
    def visible_to(self, member: Any) -> Self:
        """One's own. The person blocked is not told."""
        return self.filter(blocker=member)


class Block(OrganisationOwned):
    """A member does not want to be found, asked or offered to by another."""

    blocker = models.ForeignKey("people.Member", on_delete=models.CASCADE, related_name="blocks")
    blocked = models.ForeignKey("people.Member", on_delete=models.CASCADE, related_name="blocked_by")
    created_at = models.DateTimeField(default=clock.now)

    objects = BlockQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint("blocker", "blocked", name="block_unique")]

    def __str__(self) -> str:
        return f"block {self.pk}"


class ConcernQuerySet(OrganisationQuerySet):
    def visible_to(self, member: Any) -> Self:
        """Whoever raised it, and the safeguarding leads it is not about and was not kept from."""
        mine = Q(raised_by=member)
        if not member.is_safeguarding_lead:
            return self.filter(organisation=member.organisation_id).filter(mine)
        hidden = Q(about=member) | Q(pk__in=Concern.kept_from.through.objects.filter(member=member).values("concern"))
        return self.filter(organisation=member.organisation_id).filter(mine | ~hidden)

    def at_desk_of(self, lead: Any) -> Self:
        """Those a safeguarding lead looks into: what they raised themselves is for another lead."""
        return self.visible_to(lead).exclude(raised_by=lead)


class Concern(OrganisationOwned):
    """A report of harm. It goes to the safeguarding leads, never to a programme manager or administrator.

    `page` is where it happened and `quote` what was said there: only if whoever reports puts them in. A lead cannot
    open a page that is not theirs; it says which one is meant.
    """

    class State(models.TextChoices):
        NEW = "new", _("New")
        SEEN = "seen", _("Being looked into")
        CLOSED = "closed", _("Closed")

    raised_by = models.ForeignKey("people.Member", on_delete=models.SET_NULL, null=True, related_name="concerns")
    about = models.ForeignKey("people.Member", on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    about_words = models.CharField(_("who or what is it about?"), max_length=200, blank=True)
    kept_from = models.ManyToManyField("people.Member", related_name="+", blank=True)
    text = models.TextField(_("what happened?"), max_length=5000)
    page = models.CharField(max_length=200, blank=True)
    quote = models.TextField(_("words you quote"), max_length=2000, blank=True)
    state = models.CharField(max_length=10, choices=State, default=State.NEW)
    handled_by = models.ForeignKey("people.Member", on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    created_at = models.DateTimeField(default=clock.now)
    take_up_by = models.DateTimeField(null=True, blank=True)
    close_by = models.DateTimeField(null=True, blank=True)
    taken_up_at = models.DateTimeField(null=True, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)

    objects = ConcernQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["organisation", "state"])]

    def __str__(self) -> str:
        return f"concern {self.pk}"

    @property
    def due_at(self) -> datetime | None:
        """Until when it is to be taken up, or closed."""
        return {self.State.NEW: self.take_up_by, self.State.SEEN: self.close_by}.get(self.State(self.state))

    @property
    def is_late(self) -> bool:
        """Whether that has passed."""
        due = self.due_at
        return due is not None and due < clock.now()

    @property
    def is_closed(self) -> bool:
        return self.state == self.State.CLOSED

    @property
    def about_name(self) -> str:
        """Whom or what it is about, as far as that was said."""
        return self.about.full_name if self.about else self.about_words


class ConcernMessageQuerySet(OrganisationQuerySet):
    def visible_to(self, member: Any) -> Self:
        """As the concern it belongs to."""
        return self.filter(concern__in=Concern.objects.visible_to(member))


class ConcernMessage(OrganisationOwned):
    """What a lead and the person who raised a concern write to each other about it."""

    concern = models.ForeignKey("safety.Concern", on_delete=models.CASCADE, related_name="messages")
    author = models.ForeignKey("people.Member", on_delete=models.SET_NULL, null=True, related_name="+")
    from_lead = models.BooleanField()
    text = models.TextField(max_length=5000)
    created_at = models.DateTimeField()

    objects = ConcernMessageQuerySet.as_manager()

    def __str__(self) -> str:
        return f"message {self.pk}"


class ReportTermsQuerySet(OrganisationQuerySet):
    def visible_to(self, member: Any) -> Self:
        """Everybody: one may know how soon somebody looks."""
        return self.filter(organisation=member.organisation_id)


class ReportTerms(OrganisationOwned):
    """How soon reports are taken up and closed in an organisation. No row: the days below."""

    TAKE_UP_DAYS, CLOSE_DAYS = 2, 14

    organisation = models.OneToOneField("people.Organisation", on_delete=models.CASCADE, related_name="report_terms")
    take_up_days = models.PositiveSmallIntegerField(_("days until somebody looks into it"), default=TAKE_UP_DAYS)
    close_days = models.PositiveSmallIntegerField(_("days until it is closed"), default=CLOSE_DAYS)

    objects = ReportTermsQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(take_up_days__gte=1) & Q(close_days__gt=models.F("take_up_days")),
                name="report_terms_in_order",
            )
        ]

    def __str__(self) -> str:
        return f"report terms {self.pk}"
