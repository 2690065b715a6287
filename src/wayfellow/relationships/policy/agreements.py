"""May I fill in my side, settle a point, sign, change what is signed?"""

from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext as _

from wayfellow.core.errors import Refusal
from wayfellow.people.models import Member
from wayfellow.relationships.clauses import Clause
from wayfellow.relationships.models import Agreement, AgreementProposal, AgreementVersion, Relationship
from wayfellow.relationships.policy.presence import why_not_write


def newest(agreement: Agreement | None) -> AgreementVersion | None:
    """The wording that stands now: the newest that was not dropped."""
    if agreement is None:
        return None
    return agreement.versions.filter(dropped_at__isnull=True).order_by("-number").first()


def in_force(agreement: Agreement | None) -> AgreementVersion | None:
    """The wording that everybody signed last."""
    if agreement is None:
        return None
    return agreement.versions.filter(in_force_at__isnull=False).order_by("-number").first()


def why_not_fill_in_agreement(actor: Member, relationship: Relationship, agreement: Any) -> Refusal | None:
    """Why this person cannot fill in their own side, or None. What the others have read is settled, not rewritten."""
    refusal = why_not_write(actor, relationship)
    if refusal is not None:
        return refusal
    if agreement is None:
        return None
    mine = agreement.answers.filter(participant__enrolment__member=actor).first()
    if mine is not None and mine.shown_at is not None:
        return Refusal("answers_shown", _("The others have read your answers. Settle what differs together instead."))
    if mine is None and agreement.versions.filter(because=AgreementVersion.Because.COMPARED).exists():
        return Refusal("text_is_there", _("There is a text already. Read it, and sign it or change it."))
    return None


def why_not_show_answers(actor: Member, relationship: Relationship, agreement: Any) -> Refusal | None:
    """Why this person cannot show their answers before all have filled in, or None."""
    refusal = why_not_write(actor, relationship)
    if refusal is not None:
        return refusal
    mine = agreement.answers.filter(participant__enrolment__member=actor).first() if agreement else None
    if mine is None or mine.done_at is None:
        return Refusal("nothing_to_show", _("Fill in your side first."))
    if mine.shown_at is not None:
        return Refusal("answers_shown", _("The others can read your answers already."))
    return None


def why_not_propose_clause(
    actor: Member, relationship: Relationship, agreement: Any, clause: Clause, open_points: list[Clause]
) -> Refusal | None:
    """Why this person cannot propose words for a point, or None: only points on which they differ are proposed on."""
    refusal = why_not_write(actor, relationship)
    if refusal is not None:
        return refusal
    if newest(agreement) is None:
        return Refusal("not_compared_yet", _("You can settle this once everybody has filled in their side."))
    if clause not in open_points:
        return Refusal("point_settled", _("This point is settled. You can still change it in the text."))
    return None


def why_not_agree_to_clause(
    actor: Member, relationship: Relationship, proposal: AgreementProposal | None
) -> Refusal | None:
    """Why this person cannot say yes to a proposal, or None."""
    refusal = why_not_write(actor, relationship)
    if refusal is not None:
        return refusal
    if proposal is None:
        return Refusal("proposal_changed", _("This proposal was changed or settled meanwhile. Read what is there now."))
    if proposal.written_by.enrolment.member_id == actor.pk:
        return Refusal("your_own_proposal", _("This is your own proposal. Somebody else says yes to it."))
    return None


def why_not_sign_agreement(
    actor: Member, relationship: Relationship, agreement: Any, number: int, open_points: list[Clause], today: date
) -> Refusal | None:
    """Why this person cannot sign a version, or None. Only the wording that stands now can be signed."""
    refusal = why_not_write(actor, relationship)
    if refusal is not None:
        return refusal
    version = newest(agreement)
    if version is None:
        return Refusal("nothing_to_sign", _("There is no text to sign yet."))
    if version.number != number:
        words = _(
            "The text was changed meanwhile. What you wanted to sign was version %(old)d; here is version %(new)d. "
            "Read it, then sign it or change it."
        )
        return Refusal("version_outdated", words % {"new": version.number, "old": number})
    if open_points:
        return Refusal("points_open", _("You can sign once every point is settled."))
    if version.signatures.filter(participant__enrolment__member=actor).exists():
        return Refusal("signed_already", _("You have signed this version."))
    return why_not_these_days(version.values, today)


def why_not_these_days(values: dict[str, Any], today: date) -> Refusal | None:
    """Why an end cannot be agreed on, or None: it has to lie ahead."""
    ends_on = values.get("ends_on")
    if ends_on and date.fromisoformat(ends_on) <= today:
        return Refusal("ends_on_past", _("The day on which it ends has passed. Choose a later one first."))
    return None


def why_not_change_agreement(
    actor: Member, relationship: Relationship, agreement: Any, clause: Clause, open_points: list[Clause]
) -> Refusal | None:
    """Why this person cannot write a new version, or None. Any change needs every signature again."""
    refusal = why_not_write(actor, relationship)
    if refusal is not None:
        return refusal
    if newest(agreement) is None:
        return Refusal("not_compared_yet", _("There is no text to change yet. Fill in your side first."))
    if clause in open_points:
        return Refusal("point_open", _("You differ on this point. Settle it first."))
    return None


def why_not_drop_change(actor: Member, relationship: Relationship, agreement: Any, number: int) -> Refusal | None:
    """Why this person cannot keep what was signed instead of a change, or None."""
    refusal = why_not_write(actor, relationship)
    if refusal is not None:
        return refusal
    version, kept = newest(agreement), in_force(agreement)
    if version is None or version.number != number:
        return Refusal("version_outdated", _("The text was changed meanwhile. Read what is there now."))
    if version.in_force_at is not None or kept is None:
        return Refusal("no_change", _("There is no change that waits."))
    if version.because == AgreementVersion.Because.JOINED:
        return Refusal("somebody_joined", _("Somebody joined, so everybody signs again. You can change the text."))
    return None


def why_not_extend_relationship(
    actor: Member, relationship: Relationship, until: date | None, now: datetime
) -> Refusal | None:
    """Why this person cannot propose a later end, or None. It counts once everybody has signed it."""
    refusal = why_not_write(actor, relationship)
    if refusal is not None or until is None:
        return refusal
    today = relationship.organisation.today(now)
    if until <= max(today, relationship.ends_on or today):
        return Refusal("not_later", _("Choose a later day than the one on which it ends now."))
    if (until - today).days > 3 * 366:
        return Refusal("too_late", _("Choose a day within three years."))
    last = relationship.cohort.ends_on
    if last is not None and until > last:
        return Refusal("past_cohort", _("The programme ends before that day."))
    return None
