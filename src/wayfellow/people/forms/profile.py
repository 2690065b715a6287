"""What members type of themselves: about them, when they are free, their background."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from wayfellow.core import week
from wayfellow.core.errors import DomainError
from wayfellow.people import availability, policy, vocabulary
from wayfellow.people.models import BackgroundFacet, Member, Profile
from wayfellow.search.words import fold
from wayfellow.tables.errors import Reason
from wayfellow.tables.values.languages import language_code, parse_languages
from wayfellow.web.forms import Form
from wayfellow.web.pictures import square_photo

NO_ANSWER = _("Not said")
Choices = list[tuple[Any, Any]]


def _by_words(values: Mapping[str, Any], stored: str) -> Choices:
    """Choices by their words, nothing first; what is stored stays among them though it is offered no more."""
    choices: Choices = sorted(values.items(), key=lambda entry: fold(str(entry[1])))
    if stored and stored not in values:
        choices.append((stored, stored.replace("_", " ").capitalize()))
    return [("", NO_ANSWER), *choices]


class AboutForm(Form):
    """Photo, work, languages, time zone, and a few words."""

    photo = forms.FileField(
        label=_("Photo"),
        help_text=_("JPEG, PNG or WebP, at most 5 MB. We draw it again, so nothing hidden in the file is kept."),
        required=False,
        widget=forms.FileInput(attrs={"accept": "image/jpeg,image/png,image/webp"}),
    )
    remove_photo = forms.BooleanField(label=_("Take my photo away, and show my initials"), required=False)
    job_title = forms.CharField(label=_("Job title"), max_length=200, required=False)
    industry = forms.ChoiceField(label=_("Industry"), required=False)
    function = forms.ChoiceField(label=_("Function"), help_text=_("The kind of work you do."), required=False)
    seniority = forms.TypedChoiceField(
        label=_("Seniority"),
        choices=lambda: [("", NO_ANSWER), *Profile.Seniority.choices],
        coerce=int,
        empty_value=None,
        required=False,
    )
    languages = forms.MultipleChoiceField(
        label=_("Languages you would talk in"),
        choices=vocabulary.common_languages,
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    other_languages = forms.CharField(
        label=_("Other languages"),
        help_text=_("With commas between them, such as Catalan, Yoruba."),
        max_length=200,
        required=False,
    )
    time_zone = forms.ChoiceField(label=_("Time zone"), required=False)
    about = forms.CharField(
        label=_("About you"),
        help_text=_("What you have done, what you like to talk about, what others come to you for."),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 6}),
        required=False,
    )
    starts = {"about": [_("I have spent…"), _("People come to me for…"), _("I have learned the hard way…")]}
    mark_optional = False

    def __init__(self, *args: Any, member: Member, profile: Profile, **kwargs: Any) -> None:
        ticked = [code for code in member.languages if code in vocabulary.COMMON_LANGUAGES]
        initial = {
            "job_title": member.job_title,
            "industry": profile.industry,
            "function": profile.function,
            "seniority": profile.seniority,
            "languages": ticked,
            "other_languages": ", ".join(_typed(code) for code in member.languages if code not in ticked),
            "time_zone": member.time_zone,
            "about": profile.about,
        }
        super().__init__(*args, initial=initial, **kwargs)
        self.member = member
        self.fields["industry"].choices = _by_words(vocabulary.INDUSTRIES, profile.industry)
        self.fields["function"].choices = _by_words(vocabulary.FUNCTIONS, profile.function)
        own = _("As the organisation: %(zone)s") % {"zone": vocabulary.place_name(member.organisation.time_zone)}
        self.fields["time_zone"].choices = [("", own), *vocabulary.time_zone_groups(keep=member.time_zone)]
        if policy.why_not_change_job_title(member) is not None:
            del self.fields["job_title"]
        if not member.photo_version:
            del self.fields["remove_photo"]

    @property
    def languages_are_open(self) -> bool:
        """Whether the list of languages is shown unfolded."""
        return bool(self["languages"].errors) or not self["languages"].value()

    @property
    def chosen_languages(self) -> str:
        """The languages that are ticked, in words, for the line one unfolds."""
        ticked = self["languages"].value() or []
        return availability.listed([name for code, name in vocabulary.common_languages() if code in ticked])

    def clean_photo(self) -> bytes | None:
        file = self.cleaned_data["photo"]
        if not file:
            return None
        try:
            return square_photo(file)
        except DomainError as error:
            raise ValidationError(str(error.message), code=error.code) from None

    def clean_remove_photo(self) -> bool:
        if self.cleaned_data["remove_photo"] and self.cleaned_data.get("photo"):
            raise ValidationError(_("Choose a new photo or take the old one away, not both."), code="both")
        return bool(self.cleaned_data["remove_photo"])

    def clean_other_languages(self) -> tuple[str, ...]:
        codes = parse_languages(self.cleaned_data["other_languages"])
        if isinstance(codes, Reason):
            message = _("We do not know the language “%(value)s”. Write its name or its two-letter code.")
            raise ValidationError(message % {"value": codes.facts["value"]}, code=codes.code)
        return codes

    def values(self) -> dict[str, Any]:
        """What `save_profile` takes."""
        cleaned = self.cleaned_data
        names = ("job_title", "industry", "function", "seniority", "time_zone", "about")
        wanted = dict.fromkeys([*cleaned["languages"], *cleaned["other_languages"]])
        kept = [code for code in self.member.languages if code in wanted]
        languages = [*kept, *(code for code in wanted if code not in kept)]
        return {**{name: cleaned[name] for name in names if name in cleaned}, "languages": languages}


def _typed(code: str) -> str:
    """A language as it can be typed again: its name, or its code."""
    name = vocabulary.language_name(code)
    return name if language_code(name) == code else code


@dataclass(frozen=True)
class Times:
    """One block of a day in the form."""

    start: Any
    end: Any

    @property
    def ends(self) -> list[tuple[Any, str]]:
        """Both controls, and what is chosen in each, as the page compares it."""
        fields = (self.start, self.end)
        return [(field, "" if field.value() is None else str(field.value())) for field in fields]


@dataclass(frozen=True)
class Day:
    """One weekday in the form: its first block, and the others."""

    number: int
    name: Any
    first: Times
    others: list[Times]
    others_are_open: bool


def _choices(first: Any, minutes: range) -> Choices:
    return [("", first), *((str(these), availability.clock_time(these)) for these in minutes)]


STARTS = _choices(_("From"), range(0, availability.DAY, week.SLOT))
ENDS = _choices(_("To"), range(week.SLOT, availability.DAY + 1, week.SLOT))
_NTH = (_("first time"), _("second time"), _("third time"))


class AvailabilityForm(Form):
    """Up to three times a weekday. Monday's button copies its times to the other workdays; nothing is saved yet."""

    mark_optional = False

    def __init__(self, data: Any = None, *, blocks: Sequence[Mapping[str, int]] = (), **kwargs: Any) -> None:
        self.is_copying = data is not None and "copy" in data
        initial = _copied(data) if self.is_copying else _initial(blocks)
        super().__init__(None if self.is_copying else data, initial=initial, **kwargs)
        for weekday, name in enumerate(availability.WEEKDAYS):
            for nth, words in enumerate(_NTH):
                facts = {"day": name, "nth": words}
                for end, choices, label in (
                    ("start", STARTS, _("%(day)s, %(nth)s, from")),
                    ("end", ENDS, _("%(day)s, %(nth)s, to")),
                ):
                    self.fields[_name(weekday, nth, end)] = forms.TypedChoiceField(
                        label=label % facts,
                        choices=choices,
                        coerce=int,
                        empty_value=None,
                        required=False,
                        error_messages={"invalid_choice": _("Choose a time from the list.")},
                    )

    @property
    def days(self) -> list[Day]:
        """The fields as the page shows them."""
        found = []
        for weekday, name in enumerate(availability.WEEKDAYS):
            times = [
                Times(self[_name(weekday, nth, "start")], self[_name(weekday, nth, "end")])
                for nth in range(availability.MOST_A_DAY)
            ]
            filled = any(field.value() or field.errors for other in times[1:] for field in (other.start, other.end))
            found.append(Day(weekday, name, times[0], times[1:], filled))
        return found

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        self.blocks: list[dict[str, int]] = []
        places: list[tuple[int, int]] = []
        for weekday in range(7):
            for nth in range(availability.MOST_A_DAY):
                start, end = cleaned.get(_name(weekday, nth, "start")), cleaned.get(_name(weekday, nth, "end"))
                if start is not None and end is not None:
                    self.blocks.append({"weekday": weekday, "start": start, "end": end})
                    places.append((weekday, nth))
                elif start is not None:
                    self._miss(_name(weekday, nth, "end"), _("Choose when it ends, or leave both empty."))
                elif end is not None:
                    self._miss(_name(weekday, nth, "start"), _("Choose when it begins, or leave both empty."))
        for fault in availability.faults(self.blocks):
            weekday, nth = places[fault.position]
            self.add_error(_name(weekday, nth, fault.end), fault.message)
        return cleaned

    def _miss(self, name: str, message: Any) -> None:
        if name not in self.errors:
            self.add_error(name, message)


