from typing import Any, Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from wayfellow.core.json import PlainEncoder
from wayfellow.core.scoping import OrganisationOwned, OrganisationQuerySet
from wayfellow.relationships.models.relationships import was_there


class OfAgreementQuerySet(OrganisationQuerySet):
    def visible_to(self, member: Any) -> Self:
        """The people who were in the relationship when it was written."""
        agreement = "" if self.model is Agreement else "agreement__"
        there = was_there(member, relationship=f"{agreement}relationship", at="created_at")
        return self.filter(there, organisation=member.organisation_id)


class Agreement(OrganisationOwned):
    """What the people of a relationship expect of each other. It begins when the first of them fills in their side."""

    class Template(models.TextChoices):
        ONE_TO_ONE = "one_to_one", _("One to one")
        GROUP = "group", _("Group")
        PEER = "peer", _("Peers")
        FLASH = "flash", _("One talk")

    relationship = models.OneToOneField(
        "relationships.Relationship", on_delete=models.CASCADE, related_name="agreement"
    )
    template = models.CharField(max_length=12, choices=Template)
    created_at = models.DateTimeField()

    objects = OfAgreementQuerySet.as_manager()

    def __str__(self) -> str:
        return f"agreement {self.pk}"


class AgreementAnswersQuerySet(OrganisationQuerySet):
    def visible_to(self, member: Any) -> Self:
        """One's own; the others' once they are shown, to those who are there then."""
        reads = self.model.reads(member)
        return self.filter(reads["me"] | reads["others"], organisation=member.organisation_id)


class AgreementAnswers(OrganisationOwned):
    """One side's own answers. The others read them once all have filled in, or once their writer shows them."""

    agreement = models.ForeignKey("relationships.Agreement", on_delete=models.CASCADE, related_name="answers")
    participant = models.ForeignKey("relationships.Participant", on_delete=models.CASCADE, related_name="+")
    values = models.JSONField(default=dict, encoder=PlainEncoder)
    created_at = models.DateTimeField()
    done_at = models.DateTimeField(null=True, blank=True)
    shown_at = models.DateTimeField(null=True, blank=True)

    objects = AgreementAnswersQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint("agreement", "participant", name="agreement_answers_once")]

    def __str__(self) -> str:
        return f"agreement answers {self.pk}"

    @staticmethod
    def reads(member: Any) -> dict[str, Q]:
        """Which rows a member reads, as who they are to the row."""
        there = was_there(member, relationship="agreement__relationship", at="shown_at")
        return {"me": Q(participant__enrolment__member=member), "others": Q(there, shown_at__isnull=False)}


class AgreementVersion(OrganisationOwned):
    """One wording. It is in force once everybody there has signed it, until a later one is.

    `values` holds what is agreed; a point on which they differ and that nobody settled is not in it.
    """

    class Because(models.TextChoices):
        COMPARED = "compared", _("from what each filled in")
        SETTLED = "settled", _("a point settled")
        CHANGED = "changed", _("changed")
        EXTENDED = "extended", _("a later end")
        JOINED = "joined", _("somebody joined")

    agreement = models.ForeignKey("relationships.Agreement", on_delete=models.CASCADE, related_name="versions")
    number = models.PositiveSmallIntegerField()
    values = models.JSONField(default=dict, encoder=PlainEncoder)
    because = models.CharField(max_length=10, choices=Because)
    clause = models.CharField(max_length=20, blank=True)
    written_by = models.ForeignKey(
        "relationships.Participant", on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    created_at = models.DateTimeField()
    in_force_at = models.DateTimeField(null=True, blank=True)
    dropped_at = models.DateTimeField(null=True, blank=True)

    objects = OfAgreementQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint("agreement", "number", name="agreement_version_number_once"),
            models.CheckConstraint(
                condition=Q(in_force_at__isnull=True) | Q(dropped_at__isnull=True),
                name="agreement_version_in_force_or_dropped",
            ),
        ]

    def __str__(self) -> str:
        return f"agreement version {self.pk}"


class AgreementProposal(OrganisationOwned):
    """What somebody thinks could work for all, on one point on which they differ. One is open for each point."""

    agreement = models.ForeignKey("relationships.Agreement", on_delete=models.CASCADE, related_name="proposals")
    clause = models.CharField(max_length=20)
    values = models.JSONField(default=dict, encoder=PlainEncoder)
    written_by = models.ForeignKey("relationships.Participant", on_delete=models.CASCADE, related_name="+")
    created_at = models.DateTimeField()

    objects = OfAgreementQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint("agreement", "clause", name="agreement_proposal_one_for_a_clause")]

    def __str__(self) -> str:
        return f"agreement proposal {self.pk}"


class SignatureQuerySet(OrganisationQuerySet):
    def visible_to(self, member: Any) -> Self:
        """The people who were in the relationship when it was given."""
        there = was_there(member, relationship="version__agreement__relationship", at="signed_at")
        return self.filter(there, organisation=member.organisation_id)


class Signature(OrganisationOwned):
    """One person's name under one version."""

    version = models.ForeignKey("relationships.AgreementVersion", on_delete=models.CASCADE, related_name="signatures")
    participant = models.ForeignKey("relationships.Participant", on_delete=models.CASCADE, related_name="+")
    signed_at = models.DateTimeField()

    objects = SignatureQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint("version", "participant", name="signature_once")]

    def __str__(self) -> str:
        return f"signature {self.pk}"
