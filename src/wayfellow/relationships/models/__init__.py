from wayfellow.relationships.models.reasons import PrivateReason
from wayfellow.relationships.models.relationships import Participant, Relationship
from wayfellow.relationships.models.requests import MentoringRequest, RequestQuestion, RequestSuggestion
from wayfellow.relationships.models.waiting import WaitingEntry

__all__ = [
    "MentoringRequest",
    "Participant",
    "PrivateReason",
    "Relationship",
    "RequestQuestion",
    "RequestSuggestion",
    "WaitingEntry",
]
