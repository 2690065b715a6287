from datetime import date
from typing import Any, Self

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from wayfellow.core.scoping import OrganisationOwned, OrganisationQuerySet


class ProgrammeQuerySet(OrganisationQuerySet):
    def visible_to(self, member: Any) -> Self:
        """Members see the programmes of their organisation; a guest sees those they were invited to."""
        rows = self.filter(organisation=member.organisation_id)
        if member.is_guest:
            return rows.filter(cohorts__enrolments__member=member).distinct()
        return rows


class Programme(OrganisationOwned):
    """A structured offer. The open network is the one that never closes, where members find each other."""

    class Kind(models.TextChoices):
        ONE_TO_ONE = "one_to_one", _("One to one")

    class Pairing(models.TextChoices):
        CHOSEN = "chosen", _("Members choose each other")

    name = models.CharField(_("name"), max_length=120)
    kind = models.CharField(max_length=20, choices=Kind, default=Kind.ONE_TO_ONE)
    pairing = models.CharField(max_length=20, choices=Pairing, default=Pairing.CHOSEN)
    is_open_network = models.BooleanField(default=False)
    managers = models.ManyToManyField("people.Member", related_name="programmes_managed", blank=True)

    first_reminder_days = models.PositiveSmallIntegerField(_("first reminder, days"), default=2)
    second_reminder_days = models.PositiveSmallIntegerField(_("second reminder, days"), default=5)
    request_expiry_days = models.PositiveSmallIntegerField(_("a request closes by itself after, days"), default=7)
    max_open_requests = models.PositiveSmallIntegerField(_("open requests a mentee may have"), default=3)
    mentor_queue_factor = models.PositiveSmallIntegerField(
        _("open requests a mentor may get, for each free place"), default=2
    )
    waiting_offer_days = models.PositiveSmallIntegerField(_("a freed place is kept for, days"), default=3)
    default_capacity = models.PositiveSmallIntegerField(_("places a new mentor starts with"), default=2)
    max_capacity = models.PositiveSmallIntegerField(_("most places a mentor may offer"), default=8)

    objects = ProgrammeQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                "organisation", condition=Q(is_open_network=True), name="programme_one_open_network"
            ),
            models.CheckConstraint(
                condition=Q(first_reminder_days__gte=1)
                & Q(second_reminder_days__gt=F("first_reminder_days"))
                & Q(request_expiry_days__gt=F("second_reminder_days")),
                name="programme_days_in_order",
            ),
            models.CheckConstraint(
                condition=Q(max_open_requests__gte=1) & Q(mentor_queue_factor__gte=1) & Q(waiting_offer_days__gte=1),
                name="programme_limits_positive",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class CohortQuerySet(OrganisationQuerySet):
    def visible_to(self, member: Any) -> Self:
        """As its programme."""
        return self.filter(programme__in=Programme.objects.visible_to(member))


class Cohort(OrganisationOwned):
    """One run of a programme. The open network has a single one, without end."""

    programme = models.ForeignKey("programmes.Programme", on_delete=models.CASCADE, related_name="cohorts")
    name = models.CharField(max_length=120)
    starts_on = models.DateField(null=True, blank=True)
    ends_on = models.DateField(null=True, blank=True)

    objects = CohortQuerySet.as_manager()

    def __str__(self) -> str:
        return self.name

    def is_over(self, today: date) -> bool:
        """Whether it has ended. The open network never does."""
        return self.ends_on is not None and self.ends_on < today


class EnrolmentQuerySet(OrganisationQuerySet):
    def visible_to(self, member: Any) -> Self:
        """Those of cohorts one may see, of people who are here; one's own always."""
        return (
            self.filter(organisation=member.organisation_id)
            .filter(Q(member=member) | Q(member__state="active"))
            .filter(Q(member=member) | Q(cohort__in=Cohort.objects.visible_to(member)))
        )

    def visible_or_left_to(self, member: Any) -> Self:
        """As `visible_to`, and those who left: so that a page opened a minute ago can say what happened meanwhile."""
        cohorts = Cohort.objects.visible_to(member)
        here = Q(member__state__in=("active", "left"), cohort__in=cohorts)
        return self.filter(organisation=member.organisation_id).filter(Q(member=member) | here)

    def mentors(self) -> Self:
        """Those who offer to mentor."""
        return self.filter(is_mentor=True)


class Enrolment(OrganisationOwned):
    """A member in a cohort, as mentor, mentee or both, with the mentor's limits.

    `places_taken` counts relationships that are not ended; `places_held` counts freed places that are kept for
    somebody from the waiting list. Neither can exceed `capacity`, whatever arrives at once.
    """

    cohort = models.ForeignKey("programmes.Cohort", on_delete=models.CASCADE, related_name="enrolments")
    member = models.ForeignKey("people.Member", on_delete=models.CASCADE, related_name="enrolments")
    is_mentor = models.BooleanField(_("mentor"), default=False)
    is_mentee = models.BooleanField(_("mentee"), default=True)
    created_at = models.DateTimeField(auto_now_add=True)

    capacity = models.PositiveSmallIntegerField(_("places"), default=0)
    places_taken = models.PositiveSmallIntegerField(default=0)
    places_held = models.PositiveSmallIntegerField(default=0)
    takes_requests = models.BooleanField(_("can be asked"), default=True)
    away_until = models.DateField(_("away until"), null=True, blank=True)
    waiting_list_open = models.BooleanField(_("people may wait for a place"), default=True)
    offer_minutes = models.PositiveSmallIntegerField(_("minutes a meeting"), default=60)
    offer_every_weeks = models.PositiveSmallIntegerField(_("weeks between meetings"), default=4)
    offer_months = models.PositiveSmallIntegerField(_("months"), default=6)
    asks_of_mentee = models.TextField(_("what you ask of a mentee"), max_length=600, blank=True)
    preferred_channel = models.CharField(_("how you prefer to meet"), max_length=60, blank=True)

    allows_offers = models.BooleanField(_("mentors may offer to me"), default=False)

    objects = EnrolmentQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint("cohort", "member", name="enrolment_unique"),
            models.CheckConstraint(
                condition=Q(places_taken__lte=F("capacity") - F("places_held")),
                name="enrolment_capacity_never_exceeded",
            ),
        ]
        indexes = [models.Index(fields=["organisation", "is_mentor"])]

    def __str__(self) -> str:
        return f"enrolment {self.pk}"

    @property
    def free_places(self) -> int:
        """Places nobody has and nobody is kept for."""
        return self.capacity - self.places_taken - self.places_held

    def is_away(self, today: date) -> bool:
        """Whether they asked not to be asked until a later day."""
        return self.away_until is not None and self.away_until > today
