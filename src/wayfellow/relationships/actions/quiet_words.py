"""A quiet word: asked for at any time, heard by somebody outside, never told to the others."""

from datetime import datetime

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from wayfellow.audit.actions import record
from wayfellow.core import clock
from wayfellow.core.errors import Conflict, InvalidInput, NotFound, enforce
from wayfellow.notifications.actions import notify
from wayfellow.people.models import Member
from wayfellow.relationships import policy
from wayfellow.relationships.actions.locks import lock_relationship
from wayfellow.relationships.actions.relationships import close_relationship, let_leave, record_end
from wayfellow.relationships.models import QuietWord, Relationship
from wayfellow.relationships.words import check_length

State = QuietWord.State


@transaction.atomic
def ask_quiet_word(
    actor: Member, relationship: Relationship, *, wants: str, to: str, text: str = "", now: datetime | None = None
) -> QuietWord:
    """Say "I want to talk" or "I want out" to somebody outside. Mailed at once, whatever anybody has turned off.

    Raises:
        Refused: see `why_not_ask_quiet_word`.
        Conflict: the same was asked already and is still open.
        InvalidInput: the text is too long, or another word for `wants` or `to`.
    """
    now = now or clock.now()
    relationship, _people = lock_relationship(relationship)
    if wants not in QuietWord.Wants.values:
        raise InvalidInput("unknown_wish", _("Choose what you want."), field="wants")
    if to not in QuietWord.To.values:
        raise InvalidInput("unknown_hearer", _("Choose who should hear it."), field="to")
    enforce(policy.why_not_ask_quiet_word(actor, relationship, to))
    text = check_length(text, field="text", model=QuietWord)
    mine = QuietWord.objects.filter(asked_by=actor, relationship=relationship, wants=wants)
    if mine.exclude(state=State.CLOSED).exists():
        raise Conflict("asked_already", _("You have asked this already. Somebody will come back to you."))
    word = QuietWord.objects.create(
        organisation=relationship.organisation,
        relationship=relationship,
        asked_by=actor,
        wants=wants,
        to=to,
        text=text,
        asked_at=now,
    )
    heard_by = list(policy.hearers(relationship, to))
    word.heard_by.set(heard_by)
    page = reverse("quiet_word", args=[relationship.organisation.slug, word.pk])
    for member in heard_by:
        facts = {"full_name": actor.full_name, "wants": wants}
        notify("quiet_word_asked", to=member, about=word, facts=facts, links={"page": page})
    record("quiet_word_asked", actor=None, organisation=relationship.organisation, about=word)
    return word


@transaction.atomic
def take_up_quiet_word(actor: Member, word: QuietWord, *, now: datetime | None = None) -> QuietWord:
    """Say that one comes back to whoever asked; they are told who.

    Raises:
        Refused: see `why_not_hear_quiet_word`.
        Conflict: somebody else was faster.
        NotFound: it is gone.
    """
    word = _lock(word)
    enforce(policy.why_not_hear_quiet_word(actor, word))
    if word.state == State.TAKEN_UP and word.taken_up_by_id != actor.pk:
        raise Conflict("taken_up_already", _("Somebody else has taken this up already."))
    if word.state == State.WAITING:
        word.state, word.taken_up_by, word.taken_up_at = State.TAKEN_UP, actor, now or clock.now()
        word.save(update_fields=["state", "taken_up_by", "taken_up_at"])
        _answer(word, actor)
        record("quiet_word_taken_up", actor=actor, organisation=word.organisation, about=word)
    return word


@transaction.atomic
def close_quiet_word(actor: Member, word: QuietWord, *, now: datetime | None = None) -> QuietWord:
    """Note that it is looked after.

    Raises:
        Refused: see `why_not_hear_quiet_word`.
        NotFound: it is gone.
    """
    word = _lock(word)
    enforce(policy.why_not_hear_quiet_word(actor, word))
    _close(word, now or clock.now())
    record("quiet_word_closed", actor=actor, organisation=word.organisation, about=word)
    return word


@transaction.atomic
def release_from_relationship(actor: Member, word: QuietWord, *, now: datetime | None = None) -> QuietWord:
    """End it for somebody who wants out: a pair ends, a group goes on without them where it can. Nobody is blamed.

    Raises:
        Refused: see `why_not_release`.
        NotFound: it is gone.
    """
    now = now or clock.now()
    relationship, people = lock_relationship(word.relationship)
    word = _lock(word)
    word.relationship = relationship
    enforce(policy.why_not_release(actor, word))
    me = next(one for one in people if one.enrolment.member_id == word.asked_by_id)
    if policy.can_go_on_without(relationship, [word.asked_by_id]):
        let_leave(me, people, now=now)
        record("relationship_left", actor=None, organisation=relationship.organisation, about=relationship)
    else:
        close_relationship(relationship, people, by=None, state=Relationship.State.ENDED_EARLY, now=now)
        record_end(relationship)
    word.released, word.taken_up_by = True, word.taken_up_by or actor
    _close(word, now)
    record("quiet_word_closed", actor=actor, organisation=word.organisation, about=word)
    return word


def _lock(word: QuietWord) -> QuietWord:
    rows = QuietWord.objects.select_related("organisation", "relationship__cohort", "asked_by__organisation")
    try:
        return rows.lock(word.pk)
    except QuietWord.DoesNotExist:
        raise NotFound("word_gone", _("This is not there any more.")) from None


def _close(word: QuietWord, now: datetime) -> None:
    word.state, word.closed_at = State.CLOSED, now
    word.save(update_fields=["state", "closed_at", "released", "taken_up_by"])


def _answer(word: QuietWord, actor: Member) -> None:
    page = reverse("ask_quiet_word", args=[word.organisation.slug, word.relationship_id])
    facts = {"full_name": actor.full_name}
    notify("quiet_word_taken_up", to=word.asked_by, about=word, facts=facts, links={"page": page})
