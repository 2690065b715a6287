from typing import Any, Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from wayfellow.core.scoping import OrganisationOwned, OrganisationQuerySet
from wayfellow.goals.models.together import written_for
from wayfellow.meetings.models.meetings import Meeting


class SharedNoteQuerySet(OrganisationQuerySet):
    def visible_to(self, member: Any) -> Self:
        """The people of its meeting."""
        return self.filter(meeting__in=Meeting.objects.visible_to(member))


class SharedNote(OrganisationOwned):
    """The notes that the people of a meeting write together. The words are in its versions; `latest` is the number of
    the last one, and the text that stands is the last version that was not merely kept beside it."""

    meeting = models.OneToOneField(Meeting, on_delete=models.CASCADE, related_name="shared_note")
    latest = models.PositiveIntegerField(default=0)

    objects = SharedNoteQuerySet.as_manager()

    def __str__(self) -> str:
        return f"shared note {self.pk}"


class NoteVersionQuerySet(OrganisationQuerySet):
    def visible_to(self, member: Any) -> Self:
        """The people of its meeting; who left a group reads the versions from before."""
        return self.filter(
            written_for(member, relationship="note__meeting__relationship"),
            note__in=SharedNote.objects.visible_to(member),
        )

    def standing(self) -> Self:
        """Those that were the text, the latest first."""
        return self.exclude(kind=NoteVersion.Kind.OFFERED).order_by("-number")


class NoteVersion(OrganisationOwned):
    """The notes at one moment. Nothing here is ever changed or taken away."""

    class Kind(models.TextChoices):
        SAVED = "saved", _("Saved")
        MERGED = "merged", _("Brought together")
        OFFERED = "offered", _("Kept beside")
        SETTLED = "settled", _("Settled")
        RESTORED = "restored", _("Put back")

    note = models.ForeignKey(SharedNote, on_delete=models.CASCADE, related_name="versions")
    number = models.PositiveIntegerField()
    kind = models.CharField(max_length=8, choices=Kind)
    text = models.TextField(blank=True)
    author = models.ForeignKey("people.Member", on_delete=models.SET_NULL, null=True, related_name="+")
    based_on = models.PositiveIntegerField()
    created_at = models.DateTimeField()

    objects = NoteVersionQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint("note", "number", name="note_version_unique")]

    def __str__(self) -> str:
        return f"note version {self.pk}"


class NoteConflictQuerySet(OrganisationQuerySet):
    def visible_to(self, member: Any) -> Self:
        """As the version it came with."""
        return self.filter(
            written_for(member, relationship="note__meeting__relationship"),
            note__in=SharedNote.objects.visible_to(member),
        )

    def open(self) -> Self:
        return self.filter(settled_at__isnull=True).order_by("pk")


class NoteConflict(OrganisationOwned):
    """Lines that two people changed at the same time. Theirs stand in version `number` from line `at` on; mine are kept
    here until somebody says which stay."""

    class Choice(models.TextChoices):
        BOTH = "both", _("Both kept")
        THEIRS = "theirs", _("The first kept")
        MINE = "mine", _("The second kept")

    note = models.ForeignKey(SharedNote, on_delete=models.CASCADE, related_name="conflicts")
    number = models.PositiveIntegerField()
    at = models.PositiveIntegerField()
    base = models.JSONField(default=list)
    theirs = models.JSONField(default=list)
    mine = models.JSONField(default=list)
    their_author = models.ForeignKey("people.Member", on_delete=models.SET_NULL, null=True, related_name="+")
    their_at = models.DateTimeField()
    author = models.ForeignKey("people.Member", on_delete=models.SET_NULL, null=True, related_name="+")
    created_at = models.DateTimeField()
    choice = models.CharField(max_length=8, choices=Choice, blank=True)
    settled_by = models.ForeignKey("people.Member", on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    settled_at = models.DateTimeField(null=True, blank=True)

    objects = NoteConflictQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(choice="", settled_at__isnull=True) | ~Q(choice="") & Q(settled_at__isnull=False),
                name="note_conflict_settled_whole",
            )
        ]

    def __str__(self) -> str:
        return f"note conflict {self.pk}"


class PrivateNoteQuerySet(OrganisationQuerySet):
    def visible_to(self, member: Any) -> Self:
        """One's own, and nobody else's."""
        return self.filter(member=member)


class PrivateNote(OrganisationOwned):
    """What somebody notes at a meeting for themselves."""

    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="private_notes")
    member = models.ForeignKey("people.Member", on_delete=models.CASCADE, related_name="private_notes")
    text = models.TextField(blank=True)
    version = models.PositiveIntegerField(default=0)
    updated_at = models.DateTimeField()

    objects = PrivateNoteQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint("meeting", "member", name="private_note_unique")]

    def __str__(self) -> str:
        return f"private note {self.pk}"
