import uuid
from datetime import datetime, timedelta
from typing import Any, Self

from django.db import models
from django.db.models import Exists, Q
from django.utils.translation import gettext_lazy as _

from wayfellow.core.scoping import OrganisationOwned, OrganisationQuerySet
from wayfellow.relationships.models.relationships import was_there


def new_uid() -> str:
    """A name for an entry of a calendar that nobody else gives."""
    return uuid.uuid4().hex


def written_for(member: Any) -> Exists:
    """Whether a member takes part in a row's relationship, and had not left it before the row was written."""
    return was_there(member, relationship="relationship", at="created_at")


class MeetingQuerySet(OrganisationQuerySet):
    def visible_to(self, member: Any) -> Self:
        """The people of its relationship; who left a group reads of the meetings that had begun by then."""
        begun = was_there(member, relationship="relationship", at="starts_at")
        return self.filter(written_for(member), begun, organisation=member.organisation_id)

    def upcoming(self, now: datetime) -> Self:
        """Planned and not over long ago: those that end in the future."""
        return self.filter(state=Meeting.State.SCHEDULED, ends_at__gt=now)


class SeriesQuerySet(OrganisationQuerySet):
    def visible_to(self, member: Any) -> Self:
        """The people of its relationship."""
        return self.filter(written_for(member), organisation=member.organisation_id)


class Series(OrganisationOwned):
    """Meetings that come back every few weeks at the same hour of one zone's clock.

    Calendars know it as one entry with a rule; here each meeting of it is a row, so that each has notes of its own.
    `last_on` is the day of the last one: earlier than it was planned when the rest was called off.
    """

    relationship = models.ForeignKey("relationships.Relationship", on_delete=models.CASCADE, related_name="series")
    uid = models.CharField(max_length=64, unique=True, default=new_uid)
    sequence = models.PositiveIntegerField(default=0)
    zone = models.CharField(max_length=60)
    first_on = models.DateField()
    last_on = models.DateField()
    at = models.TimeField()
    minutes = models.PositiveSmallIntegerField()
    every_weeks = models.PositiveSmallIntegerField()
    created_by = models.ForeignKey("people.Member", on_delete=models.SET_NULL, null=True, related_name="+")
    created_at = models.DateTimeField()

    objects = SeriesQuerySet.as_manager()

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(every_weeks__gte=1), name="series_every_week_or_more")]

    def __str__(self) -> str:
        return f"series {self.pk}"


class Meeting(OrganisationOwned):
    """One talk of the people of a relationship.

    `uid` and `sequence` are what calendars know it by; those of a series share its `uid`, and `recurs_at` says which
    one it is: where the rule had put it, wherever it was moved. `zone` is the clock its hour was chosen on.
    """

    class State(models.TextChoices):
        SCHEDULED = "scheduled", _("Planned")
        HELD = "held", _("Held")
        MISSED = "missed", _("Did not happen")
        CANCELLED = "cancelled", _("Cancelled")

    relationship = models.ForeignKey("relationships.Relationship", on_delete=models.CASCADE, related_name="meetings")
    series = models.ForeignKey(Series, on_delete=models.CASCADE, null=True, blank=True, related_name="meetings")
    recurs_at = models.DateTimeField(null=True, blank=True)
    uid = models.CharField(max_length=64, default=new_uid)
    sequence = models.PositiveIntegerField(default=0)
    state = models.CharField(max_length=10, choices=State, default=State.SCHEDULED)
    title = models.CharField(max_length=160, blank=True)
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    minutes = models.PositiveSmallIntegerField()
    zone = models.CharField(max_length=60, default="UTC")
    video_link = models.CharField(max_length=500, blank=True)
    place = models.CharField(max_length=200, blank=True)
    logged = models.BooleanField(default=False)
    moved_from = models.DateTimeField(null=True, blank=True)
    moved_by = models.ForeignKey("people.Member", on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    moved_at = models.DateTimeField(null=True, blank=True)
    closed_by = models.ForeignKey("people.Member", on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    closed_at = models.DateTimeField(null=True, blank=True)
    word = models.TextField(max_length=1000, blank=True)
    created_by = models.ForeignKey("people.Member", on_delete=models.SET_NULL, null=True, related_name="+")
    created_at = models.DateTimeField()

    objects = MeetingQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["relationship", "starts_at"], name="meeting_by_time"),
            models.Index(fields=["state", "ends_at"], name="meeting_by_end"),
        ]
        constraints = [
            models.UniqueConstraint("uid", condition=Q(recurs_at__isnull=True), name="meeting_uid_unique"),
            models.UniqueConstraint("uid", "recurs_at", name="meeting_recurrence_unique"),
            models.CheckConstraint(condition=Q(ends_at__gt=models.F("starts_at")), name="meeting_ends_after_start"),
        ]

    def __str__(self) -> str:
        return f"meeting {self.pk}"

    @property
    def is_planned(self) -> bool:
        return self.state == self.State.SCHEDULED

    def put_at(self, starts_at: datetime, minutes: int) -> None:
        """Give it a time; the end follows from the length."""
        self.starts_at, self.minutes = starts_at, minutes
        self.ends_at = starts_at + timedelta(minutes=minutes)

    def is_over(self, now: datetime) -> bool:
        return self.ends_at <= now


class AttendanceQuerySet(OrganisationQuerySet):
    def visible_to(self, member: Any) -> Self:
        """Those who may read the meeting."""
        return self.filter(meeting__in=Meeting.objects.visible_to(member))


class Attendance(OrganisationOwned):
    """What one person answered to the invitation to a meeting, and by which way the answer came."""

    class Answer(models.TextChoices):
        WAITING = "waiting", _("No answer yet")
        YES = "yes", _("Will be there")
        MAYBE = "maybe", _("Maybe")
        NO = "no", _("Cannot come")

    class By(models.TextChoices):
        APP = "app", _("here")
        MAIL = "mail", _("from the mail")
        CALENDAR = "calendar", _("from a calendar")

    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="attendances")
    member = models.ForeignKey("people.Member", on_delete=models.CASCADE, related_name="attendances")
    answer = models.CharField(max_length=8, choices=Answer, default=Answer.WAITING)
    answered_at = models.DateTimeField(null=True, blank=True)
    answered_by = models.CharField(max_length=8, choices=By, blank=True)

    objects = AttendanceQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint("meeting", "member", name="attendance_unique")]

    def __str__(self) -> str:
        return f"attendance {self.pk}"
