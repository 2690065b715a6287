from wayfellow.relationships.forms.answers import (
    AcceptForm,
    AnswerQuestionForm,
    AskQuestionForm,
    DeclineForm,
    MailDeclineForm,
    SuggestForm,
)
from wayfellow.relationships.forms.ending import EndForm
from wayfellow.relationships.forms.limits import LimitsForm, OffersForm
from wayfellow.relationships.forms.quiet_words import QuietWordForm
from wayfellow.relationships.forms.requests import OfferForm, RequestForm

__all__ = [
    "AcceptForm",
    "AnswerQuestionForm",
    "AskQuestionForm",
    "DeclineForm",
    "EndForm",
    "LimitsForm",
    "MailDeclineForm",
    "OfferForm",
    "OffersForm",
    "QuietWordForm",
    "RequestForm",
    "SuggestForm",
]
