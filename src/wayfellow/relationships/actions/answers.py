"""Answering: yes, not now kindly, somebody else, one question first."""

from datetime import date, datetime, timedelta
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from wayfellow.audit.actions import record
from wayfellow.core import clock
from wayfellow.core.errors import InvalidInput, enforce
from wayfellow.notifications.links import about_of, use_link
from wayfellow.people.models import Member
from wayfellow.programmes.models import Enrolment
from wayfellow.programmes.places import take_held_place, take_place
from wayfellow.relationships import policy
from wayfellow.relationships.actions.closing import close_request, suggest_alternatives
from wayfellow.relationships.actions.locks import lock_request
from wayfellow.relationships.actions.telling import ANSWER_PURPOSE, tell_of_relationship, tell_of_request
from wayfellow.relationships.actions.waiting import offer_freed_places
from wayfellow.relationships.dates import months_later
from wayfellow.relationships.models import (
    MentoringRequest,
    Participant,
    PrivateReason,
    Relationship,
    RequestQuestion,
    RequestSuggestion,
    WaitingEntry,
)
from wayfellow.relationships.policy.answers import no_place
from wayfellow.relationships.queries.alternatives import colleagues
from wayfellow.relationships.words import check_length

State = MentoringRequest.State
LEAST_TIME_LEFT = timedelta(days=1)


@transaction.atomic
def accept_request(
    actor: Member, request: MentoringRequest, *, words: str = "", now: datetime | None = None
) -> Relationship:
    """Say yes. Takes one of the mentor's places, opens the relationship and tells both.

    Raises:
        Refused: see `why_not_accept_request`; `mentor_at_capacity` also when a rival was faster.
        InvalidInput: the words are too long.
    """
    now = now or clock.now()
    request = lock_request(request)
    enforce(policy.why_not_accept_request(actor, request, now))
    words = check_length(words, field="words", model_field="answer_words")
    kept = _take_up_kept_place(request, now) or request.holds_place
    if not (take_held_place(request.mentor) if kept else take_place(request.mentor)):
        enforce(no_place(request))
    close_request(request, State.ACCEPTED, now=now, answered_at=now, answer_words=words)
    relationship = Relationship.objects.create(
        organisation=request.organisation,
        cohort=request.cohort,
        request=request,
        opened_at=now,
        every_weeks=request.every_weeks,
        minutes=request.minutes,
        ends_on=_ends_on(request, now),
    )
    for enrolment, role in ((request.mentor, Participant.Role.MENTOR), (request.mentee, Participant.Role.MENTEE)):
        Participant.objects.create(
            organisation=request.organisation, relationship=relationship, enrolment=enrolment, role=role
        )
    for to, other in ((request.sender, request.receiver), (request.receiver, request.sender)):
        tell_of_relationship("request_accepted", relationship, to, other, by_you=to.pk == request.receiver.pk)
    details = {"relationship": relationship.pk}
    record("request_accepted", actor=actor, organisation=request.organisation, about=request, details=details)
    return relationship


def _ends_on(request: MentoringRequest, now: datetime) -> date | None:
    """The day on which what was asked for is over, and not after the programme's own last day."""
    last = request.cohort.ends_on
    if not request.months:
        return last
    asked = months_later(request.organisation.today(now), request.months)
    return min(asked, last) if last is not None else asked


@transaction.atomic
def decline_request(
    actor: Member,
    request: MentoringRequest,
    *,
    words: str,
    kindness: str = "",
    private_reason: str = "",
    away_until: date | None = None,
    now: datetime | None = None,
) -> MentoringRequest:
    """Say "not now", in words that help. A private reason is read by its writer alone.

    Raises:
        Refused: see `why_not_decline_request`.
        InvalidInput: no words, too many, or a day that has passed.
    """
    now = now or clock.now()
    request = lock_request(request)
    enforce(policy.why_not_decline_request(actor, request, now))
    words = check_length(words, field="words", model_field="answer_words")
    if not words:
        name = request.sender.member.short_name
        raise InvalidInput("words_missing", _("Leave %(name)s a few kind words.") % {"name": name}, field="words")
    if away_until is not None:
        _stop_requests_until(request.receiver, away_until, now)
    close_request(request, State.DECLINED, now=now, answered_at=now, answer_words=words, kindness=kindness)
    if private_reason:
        PrivateReason.objects.create(
            organisation=request.organisation, member=actor, request=request, reason=private_reason
        )
    suggest_alternatives(request, now=now)
    tell_of_request("request_declined", request, request.sender)
    offer_freed_places(request.mentor, now=now)
    record("request_declined", actor=actor, organisation=request.organisation, about=request)
    return request


