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
    """

    kind = models.CharField(max_length=20)
    subject_id = models.BigIntegerField()
    member = models.ForeignKey("people.Member", on_delete=models.CASCADE, related_name="+")
    name = models.CharField(max_length=200)
    facets = models.JSONField(default=dict)
    facts = models.JSONField(default=dict)
    slots = models.BinaryField(default=b"")

    objects = DocumentQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint("kind", "subject_id", name="search_document_unique")]
        indexes = [models.Index(fields=["organisation", "kind"])]

    def __str__(self) -> str:
        return f"document {self.pk}"


class TermQuerySet(OrganisationQuerySet):
    def visible_to(self, member: Any) -> Self:
        """As the document."""
        return self.filter(organisation=member.organisation_id)


class Term(OrganisationOwned):
    """A word of a document. All of them are the vocabulary that typing errors are compared with."""

    document = models.ForeignKey("search.Document", on_delete=models.CASCADE, related_name="terms")
    text = models.CharField(max_length=40)

    objects = TermQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["organisation", "text"])]

    def __str__(self) -> str:
        return f"term {self.pk}"
