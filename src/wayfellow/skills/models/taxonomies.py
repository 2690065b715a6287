"""What imports bring: taxonomies, their concepts and how these belong together, and profiles of occupations.

None of it belongs to an organisation. A concept is what a taxonomy says; the `Skill` it stands for is what people have.
"""

from django.db import models
from django.utils.translation import get_language

from wayfellow.skills.models.skills import Skill, Source


class Taxonomy(models.Model):
    """A taxonomy that was imported, and which release of it."""

    source = models.CharField(max_length=10, choices=Source.choices, unique=True)
    release = models.CharField(max_length=20, blank=True)
    languages = models.JSONField(default=list)
    imported_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.get_source_display()} {self.release}".strip()


class ImportedFamily(models.Model):
    """A family of imported skills; `names` by language."""

    key = models.SlugField(max_length=60, unique=True)
    source = models.CharField(max_length=10, choices=Source.choices)
    names = models.JSONField(default=dict)

    def __str__(self) -> str:
        return self.key


class Concept(models.Model):
    """One entry of a taxonomy and the skill it stands for.

    Attributes:
        identifier: its lasting name in the taxonomy: a URI, an element's number, the name of a software.
        group: the narrowest group it stands in; who share it are siblings.
        labels: language → name, about, also (other names).
        gone: the latest release has it no more.
    """

    class Kind(models.TextChoices):
        SKILL = "skill"
        KNOWLEDGE = "knowledge"
        SOFTWARE = "software"

    source = models.CharField(max_length=10, choices=Source.choices)
    identifier = models.CharField(max_length=255)
    kind = models.CharField(max_length=10, choices=Kind.choices)
    skill = models.ForeignKey("skills.Skill", on_delete=models.CASCADE, related_name="concepts")
    family = models.CharField(max_length=60)
    group = models.CharField(max_length=255, blank=True)
    labels = models.JSONField(default=dict)
    gone = models.BooleanField(default=False)

    class Meta:
        constraints = [models.UniqueConstraint("source", "identifier", name="concept_unique")]
        indexes = [models.Index(fields=["source", "group"])]

    def __str__(self) -> str:
        return self.identifier


class ConceptLink(models.Model):
    """Two concepts that their taxonomy puts beside each other."""

    class Kind(models.TextChoices):
        BROADER = "broader"
        RELATED = "related"

    concept = models.ForeignKey(Concept, on_delete=models.CASCADE, related_name="links")
    other = models.ForeignKey(Concept, on_delete=models.CASCADE, related_name="linked_from")
    kind = models.CharField(max_length=10, choices=Kind.choices)

    class Meta:
        constraints = [models.UniqueConstraint("concept", "other", "kind", name="concept_link_unique")]

    def __str__(self) -> str:
        return f"concept link {self.pk}"


class Role(models.Model):
    """An occupation of a taxonomy. `labels` by language: name, about."""

    source = models.CharField(max_length=10, choices=Source.choices)
    identifier = models.CharField(max_length=255)
    labels = models.JSONField(default=dict)

    class Meta:
        constraints = [models.UniqueConstraint("source", "identifier", name="role_unique")]

    def __str__(self) -> str:
        return self.identifier

    @property
    def name(self) -> str:
        """What it is called in the reader's language, in English, or in any."""
        language = (get_language() or "").split("-")[0]
        label = self.labels.get(language) or self.labels.get("en") or next(iter(self.labels.values()))
        return str(label["name"])


class RoleNeed(models.Model):
    """What an occupation asks of a concept, as its taxonomy says it.

    `importance` is from 1 to 5 and `level` from 0 to 7, where O*NET rates them.
    """

    class Relation(models.TextChoices):
        ESSENTIAL = "essential"
        OPTIONAL = "optional"
        RATED = "rated"
        USED = "used"
        IN_DEMAND = "in_demand"

    role = models.ForeignKey(Role, on_delete=models.CASCADE, related_name="needs")
    concept = models.ForeignKey(Concept, on_delete=models.CASCADE, related_name="needed_by")
    relation = models.CharField(max_length=10, choices=Relation.choices)
    importance = models.FloatField(null=True)
    level = models.FloatField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint("role", "concept", name="role_need_unique")]

    def __str__(self) -> str:
        return f"role need {self.pk}"


class SkillWords(models.Model):
    """The folded names of an imported skill, in all languages, as `finding` looks for them."""

    skill = models.OneToOneField(Skill, on_delete=models.CASCADE, primary_key=True, related_name="words")
    text = models.TextField()

    def __str__(self) -> str:
        return f"words of skill {self.pk}"
