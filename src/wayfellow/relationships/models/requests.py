from typing import Any, Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext as _in_words
from django.utils.translation import gettext_lazy as _

from wayfellow.core.scoping import OrganisationOwned, OrganisationQuerySet
from wayfellow.programmes import words


class MentoringRequestQuerySet(OrganisationQuerySet):
    def visible_to(self, member: Any) -> Self:
        """The two people in it; a draft, its writer alone. Nobody's office opens the others."""
        asker = Q(direction=MentoringRequest.Direction.ASK, mentee__member=member)
        offerer = Q(direction=MentoringRequest.Direction.OFFER, mentor__member=member)
        receiver = Q(mentee__member=member) | Q(mentor__member=member)
        sent = ~Q(state=MentoringRequest.State.DRAFT)
        return self.filter(organisation=member.organisation_id).filter(asker | offerer | (receiver & sent))

    def open(self) -> Self:
        """Sent and not yet answered."""
        return self.filter(state=MentoringRequest.State.PENDING)


class MentoringRequest(OrganisationOwned):
    """A mentee asks one mentor, or a mentor offers to one mentee who allows it. Same states either way."""

    class Direction(models.TextChoices):
        ASK = "ask", _("A mentee asks")
        OFFER = "offer", _("A mentor offers")

    class State(models.TextChoices):
        DRAFT = "draft", _("Draft")
        PENDING = "pending", _("Waiting for an answer")
        ACCEPTED = "accepted", _("Accepted")
        DECLINED = "declined", _("Not now")
        WITHDRAWN = "withdrawn", _("Taken back")
        EXPIRED = "expired", _("Closed by itself")

    class HowOften(models.TextChoices):
        AS_OFFERED = "as_offered", _("What the mentor offers")
        EVERY_TWO_WEEKS = "every_two_weeks", _("Every two weeks, 30 minutes")
        ONCE_A_MONTH = "once_a_month", _("Once a month, 1 hour")
        JUST_ONCE = "just_once", _("Just once: one question, one talk")

    class Kindness(models.TextChoices):
        FULL_NOW = "full_now", _("Full just now")
        BETTER_FIT = "better_fit", _("Someone fits better")
        NOT_MY_FIELD = "not_my_field", _("Not my field")

    class ClosedBecause(models.TextChoices):
        LEFT = "left", _("One of the two left")
        STOPPED = "stopped", _("The mentor stopped mentoring")

    class Party(models.TextChoices):
        MENTEE = "mentee", _("mentee")
        MENTOR = "mentor", _("mentor")

    cohort = models.ForeignKey("programmes.Cohort", on_delete=models.CASCADE, related_name="requests")
    direction = models.CharField(max_length=5, choices=Direction, default=Direction.ASK)
    mentee = models.ForeignKey("programmes.Enrolment", on_delete=models.CASCADE, related_name="requests_as_mentee")
    mentor = models.ForeignKey("programmes.Enrolment", on_delete=models.CASCADE, related_name="requests_as_mentor")
    goal = models.ForeignKey("goals.Goal", on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    goal_title = models.CharField(max_length=160, blank=True)
    goal_by_when = models.DateField(null=True, blank=True)
    why_you = models.TextField(max_length=600, blank=True)
    ask = models.TextField(max_length=1000, blank=True)
    how_often = models.CharField(max_length=20, choices=HowOften, blank=True)
    minutes = models.PositiveSmallIntegerField(null=True, blank=True)
    every_weeks = models.PositiveSmallIntegerField(null=True, blank=True)
    months = models.PositiveSmallIntegerField(null=True, blank=True)
    may_suggest = models.BooleanField(default=True)
    next_choice = models.ForeignKey(
        "programmes.Enrolment", on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )

    state = models.CharField(max_length=10, choices=State, default=State.DRAFT)
    awaiting = models.CharField(max_length=6, choices=Party, blank=True)
    awaiting_since = models.DateTimeField(null=True, blank=True)
    expires_at = models.DateTimeField(null=True, blank=True)
    reminders_sent = models.PositiveSmallIntegerField(default=0)
    created_at = models.DateTimeField(auto_now_add=True)
    sent_at = models.DateTimeField(null=True, blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)
    closed_because = models.CharField(max_length=10, choices=ClosedBecause, blank=True)
    holds_place = models.BooleanField(default=False)

    answer_words = models.TextField(max_length=2000, blank=True)
    kindness = models.CharField(max_length=15, choices=Kindness, blank=True)

    objects = MentoringRequestQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint("mentee", "mentor", condition=Q(state="pending"), name="request_one_open_per_pair"),
            models.UniqueConstraint(
                "mentee", "mentor", "direction", condition=Q(state="draft"), name="request_one_draft_per_pair"
            ),
            models.CheckConstraint(
                condition=Q(holds_place=False) | Q(state="pending"), name="request_only_pending_holds_a_place"
            ),
            models.CheckConstraint(
                condition=~Q(state="pending")
                | Q(awaiting__in=("mentee", "mentor"), awaiting_since__isnull=False, expires_at__isnull=False),
                name="request_pending_says_whose_turn",
            ),
        ]
        indexes = [
            models.Index(fields=["mentor", "state"]),
            models.Index(fields=["mentee", "state"]),
            models.Index(fields=["state", "expires_at"]),
        ]

    def __str__(self) -> str:
        return f"request {self.pk}"

    @property
    def is_open(self) -> bool:
        return self.state == self.State.PENDING

    @property
    def sender(self) -> Any:
        """The enrolment that wrote it."""
        return self.mentee if self.direction == self.Direction.ASK else self.mentor

    @property
    def receiver(self) -> Any:
        """The enrolment that answers it."""
        return self.mentor if self.direction == self.Direction.ASK else self.mentee

    @property
    def rhythm(self) -> str:
        """How often, in words: 1 hour, once a month."""
        if self.minutes and self.every_weeks:
            return words.rhythm(self.minutes, self.every_weeks)
        return _in_words("Just once: one question, one talk")

    @property
    def how_long(self) -> str:
        """For how long, in words: 6 months."""
        return words.months(self.months) if self.months else ""

    @property
    def is_offer(self) -> bool:
        return self.direction == self.Direction.OFFER

    @property
    def sender_party(self) -> Any:
        """The role of its writer."""
        return self.Party.MENTOR if self.is_offer else self.Party.MENTEE

    @property
    def receiver_party(self) -> Any:
        """The role of whoever answers it."""
        return self.Party.MENTEE if self.is_offer else self.Party.MENTOR

    @property
    def awaited(self) -> Any:
        """The enrolment whose turn it is, while it is open."""
        return self.mentor if self.awaiting == self.Party.MENTOR else self.mentee


