"""What a person types who commits themselves, or moves a day."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from wayfellow.goals.queries.together import others_in
from wayfellow.people.models import Member
from wayfellow.web.forms import DateInput, Form


class CommitmentForm(Form):
    """Who does what by when, and the plan for the moment it gets hard."""

    what = forms.CharField(
        label=gettext_lazy("What will be done?"),
        max_length=300,
        help_text=gettext_lazy("One act, small enough to tick: “Draft the one-page brief”."),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    owner = forms.ChoiceField(label=gettext_lazy("Who does it?"), widget=forms.RadioSelect)
    by_when = forms.DateField(label=gettext_lazy("By when?"), required=False, widget=DateInput)
    if_moment = forms.CharField(
        label=gettext_lazy("If this happens"),
        max_length=300,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
        help_text=gettext_lazy("The moment at which it usually gets put off."),
    )
    then_act = forms.CharField(
        label=gettext_lazy("Then this"),
        max_length=300,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )

    def __init__(self, *args: Any, relationship: Any, reader: Member, **kwargs: Any) -> None:
        kwargs.setdefault("initial", {"owner": str(reader.pk)})
        kwargs.setdefault("prefix", "commit")
        super().__init__(*args, **kwargs)
        people = [participant.enrolment.member for participant in others_in(relationship, reader)]
        self.people = {str(member.pk): member for member in [reader, *people]}
        owner: Any = self.fields["owner"]
        owner.choices = [
            (str(reader.pk), _("You")),
            *((str(member.pk), _("%(name)s, who says yes first") % {"name": member.short_name}) for member in people),
        ]

    def clean_owner(self) -> Member:
        return self.people[self.cleaned_data["owner"]]


class MoveForm(Form):
    """Another day, or none."""

    mark_optional = False
    by_when = forms.DateField(
        label=gettext_lazy("The new day"),
        required=False,
        widget=DateInput,
        help_text=gettext_lazy("Leave it empty if it needs no day."),
    )
