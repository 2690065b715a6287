from typing import Any, Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from wayfellow.core.scoping import OrganisationOwned, OrganisationQuerySet
from wayfellow.people import vocabulary
from wayfellow.people.models.members import Member


class ProfileQuerySet(OrganisationQuerySet):
    def visible_to(self, member: Any) -> Self:
        """A profile is seen by whoever may see its member."""
        return self.filter(member__in=Member.objects.visible_to(member))


class Profile(OrganisationOwned):
    """What a member says of themselves, besides skills (`skills.MemberSkill`) and goals."""

    class Seniority(models.IntegerChoices):
        STARTING = 1, _("Starting out")
        EXPERIENCED = 2, _("Experienced")
        SENIOR = 3, _("Senior or specialist")
        LEADING = 4, _("Leading people")
        DIRECTING = 5, _("Leading leaders")

    member = models.OneToOneField("people.Member", on_delete=models.CASCADE, related_name="profile")
    industry = models.CharField(_("industry"), max_length=40, blank=True)
    function = models.CharField(_("function"), max_length=40, blank=True)
    seniority = models.PositiveSmallIntegerField(_("seniority"), choices=Seniority, null=True, blank=True)
    about = models.TextField(_("about you"), max_length=2000, blank=True)
    availability = models.JSONField(
        _("weekly availability"),
        default=list,
        blank=True,
        help_text=_("Blocks of local time: weekday 0 (Monday) to 6, start and end in minutes after midnight."),
    )
    photo = models.BinaryField(null=True, blank=True, editable=False)
    updated_at = models.DateTimeField(auto_now=True)

    objects = ProfileQuerySet.as_manager()

    def __str__(self) -> str:
        return f"profile {self.pk}"

    @property
    def industry_words(self) -> str:
        return vocabulary.label("industry", self.industry)

    @property
    def function_words(self) -> str:
        return vocabulary.label("function", self.function)


class BackgroundFacetQuerySet(OrganisationQuerySet):
    def visible_to(self, member: Any) -> Self:
        """One's own, and what its owner chose to show: to all members, or to whom they work with now.

        Guests are shown the background of those they work with, nobody else's. Nobody's office opens the others.
        """
        levels = BackgroundFacet.Visibility
        together = Member.objects.filter(
            enrolments__participations__relationship__state__in=("active", "paused"),
            enrolments__participations__left_at__isnull=True,
            enrolments__participations__relationship__participants__enrolment__member=member,
            enrolments__participations__relationship__participants__left_at__isnull=True,
        )
        shown = Q(visibility__in=[levels.RELATIONSHIPS, levels.MEMBERS], member__in=together)
        if not member.is_guest:
            shown |= Q(visibility=levels.MEMBERS)
        here = Q(member__in=Member.objects.filter(state=Member.State.ACTIVE).visible_to(member))
        return self.filter(organisation=member.organisation_id).filter(Q(member=member) | here & shown)


class BackgroundFacet(OrganisationOwned):
    """Something of a member's background that they may choose to tell. Private unless they say otherwise."""

    class Kind(models.TextChoices):
        GENDER = "gender", _("Gender")
        PRONOUNS = "pronouns", _("Pronouns")
        ORIGIN = "origin", _("Where I come from")
        FIRST_IN_FAMILY = "first_in_family", _("First in my family to study or do this work")
        CARER = "carer", _("Caring for children or others")
        DISABILITY = "disability", _("Disability or health condition")
        COMMUNITY = "community", _("A community I belong to")
        CAREER_BREAK = "career_break", _("Career break or change")

    class Visibility(models.TextChoices):
        PRIVATE = "private", _("Only me")
        RELATIONSHIPS = "relationships", _("People I work with here")
        MEMBERS = "members", _("All members")

    member = models.ForeignKey("people.Member", on_delete=models.CASCADE, related_name="background")
    kind = models.CharField(max_length=20, choices=Kind)
    value = models.CharField(max_length=120)
    visibility = models.CharField(max_length=15, choices=Visibility, default=Visibility.PRIVATE)

    objects = BackgroundFacetQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint("member", "kind", name="background_one_per_kind")]

    def __str__(self) -> str:
        return f"background {self.pk}"
