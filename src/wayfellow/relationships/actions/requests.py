"""Asking a mentor, offering to a mentee, keeping a draft, taking it back."""

from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from wayfellow.audit.actions import record
from wayfellow.core import clock
from wayfellow.core.errors import InvalidInput, enforce
from wayfellow.goals.models import Goal
from wayfellow.people.models import Member
from wayfellow.programmes.models import Enrolment
from wayfellow.relationships import policy
from wayfellow.relationships.actions.closing import close_request
from wayfellow.relationships.actions.locks import lock_enrolments, lock_request
from wayfellow.relationships.actions.telling import tell_of_request
from wayfellow.relationships.actions.waiting import offer_freed_places
from wayfellow.relationships.models import MentoringRequest, WaitingEntry
from wayfellow.relationships.words import check_length, check_why_you

Direction, State, HowOften = MentoringRequest.Direction, MentoringRequest.State, MentoringRequest.HowOften
RHYTHMS = {HowOften.EVERY_TWO_WEEKS: (30, 2), HowOften.ONCE_A_MONTH: (60, 4), HowOften.JUST_ONCE: (None, None)}


@transaction.atomic
def send_request(
    actor: Enrolment,
    mentor: Enrolment,
    *,
    goal: Goal | None,
    why_you: str,
    ask: str,
    how_often: str,
    may_suggest: bool = True,
    next_choice: Enrolment | None = None,
    now: datetime | None = None,
) -> MentoringRequest:
    """A mentee asks a mentor. A kept draft becomes the request; a kept place stays kept until the answer.

    Raises:
        Refused: see `why_not_send_request`.
        InvalidInput: a field is missing, too short, too long, or somebody else's.
    """
    now = now or clock.now()
    actor, mentor = lock_enrolments(actor.pk, mentor.pk)
    enforce(policy.why_not_send_request(actor, mentor, now))
    request = _draft_of(Direction.ASK, mentee=actor, mentor=mentor)
    goal = _check_goal(actor, goal)
    request.goal, request.goal_title, request.goal_by_when = goal, goal.title, goal.by_when
    request.why_you = check_why_you(why_you, name=mentor.member.short_name)
    request.ask = check_length(ask, field="ask")
    if not request.ask:
        raise InvalidInput("ask_missing", _("Say what you would ask. A clear ask gets a clear answer."), field="ask")
    request.may_suggest = may_suggest
    request.next_choice = _check_next_choice(actor, mentor, next_choice)
    _set_rhythm(request, how_often)
    request.holds_place = _take_up_kept_place(actor, mentor, now)
    _send(request, now)
    tell_of_request("request_received", request, mentor)
    record("request_sent", actor=actor.member, organisation=request.organisation, about=request)
    return request


@transaction.atomic
def send_offer(
    actor: Enrolment,
    mentee: Enrolment,
    *,
    why_you: str,
    ask: str = "",
    how_often: Any = HowOften.AS_OFFERED,
    now: datetime | None = None,
) -> MentoringRequest:
    """A mentor offers to a mentee who allows it. The same states; the mentee answers.

    Raises:
        Refused: see `why_not_send_offer`.
        InvalidInput: a field is missing, too short or too long.
    """
    now = now or clock.now()
    actor, mentee = lock_enrolments(actor.pk, mentee.pk)
    enforce(policy.why_not_send_offer(actor, mentee, now))
    request = _draft_of(Direction.OFFER, mentee=mentee, mentor=actor)
    request.why_you = check_why_you(why_you, name=mentee.member.short_name)
    request.ask = check_length(ask, field="ask")
    request.may_suggest = False
    _set_rhythm(request, how_often)
    _send(request, now)
    tell_of_request("offer_received", request, mentee)
    record("offer_sent", actor=actor.member, organisation=request.organisation, about=request)
    return request


