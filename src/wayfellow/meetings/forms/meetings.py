"""When, for how long, where, and a word: what is typed about a meeting."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from wayfellow.core.errors import DomainError, InvalidInput
from wayfellow.meetings.local_time import city_of, moment_of
from wayfellow.meetings.words import LONGEST, MOST_TIMES, SHORTEST
from wayfellow.web.forms import Form

TWICE = (
    ("", _("Choose one")),
    ("first", _("The first, before the clocks go back")),
    ("second", _("The second, after the clocks went back")),
)
LENGTHS = (15, 30, 45, 60, 90, 120)


class WhenForm(Form):
    """A day and an hour on somebody's clock.

    `twice` and `despite_overlap` are asked only when they matter: they are left out until an action asks for them.
    """

    day = forms.DateField(label=_("Day"))
    at = forms.TimeField(
        label=_("Time"), error_messages={"required": _("Choose a time."), "invalid": _("Write a time like 18:30.")}
    )
    twice = forms.ChoiceField(label=_("Which of the two?"), choices=TWICE, required=False, widget=forms.RadioSelect)
    minutes = forms.IntegerField(label=_("Minutes"), min_value=SHORTEST, max_value=LONGEST)
    despite_overlap = forms.BooleanField(label=_("Plan it all the same"), required=False)
    mark_optional = False

    def __init__(self, *args: Any, zone: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.zone = zone
        self.fields["at"].label = _("Time, in %(city)s") % {"city": city_of(zone)}
        self.fields["minutes"].error_messages |= {
            "required": _("Write how many minutes."),
            "min_value": _("A meeting takes at least %(limit_value)d minutes."),
            "max_value": _("A meeting takes at most %(limit_value)d minutes."),
        }
        asked = self.data if self.is_bound else {}
        for name in ("twice", "despite_overlap"):
            if not asked.get(name):
                self.fields[name].widget = forms.HiddenInput()

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        day, at = cleaned.get("day"), cleaned.get("at")
        if day is None or at is None:
            return cleaned
        if not date(2000, 1, 1) <= day <= date(2100, 1, 1):
            self.add_error("day", ValidationError(_("Choose a day of this century."), code="day_wrong"))
            return cleaned
        second = {"first": False, "second": True}.get(cleaned.get("twice") or "")
        try:
            cleaned["starts_at"] = moment_of(day, at, self.zone, second=second)
        except InvalidInput as error:
            self.refuse(error)
        return cleaned

    def refuse(self, error: DomainError) -> None:
        """Show what was refused; ask for a second yes, or which of two hours, where it is about that."""
        if error.code == "doubled_hour":
            self.fields["twice"].widget = forms.RadioSelect(choices=TWICE[1:])
        if error.field == "despite_overlap":
            self.fields["despite_overlap"].widget = forms.CheckboxInput()
        if error.code in ("past", "too_far", "paused", "not_yet", "too_early"):
            error.field = "day"
        super().refuse(error)

    def values(self, *names: str) -> dict[str, Any]:
        """What an action takes of it."""
        wanted = ("starts_at", "minutes", *names)
        return {name: self.cleaned_data[name] for name in wanted if name in self.cleaned_data}


class ScheduleForm(WhenForm):
    """A meeting, or a series."""

    title = forms.CharField(label=_("What it is about"), max_length=160, required=False)
    video_link = forms.CharField(label=_("Video link"), max_length=500, required=False)
    place = forms.CharField(label=_("Place"), max_length=200, required=False)
    every_weeks = forms.TypedChoiceField(
        label=_("Comes back"),
        coerce=int,
        empty_value=0,
        required=False,
        choices=[
            (0, _("Once only")),
            (1, _("Every week")),
            (2, _("Every two weeks")),
            (3, _("Every three weeks")),
            (4, _("Every four weeks")),
        ],
    )
    times = forms.IntegerField(
        label=_("How many in all"), min_value=2, max_value=MOST_TIMES, required=False, initial=6,
        help_text=_("Only where it comes back. All keep their hour on your clock, also when clocks change."),
    )  # fmt: skip
    field_order = (
        "day", "at", "twice", "minutes", "title", "video_link", "place", "every_weeks", "times", "despite_overlap",
    )  # fmt: skip
    mark_optional = True

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if cleaned.get("every_weeks") and not cleaned.get("times") and "times" not in self.errors:
            self.add_error(
                "times", ValidationError(_("Write how many meetings there are in all."), code="times_missing")
            )
        return cleaned

    def values(self, *names: str) -> dict[str, Any]:
        found = super().values("title", "video_link", "place", "every_weeks", "despite_overlap")
        found["times"] = self.cleaned_data.get("times") or 1
        return found


class MoveForm(WhenForm):
    """Another time, and a word."""

    word = forms.CharField(label=_("A word to the others"), max_length=1000, required=False, widget=forms.Textarea)
    field_order = ("day", "at", "twice", "minutes", "word", "despite_overlap")
    mark_optional = True


class LogForm(WhenForm):
    """A meeting that took place."""

    title = forms.CharField(label=_("What it was about"), max_length=160, required=False)
    field_order = ("day", "at", "twice", "minutes", "title")
    mark_optional = True


class CancelForm(Form):
    """A kind word."""

    word = forms.CharField(
        label=_("A word to the others"),
        max_length=1000,
        required=False,
        widget=forms.Textarea,
        help_text=_("A draft. Every word is yours to change."),
    )
    rest = forms.BooleanField(label=_("Call off all that follow in this series, too"), required=False)

    def __init__(self, *args: Any, in_series: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not in_series:
            del self.fields["rest"]


class WordForm(Form):
    """A word, nothing else."""

    word = forms.CharField(label=_("A word to the others"), max_length=1000, required=False, widget=forms.Textarea)


class SlotsField(forms.MultipleChoiceField):
    """Times as moments in ISO format: those that are offered, and any other that is one."""

    def valid_value(self, value: Any) -> bool:
        try:
            return datetime.fromisoformat(str(value)).tzinfo is not None
        except ValueError:
            return False


class ProposeForm(Form):
    """Times to offer: some of those that suit all, and one of one's own."""

    starts = SlotsField(label=_("Times that suit you all"), required=False, widget=forms.CheckboxSelectMultiple)
    minutes = forms.TypedChoiceField(label=_("How long"), coerce=int, choices=())
    day = forms.DateField(label=_("Another day"), required=False)
    at = forms.TimeField(label=_("Time"), required=False)
    word = forms.CharField(label=_("A word to the others"), max_length=1000, required=False, widget=forms.Textarea)
    cards = ("starts",)

    def __init__(
        self,
        *args: Any,
        zone: str,
        choices: Sequence[tuple[str, Any]],
        hints: dict[str, Any],
        usual: int,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        fields: dict[str, Any] = self.fields
        self.zone = zone
        self.choice_hints = {"starts": hints}
        fields["starts"].choices = choices
        lengths = sorted({*LENGTHS, usual})
        fields["minutes"].choices = [(n, _("%(n)d minutes") % {"n": n}) for n in lengths]
        fields["minutes"].initial = usual
        fields["at"].label = _("Time, in %(city)s") % {"city": city_of(zone)}
        if not choices:
            fields["starts"].widget = forms.MultipleHiddenInput()

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        moments = [datetime.fromisoformat(value) for value in cleaned.get("starts", ())]
        day, at = cleaned.get("day"), cleaned.get("at")
        if (day is None) != (at is None) and not self.errors:
            name = "day" if day is None else "at"
            self.add_error(name, ValidationError(_("A time of your own needs a day and an hour."), code="half_a_time"))
        if day is not None and at is not None:
            try:
                moments.append(moment_of(day, at, self.zone))
            except InvalidInput as error:
                self.refuse(error)
            except (ValueError, OverflowError):
                self.add_error("day", ValidationError(_("Choose a day of this century."), code="day_wrong"))
        cleaned["starts"] = moments
        return cleaned


class PickForm(Form):
    """One of the times that are offered."""

    slot = forms.TypedChoiceField(label=_("Which one suits you?"), coerce=int, widget=forms.RadioSelect)
    despite_overlap = forms.BooleanField(label=_("Take it all the same"), required=False)
    cards = ("slot",)
    mark_optional = False

    def __init__(self, *args: Any, choices: Sequence[tuple[int, Any]], hints: dict[int, Any], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: dict[str, Any] = self.fields
        fields["slot"].choices = choices
        self.choice_hints = {"slot": hints}
        if not (self.is_bound and self.data.get("despite_overlap")):
            fields["despite_overlap"].widget = forms.HiddenInput()

    def refuse(self, error: DomainError) -> None:
        if error.field == "despite_overlap":
            self.fields["despite_overlap"].widget = forms.CheckboxInput()
        super().refuse(error)