class OfRequestQuerySet(OrganisationQuerySet):
    def visible_to(self, member: Any) -> Self:
        """As the request it belongs to."""
        return self.filter(request__in=MentoringRequest.objects.visible_to(member))


class RequestQuestion(OrganisationOwned):
    """One question before deciding. While it waits for an answer, the clock of the request stands still."""

    request = models.OneToOneField("relationships.MentoringRequest", on_delete=models.CASCADE, related_name="question")
    text = models.TextField(max_length=600)
    asked_at = models.DateTimeField()
    time_left = models.DurationField()
    reminded = models.BooleanField(default=False)
    answer = models.TextField(max_length=1000, blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)

    objects = OfRequestQuerySet.as_manager()

    def __str__(self) -> str:
        return f"question {self.pk}"


class RequestSuggestion(OrganisationOwned):
    """Somebody else to ask: from the mentor who was asked, or from the programme. They are not told."""

    request = models.ForeignKey("relationships.MentoringRequest", on_delete=models.CASCADE, related_name="suggestions")
    mentor = models.ForeignKey("programmes.Enrolment", on_delete=models.CASCADE, related_name="+")
    by_mentor = models.BooleanField(default=False)

    objects = OfRequestQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint("request", "mentor", name="request_suggestion_unique")]

    def __str__(self) -> str:
        return f"suggestion {self.pk}"
