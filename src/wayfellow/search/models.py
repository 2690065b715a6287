from typing import Any, Self

from django.db import models

from wayfellow.core.scoping import OrganisationOwned, OrganisationQuerySet


class DocumentQuerySet(OrganisationQuerySet):
    def visible_to(self, member: Any) -> Self:
        """The index of one's organisation. What it finds is shown only after its row is reached by `visible_to`."""
        return self.filter(organisation=member.organisation_id)


class Document(OrganisationOwned):
    """What can be found of one row of another subject: its slow facts. What changes by the hour is read live.

    Beside it lives the full text: the FTS5 table `search_text` on SQLite, the column `vector` on PostgreSQL.
    `codes` repeats the facets as numbers (`search.codes`), so that a search over all documents reads few bytes of each.
    """

    kind = models.CharField(max_length=20)
    subject_id = models.BigIntegerField()
    member = models.ForeignKey("people.Member", on_delete=models.CASCADE, related_name="+")
    name = models.CharField(max_length=200)
    sort_name = models.CharField(max_length=200, default="")
    codes = models.BinaryField(default=b"")
    slots = models.BinaryField(default=b"")
    facets = models.JSONField(default=dict)
    facts = models.JSONField(default=dict)

    objects = DocumentQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint("kind", "subject_id", name="search_document_unique")]
        indexes = [models.Index(fields=["organisation", "kind", "sort_name"], name="search_document_by_name")]

    def __str__(self) -> str:
        return f"document {self.pk}"


class ValueQuerySet(OrganisationQuerySet):
    def visible_to(self, member: Any) -> Self:
        """As the document."""
        return self.filter(organisation=member.organisation_id)


class Value(OrganisationOwned):
    """A value of a facet, whose number stands in `Document.codes`.

    Nothing makes it unique: two that write the same new value at once need not wait for each other, and who reads
    counts both numbers as one value.
    """

    facet = models.CharField(max_length=20)
    value = models.CharField(max_length=200)

    objects = ValueQuerySet.as_manager()

    def __str__(self) -> str:
        return f"value {self.pk}"


class TermQuerySet(OrganisationQuerySet):
    def visible_to(self, member: Any) -> Self:
        """As the document."""
        return self.filter(organisation=member.organisation_id)


class Term(OrganisationOwned):
    """A word of the vocabulary that typing errors are compared with, under one pair of its neighbouring letters.

    Not unique either, for the same reason as `Value`.
    """

    kind = models.CharField(max_length=20)
    pair = models.CharField(max_length=2)
    length = models.PositiveSmallIntegerField()
    text = models.CharField(max_length=40)

    objects = TermQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["organisation", "kind", "pair", "length", "text"], name="search_term_by_pair"),
            models.Index(fields=["organisation", "kind", "text"], name="search_term_by_text"),
        ]

    def __str__(self) -> str:
        return f"term {self.pk}"
