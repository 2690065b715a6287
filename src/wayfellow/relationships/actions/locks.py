"""Locks, always in the same order: enrolments by id, then the row itself. The head of the record comes last."""

from django.utils.translation import gettext as _

from wayfellow.core.errors import Conflict, NotFound
from wayfellow.programmes.models import Enrolment
from wayfellow.relationships.models import MentoringRequest, Participant, Relationship, WaitingEntry


def lock_enrolment(pk: int) -> Enrolment:
    """One enrolment, locked.

    Raises:
        NotFound: it is gone.
    """
    return lock_enrolments(pk)[0]


def lock_enrolments(*pks: int) -> list[Enrolment]:
    """Enrolments, locked in the order of their ids, returned in the order asked for.

    Raises:
        NotFound: one of them is gone.
    """
    rows = Enrolment.objects.select_related("organisation", "member__organisation", "cohort__programme").lock_all(pks)
    found = {row.pk: row for row in rows}
    if not all(pk in found for pk in pks):
        raise NotFound("person_gone", _("This person is not here any more."))
    return [found[pk] for pk in pks]


def lock_request(request: MentoringRequest) -> MentoringRequest:
    """A request with its two enrolments, all locked and read afresh.

    Raises:
        NotFound: it is gone.
    """
    mentee, mentor = lock_enrolments(request.mentee_id, request.mentor_id)
    rows = MentoringRequest.objects.select_related("cohort__programme", "organisation")
    try:
        fresh = rows.lock(request.pk)
    except MentoringRequest.DoesNotExist:
        raise NotFound("request_gone", _("This request is not there any more.")) from None
    fresh.mentee, fresh.mentor = mentee, mentor
    return fresh


def lock_entry(entry: WaitingEntry) -> WaitingEntry:
    """A place in line with its two enrolments, all locked and read afresh.

    Raises:
        NotFound: it is gone.
    """
    mentee, mentor = lock_enrolments(entry.mentee_id, entry.mentor_id)
    try:
        fresh = WaitingEntry.objects.select_related("organisation").lock(entry.pk)
    except WaitingEntry.DoesNotExist:
        raise NotFound("entry_gone", _("You are not in this line any more.")) from None
    fresh.mentee, fresh.mentor = mentee, mentor
    return fresh


def lock_relationship(relationship: Relationship, *also: int) -> tuple[Relationship, list[Participant]]:
    """A relationship and everybody who is or was in it, with their enrolments, all locked and read afresh.

    Args:
        also: enrolments that are locked along, of people who are not in it.

    Raises:
        NotFound: it is gone.
        Conflict: somebody joined in this moment.
    """
    known = list(relationship.participants.values_list("enrolment_id", flat=True))
    enrolments = {row.pk: row for row in lock_enrolments(*{*known, *also})}
    rows = Relationship.objects.select_related("organisation", "cohort__programme")
    try:
        fresh = rows.lock(relationship.pk)
    except Relationship.DoesNotExist:
        raise NotFound("relationship_gone", _("This is not there any more.")) from None
    people = list(fresh.participants.order_by("pk"))
    if any(one.enrolment_id not in enrolments for one in people):
        raise Conflict("somebody_joined", _("Somebody joined just now. Look at it again."))
    for one in people:
        one.enrolment, one.relationship = enrolments[one.enrolment_id], fresh
    return fresh, people


def present(people: list[Participant]) -> list[Participant]:
    """Those who have not left."""
    return [one for one in people if one.is_present]
