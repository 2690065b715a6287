"""What a person types in the goal wizard, one form a step. Nothing is required until the last step."""

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from wayfellow.goals.models import Goal
from wayfellow.web.forms import ModelForm


class WhereToForm(ModelForm):
    class Meta:
        model = Goal
        fields = ("title", "why")
        widgets = {
            "title": forms.TextInput(attrs={"autocomplete": "off"}),
            "why": forms.Textarea(attrs={"rows": 3}),
        }
        help_texts = {
            "title": _("One line, as you would say it to a friend: “Move from data analyst to product manager”."),
            "why": _("What would be different for you, or for others? This part is for you."),
        }

    starts = {"why": [_("I like…"), _("I am tired of…"), _("I would be able to…")]}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["title"].required = True
        self.fields["title"].error_messages["required"] = _("Say where you want to go, in one line.")


class HowYouWillKnowForm(ModelForm):
    mark_optional = False  # both are needed in the end, if not now

    class Meta:
        model = Goal
        fields = ("sign_of_success", "by_when")
        widgets = {
            "sign_of_success": forms.Textarea(attrs={"rows": 3}),
            "by_when": forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        }
        help_texts = {
            "sign_of_success": _(
                "Something you or others can point at: “I own one small feature from brief to release”."
            ),
            "by_when": _("Three to nine months is a good stretch. You can move it later."),
        }

    starts = {"sign_of_success": [_("I have led…"), _("My manager says…"), _("I can show…")]}

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today

    def clean_by_when(self) -> date | None:
        by_when = self.cleaned_data["by_when"]
        if by_when is not None and by_when <= self.today:
            raise forms.ValidationError(_("The date must be after today."))
        if by_when is not None and by_when.year > self.today.year + 10:
            raise forms.ValidationError(_("Choose a date within the next ten years."))
        return by_when


class WhatCouldStopYouForm(ModelForm):
    class Meta:
        model = Goal
        fields = ("obstacle", "if_moment", "then_act")
        widgets = {name: forms.Textarea(attrs={"rows": 2}) for name in fields}
        help_texts = {
            "obstacle": _("Something you can do something about works best: a habit, a doubt, a full week."),
            "if_moment": _("A moment you will recognise: a time, a place, a feeling."),
            "then_act": _("One small act, ready in under a minute."),
        }

    starts = {"obstacle": [_("I keep putting off…"), _("I run out of…"), _("I do not dare to…")]}

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if cleaned.get("if_moment") and not cleaned.get("then_act"):
            self.add_error("then_act", _("Say what you will do then, or leave the moment empty."))
        if cleaned.get("then_act") and not cleaned.get("if_moment"):
            self.add_error("if_moment", _("Say when you will do this, or leave the act empty."))
        return cleaned
