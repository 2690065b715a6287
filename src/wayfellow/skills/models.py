from typing import Any, Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from wayfellow.core.scoping import OrganisationOwned, OrganisationQuerySet
from wayfellow.people.models import Member


class SkillQuerySet(models.QuerySet):
    def visible_to(self, member: Any) -> Self:
        """The starter taxonomy and the organisation's own."""
        return self.filter(Q(organisation=None) | Q(organisation=member.organisation_id))


class Skill(models.Model):
    """Something a person can learn and pass on, from the starter taxonomy or an organisation's own."""

    organisation = models.ForeignKey(
        "people.Organisation", on_delete=models.CASCADE, null=True, blank=True, related_name="+"
    )
    key = models.SlugField(max_length=80)
    name = models.CharField(_("name"), max_length=120)
    family = models.CharField(_("family"), max_length=60)
    description = models.CharField(_("description"), max_length=300, blank=True)
    synonyms = models.JSONField(_("also called"), default=list, blank=True)
    neighbours = models.ManyToManyField("self", blank=True)
    retired = models.BooleanField(default=False)

    objects = SkillQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint("key", condition=Q(organisation=None), name="skill_starter_key_unique"),
            models.UniqueConstraint(
                "organisation", "key", condition=Q(organisation__isnull=False), name="skill_own_key_unique"
            ),
        ]
        indexes = [models.Index(fields=["family", "name"])]

    def __str__(self) -> str:
        return self.name


class MemberSkillQuerySet(OrganisationQuerySet):
    def visible_to(self, member: Any) -> Self:
        """As the member whose skill it is."""
        return self.filter(member__in=Member.objects.visible_to(member))


class MemberSkill(OrganisationOwned):
    """A skill a member has, at a level from 1 to 5, and whether they offer to pass it on."""

    member = models.ForeignKey("people.Member", on_delete=models.CASCADE, related_name="skills")
    skill = models.ForeignKey("skills.Skill", on_delete=models.CASCADE, related_name="members")
    level = models.PositiveSmallIntegerField(_("level"))
    offers = models.BooleanField(_("I can help others with it"), default=True)

    objects = MemberSkillQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint("member", "skill", name="member_skill_unique"),
            models.CheckConstraint(condition=Q(level__gte=1, level__lte=5), name="member_skill_level"),
        ]
        indexes = [models.Index(fields=["skill", "offers"])]

    def __str__(self) -> str:
        return f"member skill {self.pk}"
