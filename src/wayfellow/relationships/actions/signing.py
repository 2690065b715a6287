"""Signing, and changing what is signed: any change needs every signature again."""

from datetime import date, datetime

from django.db import transaction

from wayfellow.audit.actions import record
from wayfellow.core import clock
from wayfellow.core.errors import enforce
from wayfellow.people.models import Member
from wayfellow.relationships import policy
from wayfellow.relationships.actions.agreements import begin_agreement, clause_of, clean_clause, mine
from wayfellow.relationships.actions.locks import lock_relationship, present
from wayfellow.relationships.actions.telling import tell_together
from wayfellow.relationships.actions.versions import bring_into_force, write_version
from wayfellow.relationships.clauses import EACH, Values
from wayfellow.relationships.models import Agreement, AgreementVersion, Relationship, Signature
from wayfellow.relationships.policy.agreements import newest
from wayfellow.relationships.queries.agreement import open_points, usual_template

Because = AgreementVersion.Because


@transaction.atomic
def sign_agreement(
    actor: Member, relationship: Relationship, *, number: int, now: datetime | None = None
) -> AgreementVersion:
    """Put one's name under a version. With the last name it is in force, and its rhythm and end hold.

    Args:
        number: the version that was read; another one is refused.

    Raises:
        Refused: see `why_not_sign_agreement`, such as `version_outdated`.
    """
    now = now or clock.now()
    relationship, people = lock_relationship(relationship)
    agreement = Agreement.objects.filter(relationship=relationship).first()
    points, today = open_points(agreement, people), relationship.organisation.today(now)
    enforce(policy.why_not_sign_agreement(actor, relationship, agreement, number, points, today))
    version = newest(agreement)
    assert agreement is not None and version is not None  # noqa: S101 (the policy says so)
    me = mine(actor, people)
    Signature.objects.create(organisation=relationship.organisation, version=version, participant=me, signed_at=now)
    complete = bring_into_force(agreement, people, by=me, now=now)
    details = {"version": number, "complete": complete}
    record("agreement_signed", actor=actor, organisation=relationship.organisation, about=agreement, details=details)
    version.refresh_from_db()
    return version


@transaction.atomic
def change_agreement(
    actor: Member, relationship: Relationship, *, clause: str, values: Values, now: datetime | None = None
) -> AgreementVersion:
    """Write a new version in which one point is another; its writer signs it by that, all others are asked to.

    What everybody signed before holds until then.

    Raises:
        Refused: see `why_not_change_agreement`.
        InvalidInput: what is said cannot be.
    """
    now = now or clock.now()
    relationship, people = lock_relationship(relationship)
    agreement = Agreement.objects.filter(relationship=relationship).first()
    point = clause_of(clause)
    enforce(policy.why_not_change_agreement(actor, relationship, agreement, point, open_points(agreement, people)))
    version = newest(agreement)
    assert agreement is not None and version is not None  # noqa: S101 (the policy says so)
    said, me = clean_clause(values, point, agreement, relationship, now=now), mine(actor, people)
    if point.kind == EACH:
        said = {point.key: (version.values.get(point.key) or {}) | {str(me.pk): said[point.key]}}
    new = version.values | said
    signed = not open_points(agreement, people)
    return write_version(agreement, people, new, Because.CHANGED, clause=point.key, by=me, signed=signed, now=now)


@transaction.atomic
def extend_relationship(
    actor: Member, relationship: Relationship, *, until: date, now: datetime | None = None
) -> AgreementVersion:
    """Propose a later end. It counts once everybody has signed, as any change does.

    Raises:
        Refused: see `why_not_extend_relationship`.
    """
    now = now or clock.now()
    relationship, people = lock_relationship(relationship)
    enforce(policy.why_not_extend_relationship(actor, relationship, until, now))
    agreement = Agreement.objects.filter(relationship=relationship).first()
    if agreement is None:
        agreement = begin_agreement(relationship, usual_template(relationship, people), now=now)
    version, me = newest(agreement), mine(actor, people)
    values = (version.values if version is not None else {}) | {"ends_on": until.isoformat()}
    signed = not open_points(agreement, people)
    return write_version(agreement, people, values, Because.EXTENDED, clause="how_long", by=me, signed=signed, now=now)


@transaction.atomic
def drop_change(
    actor: Member, relationship: Relationship, *, number: int, now: datetime | None = None
) -> AgreementVersion:
    """Keep what everybody signed instead of a change that waits. The change stays to be read among the versions.

    Raises:
        Refused: see `why_not_drop_change`.
    """
    now = now or clock.now()
    relationship, people = lock_relationship(relationship)
    agreement = Agreement.objects.filter(relationship=relationship).first()
    enforce(policy.why_not_drop_change(actor, relationship, agreement, number))
    assert agreement is not None  # noqa: S101 (the policy says so)
    waiting = agreement.versions.filter(in_force_at__isnull=True, dropped_at__isnull=True)
    kept = agreement.versions.filter(in_force_at__isnull=False).order_by("-number").first()
    assert kept is not None  # noqa: S101 (the policy says so)
    waiting.filter(number__gt=kept.number).update(dropped_at=now)
    me = mine(actor, people)
    tell_together("agreement_kept", present(people), by=me, view="agreement", number=kept.number)
    details = {"version": number}
    record("agreement_kept", actor=actor, organisation=relationship.organisation, about=agreement, details=details)
    return kept
