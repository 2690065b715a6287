"""A relationship ends on its day, whether or not anybody filled in a form; everybody is told beforehand."""

from datetime import datetime, timedelta
from functools import partial

from django.db.models import F, Q
from django_tasks import task

from wayfellow.core import clock
from wayfellow.jobs.batches import each_alone
from wayfellow.relationships.actions.locks import lock_relationship, present
from wayfellow.relationships.actions.relationships import close_relationship, record_end
from wayfellow.relationships.actions.reviews import open_review
from wayfellow.relationships.actions.telling import tell_together
from wayfellow.relationships.models import Relationship, Review
from wayfellow.relationships.policy.pairs import OPEN

TOLD_BEFORE = timedelta(days=14)


def complete_relationships(*, now: datetime | None = None) -> None:
    """Complete what ends today, tell of what ends within two weeks and open its closing review. Safe to repeat."""
    now = now or clock.now()
    latest = (now + timedelta(days=1)).date()
    ending = Relationship.objects.filter(state__in=OPEN, ends_on__isnull=False).order_by("pk")
    soon = ending.filter(ends_on__lte=latest + TOLD_BEFORE)
    soon = soon.filter(Q(told_of_end__isnull=True) | ~Q(told_of_end=F("ends_on")))
    steps = [
        *(partial(_complete, one, now=now) for one in ending.filter(ends_on__lte=latest)),
        *(partial(_tell_of_end, one, now=now) for one in soon),
    ]
    each_alone(steps, lambda step: step(), "ending relationship")


def _complete(relationship: Relationship, *, now: datetime) -> None:
    relationship, people = lock_relationship(relationship)
    day = relationship.ends_on
    if relationship.is_open and day is not None and day <= relationship.organisation.today(now):
        close_relationship(relationship, people, by=None, state=Relationship.State.COMPLETED, now=now)
        record_end(relationship)


def _tell_of_end(relationship: Relationship, *, now: datetime) -> None:
    relationship, people = lock_relationship(relationship)
    day, today = relationship.ends_on, relationship.organisation.today(now)
    if not relationship.is_open or day is None or relationship.told_of_end == day:
        return
    if not today < day <= today + TOLD_BEFORE:
        return
    relationship.told_of_end = day
    relationship.save(update_fields=["told_of_end"])
    open_review(relationship, people, Review.Kind.CLOSING, now=now, quietly=True)
    tell_together("relationship_ends_soon", present(people), ends_on=day)


@task()
def complete_relationships_job() -> None:
    """The schedule's task."""
    complete_relationships()
