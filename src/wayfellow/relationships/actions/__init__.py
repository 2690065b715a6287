"""What happens when people ask, answer, wait, work together and stop: one function per verb, one transaction each."""

from wayfellow.relationships.actions.answers import (
    accept_request,
    answer_question,
    ask_question,
    decline_request,
    suggest_colleague,
)
from wayfellow.relationships.actions.expiry import remind_and_expire_requests
from wayfellow.relationships.actions.leaving import close_after_block, close_after_leaving
from wayfellow.relationships.actions.limits import enrol_in_network, set_limits, stop_mentoring
from wayfellow.relationships.actions.relationships import end_relationship
from wayfellow.relationships.actions.requests import (
    discard_draft,
    keep_draft,
    send_offer,
    send_request,
    withdraw_request,
)
from wayfellow.relationships.actions.waiting import (
    join_waiting_list,
    lapse_waiting_offers,
    leave_waiting_list,
    offer_freed_places,
)

__all__ = [
    "accept_request",
    "answer_question",
    "ask_question",
    "close_after_block",
    "close_after_leaving",
    "decline_request",
    "discard_draft",
    "end_relationship",
    "enrol_in_network",
    "join_waiting_list",
    "keep_draft",
    "lapse_waiting_offers",
    "leave_waiting_list",
    "offer_freed_places",
    "remind_and_expire_requests",
    "send_offer",
    "send_request",
    "set_limits",
    "stop_mentoring",
    "suggest_colleague",
    "withdraw_request",
]
