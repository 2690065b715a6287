"""Each fills in their own side; then they see where they differ and settle it, point by point."""

from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from wayfellow.audit.actions import record
from wayfellow.core import clock
from wayfellow.core.errors import InvalidInput, enforce
from wayfellow.people.models import Member
from wayfellow.relationships import policy
from wayfellow.relationships.actions.locks import lock_relationship, present
from wayfellow.relationships.actions.telling import tell_together
from wayfellow.relationships.actions.versions import show_if_all_are_done, shown_sides, write_version
from wayfellow.relationships.clauses import CLAUSES, EACH, Clause, Values, as_stored, clauses_of, is_blank, part, same
from wayfellow.relationships.models import Agreement, AgreementProposal, AgreementVersion, Participant, Relationship
from wayfellow.relationships.policy.agreements import newest
from wayfellow.relationships.queries.agreement import open_points

LONGEST = 1000
Because = AgreementVersion.Because


@transaction.atomic
def fill_in_agreement(
    actor: Member,
    relationship: Relationship,
    *,
    values: Values,
    template: str = "one_to_one",
    done: bool = True,
    now: datetime | None = None,
) -> Agreement:
    """Keep one's own answers; nobody else reads them until everybody has filled in, or one shows them.

    Args:
        values: what is said at each point; a blank point leaves it to the others.
        template: what the agreement starts from, if nobody has begun it.
        done: False keeps a draft.

    Raises:
        Refused: see `why_not_fill_in_agreement`.
        InvalidInput: a text too long, or a day that cannot be.
    """
    now = now or clock.now()
    relationship, people = lock_relationship(relationship)
    agreement = Agreement.objects.filter(relationship=relationship).first()
    enforce(policy.why_not_fill_in_agreement(actor, relationship, agreement))
    if agreement is None:
        agreement = begin_agreement(relationship, template, now=now)
    cleaned = clean_values(values, agreement.template, today=relationship.organisation.today(now))
    me = mine(actor, people)
    answers, _made = agreement.answers.get_or_create(
        participant=me, defaults={"organisation": relationship.organisation, "created_at": now}
    )
    answers.values, answers.done_at = cleaned, now if done else None
    answers.save(update_fields=["values", "done_at"])
    if done and not show_if_all_are_done(agreement, people, by=me, now=now):
        tell_together("agreement_filled_in", present(people), by=me, view="agreement")
    record("agreement_filled_in", actor=actor, organisation=relationship.organisation, about=agreement)
    return agreement


@transaction.atomic
def show_answers(actor: Member, relationship: Relationship, *, now: datetime | None = None) -> Agreement:
    """Let the others read one's answers before they have filled in theirs.

    Raises:
        Refused: see `why_not_show_answers`.
    """
    now = now or clock.now()
    relationship, people = lock_relationship(relationship)
    agreement = Agreement.objects.filter(relationship=relationship).first()
    enforce(policy.why_not_show_answers(actor, relationship, agreement))
    assert agreement is not None  # noqa: S101 (the policy says so)
    agreement.answers.filter(participant=mine(actor, people)).update(shown_at=now)
    record("agreement_answers_shown", actor=actor, organisation=relationship.organisation, about=agreement)
    return agreement


@transaction.atomic
def propose_clause(
    actor: Member, relationship: Relationship, *, clause: str, values: Values, now: datetime | None = None
) -> AgreementVersion | AgreementProposal:
    """Say what could work for all at a point on which they differ. Another's own words, or proposal, settle it at once.

    Raises:
        Refused: see `why_not_propose_clause`.
        InvalidInput: nothing was said, or it cannot be.
    """
    now = now or clock.now()
    relationship, people = lock_relationship(relationship)
    agreement = Agreement.objects.filter(relationship=relationship).first()
    point = clause_of(clause)
    enforce(policy.why_not_propose_clause(actor, relationship, agreement, point, open_points(agreement, people)))
    assert agreement is not None  # noqa: S101 (the policy says so)
    said = clean_clause(values, point, agreement, relationship, now=now)
    if is_blank(said):
        raise InvalidInput("nothing_said", _("Write what could work for all of you."), field=point.names[0])
    me = mine(actor, people)
    waiting = agreement.proposals.filter(clause=point.key).first()
    theirs = [part(one, point) for pk, one in shown_sides(agreement, people).items() if pk != me.pk]
    if waiting is not None and waiting.written_by_id != me.pk:
        theirs.append(waiting.values)
    if any(same(said, one) for one in theirs):
        return _settle(agreement, people, point, said, by=me, now=now)
    proposal, _made = AgreementProposal.objects.update_or_create(
        agreement=agreement,
        clause=point.key,
        defaults={
            "organisation": relationship.organisation,
            "values": said,
            "written_by": me,
            "created_at": now,
        },
    )
    tell_together("agreement_proposed", present(people), by=me, view="agreement", clause=point.key)
    record("agreement_proposed", actor=actor, organisation=relationship.organisation, about=agreement)
    return proposal


