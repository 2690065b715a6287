"""How wordings of an agreement come about and come into force. The caller has locked the relationship."""

from datetime import date, datetime
from typing import Any

from wayfellow.audit.actions import record
from wayfellow.relationships.actions.locks import present
from wayfellow.relationships.actions.telling import tell_together
from wayfellow.relationships.clauses import Values, compared
from wayfellow.relationships.models import Agreement, AgreementVersion, Participant, Signature
from wayfellow.relationships.policy.agreements import newest
from wayfellow.relationships.queries.agreement import open_points, sides_of

Because = AgreementVersion.Because


def shown_sides(agreement: Agreement, people: list[Participant]) -> dict[int, Values]:
    """What those who are here answered and show, by the participant's primary key."""
    return sides_of(agreement.answers.filter(shown_at__isnull=False), present(people))


def show_if_all_are_done(
    agreement: Agreement, people: list[Participant], *, by: Participant | None, now: datetime
) -> bool:
    """Once everybody here has filled in: show all answers, and write down what they say alike. True if so."""
    here = present(people)
    done = list(agreement.answers.filter(done_at__isnull=False, participant__in=here))
    compared_before = agreement.versions.filter(because=Because.COMPARED).exists()
    if len(done) < len(here) or compared_before:
        return False
    agreement.answers.filter(pk__in=[one.pk for one in done], shown_at__isnull=True).update(shown_at=now)
    values: Values = {}
    for said in compared(sides_of(done, here), agreement.template).values():
        values |= said
    before = newest(agreement)
    if before is not None:
        values |= before.values
    _write(agreement, values, Because.COMPARED, clause="", by=by, now=now)
    tell_together("agreement_compared", here, by=by, view="agreement", open=len(open_points(agreement, people)))
    return True


def write_version(
    agreement: Agreement,
    people: list[Participant],
    values: Values,
    because: Any,
    *,
    clause: str = "",
    by: Participant | None,
    signed: bool = False,
    now: datetime,
) -> AgreementVersion:
    """A new wording, which needs every signature. Whoever wrote it has signed it if `signed`."""
    version = _write(agreement, values, because, clause=clause, by=by, now=now)
    if signed and by is not None:
        Signature.objects.create(organisation=agreement.organisation, version=version, participant=by, signed_at=now)
    tell_together(
        "agreement_changed",
        present(people),
        by=by,
        view="agreement",
        number=version.number,
        because=str(because),
        clause=clause,
        open=len(open_points(agreement, people)),
    )
    actor = by.enrolment.member if by is not None else None
    details = {"version": version.number, "because": str(because)}
    record("agreement_changed", actor=actor, organisation=agreement.organisation, about=agreement, details=details)
    return version


def _write(
    agreement: Agreement, values: Values, because: Any, *, clause: str, by: Participant | None, now: datetime
) -> AgreementVersion:
    last = agreement.versions.order_by("-number").first()
    return AgreementVersion.objects.create(
        organisation=agreement.organisation,
        agreement=agreement,
        number=last.number + 1 if last is not None else 1,
        values=values,
        because=because,
        clause=clause,
        written_by=by,
        created_at=now,
    )


def bring_into_force(agreement: Agreement, people: list[Participant], *, by: Participant | None, now: datetime) -> bool:
    """Let the wording that stands now hold, once everybody here has signed it. True if it holds from now on."""
    version, here = newest(agreement), present(people)
    if version is None or version.in_force_at is not None or open_points(agreement, people):
        return False
    signed = set(version.signatures.values_list("participant", flat=True))
    if not {one.pk for one in here} <= signed:
        return False
    version.in_force_at = now
    version.save(update_fields=["in_force_at"])
    agreement.proposals.all().delete()
    _apply(people, version.values, today=agreement.organisation.today(now))
    tell_together("agreement_signed", here, by=by, view="agreement", number=version.number)
    return True


def _apply(people: list[Participant], values: Values, *, today: date) -> None:
    """What was agreed on holds for the relationship: its rhythm, its end, and the day to look back."""
    relationship = people[0].relationship
    relationship.every_weeks = values.get("every_weeks") or relationship.every_weeks
    relationship.minutes = values.get("minutes") or relationship.minutes
    if values.get("ends_on"):
        relationship.ends_on = date.fromisoformat(values["ends_on"])
    if values.get("review_on") and date.fromisoformat(values["review_on"]) > today:
        relationship.review_on = date.fromisoformat(values["review_on"])
    relationship.save(update_fields=["every_weeks", "minutes", "ends_on", "review_on"])


def move_on_without_who_left(agreement: Agreement | None, people: list[Participant], *, now: datetime) -> None:
    """What waited for somebody who left waits for them no longer."""
    if agreement is not None:
        agreement.proposals.exclude(written_by__in=present(people)).delete()
        if not show_if_all_are_done(agreement, people, by=None, now=now):
            bring_into_force(agreement, people, by=None, now=now)