def _name(weekday: int, nth: int, end: str) -> str:
    return f"day{weekday}_{nth}_{end}"


def _initial(blocks: Sequence[Mapping[str, int]]) -> dict[str, int]:
    nths = dict.fromkeys(range(7), 0)
    initial: dict[str, int] = {}
    for block in sorted(blocks, key=lambda each: (each["weekday"], each["start"])):
        weekday, nth = block["weekday"], nths[block["weekday"]]
        initial |= {_name(weekday, nth, "start"): block["start"], _name(weekday, nth, "end"): block["end"]}
        nths[weekday] += 1
    return initial


def _copied(data: Any) -> dict[str, str]:
    """What was typed, with Monday's times on Tuesday to Friday as well."""
    return {
        _name(weekday, nth, end): data.get(_name(0 if weekday < 5 else weekday, nth, end), "")
        for weekday in range(7)
        for nth in range(availability.MOST_A_DAY)
        for end in ("start", "end")
    }


KINDS = [(str(value), words) for value, words in BackgroundFacet.Kind.choices]


class BackgroundForm(Form):
    """A line for each kind of background, and who may see it. Nothing has to be told."""

    mark_optional = False
    hints = {
        "pronouns": _("Such as she/her, he/him, they/them."),
        "origin": _("A place, a culture, a language: as you would put it."),
    }

    def __init__(self, *args: Any, stored: Sequence[BackgroundFacet], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        told = {facet.kind: facet for facet in stored}
        for kind, words in KINDS:
            facet = told.get(kind)
            self.fields[f"value_{kind}"] = forms.CharField(
                label=words,
                help_text=self.hints.get(kind, ""),
                max_length=120,
                required=False,
                initial=facet.value if facet else "",
                widget=forms.TextInput(attrs={"autocomplete": "off"}),
            )
            self.fields[f"see_{kind}"] = forms.ChoiceField(
                label=_("Who may see this: %(kind)s") % {"kind": words},
                choices=BackgroundFacet.Visibility.choices,
                initial=facet.visibility if facet else BackgroundFacet.Visibility.PRIVATE,
            )

    @property
    def kinds(self) -> list[dict[str, Any]]:
        """The two fields of each kind, as the page shows them."""
        return [{"value": self[f"value_{kind}"], "see": self[f"see_{kind}"]} for kind, _words in KINDS]

    def facets(self) -> dict[str, tuple[str, str]]:
        """What `set_background` takes: what is told, by kind."""
        cleaned = self.cleaned_data
        return {
            kind: (cleaned[f"value_{kind}"], cleaned[f"see_{kind}"])
            for kind, _words in KINDS
            if cleaned[f"value_{kind}"]
        }
