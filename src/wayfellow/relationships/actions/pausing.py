"""Pausing with a day to come back, and coming back: by hand, or by itself on that day."""

from datetime import date, datetime, timedelta
from functools import partial
from zoneinfo import ZoneInfo

from django.db import transaction
from django.db.models import F, Q
from django_tasks import task

from wayfellow.audit.actions import record
from wayfellow.core import clock
from wayfellow.core.errors import enforce
from wayfellow.jobs.batches import each_alone
from wayfellow.people.models import Member
from wayfellow.relationships import policy
from wayfellow.relationships.actions.agreements import mine
from wayfellow.relationships.actions.locks import lock_relationship, present
from wayfellow.relationships.actions.telling import tell_together
from wayfellow.relationships.models import Participant, Relationship

State = Relationship.State
TOLD_BEFORE = timedelta(days=7)


@transaction.atomic
def pause_relationship(
    actor: Member, relationship: Relationship, *, until: date, now: datetime | None = None
) -> Relationship:
    """Pause until a day. Places stay taken; nobody is reminded of anything until then.

    Raises:
        Refused: see `why_not_pause_relationship`.
    """
    now = now or clock.now()
    relationship, people = lock_relationship(relationship)
    enforce(policy.why_not_pause_relationship(actor, relationship, now, until=until))
    relationship.state, relationship.paused_at, relationship.paused_until = State.PAUSED, now, until
    relationship.save(update_fields=["state", "paused_at", "paused_until"])
    tell_together("relationship_paused", present(people), by=mine(actor, people), until=until)
    details = {"until": until.isoformat()}
    record(
        "relationship_paused", actor=actor, organisation=relationship.organisation, about=relationship, details=details
    )
    return relationship


@transaction.atomic
def resume_relationship(actor: Member, relationship: Relationship, *, now: datetime | None = None) -> Relationship:
    """Take it up again, before its day.

    Raises:
        Refused: see `why_not_resume_relationship`.
    """
    now = now or clock.now()
    relationship, people = lock_relationship(relationship)
    enforce(policy.why_not_resume_relationship(actor, relationship, now))
    _resume(relationship, people, by=mine(actor, people), actor=actor)
    return relationship


def _resume(
    relationship: Relationship, people: list[Participant], *, by: Participant | None, actor: Member | None
) -> None:
    relationship.state, relationship.paused_at, relationship.paused_until = State.ACTIVE, None, None
    relationship.save(update_fields=["state", "paused_at", "paused_until"])
    tell_together("relationship_resumed", present(people), by=by)
    record("relationship_resumed", actor=actor, organisation=relationship.organisation, about=relationship)


def resume_relationships(*, now: datetime | None = None) -> None:
    """Take up again what was paused until today, and tell of it a week before. Safe to repeat."""
    now = now or clock.now()
    latest = (now + timedelta(days=1)).date()
    paused = Relationship.objects.filter(state=State.PAUSED).select_related("organisation").order_by("pk")
    soon = paused.filter(paused_until__lte=latest + TOLD_BEFORE)
    soon = soon.filter(Q(told_of_return__isnull=True) | ~Q(told_of_return=F("paused_until")))
    steps = [
        *(partial(_resume_by_itself, one, now=now) for one in paused.filter(paused_until__lte=latest)),
        *(partial(_tell_of_return, one, now=now) for one in soon),
    ]
    each_alone(steps, lambda step: step(), "paused relationship")


def _resume_by_itself(relationship: Relationship, *, now: datetime) -> None:
    relationship, people = lock_relationship(relationship)
    until = relationship.paused_until
    if relationship.state == State.PAUSED and until is not None and until <= relationship.organisation.today(now):
        _resume(relationship, people, by=None, actor=None)


def _tell_of_return(relationship: Relationship, *, now: datetime) -> None:
    relationship, people = lock_relationship(relationship)
    until, today = relationship.paused_until, relationship.organisation.today(now)
    if until is None or relationship.told_of_return == until or not today < until <= today + TOLD_BEFORE:
        return
    paused_on = relationship.paused_at.astimezone(ZoneInfo(relationship.organisation.time_zone)).date()
    relationship.told_of_return = until
    relationship.save(update_fields=["told_of_return"])
    if until - paused_on > TOLD_BEFORE:  # a pause of a few days needs no line
        tell_together("relationship_returns_soon", present(people), until=until)


@task()
def resume_relationships_job() -> None:
    """The schedule's task."""
    resume_relationships()
