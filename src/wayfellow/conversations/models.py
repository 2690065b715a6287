import uuid
from datetime import timedelta
from typing import Any, Self

from django.db import models
from django.db.models import Exists, OuterRef, Q

from wayfellow.core.scoping import OrganisationOwned, OrganisationQuerySet
from wayfellow.relationships.models import Participant
from wayfellow.safety.models import Block

EDITABLE_FOR = timedelta(minutes=15)


def new_key() -> str:
    """A key under which one letter is sent once."""
    return uuid.uuid4().hex


def _was_there(member: Any) -> Exists:
    """They were in the relationship when the row was written: who joined later was not meant."""
    theirs = Participant.objects.filter(relationship=OuterRef("relationship"), enrolment__member=member)
    had_joined = Q(joined_at__isnull=True) | Q(joined_at__lte=OuterRef("created_at"))
    had_not_left = Q(left_at__isnull=True) | Q(left_at__gte=OuterRef("created_at"))
    return Exists(theirs.filter(had_joined, had_not_left))


def _kept_apart(member: Any) -> Exists:
    """One of the two had blocked the other when the row was written."""
    between = Q(blocker=member, blocked=OuterRef("author")) | Q(blocked=member, blocker=OuterRef("author"))
    return Exists(Block.objects.filter(between, created_at__lte=OuterRef("created_at")))


class MessageQuerySet(OrganisationQuerySet):
    def visible_to(self, member: Any) -> Self:
        """The people who were in its relationship when it was written; not what somebody they block writes."""
        rows = self.filter(organisation=member.organisation_id)
        return rows.filter(_was_there(member)).exclude(_kept_apart(member))


class Message(OrganisationOwned):
    """A letter of one person of a relationship to the others.

    Of a deleted one only that there was one is left. `whole` is all of a mail that it came as; its author reads that.
    """

    LONGEST = 10_000

    relationship = models.ForeignKey("relationships.Relationship", on_delete=models.CASCADE, related_name="messages")
    author = models.ForeignKey("people.Member", on_delete=models.SET_NULL, null=True, related_name="+")
    text = models.TextField(max_length=LONGEST, blank=True)
    folded = models.TextField(blank=True, editable=False)
    whole = models.TextField(blank=True)
    key = models.CharField(max_length=40, default=new_key)
    by_mail = models.BooleanField(default=False)
    created_at = models.DateTimeField()
    edited_at = models.DateTimeField(null=True, blank=True)
    deleted_at = models.DateTimeField(null=True, blank=True)

    objects = MessageQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint("relationship", "key", name="message_sent_once")]
        indexes = [models.Index(fields=["relationship", "-id"], name="message_newest")]

    def __str__(self) -> str:
        return f"message {self.pk}"


class MessageFileQuerySet(OrganisationQuerySet):
    def visible_to(self, member: Any) -> Self:
        """Whoever may read its letter."""
        return self.filter(message__in=Message.objects.visible_to(member))


class MessageFile(OrganisationOwned):
    """A file that came with a letter. It lies under a random name; `kind` is what it is, whatever its name said."""

    message = models.ForeignKey("conversations.Message", on_delete=models.CASCADE, related_name="files")
    name = models.CharField(max_length=120)
    kind = models.CharField(max_length=10)
    size = models.PositiveIntegerField()
    place = models.CharField(max_length=40, unique=True)

    objects = MessageFileQuerySet.as_manager()

    def __str__(self) -> str:
        return f"message file {self.pk}"


class OwnQuerySet(OrganisationQuerySet):
    def visible_to(self, member: Any) -> Self:
        """One's own and nobody else's."""
        return self.filter(member=member)


class Draft(OrganisationOwned):
    """What somebody began to write in a relationship. Its key goes to the letter that it becomes."""

    relationship = models.ForeignKey("relationships.Relationship", on_delete=models.CASCADE, related_name="drafts")
    member = models.ForeignKey("people.Member", on_delete=models.CASCADE, related_name="+")
    text = models.TextField(max_length=Message.LONGEST)
    key = models.CharField(max_length=40, default=new_key)
    updated_at = models.DateTimeField()

    objects = OwnQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint("relationship", "member", name="draft_one_each")]

    def __str__(self) -> str:
        return f"draft {self.pk}"


class Reading(OrganisationOwned):
    """Up to which letter somebody has read. Nobody else sees it: there are no receipts."""

    relationship = models.ForeignKey("relationships.Relationship", on_delete=models.CASCADE, related_name="readings")
    member = models.ForeignKey("people.Member", on_delete=models.CASCADE, related_name="+")
    until = models.BigIntegerField()
    at = models.DateTimeField()

    objects = OwnQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint("relationship", "member", name="reading_one_each")]

    def __str__(self) -> str:
        return f"reading {self.pk}"
