from wayfellow.relationships.forms.agreements import AgreementForm, ClauseForm, ExtendForm, TemplateForm
from wayfellow.relationships.forms.answers import (
    AcceptForm,
    AnswerQuestionForm,
    AskQuestionForm,
    DeclineForm,
    MailDeclineForm,
    SuggestForm,
)
from wayfellow.relationships.forms.ending import EndForm, LeaveForm, PauseForm
from wayfellow.relationships.forms.joining import InviteForm
from wayfellow.relationships.forms.limits import LimitsForm, OffersForm
from wayfellow.relationships.forms.quiet_words import QuietWordForm
from wayfellow.relationships.forms.requests import OfferForm, RequestForm
from wayfellow.relationships.forms.reviews import ReviewForm

__all__ = [
    "AcceptForm",
    "AgreementForm",
    "AnswerQuestionForm",
    "AskQuestionForm",
    "ClauseForm",
    "DeclineForm",
    "EndForm",
    "ExtendForm",
    "InviteForm",
    "LeaveForm",
    "LimitsForm",
    "MailDeclineForm",
    "OfferForm",
    "OffersForm",
    "PauseForm",
    "QuietWordForm",
    "RequestForm",
    "ReviewForm",
    "SuggestForm",
    "TemplateForm",
]
