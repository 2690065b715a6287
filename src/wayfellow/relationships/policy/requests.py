"""May I ask this mentor? May I offer to this mentee?"""

from datetime import datetime

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from wayfellow.core.errors import Refusal
from wayfellow.people.own_words import in_own_words
from wayfellow.programmes.models import Enrolment
from wayfellow.relationships.models import MentoringRequest, WaitingEntry
from wayfellow.relationships.policy.pairs import why_not_already, why_not_together


def why_not_send_request(actor: Enrolment, mentor: Enrolment, now: datetime) -> Refusal | None:
    """Why this mentee cannot ask this mentor now, or None.

    A place that is kept for the actor from the waiting list opens the door that is closed to others.
    """
    refusal = why_not_together(actor, mentor, now)
    if refusal is not None:
        return refusal
    name = mentor.member.short_name
    if not mentor.is_mentor:
        return Refusal("not_a_mentor", _("%(name)s does not offer to mentor.") % {"name": name})
    refusal = why_not_already(actor, mentor, mentor)
    if refusal is not None:
        return refusal
    if has_kept_place(actor, mentor):
        return None
    return why_not_ask_now(mentor, now) or why_not_one_more(actor) or why_not_room(mentor)


def why_not_ask_now(mentor: Enrolment, now: datetime) -> Refusal | None:
    """The mentor's own wish not to be asked, now or for a while."""
    name = mentor.member.short_name
    if not mentor.takes_requests:
        return Refusal("mentor_not_taking_requests", _("%(name)s takes no requests now.") % {"name": name})
    if mentor.is_away(now.date()):
        until = date_format(mentor.away_until, "DATE_FORMAT")
        return Refusal("mentor_away", _("%(name)s is away until %(day)s.") % {"name": name, "day": until})
    return None


def why_not_one_more(actor: Enrolment) -> Refusal | None:
    """A mentee has a limited number of open requests, so that each is meant."""
    most = actor.cohort.programme.max_open_requests
    sent = open_requests_sent(actor)
    if sent < most:
        return None
    words = ngettext(
        "You have %(n)d open request, the most one may have. Wait for the answer or take it back.",
        "You have %(n)d open requests, the most one may have. Wait for an answer or take one back.",
        sent,
    )
    return Refusal("too_many_open_requests", words % {"n": sent})


def why_not_room(mentor: Enrolment) -> Refusal | None:
    """A mentor's places, and how many may queue for them."""
    name = mentor.member.short_name
    if mentor.free_places <= 0:
        if mentor.waiting_list_open:
            return Refusal(
                "mentor_at_capacity",
                _("%(name)s has no free place now. You can wait for one.") % {"name": name},
                instead="join_waiting_list",
            )
        return Refusal("mentor_at_capacity", _("%(name)s has no free place now.") % {"name": name})
    queue = MentoringRequest.objects.open().filter(mentor=mentor, direction=MentoringRequest.Direction.ASK).count()
    if queue >= mentor.cohort.programme.mentor_queue_factor * mentor.free_places:
        words = _("%(name)s has as many open requests as can be answered well. Try again in a few days.")
        return Refusal("mentor_queue_full", words % {"name": name})
    return None


def why_not_send_offer(actor: Enrolment, mentee: Enrolment, now: datetime) -> Refusal | None:
    """Why this mentor cannot offer to this mentee now, or None."""
    refusal = why_not_together(actor, mentee, now)
    if refusal is not None:
        return refusal
    if not actor.is_mentor:
        return Refusal("you_are_not_a_mentor", in_own_words(actor.organisation, "become_first"), instead="my_limits")
    if not mentee.is_mentee or not mentee.allows_offers:
        words = _("%(name)s does not look for offers.") % {"name": mentee.member.short_name}
        return Refusal("offers_not_wanted", words)
    refusal = why_not_already(mentee, actor, mentee)
    if refusal is not None:
        return refusal
    if actor.free_places <= 0:
        return Refusal("mentor_at_capacity", _("You have no free place. Raise your limit first."), instead="my_limits")
    offers = MentoringRequest.objects.open().filter(mentor=actor, direction=MentoringRequest.Direction.OFFER).count()
    if offers >= actor.cohort.programme.mentor_queue_factor * actor.free_places:
        return Refusal(
            "too_many_open_offers", _("You have enough open offers for your free places. Wait for an answer.")
        )
    return None


def has_kept_place(mentee: Enrolment, mentor: Enrolment) -> bool:
    """Whether a freed place is kept for this mentee."""
    return WaitingEntry.objects.filter(mentor=mentor, mentee=mentee, state=WaitingEntry.State.OFFERED).exists()


def open_requests_sent(mentee: Enrolment) -> int:
    """How many mentors this mentee has asked without an answer yet."""
    return MentoringRequest.objects.open().filter(mentee=mentee, direction=MentoringRequest.Direction.ASK).count()
