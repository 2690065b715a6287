"""The sentence of each notice, as the inbox shows it. The mails are in `templates/relationships/mail/`."""

from typing import Any

from django.utils.translation import gettext as _

from wayfellow.core.registry import NoticeKind
from wayfellow.people.own_words import in_own_words
from wayfellow.web.templatetags.wayfellow import long_day


def request_received(notice: Any) -> str:
    return in_own_words(notice.organisation, "asks_you", **notice.facts) + "."


def offer_received(notice: Any) -> str:
    return in_own_words(notice.organisation, "offers_you", **notice.facts) + "."


def request_reminder(notice: Any) -> str:
    return _("%(name)s waits for your answer.") % notice.facts


def request_accepted(notice: Any) -> str:
    if notice.facts.get("by_you"):
        return _("You said yes to %(name)s. Your page is open.") % notice.facts
    return _("%(name)s said yes. Your page is open.") % notice.facts


def request_declined(notice: Any) -> str:
    if notice.facts.get("suggests"):
        return _("%(name)s cannot take this on now, and suggests %(suggests)s.") % notice.facts
    return _("%(name)s cannot take this on now, and left you a note.") % notice.facts


def request_expired(notice: Any) -> str:
    if notice.facts.get("your_turn"):
        return _("The request with %(name)s closed by itself. No blame to anyone.") % notice.facts
    return _("The request with %(name)s closed by itself; %(name)s may simply be busy.") % notice.facts


def request_withdrawn(notice: Any) -> str:
    if notice.facts.get("offer"):
        return _("%(name)s took the offer back. There is nothing to do.") % notice.facts
    return _("%(name)s took the request back. There is nothing to do.") % notice.facts


def request_closed(notice: Any) -> str:
    if notice.facts.get("because") == "stopped":
        return _("%(name)s does not mentor any more; your request is closed.") % notice.facts
    return _("%(full_name)s is not here any more; what was open between you is closed.") % notice.facts


def question_asked(notice: Any) -> str:
    return _("%(name)s has a question before deciding.") % notice.facts


def question_answered(notice: Any) -> str:
    return _("%(name)s answered your question.") % notice.facts


def place_offered(notice: Any) -> str:
    return _("A place with %(name)s is kept for you.") % notice.facts


def place_lapsed(notice: Any) -> str:
    if notice.facts.get("because"):
        return _("%(full_name)s does not mentor any more; the line is closed.") % notice.facts
    return _("The place kept for you with %(name)s went to the next in line.") % notice.facts


def relationship_ended(notice: Any) -> str:
    if notice.facts.get("left"):
        return _("%(full_name)s is not here any more. Your notes stay yours.") % notice.facts
    if notice.facts.get("how") == "completed":
        return _("%(name)s says you got there, and left you a note. Your notes stay yours.") % notice.facts
    return _("%(name)s stopped here and left you a note. Your notes stay yours.") % notice.facts


def relationship_completed(notice: Any) -> str:
    return _("The time agreed with %(with)s is complete. Your notes stay yours.") % notice.facts


def relationship_ends_soon(notice: Any) -> str:
    return _("What you do with %(with)s ends by itself on %(day)s.") % (notice.facts | _day(notice, "ends_on"))


def relationship_paused(notice: Any) -> str:
    return _("%(name)s paused until %(day)s. Nothing is lost.") % (notice.facts | _day(notice, "until"))


def relationship_returns_soon(notice: Any) -> str:
    return _("With %(with)s you go on, on %(day)s.") % (notice.facts | _day(notice, "until"))


def relationship_resumed(notice: Any) -> str:
    if notice.facts.get("name"):
        return _("%(name)s takes it up again.") % notice.facts
    return _("The pause with %(with)s is over.") % notice.facts


def participant_left(notice: Any) -> str:
    if notice.facts.get("left"):
        return _("%(full_name)s is not here any more. The rest of you go on.") % notice.facts
    return _("%(name)s left and said goodbye. The rest of you go on.") % notice.facts


def agreement_filled_in(notice: Any) -> str:
    return _("%(name)s filled in their side of the agreement.") % notice.facts


def agreement_compared(notice: Any) -> str:
    if notice.facts.get("open"):
        return _("All sides of the agreement are in. See where you and %(with)s differ.") % notice.facts
    return _("All sides of the agreement are in, and you differ on nothing. Read it and sign.") % notice.facts


def agreement_proposed(notice: Any) -> str:
    return _("%(name)s proposes words for a point of the agreement.") % notice.facts


def agreement_changed(notice: Any) -> str:
    if notice.facts.get("because") == "joined":
        return _("Somebody joined, so version %(number)s of the agreement waits for your signature.") % notice.facts
    if notice.facts.get("because") == "extended":
        return _("%(name)s proposes a later end. It waits for your signature.") % notice.facts
    if notice.facts.get("open"):
        return _("%(name)s settled a point of the agreement.") % notice.facts
    return _("%(name)s wrote version %(number)s of the agreement. It waits for your signature.") % notice.facts


def agreement_signed(notice: Any) -> str:
    return _("Everybody signed version %(number)s of the agreement.") % notice.facts


def agreement_kept(notice: Any) -> str:
    return _("%(name)s would rather keep version %(number)s of the agreement.") % notice.facts


def review_due(notice: Any) -> str:
    return _("Time to look back with %(with)s, point by point.") % notice.facts


def review_shown(notice: Any) -> str:
    return _("%(with)s and you have looked back. Read it together.") % notice.facts


def joining_offered(notice: Any) -> str:
    return _("%(name)s invites you to join.") % notice.facts


def joining_asked(notice: Any) -> str:
    return _("%(name)s would like %(who)s to join you. It takes your yes.") % notice.facts


def joining_joined(notice: Any) -> str:
    if notice.facts.get("you"):
        return _("You work with %(with)s now.") % notice.facts
    return _("%(full_name)s joined you.") % notice.facts


def joining_closed(notice: Any) -> str:
    if notice.facts.get("you"):
        return _("The invitation to join is closed. There is nothing to do.")
    return _("%(who)s does not join you for now.") % notice.facts


def _day(notice: Any, name: str) -> dict[str, str]:
    return {"day": long_day(notice.facts.get(name))}


def quiet_word_asked(notice: Any) -> str:
    return _("%(full_name)s asks for a quiet word.") % notice.facts


def quiet_word_taken_up(notice: Any) -> str:
    return _("%(full_name)s comes back to you.") % notice.facts


def relationship_released(notice: Any) -> str:
    return _("The programme has ended your mentoring with %(with)s. Nobody did anything wrong.") % notice.facts


def kind(function: Any, label: Any, why: Any, *, can_stop: bool = True) -> NoticeKind:
    """A notice kind that is named as the function of its sentence."""
    return NoticeKind(
        kind=function.__name__, label=label, why=why, text=f"{__name__}.{function.__name__}", can_stop=can_stop
    )
