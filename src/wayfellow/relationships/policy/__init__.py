"""Who may do what in asking, waiting and working together, and when. Each answer names its reason."""

from wayfellow.relationships.policy.answers import (
    why_not_accept_request,
    why_not_answer_question,
    why_not_ask_question,
    why_not_decline_request,
    why_not_suggest_colleague,
    why_not_withdraw_request,
)
from wayfellow.relationships.policy.relationships import why_not_end_relationship
from wayfellow.relationships.policy.requests import why_not_send_offer, why_not_send_request
from wayfellow.relationships.policy.waiting import why_not_join_waiting_list, why_not_leave_waiting_list

__all__ = [
    "why_not_accept_request",
    "why_not_answer_question",
    "why_not_ask_question",
    "why_not_decline_request",
    "why_not_end_relationship",
    "why_not_join_waiting_list",
    "why_not_leave_waiting_list",
    "why_not_send_offer",
    "why_not_send_request",
    "why_not_suggest_colleague",
    "why_not_withdraw_request",
]
