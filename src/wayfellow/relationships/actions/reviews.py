"""Looking back at the agreement, clause by clause: each alone, then all read it."""

from datetime import datetime, timedelta
from functools import partial
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _
from django_tasks import task

from wayfellow.audit.actions import record
from wayfellow.core import clock
from wayfellow.core.errors import InvalidInput, enforce
from wayfellow.jobs.batches import each_alone
from wayfellow.people.models import Member
from wayfellow.relationships import policy
from wayfellow.relationships.actions.agreements import mine
from wayfellow.relationships.actions.locks import lock_relationship, present
from wayfellow.relationships.actions.telling import tell_together
from wayfellow.relationships.clauses import CLAUSES
from wayfellow.relationships.models import (
    Agreement,
    Participant,
    Relationship,
    Review,
    ReviewAnswers,
    WithheldWords,
)
from wayfellow.relationships.policy.agreements import in_force
from wayfellow.relationships.words import check_length

CLOSE_TO_THE_END = timedelta(days=21)


@transaction.atomic
def start_review(actor: Member, relationship: Relationship, *, now: datetime | None = None) -> Review:
    """Look back now. Close to the end, or after it, it is the closing review; if one is open already, that one.

    Raises:
        Refused: see `why_not_start_review`.
    """
    now = now or clock.now()
    relationship, people = lock_relationship(relationship)
    enforce(policy.why_not_start_review(actor, relationship, now))
    ends_on, today = relationship.ends_on, relationship.organisation.today(now)
    closing = not relationship.is_open or (ends_on is not None and ends_on <= today + CLOSE_TO_THE_END)
    kind = Review.Kind.CLOSING if closing else Review.Kind.MIDPOINT
    review = open_review(relationship, people, kind, now=now, by=mine(actor, people), quietly=closing)
    record("review_started", actor=actor, organisation=relationship.organisation, about=review)
    return review


def open_review(
    relationship: Relationship,
    people: list[Participant],
    kind: Any,
    *,
    now: datetime,
    by: Participant | None = None,
    quietly: bool = False,
) -> Review:
    """The open review of a kind, begun if there is none; everybody is told of a new one unless `quietly`."""
    found = relationship.reviews.filter(kind=kind, shown_at__isnull=True).first()
    if found is not None:
        return found
    version = in_force(Agreement.objects.filter(relationship=relationship).first())
    review = Review.objects.create(
        organisation=relationship.organisation, relationship=relationship, kind=kind, version=version, opened_at=now
    )
    if not quietly:
        tell_together("review_due", present(people), by=by, about=review, view="review", args=(review.pk,))
    return review


@transaction.atomic
def fill_in_review(
    actor: Member,
    review: Review,
    *,
    verdicts: dict[str, dict[str, str]],
    words: str = "",
    withheld: str = "",
    done: bool = True,
    now: datetime | None = None,
) -> ReviewAnswers:
    """Keep how one looks back. Once everybody has, all read it; what is withheld is read after the end only.

    Args:
        verdicts: for each point `{"verdict": "kept", "words": "…"}`; a point may be left out.
        words: on the whole.
        withheld: what the others read only once the relationship is over.
        done: False keeps a draft.

    Raises:
        Refused: see `why_not_fill_in_review`.
        InvalidInput: an unknown point or verdict, or a text too long.
    """
    now = now or clock.now()
    relationship, people = lock_relationship(review.relationship)
    review = Review.objects.lock(review.pk)
    review.relationship = relationship
    enforce(policy.why_not_fill_in_review(actor, review, now))
    cleaned = _clean_verdicts(verdicts)
    words = check_length(words, field="words", model=ReviewAnswers)
    withheld = check_length(withheld, field="withheld", model=WithheldWords, model_field="text")
    me = mine(actor, people)
    answers, _made = review.answers.update_or_create(
        participant=me,
        defaults={
            "organisation": review.organisation,
            "verdicts": cleaned,
            "words": words,
            "done_at": now if done else None,
        },
        create_defaults={
            "organisation": review.organisation,
            "verdicts": cleaned,
            "words": words,
            "done_at": now if done else None,
            "created_at": now,
        },
    )
    _withhold(review, me, withheld, now=now)
    if done:
        show_review_if_all_are_done(review, people, by=me, now=now)
    answers.refresh_from_db()
    record("review_filled_in", actor=actor, organisation=review.organisation, about=review, details={"done": done})
    return answers


def show_review_if_all_are_done(
    review: Review, people: list[Participant], *, by: Participant | None, now: datetime
) -> None:
    """Let everybody read a review that all who are here have filled in."""
    here = present(people)
    done = set(review.answers.filter(done_at__isnull=False).values_list("participant", flat=True))
    if {one.pk for one in here} <= done:
        review.shown_at = now
        review.save(update_fields=["shown_at"])
        review.answers.filter(done_at__isnull=False).update(shown_at=now)
        tell_together("review_shown", here, by=by, about=review, view="review", args=(review.pk,))


def _withhold(review: Review, me: Participant, text: str, *, now: datetime) -> None:
    if not text:
        review.withheld.filter(participant=me).delete()
        return
    kept = {"organisation": review.organisation, "text": text}
    review.withheld.update_or_create(participant=me, defaults=kept, create_defaults=kept | {"created_at": now})


def _clean_verdicts(verdicts: dict[str, dict[str, str]]) -> dict[str, dict[str, str]]:
    cleaned = {}
    for key, said in verdicts.items():
        if key not in CLAUSES or said.get("verdict") not in ReviewAnswers.Verdict.values:
            raise InvalidInput("unknown_verdict", _("Choose one of the answers."), field=f"{key}_verdict")
        words = said.get("words", "").strip()
        if len(words) > 600:
            said_too_long = _("Write at most %(most)d characters. This has %(length)d.")
            raise InvalidInput("too_long", said_too_long % {"most": 600, "length": len(words)}, field=f"{key}_words")
        cleaned[key] = {"verdict": said["verdict"], "words": words}
    return cleaned


def open_due_reviews(*, now: datetime | None = None) -> None:
    """Begin the look back that an agreement set a day for. Safe to repeat."""
    now = now or clock.now()
    latest = (now + timedelta(days=1)).date()
    due = Relationship.objects.filter(state=Relationship.State.ACTIVE, review_on__lte=latest).order_by("pk")
    each_alone([partial(_open_due, one, now=now) for one in due], lambda step: step(), "look back")


def _open_due(relationship: Relationship, *, now: datetime) -> None:
    relationship, people = lock_relationship(relationship)
    day = relationship.review_on
    if relationship.is_active and day is not None and day <= relationship.organisation.today(now):
        relationship.review_on = None
        relationship.save(update_fields=["review_on"])
        open_review(relationship, people, Review.Kind.MIDPOINT, now=now)


@task()
def open_due_reviews_job() -> None:
    """The schedule's task."""
    open_due_reviews()
