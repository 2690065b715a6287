"""How a request closes, whatever the reason: the turn ends, a place that was kept for it is free again."""

from datetime import datetime
from typing import Any

from wayfellow.programmes.places import release_place
from wayfellow.relationships.models import MentoringRequest, RequestSuggestion
from wayfellow.relationships.queries.alternatives import alternatives


def close_request(request: MentoringRequest, state: Any, *, now: datetime, **fields: Any) -> None:
    """Close an open request whose rows the caller has locked. Call `offer_freed_places` for its mentor afterwards."""
    if request.holds_place and state != MentoringRequest.State.ACCEPTED:
        release_place(request.mentor)
    request.state, request.closed_at = state, now
    request.awaiting, request.holds_place = "", False
    for name, value in fields.items():
        setattr(request, name, value)
    request.save()


def suggest_alternatives(request: MentoringRequest, *, now: datetime) -> list[RequestSuggestion]:
    """Keep with a request that did not work out whom else one can ask: the next choice first, two people in all.

    An offer has no alternatives: nobody was asked.
    """
    if request.is_offer:
        return []
    known = set(request.suggestions.values_list("mentor_id", flat=True))
    found = [mentor for mentor in alternatives(request, now=now) if mentor.pk not in known]
    return RequestSuggestion.objects.bulk_create(
        [RequestSuggestion(organisation=request.organisation, request=request, mentor=mentor) for mentor in found]
    )
