from typing import Any, Self

from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from wayfellow.core.scoping import OrganisationOwned, OrganisationQuerySet


class MemberQuerySet(OrganisationQuerySet):
    def visible_to(self, member: Any) -> Self:
        """Who may see that this person is here.

        An administrator sees everybody's account. A member sees active members; a guest sees themselves and whoever
        shares a programme or a relationship they were invited to.
        """
        rows = self.filter(organisation=member.organisation_id)
        if member.is_administrator:
            return rows
        if member.is_guest:
            enrolments = self.model._meta.get_field("enrolments").related_model.objects
            cohorts = enrolments.filter(member=member).values("cohort")
            shared = enrolments.filter(cohort__in=cohorts).values("member")
            return rows.filter(Q(pk=member.pk) | Q(state=Member.State.ACTIVE, pk__in=shared))
        return rows.filter(Q(pk=member.pk) | Q(state=Member.State.ACTIVE))

    def active(self) -> Self:
        return self.filter(state=Member.State.ACTIVE)


class Member(OrganisationOwned):
    """A person in an organisation."""

    class State(models.TextChoices):
        LISTED = "listed", _("Not invited yet")
        INVITED = "invited", _("Invited")
        ACTIVE = "active", _("Active")
        LEFT = "left", _("Left")

    organisation = models.ForeignKey("people.Organisation", on_delete=models.CASCADE, related_name="members")
    account = models.ForeignKey(
        "people.Account", on_delete=models.SET_NULL, null=True, blank=True, related_name="memberships"
    )
    state = models.CharField(max_length=10, choices=State, default=State.LISTED)
    is_guest = models.BooleanField(_("guest"), default=False)
    guest_from = models.CharField(_("comes from"), max_length=120, blank=True)
    guest_until = models.DateField(_("guest until"), null=True, blank=True)
    is_administrator = models.BooleanField(_("administrator"), default=False)
    is_safeguarding_lead = models.BooleanField(_("safeguarding lead"), default=False)

    full_name = models.CharField(_("name"), max_length=200)
    first_name = models.CharField(_("first name"), max_length=100, blank=True)
    last_name = models.CharField(_("last name"), max_length=100, blank=True)
    email = models.EmailField(_("e-mail"), max_length=254)
    employee_number = models.CharField(_("employee number"), max_length=60, blank=True)
    job_title = models.CharField(_("job title"), max_length=200, blank=True)
    department = models.CharField(_("department"), max_length=200, blank=True)
    location = models.CharField(_("location"), max_length=200, blank=True)
    time_zone = models.CharField(_("time zone"), max_length=60, blank=True)
    languages = models.JSONField(_("languages"), default=list, blank=True)
    manager = models.ForeignKey("self", on_delete=models.SET_NULL, null=True, blank=True, related_name="reports")
    hire_date = models.DateField(_("hire date"), null=True, blank=True)
    grade = models.CharField(_("grade"), max_length=60, blank=True)
    phone = models.CharField(_("phone"), max_length=60, blank=True)
    photo_version = models.CharField(max_length=12, blank=True, editable=False)

    conduct_accepted_version = models.PositiveIntegerField(default=0)
    conduct_accepted_at = models.DateTimeField(null=True, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)
    joined_at = models.DateTimeField(null=True, blank=True)
    left_at = models.DateTimeField(null=True, blank=True)
    last_seen_on = models.DateField(null=True, blank=True)
    forgotten_at = models.DateTimeField(null=True, blank=True)

    objects = MemberQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint("organisation", Lower("email"), name="member_email_unique"),
            models.UniqueConstraint(
                "organisation", "employee_number", condition=~Q(employee_number=""), name="member_number_unique"
            ),
            models.UniqueConstraint(
                "organisation", "account", condition=Q(account__isnull=False), name="member_account_unique"
            ),
        ]
        indexes = [
            models.Index(fields=["organisation", "state", "full_name"]),
            models.Index(fields=["organisation", "department", "state"], name="member_by_department"),
            models.Index(fields=["organisation", "full_name", "id"], name="member_by_name"),
            models.Index(fields=["organisation", "state", "is_guest", "forgotten_at", "id"], name="member_by_tab"),
        ]

    def __str__(self) -> str:
        return f"member {self.pk}"

    @property
    def short_name(self) -> str:
        """What colleagues call them: the first name, or the whole name."""
        return self.first_name or self.full_name.split(" ")[0] or self.full_name

    @property
    def initials(self) -> str:
        """One or two letters for the face."""
        words = [word for word in self.full_name.replace("-", " ").split() if word[0].isalpha()]
        letters = [words[0][0], words[-1][0]] if len(words) > 1 else [word[0] for word in words]
        return "".join(letters).upper() or "?"

    @property
    def work(self) -> str:
        """Head of product, Customer tools · Lisbon."""
        job = ", ".join(part for part in (self.job_title, self.department) if part)
        return " · ".join(part for part in (job, self.location) if part)

    @property
    def photo_url(self) -> str:
        """Where their photo is, nothing without one. Each photo has an address of its own, so it may be kept."""
        if not self.photo_version or not self.is_active:
            return ""
        return f"{reverse('profile_photo', args=[self.organisation.slug, self.pk])}?v={self.photo_version}"

    @property
    def zone(self) -> str:
        """Their time zone, or the organisation's."""
        return self.time_zone or self.organisation.time_zone

    @property
    def is_active(self) -> bool:
        return self.state == self.State.ACTIVE

    @cached_property
    def is_programme_manager(self) -> bool:
        """Whether they run any programme."""
        return self.programmes_managed.exists()

    @property
    def unread_notices(self) -> int:
        """How many notices they have not read, for the account menu."""
        return self.notices.unread().count()

    @property
    def areas(self) -> list[str]:
        """The parts of the house they have, for the account menu."""
        areas = ["member"]
        if self.is_programme_manager:
            areas.append("programme")
        if self.is_administrator:
            areas.append("organisation")
        if self.is_safeguarding_lead:
            areas.append("safeguarding")
        return areas

    @property
    def has_accepted_conduct(self) -> bool:
        return self.conduct_accepted_version >= self.organisation.conduct_version
