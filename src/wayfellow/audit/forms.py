from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from wayfellow.web.forms import Form


class RecordsForm(Form):
    """What to show of the record."""

    mark_optional = False

    q = forms.CharField(label=_("Search by act or person"), required=False, max_length=200)
    verb = forms.ChoiceField(label=_("What"), required=False)
    since = forms.DateField(label=_("From"), required=False)
    until = forms.DateField(label=_("Until"), required=False)

    def __init__(self, data: Any = None, *, verbs: list[tuple[str, str]]) -> None:
        super().__init__(data)
        self.fields["verb"].choices = [("", _("Everything")), *verbs]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        since, until = cleaned.get("since"), cleaned.get("until")
        if since and until and until < since:
            self.add_error("until", _("This is before the first day. Choose a later one."))
        return cleaned
