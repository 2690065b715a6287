"""Adding, agreeing to, ticking, moving, dropping and undoing commitments. Events never say what was promised."""

from datetime import date, datetime
from typing import Any

from django.db import models, transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from wayfellow.audit.actions import record
from wayfellow.core import clock
from wayfellow.core.errors import InvalidInput, NotFound, enforce
from wayfellow.goals import policy
from wayfellow.goals.models import Commitment, CommitmentStep
from wayfellow.goals.queries.together import lock_together
from wayfellow.notifications.actions import notify
from wayfellow.people.models import Member

State, Verb = Commitment.State, CommitmentStep.Verb
FURTHEST_YEARS = 5


@transaction.atomic
def add_commitment(
    actor: Member,
    relationship: Any,
    *,
    owner: Member,
    what: str,
    by_when: date | None = None,
    if_moment: str = "",
    then_act: str = "",
    about: models.Model | None = None,
    now: datetime | None = None,
) -> Commitment:
    """Write down who does what by when. One that is written for another waits for that one's yes.

    Args:
        about: the meeting, goal or message it came from, which the caller has reached through `visible_to`.

    Raises:
        InvalidInput: no words, too many, half of an if-then plan, or a day that is past or far away.
        Refused: see `why_not_add_commitment`.
    """
    now = now or clock.now()
    relationship = lock_together(relationship)
    enforce(policy.why_not_add_commitment(actor, relationship, owner))
    words = {
        name: _checked(name, value)
        for name, value in {"what": what, "if_moment": if_moment, "then_act": then_act}.items()
    }
    if not words["what"]:
        raise InvalidInput("what_missing", _("Say what will be done, in one line."), field="what")
    if bool(words["if_moment"]) != bool(words["then_act"]):
        missing = "then_act" if words["if_moment"] else "if_moment"
        raise InvalidInput("plan_halved", _("A plan needs both: if and then. Or leave both empty."), field=missing)
    if about is not None and about._meta.label not in Commitment.About.values:
        raise ValueError(f"a commitment cannot come from a {about._meta.label}")
    commitment = Commitment.objects.create(
        organisation_id=relationship.organisation_id,
        relationship=relationship,
        owner=owner,
        written_by=actor,
        by_when=_checked_day(by_when, relationship.organisation.today(now)),
        agreed_at=now if owner.pk == actor.pk else None,
        about_type=about._meta.label if about is not None else "",
        about_id=about.pk if about is not None else None,
        created_at=now,
        **words,
    )
    if owner.pk != actor.pk:
        page = reverse("commitments", args=[relationship.organisation.slug, relationship.pk])
        notify(
            "commitment_proposed", to=owner, about=commitment, facts={"name": actor.short_name}, links={"page": page}
        )
    record("commitment_added", actor=actor, organisation=relationship.organisation, about=commitment)
    return commitment


@transaction.atomic
def agree_to_commitment(actor: Member, commitment: Commitment, *, now: datetime | None = None) -> Commitment:
    """Say yes to what another wrote for one.

    Raises:
        Refused: see `why_not_agree_to_commitment`.
    """
    now = now or clock.now()
    commitment = _locked(commitment)
    enforce(policy.why_not_agree_to_commitment(actor, commitment))
    _step(actor, commitment, Verb.AGREED, now=now)
    commitment.agreed_at = now
    commitment.save(update_fields=["agreed_at"])
    record("commitment_agreed", actor=actor, organisation=actor.organisation, about=commitment)
    return commitment


@transaction.atomic
def tick_commitment(actor: Member, commitment: Commitment, *, now: datetime | None = None) -> Commitment:
    """It is done.

    Raises:
        Refused: see `why_not_change_commitment`.
    """
    now = now or clock.now()
    commitment = _locked(commitment)
    enforce(policy.why_not_change_commitment(actor, commitment))
    _close(actor, commitment, State.DONE, now=now)
    record("commitment_done", actor=actor, organisation=actor.organisation, about=commitment)
    return commitment


