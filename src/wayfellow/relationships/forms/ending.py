"""What a person types when they stop."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from wayfellow.relationships.models import PrivateReason
from wayfellow.relationships.words import goodbye_drafts
from wayfellow.web.forms import Form


class EndForm(Form):
    """A kind note, and a reason for oneself."""

    goodbye = forms.CharField(
        max_length=2000, widget=forms.Textarea, help_text=_("A draft. Every word is yours to change.")
    )
    private_reason = forms.ChoiceField(
        label=_("Why, for yourself"),
        choices=[("", _("Nothing to note")), *PrivateReason.Ending.choices],
        required=False,
    )

    def __init__(self, *args: Any, name: str, **kwargs: Any) -> None:
        drafts = goodbye_drafts(name=name)
        kwargs.setdefault("initial", {"goodbye": drafts[-1]})
        super().__init__(*args, **kwargs)
        goodbye = self.fields["goodbye"]
        goodbye.label = _("Your note to %(name)s") % {"name": name}
        goodbye.error_messages["required"] = _("Leave %(name)s a kind line. One sentence is enough.") % {"name": name}
        self.readers = {"private_reason": _("Read by you only. Not by %(name)s, not by anybody else") % {"name": name}}
