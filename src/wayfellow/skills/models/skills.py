from functools import lru_cache
from typing import Any, Self

from django.conf import settings
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils import translation
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from wayfellow.core.scoping import OrganisationOwned, OrganisationQuerySet
from wayfellow.people.models import Member
from wayfellow.skills.starter import BETWEEN_SYNONYMS


class Level(models.IntegerChoices):
    """The ladder every skill has. What each rung looks like is said by the skill's anchors."""

    NEW = 1, _("I am new to it")
    WITH_HELP = 2, _("I can do it with help")
    ALONE = 3, _("I do it on my own")
    WHEN_HARD = 4, _("I do it well when it is hard")
    ASKED = 5, _("Others come to me for it")


class Source(models.TextChoices):
    """The public taxonomies that a host can import."""

    ONET = "onet", "O*NET"
    ESCO = "esco", "ESCO"


class SkillQuerySet(models.QuerySet):
    def visible_to(self, member: Any) -> Self:
        """Starter skills, imported ones and the organisation's own; retired ones too: somebody may have them."""
        return self.filter(Q(organisation=None) | Q(organisation=member.organisation_id))

    def with_retirement(self, member: Any) -> Self:
        """Adds `is_retired`: not to be chosen any more in this organisation."""
        here = RetiredSkill.objects.filter(skill=OuterRef("pk"), organisation=member.organisation_id)
        return self.annotate(is_retired=Q(retired=True) | Exists(here))

    def choosable_by(self, member: Any) -> Self:
        """The skills that can be added to a profile or a goal."""
        return self.visible_to(member).with_retirement(member).filter(is_retired=False)


class Skill(models.Model):
    """Something a person can learn and pass on: a starter skill, an imported one, or an organisation's own.

    `retired` is set on skills that their taxonomy has dropped; what an organisation retires is a `RetiredSkill`.
    `labels` and `also` repeat what the skill's concepts say, so that a list of skills needs no further read.
    """

    organisation = models.ForeignKey(
        "people.Organisation", on_delete=models.CASCADE, null=True, blank=True, related_name="+"
    )
    key = models.SlugField(max_length=80)
    source = models.CharField(max_length=10, choices=Source.choices, blank=True, default="")
    name = models.CharField(_("name"), max_length=200)
    family = models.CharField(_("family"), max_length=60)
    description = models.CharField(_("description"), max_length=300, blank=True)
    synonyms = models.JSONField(_("also called"), default=list, blank=True)
    labels = models.JSONField(default=dict, blank=True)
    also = models.JSONField(default=list, blank=True)
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
        """Its name in the reader's language."""
        return self._said("name", self.name)

    @property
    def is_starter(self) -> bool:
        return self.organisation_id is None and not self.source

    @property
    def is_own(self) -> bool:
        """Whether the organisation added it itself."""
        return self.organisation_id is not None

    @property
    def about(self) -> str:
        """Its description in the reader's language."""
        return self._said("about", self.description)

    @property
    def other_names(self) -> list[str]:
        """What else it is called, but for what the reader sees as its name.

        The other names of a starter skill are those of the reader's language; imported ones are named in all of them.
        """
        own = [self.name, *self.synonyms]
        if self.is_starter:
            own = gettext(BETWEEN_SYNONYMS.join(self.synonyms)).split(BETWEEN_SYNONYMS) if self.synonyms else []
        return [name for name in dict.fromkeys([*own, *self._imported_names()]) if name != str(self)]

    @property
    def all_names(self) -> list[str]:
        """All words it may be looked for by, whatever language is read."""
        own = (self.name, *self.synonyms)
        if self.is_starter:
            own = _in_every_language(self.name, tuple(self.synonyms))
        return list(dict.fromkeys([*own, *self._imported_names()]))

    def _imported_names(self) -> list[str]:
        return [*(label["name"] for label in self.labels.values()), *self.also]

    def _said(self, what: str, text: str) -> str:
        if text and self.is_starter:
            translated = gettext(text)
            if translated != text:
                return translated
        language = (get_language() or "").split("-")[0]
        return self.labels.get(language, {}).get(what) or text


@lru_cache(maxsize=4096)
def _in_every_language(name: str, synonyms: tuple[str, ...]) -> tuple[str, ...]:
    found = [name, *synonyms]
    listed = BETWEEN_SYNONYMS.join(synonyms)
    for code, _language in settings.LANGUAGES:
        with translation.override(code):
            found.append(gettext(name))
            found += gettext(listed).split(BETWEEN_SYNONYMS) if listed else []
    return tuple(dict.fromkeys(found))


class RetiredSkillQuerySet(OrganisationQuerySet):
    def visible_to(self, member: Any) -> Self:
        """Everybody in the organisation."""
        return self.filter(organisation=member.organisation_id)


class RetiredSkill(OrganisationOwned):
    """A skill, starter or own, that this organisation no longer lets people choose. Who has it keeps it."""

    skill = models.ForeignKey("skills.Skill", on_delete=models.CASCADE, related_name="retirements")

    objects = RetiredSkillQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint("organisation", "skill", name="retired_skill_unique")]

    def __str__(self) -> str:
        return f"retired skill {self.pk}"


class MemberSkillQuerySet(OrganisationQuerySet):
    def visible_to(self, member: Any) -> Self:
        """As the member whose skill it is."""
        return self.filter(organisation=member.organisation_id, member__in=Member.objects.visible_to(member))

    def offered(self) -> Self:
        """What people who are here are willing to help with."""
        return self.filter(offers=True, member__state=Member.State.ACTIVE)


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

    @property
    def level_words(self) -> str:
        """The level as its owner says it: "I do it on my own"."""
        return str(Level(self.level).label)
