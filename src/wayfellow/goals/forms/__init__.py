from wayfellow.goals.forms.commitments import CommitmentForm, MoveForm
from wayfellow.goals.forms.goals import HowYouWillKnowForm, WhatCouldStopYouForm, WhereToForm
from wayfellow.goals.forms.sharing import ShareForm

__all__ = [
    "CommitmentForm",
    "HowYouWillKnowForm",
    "MoveForm",
    "ShareForm",
    "WhatCouldStopYouForm",
    "WhereToForm",
]
