"""What a person answers."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from wayfellow.surveys.instruments import Instrument
from wayfellow.web.forms import Form


class SurveyForm(Form):
    """One choice for each item of an instrument; each may be left out, all of them not."""

    mark_optional = False

    def __init__(self, *args: Any, asks: Instrument, names: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for item in asks.items:
            self.fields[item.key] = forms.TypedChoiceField(
                label=str(item.text) % {"names": names},
                choices=[(point, asks.scale.word(point)) for point in asks.scale.points],
                coerce=int,
                empty_value=None,
                required=False,
                widget=forms.RadioSelect,
            )

    @property
    def values(self) -> dict[str, int | None]:
        """Points by the item's key, once it is valid."""
        return {name: self.cleaned_data.get(name) for name in self.fields}


class ChoiceForm(Form):
    """How often one wants to be asked."""

    after_meetings = forms.BooleanField(
        label=_("Ask me after each meeting too"), required=False, help_text=_("The same three, half a minute.")
    )
