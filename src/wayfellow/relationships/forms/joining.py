"""What a person types when they invite somebody to join."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from wayfellow.programmes.models import Enrolment
from wayfellow.relationships.forms.answers import ColleagueField
from wayfellow.relationships.models import Participant
from wayfellow.web.forms import Form


class InviteForm(Form):
    """Who, as what, and a word to them."""

    enrolment = ColleagueField(
        label=_("Who?"), queryset=Enrolment.objects.none(), widget=forms.RadioSelect, empty_label=None
    )
    role = forms.ChoiceField(label=_("As what?"), choices=Participant.Role, widget=forms.RadioSelect)
    words = forms.CharField(
        label=_("A word to them"), max_length=1000, required=False, widget=forms.Textarea(attrs={"rows": 3})
    )

    def __init__(self, *args: Any, found: list[Enrolment], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["enrolment"]
        field.queryset = Enrolment.objects.filter(pk__in=[one.pk for one in found]).select_related("member")
        self.readers = {"words": _("Read by them and by all of you")}
