from wayfellow.relationships.models.agreements import (
    Agreement,
    AgreementAnswers,
    AgreementProposal,
    AgreementVersion,
    Signature,
)
from wayfellow.relationships.models.joining import JoiningConsent, JoiningInvitation
from wayfellow.relationships.models.quiet_words import QuietWord
from wayfellow.relationships.models.reasons import PrivateReason
from wayfellow.relationships.models.relationships import Participant, Relationship, was_there
from wayfellow.relationships.models.requests import MentoringRequest, RequestQuestion, RequestSuggestion
from wayfellow.relationships.models.reviews import Review, ReviewAnswers, WithheldWords
from wayfellow.relationships.models.waiting import WaitingEntry

__all__ = [
    "Agreement",
    "AgreementAnswers",
    "AgreementProposal",
    "AgreementVersion",
    "JoiningConsent",
    "JoiningInvitation",
    "MentoringRequest",
    "Participant",
    "PrivateReason",
    "QuietWord",
    "Relationship",
    "RequestQuestion",
    "RequestSuggestion",
    "Review",
    "ReviewAnswers",
    "Signature",
    "WaitingEntry",
    "WithheldWords",
    "was_there",
]
