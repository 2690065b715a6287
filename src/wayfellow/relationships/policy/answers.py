"""May this request be answered, asked about, or taken back?"""

from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from wayfellow.core.errors import Refusal
from wayfellow.people.models import Member
from wayfellow.relationships.models import MentoringRequest
from wayfellow.relationships.policy.pairs import active_relationship, are_blocked
from wayfellow.relationships.policy.requests import has_kept_place

State = MentoringRequest.State


def why_not_open(request: MentoringRequest, now: datetime) -> Refusal | None:
    """A request that is closed stays closed; the reason says how it closed."""
    if request.state == State.PENDING:
        if request.expires_at is not None and request.expires_at <= now:
            return Refusal("request_expired", CLOSED_WORDS[State.EXPIRED]())
        return None
    return Refusal(f"request_{request.state}", CLOSED_WORDS[request.state]())


CLOSED_WORDS: dict[Any, Any] = {
    State.DRAFT: lambda: _("This is a draft. It has not been sent."),
    State.ACCEPTED: lambda: _("This was accepted already."),
    State.DECLINED: lambda: _("This was answered already."),
    State.WITHDRAWN: lambda: _("This was taken back."),
    State.EXPIRED: lambda: _("This closed by itself. Nothing was changed."),
}


def _why_not_answer(actor: Member, request: MentoringRequest, now: datetime) -> Refusal | None:
    if request.receiver.member_id != actor.pk:
        return Refusal("not_yours_to_answer", _("Somebody else answers this."))
    return why_not_open(request, now)


def why_not_accept_request(actor: Member, request: MentoringRequest, now: datetime) -> Refusal | None:
    """Why this person cannot say yes now, or None. A mentor's places are checked again at the last moment."""
    refusal = _why_not_answer(actor, request, now)
    if refusal is not None:
        return refusal
    sender, mentor = request.sender, request.mentor
    name = sender.member.short_name
    if not actor.is_active or not sender.member.is_active:
        return Refusal("sender_left", _("%(name)s is not here any more.") % {"name": sender.member.full_name})
    if not mentor.is_mentor:
        return Refusal("not_a_mentor", _("%(name)s does not mentor any more.") % {"name": mentor.member.short_name})
    if request.cohort.is_over(now.date()):
        return Refusal("cohort_closed", _("%(programme)s has ended.") % {"programme": request.cohort.programme.name})
    if are_blocked(request.mentee, request.mentor):
        return Refusal("blocked", _("You and %(name)s cannot be connected here.") % {"name": name})
    if active_relationship(request.mentee, request.mentor) is not None:
        return Refusal("already_working_together", _("%(name)s and you work together already.") % {"name": name})
    kept = request.holds_place or has_kept_place(request.mentee, mentor)
    if not kept and mentor.free_places <= 0:
        return no_place(request)
    return None


def no_place(request: MentoringRequest) -> Refusal:
    """No place is left for this request: said to whoever answers it."""
    if request.is_offer:
        words = _("%(name)s has no free place any more. You can wait for one.")
        return Refusal(
            "mentor_at_capacity", words % {"name": request.mentor.member.short_name}, instead="join_waiting_list"
        )
    return Refusal(
        "mentor_at_capacity",
        _("You have no free place any more. Raise your limit, or say “not now” kindly."),
        instead="my_limits",
    )


def why_not_decline_request(actor: Member, request: MentoringRequest, now: datetime) -> Refusal | None:
    """Why this person cannot say "not now", or None."""
    return _why_not_answer(actor, request, now)


def why_not_suggest_colleague(actor: Member, request: MentoringRequest, now: datetime) -> Refusal | None:
    """Why this mentor cannot name a colleague, or None."""
    refusal = _why_not_answer(actor, request, now)
    if refusal is not None:
        return refusal
    name = request.mentee.member.short_name
    if request.is_offer:
        return Refusal("only_for_requests", _("An offer is answered with yes or not now."))
    if not request.may_suggest:
        return Refusal("no_suggestions_wanted", _("%(name)s would rather choose alone.") % {"name": name})
    return None


def why_not_ask_question(actor: Member, request: MentoringRequest, now: datetime) -> Refusal | None:
    """Why no question can be asked, or None. One is fine; a second would be a conversation."""
    refusal = _why_not_answer(actor, request, now)
    if refusal is not None:
        return refusal
    if hasattr(request, "question"):
        return Refusal("one_question_only", _("You asked one question already. Decide with what you know."))
    return None


def why_not_answer_question(actor: Member, request: MentoringRequest, now: datetime) -> Refusal | None:
    """Why there is no question to answer, or None."""
    if request.sender.member_id != actor.pk:
        return Refusal("not_yours_to_answer", _("Somebody else answers this."))
    refusal = why_not_open(request, now)
    if refusal is not None:
        return refusal
    if not hasattr(request, "question"):
        return Refusal("no_question", _("There is no question to answer."))
    if request.question.answered_at is not None:
        return Refusal("question_answered", _("You answered this question already."))
    return None


def why_not_withdraw_request(actor: Member, request: MentoringRequest, now: datetime) -> Refusal | None:
    """Why this cannot be taken back, or None."""
    if request.sender.member_id != actor.pk:
        return Refusal("not_yours", _("Only the person who sent this can take it back."))
    return why_not_open(request, now)
