"""Who may do what in asking, waiting and working together, and when. Each answer names its reason."""

from wayfellow.relationships.policy.agreements import (
    why_not_agree_to_clause,
    why_not_change_agreement,
    why_not_drop_change,
    why_not_extend_relationship,
    why_not_fill_in_agreement,
    why_not_propose_clause,
    why_not_show_answers,
    why_not_sign_agreement,
)
from wayfellow.relationships.policy.answers import (
    why_not_accept_request,
    why_not_answer_question,
    why_not_ask_question,
    why_not_decline_request,
    why_not_suggest_colleague,
    why_not_withdraw_request,
)
from wayfellow.relationships.policy.joining import (
    why_not_agree_to_joining,
    why_not_answer_joining,
    why_not_invite_to_relationship,
    why_not_join,
    why_not_withdraw_joining,
)
from wayfellow.relationships.policy.quiet_words import (
    hearers,
    why_not_ask_quiet_word,
    why_not_hear_quiet_word,
    why_not_release,
)
from wayfellow.relationships.policy.relationships import (
    can_go_on_without,
    why_not_end_relationship,
    why_not_leave_relationship,
    why_not_pause_relationship,
    why_not_resume_relationship,
)
from wayfellow.relationships.policy.requests import why_not_send_offer, why_not_send_request
from wayfellow.relationships.policy.reviews import why_not_fill_in_review, why_not_start_review
from wayfellow.relationships.policy.waiting import why_not_join_waiting_list, why_not_leave_waiting_list

__all__ = [
    "can_go_on_without",
    "hearers",
    "why_not_accept_request",
    "why_not_agree_to_clause",
    "why_not_agree_to_joining",
    "why_not_answer_joining",
    "why_not_answer_question",
    "why_not_ask_question",
    "why_not_ask_quiet_word",
    "why_not_change_agreement",
    "why_not_decline_request",
    "why_not_drop_change",
    "why_not_end_relationship",
    "why_not_extend_relationship",
    "why_not_fill_in_agreement",
    "why_not_fill_in_review",
    "why_not_hear_quiet_word",
    "why_not_invite_to_relationship",
    "why_not_join",
    "why_not_join_waiting_list",
    "why_not_leave_relationship",
    "why_not_leave_waiting_list",
    "why_not_pause_relationship",
    "why_not_propose_clause",
    "why_not_release",
    "why_not_resume_relationship",
    "why_not_send_offer",
    "why_not_send_request",
    "why_not_show_answers",
    "why_not_sign_agreement",
    "why_not_start_review",
    "why_not_suggest_colleague",
    "why_not_withdraw_joining",
    "why_not_withdraw_request",
]