@transaction.atomic
def keep_draft(
    actor: Enrolment,
    mentor: Enrolment,
    *,
    goal: Goal | None = None,
    why_you: str = "",
    ask: str = "",
    how_often: str = "",
    may_suggest: bool = True,
    next_choice: Enrolment | None = None,
) -> MentoringRequest:
    """Keep what was written so far, complete or not. One draft for each mentor; only its writer sees it.

    Raises:
        InvalidInput: a text is too long, or something is somebody else's.
        Refused: the mentor is the writer.
    """
    actor, mentor = lock_enrolments(actor.pk, mentor.pk)
    if actor.member_id == mentor.member_id:
        enforce(policy.why_not_send_request(actor, mentor, clock.now()))
    request = _draft_of(Direction.ASK, mentee=actor, mentor=mentor)
    request.goal = goal if goal is not None and goal.member_id == actor.member_id else None
    request.why_you = check_length(why_you, field="why_you")
    request.ask = check_length(ask, field="ask")
    request.how_often = how_often if how_often in HowOften.values else ""
    request.may_suggest = may_suggest
    request.next_choice = _check_next_choice(actor, mentor, next_choice)
    request.save()
    return request


@transaction.atomic
def discard_draft(actor: Member, request: MentoringRequest) -> None:
    """Throw a draft away. Doing it twice does no harm."""
    MentoringRequest.objects.visible_to(actor).filter(pk=request.pk, state=State.DRAFT).delete()


@transaction.atomic
def withdraw_request(actor: Member, request: MentoringRequest, *, now: datetime | None = None) -> MentoringRequest:
    """Take a request or an offer back before it is answered.

    Raises:
        Refused: see `why_not_withdraw_request`.
    """
    now = now or clock.now()
    request = lock_request(request)
    enforce(policy.why_not_withdraw_request(actor, request, now))
    close_request(request, State.WITHDRAWN, now=now)
    tell_of_request("request_withdrawn", request, request.receiver)
    offer_freed_places(request.mentor, now=now)
    record("request_withdrawn", actor=actor, organisation=request.organisation, about=request)
    return request


def _draft_of(direction: Any, *, mentee: Enrolment, mentor: Enrolment) -> MentoringRequest:
    found = MentoringRequest.objects.filter(
        mentee=mentee, mentor=mentor, direction=direction, state=State.DRAFT
    ).first()
    draft = found or MentoringRequest(organisation=mentor.organisation, cohort=mentor.cohort, direction=direction)
    draft.mentee, draft.mentor = mentee, mentor
    return draft


def _send(request: MentoringRequest, now: datetime) -> None:
    days = request.cohort.programme.request_expiry_days
    request.state = State.PENDING
    request.awaiting, request.awaiting_since = request.receiver_party, now
    request.sent_at, request.expires_at = now, now + timedelta(days=days)
    request.save()


def _check_goal(actor: Enrolment, goal: Any) -> Goal:
    if goal is None:
        raise InvalidInput("goal_missing", _("Choose the goal this is for."), field="goal")
    if goal.member_id != actor.member_id or goal.state != Goal.State.ACTIVE:
        raise InvalidInput("goal_not_yours", _("Choose one of your goals under way."), field="goal")
    return goal


def _check_next_choice(actor: Enrolment, mentor: Enrolment, next_choice: Enrolment | None) -> Enrolment | None:
    if next_choice is None:
        return None
    others = next_choice.pk not in (actor.pk, mentor.pk) and next_choice.cohort_id == actor.cohort_id
    if not others or not next_choice.is_mentor:
        raise InvalidInput("next_choice_not_a_mentor", _("Choose another mentor, or nobody."), field="next_choice")
    return next_choice


def _set_rhythm(request: MentoringRequest, how_often: str) -> None:
    if how_often not in HowOften.values:
        raise InvalidInput("how_often_missing", _("Choose one. You can change it together later."), field="how_often")
    offered = (request.mentor.offer_minutes, request.mentor.offer_every_weeks)
    request.how_often = how_often
    request.minutes, request.every_weeks = RHYTHMS.get(HowOften(how_often), offered)
    request.months = None if how_often == HowOften.JUST_ONCE else request.mentor.offer_months


def _take_up_kept_place(mentee: Enrolment, mentor: Enrolment, now: datetime) -> bool:
    """Close the mentee's place in line, since they ask now. True if a freed place was kept for them: it stays kept."""
    entry = WaitingEntry.objects.in_line().filter(mentor=mentor, mentee=mentee).first()
    if entry is None:
        return False
    kept = entry.state == WaitingEntry.State.OFFERED
    entry.state, entry.closed_at = WaitingEntry.State.TAKEN, now
    entry.save(update_fields=["state", "closed_at"])
    return kept