@transaction.atomic
def move_commitment(
    actor: Member, commitment: Commitment, *, by_when: date | None, now: datetime | None = None
) -> Commitment:
    """Another day, or none. The day before stays readable in its history.

    Raises:
        InvalidInput: a day that is past, far away, or the one it has.
        Refused: see `why_not_change_commitment`.
    """
    now = now or clock.now()
    commitment = _locked(commitment)
    enforce(policy.why_not_change_commitment(actor, commitment))
    by_when = _checked_day(by_when, actor.organisation.today(now))
    if by_when == commitment.by_when:
        raise InvalidInput("same_day", _("This is the day it has already. Choose another."), field="by_when")
    _step(actor, commitment, Verb.MOVED, now=now, to_day=by_when)
    commitment.by_when, commitment.state = by_when, State.MOVED
    commitment.save(update_fields=["by_when", "state"])
    record("commitment_moved", actor=actor, organisation=actor.organisation, about=commitment)
    return commitment


@transaction.atomic
def drop_commitment(actor: Member, commitment: Commitment, *, now: datetime | None = None) -> Commitment:
    """It is not needed any more. No reason is asked for.

    Raises:
        Refused: see `why_not_drop_commitment`.
    """
    now = now or clock.now()
    commitment = _locked(commitment)
    enforce(policy.why_not_drop_commitment(actor, commitment))
    _close(actor, commitment, State.DROPPED, now=now)
    record("commitment_dropped", actor=actor, organisation=actor.organisation, about=commitment)
    return commitment


@transaction.atomic
def undo_commitment(actor: Member, commitment: Commitment) -> Commitment:
    """Take the last change back: it is as it was before, and the step is gone from its history.

    Raises:
        Refused: see `why_not_undo_commitment`.
    """
    commitment = _locked(commitment)
    last = commitment.steps.order_by("-pk").first()
    enforce(policy.why_not_undo_commitment(actor, commitment, last))
    assert last is not None  # noqa: S101 (the policy refuses otherwise)
    commitment.state, commitment.closed_at = last.from_state, None
    if last.verb == Verb.MOVED:
        commitment.by_when = last.from_day
    if last.verb == Verb.AGREED:
        commitment.agreed_at = None
    commitment.save()
    last.delete()
    record("commitment_undone", actor=actor, organisation=actor.organisation, about=commitment)
    return commitment


def _locked(commitment: Commitment) -> Commitment:
    """The commitment and its relationship, locked in that order (relationship first) and read afresh.

    Raises:
        NotFound: it is gone.
    """
    relationship = lock_together(commitment.relationship)
    try:
        fresh = Commitment.objects.lock(commitment.pk)
    except Commitment.DoesNotExist:
        raise NotFound("commitment_gone", _("This commitment is not here any more.")) from None
    fresh.relationship = relationship
    return fresh


def _close(actor: Member, commitment: Commitment, state: Any, *, now: datetime) -> None:
    _step(actor, commitment, Verb(state), now=now)
    commitment.state, commitment.closed_at = state, now
    commitment.save(update_fields=["state", "closed_at"])


def _step(actor: Member, commitment: Commitment, verb: Any, *, now: datetime, to_day: date | None = None) -> None:
    CommitmentStep.objects.create(
        organisation_id=commitment.organisation_id,
        commitment=commitment,
        verb=verb,
        by=actor,
        at=now,
        from_state=commitment.state,
        from_day=commitment.by_when,
        to_day=to_day,
    )


def _checked(name: str, value: str) -> str:
    value = " ".join(value.split())
    limit = Commitment._meta.get_field(name).max_length or 0
    if len(value) > limit:
        raise InvalidInput(
            "too_long",
            _("Write at most %(limit)d characters. This has %(length)d.") % {"limit": limit, "length": len(value)},
            field=name,
        )
    return value


def _checked_day(day: date | None, today: date) -> date | None:
    if day is None:
        return None
    if day < today:
        raise InvalidInput("day_past", _("This day has passed. Choose today or a later one."), field="by_when")
    if day.year > today.year + FURTHEST_YEARS:
        raise InvalidInput("day_far", _("Choose a day within the next five years."), field="by_when")
    return day
