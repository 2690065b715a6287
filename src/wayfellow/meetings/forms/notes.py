"""What a person types at a meeting: a point for the agenda, the notes together, and those for themselves."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from wayfellow.meetings.actions.notes import LONGEST
from wayfellow.web.forms import Form


class AgendaPointForm(Form):
    """Something to talk about."""

    text = forms.CharField(
        label=_("Add a topic"),
        max_length=300,
        widget=forms.TextInput(attrs={"autocomplete": "off", "placeholder": _("What do you most want answered?")}),
    )
    minutes = forms.IntegerField(
        label=_("Minutes"), min_value=1, max_value=240, required=False, widget=forms.NumberInput(attrs={"size": 4})
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **{"prefix": "point", **kwargs})
        self.fields["text"].error_messages["required"] = _("Say what you would like to talk about.")


class NoteForm(Form):
    """A text, and the version it began as."""

    text = forms.CharField(label=_("Notes"), required=False, strip=False, max_length=LONGEST, widget=forms.Textarea)
    based_on = forms.IntegerField(min_value=0, max_value=2**31 - 1, widget=forms.HiddenInput)
    mark_optional = False

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **{"prefix": "note", **kwargs})
        self.fields["text"].widget.attrs["rows"] = 8


class PrivateNoteForm(NoteForm):
    """As the notes together, for one alone."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **{"prefix": "mine", **kwargs})
        self.fields["text"].label = _("Your private notes")
        self.fields["text"].widget.attrs["rows"] = 5
