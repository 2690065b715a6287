"""What a person types when they answer."""

from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Case, Value, When
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from wayfellow.programmes.models import Enrolment
from wayfellow.relationships.models import MentoringRequest, PrivateReason
from wayfellow.relationships.words import kind_drafts
from wayfellow.web.forms import Form

Kindness = MentoringRequest.Kindness


class AcceptForm(Form):
    """Yes, with a word if one likes."""

    prefix = "accept"
    words = forms.CharField(max_length=2000, required=False, widget=forms.Textarea(attrs={"rows": 2}))

    def __init__(self, *args: Any, name: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["words"].label = _("A word to %(name)s") % {"name": name}


class MailDeclineForm(Form):
    """Not now, from a mail: kind words, and nothing else."""

    prefix = "decline"
    words = forms.CharField(max_length=2000, widget=forms.Textarea)

    def __init__(self, *args: Any, name: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        words = self.fields["words"]
        words.label = _("Your words to %(name)s") % {"name": name}
        words.error_messages["required"] = _("Leave %(name)s a few kind words.") % {"name": name}


class DeclineForm(MailDeclineForm):
    """Not now, kindly: words for the other, a reason for oneself, and a break if one needs it."""

    kindness = forms.ChoiceField(
        label=_("What would help most?"),
        choices=Kindness,
        required=False,
        widget=forms.RadioSelect,
        help_text=_("Each gives you a draft to make your own. “Declined” is a word nobody reads here."),
    )
    private_reason = forms.ChoiceField(
        label=_("Why, for yourself"),
        choices=[("", _("Nothing to note")), *PrivateReason.Declining.choices],
        required=False,
    )
    away_until = forms.DateField(label=_("Stop requests to me until"), required=False)

    field_order = ["kindness", "words", "private_reason", "away_until"]
    cards = ("kindness",)
    choice_hints = {
        "kindness": {
            Kindness.FULL_NOW: _("Good ask, wrong month"),
            Kindness.BETTER_FIT: _("Say who, or what kind"),
            Kindness.NOT_MY_FIELD: _("Say what would help"),
        }
    }

    def __init__(self, *args: Any, name: str, is_offer: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, name=name, **kwargs)
        self.name = name
        self.readers = {"private_reason": _("Read by you only. Not by %(name)s, not by anybody else") % {"name": name}}
        if is_offer:
            del self.fields["kindness"], self.fields["away_until"]

    def clean_away_until(self) -> date | None:
        until: date | None = self.cleaned_data["away_until"]
        if until is not None and until <= localdate():
            raise ValidationError(_("Choose a day after today, or leave it empty."))
        return until

    def with_draft(self) -> "DeclineForm":
        """The same form with the draft of the chosen kindness in place of the words."""
        data = self.data.copy()
        draft = kind_drafts(asker=self.name).get(data.get(self.add_prefix("kindness"), ""), "")
        if draft:
            data[self.add_prefix("words")] = draft
        return DeclineForm(initial=_unprefixed(data, self.prefix or ""), name=self.name)


def _unprefixed(data: Any, prefix: str) -> dict[str, Any]:
    return {key.removeprefix(f"{prefix}-"): data[key] for key in data if key.startswith(f"{prefix}-")}


class ColleagueField(forms.ModelChoiceField):
    """A colleague, by name and what they do."""

    def label_from_instance(self, obj: Enrolment) -> str:
        member = obj.member
        return ", ".join(filter(None, [member.full_name, member.job_title, member.department]))


class SuggestForm(Form):
    """Somebody who fits better."""

    prefix = "suggest"
    colleague = ColleagueField(
        label=_("Who could it be?"), queryset=Enrolment.objects.none(), widget=forms.RadioSelect, empty_label=None
    )
    words = forms.CharField(max_length=2000, required=False, widget=forms.Textarea(attrs={"rows": 2}))

    def __init__(self, *args: Any, name: str, candidates: dict[Enrolment, Any], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: dict[str, Any] = self.fields
        pks = [found.pk for found in candidates]
        order = Case(*(When(pk=pk, then=Value(place)) for place, pk in enumerate(pks)), default=Value(len(pks)))
        fields["colleague"].queryset = Enrolment.objects.filter(pk__in=pks).select_related("member").order_by(order)
        fields["words"].label = _("Your words to %(name)s") % {"name": name}
        self.choice_hints = {"colleague": {found.pk: room for found, room in candidates.items()}}


class AskQuestionForm(Form):
    """One question before deciding."""

    prefix = "question"
    text = forms.CharField(
        max_length=600,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": _("Write your question.")},
    )

    def __init__(self, *args: Any, name: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["text"].label = _("Your question to %(name)s") % {"name": name}


class AnswerQuestionForm(Form):
    """The answer to it."""

    prefix = "reply"
    text = forms.CharField(
        label=_("Your answer"),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": _("Write your answer.")},
    )
