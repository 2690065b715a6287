"""Saving and setting aside mentors. Told to nobody: no notice, and no event that somebody else could read."""

from django.db import transaction

from wayfellow.core.errors import enforce
from wayfellow.discovery import policy
from wayfellow.discovery.models import MentorMark
from wayfellow.people.models import Member
from wayfellow.programmes.models import Enrolment


def save_mentor(actor: Member, mentor: Enrolment) -> MentorMark:
    """Keep a mentor for later.

    Raises:
        Refused: it is oneself, or no mentor.
    """
    return _mark(actor, mentor, MentorMark.Kind.SAVED)


def dismiss_mentor(actor: Member, mentor: Enrolment) -> MentorMark:
    """Do not suggest a mentor any more; they can still be found by name.

    Raises:
        Refused: it is oneself, or no mentor.
    """
    return _mark(actor, mentor, MentorMark.Kind.DISMISSED)


def unmark_mentor(actor: Member, mentor: Enrolment) -> None:
    """Neither saved nor set aside; no matter if there was no mark."""
    MentorMark.objects.filter(member=actor, mentor=mentor).delete()


@transaction.atomic
def _mark(actor: Member, mentor: Enrolment, kind: MentorMark.Kind) -> MentorMark:
    enforce(policy.why_not_mark_mentor(actor, mentor))
    mark, _ = MentorMark.objects.update_or_create(
        member=actor, mentor=mentor, defaults={"kind": kind, "organisation_id": actor.organisation_id}
    )
    return mark
