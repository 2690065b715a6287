"""What a mentee writes to a mentor, and a mentor to a mentee."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from wayfellow.core.errors import InvalidInput
from wayfellow.goals.models import Goal
from wayfellow.programmes.models import Enrolment
from wayfellow.programmes.words import length, rhythm
from wayfellow.relationships.models import MentoringRequest
from wayfellow.relationships.words import check_why_you
from wayfellow.web.forms import Form

HowOften = MentoringRequest.HowOften


class MentorField(forms.ModelChoiceField):
    """A mentor, by name and what they do."""

    def label_from_instance(self, obj: Enrolment) -> str:
        member = obj.member
        return f"{member.full_name}, {member.job_title}" if member.job_title else member.full_name


class GoalField(forms.ModelChoiceField):
    """A goal, by its title."""

    def label_from_instance(self, obj: Goal) -> str:
        return obj.title


def how_often_choices(mentor: Enrolment, *, name: Any) -> tuple[list[tuple[Any, Any]], dict[Any, Any]]:
    """The rhythms one can choose from, with a hint each: what the mentor offers first, nothing twice."""
    offered = rhythm(mentor.offer_minutes, mentor.offer_every_weeks)
    choices: list[tuple[Any, Any]] = [(HowOften.AS_OFFERED, offered[:1].upper() + offered[1:])]
    hints = {HowOften.AS_OFFERED: _("What %(name)s offers") % {"name": name}}
    if (mentor.offer_minutes, mentor.offer_every_weeks) != (60, 4):
        choices.append((HowOften.ONCE_A_MONTH, _("Once a month")))
        hints[HowOften.ONCE_A_MONTH] = length(60)
    if (mentor.offer_minutes, mentor.offer_every_weeks) != (30, 2):
        choices.append((HowOften.EVERY_TWO_WEEKS, _("Every two weeks")))
        hints[HowOften.EVERY_TWO_WEEKS] = length(30)
    choices.append((HowOften.JUST_ONCE, _("Just once")))
    hints[HowOften.JUST_ONCE] = _("One question, one talk")
    return choices, hints


class WhyYou(Form):
    """The words that say why this person."""

    def __init__(self, *args: Any, other: Enrolment, relaxed: bool = False, **kwargs: Any) -> None:
        self.other, self.relaxed = other, relaxed
        super().__init__(*args, **kwargs)
        if relaxed:
            for field in self.fields.values():
                field.required = False

    def clean_why_you(self) -> str:
        text: str = self.cleaned_data["why_you"]
        if self.relaxed:
            return text
        try:
            return check_why_you(text, name=self.other.member.short_name)
        except InvalidInput as error:
            raise ValidationError(str(error.message), code=error.code) from None


class RequestForm(WhyYou):
    """A mentee asks a mentor. `relaxed` is for a draft: anything may be missing or too short."""

    goal = GoalField(label=_("Which goal is this for?"), queryset=Goal.objects.none())
    why_you = forms.CharField(max_length=600, widget=forms.Textarea)
    ask = forms.CharField(
        max_length=1000,
        widget=forms.Textarea,
        help_text=_("Be concrete: people say yes to a clear ask."),
        error_messages={"required": _("Say what you would ask. A clear ask gets a clear answer.")},
    )
    how_often = forms.ChoiceField(
        label=_("How often would you like to meet?"),
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose how often you would like to meet. You can change it together later.")},
    )
    may_suggest = forms.BooleanField(required=False)
    next_choice = MentorField(
        label=_("Show me my next choice"),
        queryset=Enrolment.objects.none(),
        required=False,
        empty_label=_("Nobody yet"),
    )

    cards = ("how_often",)
    mark_optional = False

    def __init__(
        self, *args: Any, goals: Any, next_choices: Any, mentor: Enrolment, relaxed: bool = False, **kwargs: Any
    ) -> None:
        super().__init__(*args, other=mentor, relaxed=relaxed, **kwargs)
        name = mentor.member.short_name
        fields: dict[str, Any] = self.fields
        fields["goal"].queryset = goals
        fields["goal"].empty_label = None
        fields["next_choice"].queryset = next_choices
        fields["why_you"].label = _("Why %(name)s?") % {"name": name}
        fields["why_you"].help_text = _("One or two sentences. What have they done that you want to learn?")
        missing = _("Say why you are asking %(name)s in particular.") % {"name": name}
        fields["why_you"].error_messages["required"] = missing
        fields["ask"].label = _("What would you ask of %(name)s?") % {"name": name}
        fields["may_suggest"].label = _("%(name)s may suggest a colleague to me") % {"name": name}
        choices, hints = how_often_choices(mentor, name=name)
        fields["how_often"].choices = choices
        self.choice_hints = {"how_often": hints}
        self.starts = {"why_you": [_("You have done …"), _("I noticed that …"), _("I am stuck on …")]}


class OfferForm(WhyYou):
    """A mentor offers to a mentee."""

    why_you = forms.CharField(max_length=600, widget=forms.Textarea)
    ask = forms.CharField(
        label=_("What you would do together"),
        max_length=1000,
        widget=forms.Textarea,
        required=False,
        help_text=_("A first step makes it easy to say yes."),
    )
    how_often = forms.ChoiceField(label=_("How often could you meet?"), widget=forms.RadioSelect)

    cards = ("how_often",)

    def __init__(self, *args: Any, mentor: Enrolment, mentee: Enrolment, **kwargs: Any) -> None:
        super().__init__(*args, other=mentee, **kwargs)
        name = mentee.member.short_name
        fields: dict[str, Any] = self.fields
        fields["why_you"].label = _("Why %(name)s?") % {"name": name}
        fields["why_you"].help_text = _("One or two sentences. What could you give that would help?")
        missing = _("Say why you write to %(name)s in particular.") % {"name": name}
        fields["why_you"].error_messages["required"] = missing
        choices, hints = how_often_choices(mentor, name=_("you"))
        hints[HowOften.AS_OFFERED] = _("What you offer")
        fields["how_often"].choices = choices
        self.choice_hints = {"how_often": hints}
        self.starts = {"why_you": [_("I saw that you want to …"), _("I went the same way …")]}
