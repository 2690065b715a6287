from datetime import time
from typing import Any, Self

from django.db import models
from django.utils.translation import gettext_lazy as _

from wayfellow.core.scoping import OrganisationOwned, OrganisationQuerySet
from wayfellow.notifications.facts import FactsDecoder, FactsEncoder


class OwnQuerySet(OrganisationQuerySet):
    def visible_to(self, member: Any) -> Self:
        """One's own and nobody else's."""
        return self.filter(member=member)


class NoticeQuerySet(OwnQuerySet):
    def in_app(self) -> Self:
        return self.filter(in_app=True)

    def unread(self) -> Self:
        return self.filter(in_app=True, read_at__isnull=True)


class Notice(OrganisationOwned):
    """Something a member should know, in the app and usually by mail too."""

    member = models.ForeignKey("people.Member", on_delete=models.CASCADE, related_name="notices")
    kind = models.CharField(max_length=60)
    about_type = models.CharField(max_length=80, blank=True)
    about_id = models.CharField(max_length=40, blank=True)
    facts = models.JSONField(default=dict, encoder=FactsEncoder, decoder=FactsDecoder)
    url = models.CharField(max_length=500, blank=True)
    in_app = models.BooleanField(default=True)
    created_at = models.DateTimeField()
    read_at = models.DateTimeField(null=True, blank=True)

    objects = NoticeQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["member", "-created_at"])]

    def __str__(self) -> str:
        return f"notice {self.pk}"


class NoticePreference(OrganisationOwned):
    """What a member said about one kind of notice. No row: both ways."""

    member = models.ForeignKey("people.Member", on_delete=models.CASCADE, related_name="notice_preferences")
    kind = models.CharField(max_length=60)
    in_app = models.BooleanField(default=True)
    by_mail = models.BooleanField(default=True)

    objects = OwnQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint("member", "kind", name="notice_preference_unique")]

    def __str__(self) -> str:
        return f"notice preference {self.pk}"


class MailWishes(OrganisationOwned):
    """When mails may come, and what they may say. No row: the hours below, and no words of letters.

    Between `quiet_from` and `quiet_until`, in the member's zone, mails that can wait do; the same hour twice is no
    quiet at all.
    """

    QUIET_FROM, QUIET_UNTIL = time(21), time(7)

    member = models.OneToOneField("people.Member", on_delete=models.CASCADE, related_name="mail_wishes")
    quiet_from = models.TimeField(_("from"), default=QUIET_FROM)
    quiet_until = models.TimeField(_("until"), default=QUIET_UNTIL)
    words_in_mail = models.BooleanField(_("put the words of letters into the mail"), default=False)

    objects = OwnQuerySet.as_manager()

    def __str__(self) -> str:
        return f"mail wishes {self.pk}"


class InboundMail(models.Model):
    """That a mail came in and what became of it, so that each is taken once. What it said is not kept here."""

    class State(models.TextChoices):
        TAKEN = "taken", _("Taken")
        REFUSED = "refused", _("Refused")
        IGNORED = "ignored", _("Left alone")
        FAILED = "failed", _("Could not be read")

    digest = models.CharField(max_length=64, unique=True)
    state = models.CharField(max_length=10, choices=State)
    why = models.CharField(max_length=60, blank=True)
    attempts = models.PositiveSmallIntegerField(default=1)
    member = models.ForeignKey("people.Member", on_delete=models.CASCADE, null=True, blank=True, related_name="+")
    at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["at"])]

    def __str__(self) -> str:
        return f"inbound mail {self.pk}"


class MailLink(OrganisationOwned):
    """A link in a mail that does one thing once. Only the digest of its token is kept."""

    token_digest = models.CharField(max_length=64, unique=True)
    member = models.ForeignKey("people.Member", on_delete=models.CASCADE, related_name="+")
    purpose = models.CharField(max_length=60)
    about_type = models.CharField(max_length=80, blank=True)
    about_id = models.CharField(max_length=40, blank=True)
    created_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True, blank=True)

    objects = OwnQuerySet.as_manager()

    def __str__(self) -> str:
        return f"mail link {self.pk}"


class Mail(models.Model):
    """The delivery record of one mail. What it said is kept only where nothing is delivered: in the demo's outbox."""

    class State(models.TextChoices):
        WAITING = "waiting", _("Waiting")
        SENT = "sent", _("Sent")
        KEPT = "kept", _("Kept here")
        FAILED = "failed", _("Refused")
        DROPPED = "dropped", _("Not needed any more")

    key = models.CharField(max_length=200, unique=True)
    organisation = models.ForeignKey(
        "people.Organisation", on_delete=models.CASCADE, null=True, blank=True, related_name="+"
    )
    member = models.ForeignKey("people.Member", on_delete=models.CASCADE, null=True, blank=True, related_name="+")
    to = models.CharField(max_length=254)
    subject = models.CharField(max_length=300, blank=True)
    message_id = models.CharField(max_length=200, blank=True)
    state = models.CharField(max_length=10, choices=State, default=State.WAITING)
    error = models.CharField(max_length=200, blank=True)
    created_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True, blank=True)
    text = models.TextField(blank=True)
    html = models.TextField(blank=True)

    class Meta:
        indexes = [models.Index(fields=["-created_at"]), models.Index(fields=["to"])]

    def __str__(self) -> str:
        return f"mail {self.pk}"
