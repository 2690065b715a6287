"""A quiet word."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from wayfellow.relationships.models import QuietWord
from wayfellow.web.forms import Form


class QuietWordForm(Form):
    """What somebody wants, from whom, in as few words as they like."""

    wants = forms.ChoiceField(label=_("What do you want?"), choices=QuietWord.Wants, widget=forms.RadioSelect)
    to = forms.ChoiceField(label=_("Who should hear it?"), choices=QuietWord.To, widget=forms.RadioSelect)
    text = forms.CharField(
        label=_("Anything they should know"),
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("You need not explain. They come back to you."),
    )
    cards = ("wants", "to")
    choice_hints = {
        "wants": {
            "talk": _("Nothing changes. Somebody comes back to you."),
            "out": _("They can end it for you. The others are told kindly, and not that you asked."),
        }
    }

    def __init__(self, *args: Any, hearers: dict[str, str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.choice_hints = {**self.choice_hints, "to": hearers}
        self.readers = {"text": _("Read by those you choose, and by nobody else")}
