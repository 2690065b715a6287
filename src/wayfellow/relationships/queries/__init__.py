"""What is asked about requests, waiting and working together, for pages of this subject and of those above."""

from wayfellow.relationships.queries.alternatives import alternatives, colleagues
from wayfellow.relationships.queries.facts import (
    TOO_FEW_ANSWERS,
    ReplyTime,
    Wait,
    expected_waits,
    open_requests_to,
    positions,
    reply_times,
    reply_times_of_all,
)
from wayfellow.relationships.queries.overview import active_relationships, pending_requests, places

__all__ = [
    "TOO_FEW_ANSWERS",
    "ReplyTime",
    "Wait",
    "active_relationships",
    "alternatives",
    "colleagues",
    "expected_waits",
    "open_requests_to",
    "pending_requests",
    "places",
    "positions",
    "reply_times",
    "reply_times_of_all",
]
