"""What a person types when they pause, stop or leave."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from wayfellow.relationships.models import PrivateReason
from wayfellow.relationships.words import goodbye_drafts
from wayfellow.web.forms import Form


class GoodbyeForm(Form):
    """A kind note, and a reason for oneself."""

    goodbye = forms.CharField(
        max_length=2000, widget=forms.Textarea, help_text=_("A draft. Every word is yours to change.")
    )
    private_reason = forms.ChoiceField(
        label=_("Why, for yourself"),
        choices=[("", _("Nothing to note")), *PrivateReason.Ending.choices],
        required=False,
    )

    def __init__(self, *args: Any, name: str, draft: int = -1, **kwargs: Any) -> None:
        kwargs.setdefault("initial", {"goodbye": goodbye_drafts(name=name)[draft]})
        super().__init__(*args, **kwargs)
        goodbye = self.fields["goodbye"]
        goodbye.label = _("Your note to %(name)s") % {"name": name}
        goodbye.error_messages["required"] = _("Leave %(name)s a kind line. One sentence is enough.") % {"name": name}
        self.readers = {"private_reason": _("Read by you only. Not by %(name)s, not by anybody else") % {"name": name}}


class EndForm(GoodbyeForm):
    """How one would put it, with a draft for each way."""

    prefix = "end"
    how = forms.ChoiceField(
        label=_("How would you put it?"),
        choices=[("completed", _("We got there")), ("ended_early", _("I stop here"))],
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose how you would put it.")},
    )

    field_order = ["how", "goodbye", "private_reason"]
    cards = ("how",)
    choice_hints = {"how": {"completed": _("Counts as completed"), "ended_early": _("Counts as ended early")}}
    drafts = {"completed": 0, "ended_early": -1}

    def __init__(self, *args: Any, name: str, **kwargs: Any) -> None:
        super().__init__(*args, name=name, **kwargs)
        self.name = name

    def with_draft(self) -> "EndForm":
        """The same form with the draft of the chosen way in place of the note."""
        how = str(self.data.get(self.add_prefix("how"), ""))
        reason = self.data.get(self.add_prefix("private_reason"), "")
        note = goodbye_drafts(name=self.name)[self.drafts.get(how, -1)]
        return EndForm(name=self.name, initial={"how": how, "goodbye": note, "private_reason": reason})


class LeaveForm(GoodbyeForm):
    """Leaving a group that goes on."""

    prefix = "leave"


class PauseForm(Form):
    """The day to come back."""

    prefix = "pause"
    until = forms.DateField(label=_("Until"))
