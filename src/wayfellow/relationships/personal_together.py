"""What a member takes away of agreements, reviews and groups, and what is erased of it when they are forgotten.

What somebody wrote alone goes with them; a text that several signed stays the others', without their own entry.
"""

from typing import Any

from wayfellow.people.models import Member
from wayfellow.relationships.models import (
    Agreement,
    AgreementAnswers,
    AgreementProposal,
    AgreementVersion,
    JoiningConsent,
    JoiningInvitation,
    Participant,
    Review,
    ReviewAnswers,
    Signature,
    WithheldWords,
)

Row = dict[str, Any]


def export_agreements(member: Member) -> list[Row]:
    """Agreements of relationships one is or was in."""
    rows = Agreement.objects.visible_to(member).order_by("pk")
    return [{"relationship": row.relationship_id, "template": row.template, "begun_at": row.created_at} for row in rows]


def erase_agreements(member: Member) -> None:
    """Nothing: the row names nobody."""


def export_answers(member: Member) -> list[Row]:
    """One's own answers, and those one was shown."""
    rows = AgreementAnswers.objects.visible_to(member).select_related("participant__enrolment", "agreement")
    return [
        {
            "relationship": row.agreement.relationship_id,
            "mine": row.participant.enrolment.member_id == member.pk,
            "answers": row.values,
            "done_at": row.done_at,
            "shown_at": row.shown_at,
        }
        for row in rows.order_by("pk")
    ]


def erase_answers(member: Member) -> None:
    """What they answered."""
    AgreementAnswers.objects.filter(participant__enrolment__member=member).update(values={})


def export_versions(member: Member) -> list[Row]:
    """The texts one agreed on, or read."""
    rows = AgreementVersion.objects.visible_to(member).select_related("agreement").order_by("pk")
    return [
        {
            "relationship": row.agreement.relationship_id,
            "version": row.number,
            "text": row.values,
            "written_at": row.created_at,
            "signed_by_all_at": row.in_force_at,
        }
        for row in rows
    ]


def erase_versions(member: Member) -> None:
    """Their own entry under what each brings; the rest is the text that the others signed, too."""
    parts = Participant.objects.filter(enrolment__member=member)
    for part in parts:
        rows = AgreementVersion.objects.filter(agreement__relationship=part.relationship_id)
        for row in rows:
            brings = row.values.get("brings")
            if brings and str(part.pk) in brings:
                row.values["brings"] = {pk: text for pk, text in brings.items() if pk != str(part.pk)}
                row.save(update_fields=["values"])


def export_proposals(member: Member) -> list[Row]:
    """Words that wait for a yes."""
    rows = AgreementProposal.objects.visible_to(member).select_related("agreement").order_by("pk")
    return [
        {"relationship": row.agreement.relationship_id, "point": row.clause, "words": row.values, "at": row.created_at}
        for row in rows
    ]


def erase_proposals(member: Member) -> None:
    """What they proposed."""
    AgreementProposal.objects.filter(written_by__enrolment__member=member).delete()


def export_signatures(member: Member) -> list[Row]:
    """What one signed."""
    rows = Signature.objects.filter(participant__enrolment__member=member).select_related("version__agreement")
    return [
        {
            "relationship": row.version.agreement.relationship_id,
            "version": row.version.number,
            "signed_at": row.signed_at,
        }
        for row in rows.order_by("pk")
    ]


def erase_signatures(member: Member) -> None:
    """Nothing: that somebody signed is the others' too; the name goes with the member's row."""


def export_reviews(member: Member) -> list[Row]:
    """When one was asked to look back."""
    rows = Review.objects.visible_to(member).order_by("pk")
    return [
        {"relationship": row.relationship_id, "kind": row.kind, "opened_at": row.opened_at, "shown_at": row.shown_at}
        for row in rows
    ]


def erase_reviews(member: Member) -> None:
    """Nothing: the row names nobody."""


def export_review_answers(member: Member) -> list[Row]:
    """How one looked back, and what one was shown."""
    rows = ReviewAnswers.objects.visible_to(member).select_related("participant__enrolment").order_by("pk")
    return [
        {
            "review": row.review_id,
            "mine": row.participant.enrolment.member_id == member.pk,
            "points": row.verdicts,
            "words": row.words,
            "done_at": row.done_at,
        }
        for row in rows
    ]


def erase_review_answers(member: Member) -> None:
    """What they said."""
    ReviewAnswers.objects.filter(participant__enrolment__member=member).update(verdicts={}, words="")


def export_withheld(member: Member) -> list[Row]:
    """What one kept for after the end, and what one reads since."""
    rows = WithheldWords.objects.visible_to(member).select_related("participant__enrolment").order_by("pk")
    return [
        {
            "review": row.review_id,
            "mine": row.participant.enrolment.member_id == member.pk,
            "words": row.text,
            "at": row.created_at,
        }
        for row in rows
    ]


def erase_withheld(member: Member) -> None:
    """What they kept for after the end."""
    WithheldWords.objects.filter(participant__enrolment__member=member).delete()


def export_joining(member: Member) -> list[Row]:
    """Invitations to join that one got, wrote or was asked about."""
    rows = JoiningInvitation.objects.visible_to(member)
    return [
        {
            "relationship": row.relationship_id,
            "invited": row.enrolment.member.full_name,
            "role": row.role,
            "words": row.words,
            "state": row.state,
            "at": row.created_at,
        }
        for row in rows.select_related("enrolment__member").order_by("pk")
    ]


def erase_joining(member: Member) -> None:
    """The words they wrote."""
    JoiningInvitation.objects.filter(invited_by__enrolment__member=member).update(words="")


def export_consents(member: Member) -> list[Row]:
    """To whom one said yes."""
    rows = JoiningConsent.objects.filter(participant__enrolment__member=member).order_by("pk")
    return [{"invitation": row.invitation_id, "at": row.created_at} for row in rows]


def erase_consents(member: Member) -> None:
    """Nothing: that somebody agreed is the others' too; the name goes with the member's row."""