@transaction.atomic
def agree_to_clause(
    actor: Member, relationship: Relationship, *, proposal: int, now: datetime | None = None
) -> AgreementVersion:
    """Say yes to what another proposed at a point. The text then has it; it counts once all have signed.

    Raises:
        Refused: see `why_not_agree_to_clause`, such as `proposal_changed`.
    """
    now = now or clock.now()
    relationship, people = lock_relationship(relationship)
    rows = AgreementProposal.objects.filter(agreement__relationship=relationship)
    found = rows.select_related("agreement", "written_by__enrolment").filter(pk=proposal).first()
    enforce(policy.why_not_agree_to_clause(actor, relationship, found))
    assert found is not None  # noqa: S101 (the policy says so)
    return _settle(found.agreement, people, CLAUSES[found.clause], found.values, by=mine(actor, people), now=now)


def _settle(
    agreement: Agreement, people: list[Participant], clause: Clause, said: Values, *, by: Participant, now: datetime
) -> AgreementVersion:
    version = newest(agreement)
    assert version is not None  # noqa: S101 (points are open in a text only)
    agreement.proposals.filter(clause=clause.key).delete()
    values = version.values | said
    return write_version(agreement, people, values, Because.SETTLED, clause=clause.key, by=by, now=now)


def begin_agreement(relationship: Relationship, template: str, *, now: datetime) -> Agreement:
    """The agreement of a relationship, whose rows the caller has locked.

    Raises:
        InvalidInput: there is no such template.
    """
    if template not in Agreement.Template.values:
        raise InvalidInput("unknown_template", _("Choose one of the templates."), field="template")
    return Agreement.objects.create(
        organisation=relationship.organisation, relationship=relationship, template=template, created_at=now
    )


def mine(actor: Member, people: list[Participant]) -> Participant:
    """The actor's place among these."""
    return next(one for one in people if one.enrolment.member_id == actor.pk)


def clause_of(key: str) -> Clause:
    """The point of this name.

    Raises:
        InvalidInput: there is none.
    """
    if key not in CLAUSES:
        raise InvalidInput("unknown_point", _("Choose one of the points."), field="clause")
    return CLAUSES[key]


def clean_clause(
    values: Values, clause: Clause, agreement: Agreement, relationship: Relationship, *, now: datetime
) -> Values:
    """What is said at one point, as it is stored.

    Raises:
        InvalidInput: it cannot be.
    """
    today = relationship.organisation.today(now)
    cleaned = clean_values({name: values.get(name, "") for name in clause.names}, agreement.template, today=today)
    return part(cleaned, clause)


def clean_values(values: Values, template: str, *, today: date) -> Values:
    """Answers as they are stored.

    Raises:
        InvalidInput: a text too long, a day that cannot be, a rhythm out of bounds.
        TypeError: there is no such point.
    """
    known = {name for clause in CLAUSES.values() for name in clause.names}
    unknown = set(values) - known
    if unknown:
        raise TypeError(f"no point is called {sorted(unknown)}")
    cleaned: Values = {}
    for clause in clauses_of(template):
        for name in clause.names:
            if name in values:
                cleaned[name] = _clean(name, values[name], today)
    ends, looks = cleaned.get("ends_on"), cleaned.get("review_on")
    if ends and looks and looks > ends:
        raise InvalidInput("review_after_end", _("Look back before the day on which it ends."), field="review_on")
    return as_stored(cleaned, template)


def _clean(name: str, value: Any, today: date) -> Any:
    if value is None and name in CLAUSES and CLAUSES[name].kind not in (EACH,):
        return None
    if name in ("every_weeks", "minutes"):
        return _clean_number(name, value)
    if name in ("ends_on", "review_on"):
        return _clean_day(name, value, today)
    text = str(value or "").strip()
    if len(text) > LONGEST:
        words = _("Write at most %(most)d characters. This has %(length)d.")
        raise InvalidInput("too_long", words % {"most": LONGEST, "length": len(text)}, field=name)
    return text


def _clean_number(name: str, value: Any) -> Any:
    if value in ("", None, 0):
        return ""
    least, most = (1, 26) if name == "every_weeks" else (10, 480)
    if not isinstance(value, int) or not least <= value <= most:
        words = _("Write a number from %(least)d to %(most)d.") % {"least": least, "most": most}
        raise InvalidInput("out_of_bounds", words, field=name)
    return value


def _clean_day(name: str, value: Any, today: date) -> str:
    if not value:
        return ""
    day = value if isinstance(value, date) else date.fromisoformat(value)
    if day <= today:
        raise InvalidInput("day_past", _("Choose a day after today."), field=name)
    if (day - today).days > 3 * 366:
        raise InvalidInput("day_too_late", _("Choose a day within three years."), field=name)
    return day.isoformat()
