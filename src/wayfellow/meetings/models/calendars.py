from typing import Any, Self

from django.db import models
from django.utils.translation import gettext_lazy as _

from wayfellow.core.scoping import OrganisationOwned, OrganisationQuerySet


class OwnQuerySet(OrganisationQuerySet):
    def visible_to(self, member: Any) -> Self:
        """One's own and nobody else's."""
        return self.filter(member=member)


class PersonalCalendar(OrganisationOwned):
    """How one person's own calendar and this one know of each other. No row: not at all.

    The feed's token is kept as a digest. Where busy times are read from, and with which password, is kept sealed.
    """

    class Source(models.TextChoices):
        NONE = "none", _("Nothing")
        ICS = "ics", _("A calendar's address (ICS)")
        CALDAV = "caldav", _("A calendar server (CalDAV)")

    member = models.OneToOneField("people.Member", on_delete=models.CASCADE, related_name="calendar")
    video_link = models.CharField(max_length=500, blank=True)
    feed_digest = models.CharField(max_length=64, null=True, blank=True, unique=True)
    feed_made_at = models.DateTimeField(null=True, blank=True)
    source = models.CharField(max_length=8, choices=Source, default=Source.NONE)
    sealed_address = models.TextField(blank=True)
    host = models.CharField(max_length=255, blank=True)
    user_name = models.CharField(max_length=200, blank=True)
    sealed_password = models.TextField(blank=True)
    version = models.PositiveIntegerField(default=0)
    read_at = models.DateTimeField(null=True, blank=True)
    tried_at = models.DateTimeField(null=True, blank=True)
    error = models.CharField(max_length=40, blank=True)

    objects = OwnQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["source", "tried_at"], name="calendar_by_turn")]

    def __str__(self) -> str:
        return f"calendar {self.pk}"


class RevokedFeed(OrganisationOwned):
    """The digest of a feed's address that is good no more, so that a calendar which still asks is told so."""

    member = models.ForeignKey("people.Member", on_delete=models.CASCADE, related_name="+")
    digest = models.CharField(max_length=64, unique=True)
    revoked_at = models.DateTimeField()

    objects = OwnQuerySet.as_manager()

    def __str__(self) -> str:
        return f"revoked feed {self.pk}"


class BusyTime(OrganisationOwned):
    """A stretch in which somebody's own calendar says busy: when, never what."""

    member = models.ForeignKey("people.Member", on_delete=models.CASCADE, related_name="busy_times")
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()

    objects = OwnQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["member", "starts_at"], name="busy_by_member")]

    def __str__(self) -> str:
        return f"busy time {self.pk}"