@transaction.atomic
def suggest_colleague(
    actor: Member, request: MentoringRequest, *, colleague: Enrolment, words: str = "", now: datetime | None = None
) -> MentoringRequest:
    """Name somebody who fits better. The asker decides; the colleague is not told before that.

    Raises:
        Refused: see `why_not_suggest_colleague`.
        InvalidInput: this colleague cannot be suggested.
    """
    now = now or clock.now()
    request = lock_request(request)
    enforce(policy.why_not_suggest_colleague(actor, request, now))
    words = check_length(words, field="words", model_field="answer_words")
    if colleague.pk not in {found.pk for found in colleagues(request, now=now)}:
        raise InvalidInput("not_a_candidate", _("Choose one of the people on the list."), field="colleague")
    close_request(
        request,
        State.DECLINED,
        now=now,
        answered_at=now,
        answer_words=words,
        kindness=MentoringRequest.Kindness.BETTER_FIT,
    )
    RequestSuggestion.objects.create(
        organisation=request.organisation, request=request, mentor=colleague, by_mentor=True
    )
    suggest_alternatives(request, now=now)
    tell_of_request("request_declined", request, request.sender, suggests=colleague.member.full_name)
    offer_freed_places(request.mentor, now=now)
    record("colleague_suggested", actor=actor, organisation=request.organisation, about=request)
    return request


@transaction.atomic
def ask_question(
    actor: Member, request: MentoringRequest, *, text: str, now: datetime | None = None
) -> RequestQuestion:
    """Ask the sender one question first. Their turn now; the clock of the answer stands still.

    Raises:
        Refused: see `why_not_ask_question`.
        InvalidInput: no question, or too long.
    """
    now = now or clock.now()
    request = lock_request(request)
    enforce(policy.why_not_ask_question(actor, request, now))
    text = check_length(text, field="text", model=RequestQuestion)
    if not text:
        raise InvalidInput("text_missing", _("Write your question."), field="text")
    assert request.expires_at is not None  # noqa: S101 (a pending request has one: see its constraint)
    left = max(request.expires_at - now, LEAST_TIME_LEFT)
    question = RequestQuestion.objects.create(
        organisation=request.organisation, request=request, text=text, asked_at=now, time_left=left
    )
    request.awaiting, request.awaiting_since = request.sender_party, now
    request.expires_at = now + timedelta(days=request.cohort.programme.request_expiry_days)
    request.save(update_fields=["awaiting", "awaiting_since", "expires_at"])
    tell_of_request("question_asked", request, request.sender)
    record("question_asked", actor=actor, organisation=request.organisation, about=request)
    return question


@transaction.atomic
def answer_question(
    actor: Member, request: MentoringRequest, *, text: str, now: datetime | None = None
) -> RequestQuestion:
    """Answer the question. The other's turn again, with the time that was left.

    Raises:
        Refused: see `why_not_answer_question`.
        InvalidInput: no answer, or too long.
    """
    now = now or clock.now()
    request = lock_request(request)
    enforce(policy.why_not_answer_question(actor, request, now))
    text = check_length(text, field="text", model=RequestQuestion, model_field="answer")
    if not text:
        raise InvalidInput("text_missing", _("Write your answer."), field="text")
    question = request.question
    question.answer, question.answered_at = text, now
    question.save(update_fields=["answer", "answered_at"])
    request.awaiting, request.awaiting_since = request.receiver_party, now
    request.expires_at = now + question.time_left
    request.save(update_fields=["awaiting", "awaiting_since", "expires_at"])
    tell_of_request("question_answered", request, request.receiver)
    record("question_answered", actor=actor, organisation=request.organisation, about=request)
    return question


@transaction.atomic
def answer_from_mail(token: str, *, accept: bool, now: datetime | None = None, **fields: Any) -> MentoringRequest:
    """Answer by a link from a mail: once, without signing in. Both buttons of a mail share one link.

    Raises:
        Refused: the link is used, expired or unknown; or as `accept_request` and `decline_request`, and then the
            link stays good.
        NotFound: the request is gone.
        InvalidInput: as the answers.
    """
    link = use_link(token, ANSWER_PURPOSE)
    request = about_of(link)
    if accept:
        accept_request(link.member, request, now=now, **fields)
    else:
        decline_request(link.member, request, now=now, **fields)
    return request


def _stop_requests_until(mentor: Enrolment, until: date, now: datetime) -> None:
    if until <= now.date():
        raise InvalidInput("away_until_past", _("Choose a day after today."), field="away_until")
    mentor.away_until = until
    mentor.save(update_fields=["away_until"])


def _take_up_kept_place(request: MentoringRequest, now: datetime) -> bool:
    """A mentee in line who accepts an offer, or is accepted, leaves the line. True if a place was kept for them."""
    entry = WaitingEntry.objects.in_line().filter(mentor=request.mentor, mentee=request.mentee).first()
    if entry is None:
        return False
    kept = entry.state == WaitingEntry.State.OFFERED
    entry.state, entry.closed_at = WaitingEntry.State.TAKEN, now
    entry.save(update_fields=["state", "closed_at"])
    return kept
