"""What happens when people ask, answer, wait, work together and stop: one function per verb, one transaction each."""

from wayfellow.relationships.actions.agreements import (
    agree_to_clause,
    fill_in_agreement,
    propose_clause,
    show_answers,
)
from wayfellow.relationships.actions.answers import (
    accept_request,
    answer_question,
    ask_question,
    decline_request,
    suggest_colleague,
)
from wayfellow.relationships.actions.completing import complete_relationships
from wayfellow.relationships.actions.expiry import remind_and_expire_requests
from wayfellow.relationships.actions.joining import (
    agree_to_joining,
    decline_joining,
    invite_to_relationship,
    withdraw_joining,
)
from wayfellow.relationships.actions.leaving import close_after_block, close_after_leaving
from wayfellow.relationships.actions.limits import enrol_in_network, set_limits, stop_mentoring
from wayfellow.relationships.actions.pausing import pause_relationship, resume_relationship, resume_relationships
from wayfellow.relationships.actions.quiet_words import (
    ask_quiet_word,
    close_quiet_word,
    release_from_relationship,
    take_up_quiet_word,
)
from wayfellow.relationships.actions.relationships import end_relationship, leave_relationship
from wayfellow.relationships.actions.requests import (
    discard_draft,
    keep_draft,
    send_offer,
    send_request,
    withdraw_request,
)
from wayfellow.relationships.actions.reviews import fill_in_review, open_due_reviews, start_review
from wayfellow.relationships.actions.signing import (
    change_agreement,
    drop_change,
    extend_relationship,
    sign_agreement,
)
from wayfellow.relationships.actions.waiting import (
    join_waiting_list,
    lapse_waiting_offers,
    leave_waiting_list,
    offer_freed_places,
)

__all__ = [
    "accept_request",
    "agree_to_clause",
    "agree_to_joining",
    "answer_question",
    "ask_question",
    "ask_quiet_word",
    "change_agreement",
    "close_after_block",
    "close_after_leaving",
    "close_quiet_word",
    "complete_relationships",
    "decline_joining",
    "decline_request",
    "discard_draft",
    "drop_change",
    "end_relationship",
    "enrol_in_network",
    "extend_relationship",
    "fill_in_agreement",
    "fill_in_review",
    "invite_to_relationship",
    "join_waiting_list",
    "keep_draft",
    "lapse_waiting_offers",
    "leave_relationship",
    "leave_waiting_list",
    "offer_freed_places",
    "open_due_reviews",
    "pause_relationship",
    "propose_clause",
    "release_from_relationship",
    "remind_and_expire_requests",
    "resume_relationship",
    "resume_relationships",
    "send_offer",
    "send_request",
    "set_limits",
    "show_answers",
    "sign_agreement",
    "start_review",
    "stop_mentoring",
    "suggest_colleague",
    "take_up_quiet_word",
    "withdraw_joining",
    "withdraw_request",
]
