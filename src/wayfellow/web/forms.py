"""Forms that look and speak alike: one field template, one error summary, one way of cleaning text.

Subjects inherit `Form` or `ModelForm` and may state, as class attributes:

* `starts`: `{"why_you": [_("You have done…"), …]}`, sentence starts offered under a textarea.
* `cards`: `("often",)`, radios or checkboxes shown as cards.
* `choice_hints`: `{"often": {"monthly": _("1 hour")}}`, the consequence under a choice; may be changed in `__init__`.
* `readers`: `{"reason": _("Read by you only")}`, a lock line under a label: who can read what is typed.
* `mark_optional = False`: do not say "(if you like)" at fields that may stay empty (filters).
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.forms import fields as django_fields
from django.forms.boundfield import BoundField
from django.forms.renderers import DjangoTemplates
from django.http import QueryDict
from django.utils.functional import cached_property
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from wayfellow.core.errors import DomainError
from wayfellow.web.text import clean_text

REQUIRED_MESSAGES: list[tuple[type[forms.Field], Any]] = [
    (forms.MultipleChoiceField, _("Choose at least one.")),
    (forms.ModelMultipleChoiceField, _("Choose at least one.")),
    (forms.ChoiceField, _("Choose one.")),
    (forms.ModelChoiceField, _("Choose one.")),
    (forms.BooleanField, _("Tick this to go on.")),
    (forms.DateField, _("Choose a date.")),
    (forms.FileField, _("Choose a file.")),
    (forms.Field, _("Write something here.")),
]
INVALID_MESSAGES: list[tuple[type[forms.Field], Any]] = [
    (forms.EmailField, _("Write an e-mail address like name@example.org.")),
    (forms.DateField, _("Write a date like 2027-06-30.")),
    (forms.IntegerField, _("Write a whole number.")),
]
TOO_LONG = _("Write at most %(limit_value)d characters. This has %(show_value)d.")
TOO_SHORT = _("Write at least %(limit_value)d characters. This has %(show_value)d.")
NUL_CHARACTER = _("This contains a character that cannot be shown (NUL). Remove it and send again.")
NOT_A_CHOICE = _("This is not one of the choices. Choose again.")


class DateInput(forms.DateInput):
    """The browser's own date field, in ISO format as HTML wants it."""

    input_type = "date"

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(attrs=attrs, format="%Y-%m-%d")


class TimeInput(forms.TimeInput):
    """The browser's own time field."""

    input_type = "time"

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(attrs=attrs, format="%H:%M")


@dataclass(frozen=True)
class Choice:
    """One radio or checkbox of a field, as the field template shows it."""

    tag: SafeString
    label: Any
    hint: Any
    id: str


class Field(BoundField):
    """A bound field with what the field template needs besides Django's own."""

    @property
    def kind(self) -> str:
        """`choices`, `check`, `group` or `single`."""
        widget = self.field.widget
        if isinstance(widget, forms.RadioSelect | forms.CheckboxSelectMultiple):
            return "choices"
        if isinstance(widget, forms.CheckboxInput):
            return "check"
        return "group" if self.use_fieldset else "single"

    @property
    def says_optional(self) -> bool:
        mark = getattr(self.form, "mark_optional", False)
        return bool(mark) and not self.field.required and not self.field.disabled and self.kind != "check"

    @property
    def starts(self) -> Iterable[Any]:
        return getattr(self.form, "starts", {}).get(self.name, ())

    @property
    def reader(self) -> Any:
        return getattr(self.form, "readers", {}).get(self.name, "")

    @property
    def is_cards(self) -> bool:
        return self.name in getattr(self.form, "cards", ())

    @property
    def limit(self) -> int | None:
        """Most characters, for text of several lines: it gets a counter."""
        return getattr(self.field, "max_length", None) if isinstance(self.field.widget, forms.Textarea) else None

    @property
    def length(self) -> int:
        return len(str(self.value() or ""))

    @property
    def choices(self) -> list[Choice]:
        hints = getattr(self.form, "choice_hints", {}).get(self.name, {})
        return [
            Choice(tag=widget.tag(), label=widget.choice_label, hint=_hint_of(hints, widget), id=widget.id_for_label)
            for widget in self.subwidgets
        ]

    @property
    def target(self) -> str:
        """The id that a link of the error summary goes to: the first control of the field."""
        return f"{self.auto_id}_0" if self.use_fieldset else self.id_for_label

    @property
    def aria_describedby(self) -> str | None:
        described = super().aria_describedby
        if described is None or not self.auto_id or self.is_hidden:
            return described
        extra = [f"{self.auto_id}_reader"] if self.reader else []
        extra += [described] if described else []
        extra += [f"{self.auto_id}_counter"] if self.limit else []
        return " ".join(extra)

    def build_widget_attrs(self, attrs: dict[str, Any], widget: forms.Widget | None = None) -> dict[str, Any]:
        widget = widget or self.field.widget
        built = super().build_widget_attrs(attrs, widget)
        choosing = isinstance(widget, forms.CheckboxInput | forms.RadioSelect | forms.CheckboxSelectMultiple)
        if not widget.is_hidden and not choosing:
            own = f"{widget.attrs.get('class', '')} {built.get('class', '')}".split()
            built["class"] = " ".join(dict.fromkeys(["input", *own]))
        if self.limit:
            built["data-limit"] = self.limit
        return built


class FormRenderer(DjangoTemplates):
    """Renders forms with the house's templates and tags."""

    form_template_name = "web/form.html"
    field_template_name = "web/field.html"
    bound_field_class = Field

    @cached_property
    def engine(self) -> Any:
        from django.forms import renderers

        folder = renderers.Path(renderers.__file__).parent / self.backend.app_dirname
        return self.backend(
            {
                "APP_DIRS": True,
                "DIRS": [folder],
                "NAME": "forms",
                "OPTIONS": {"builtins": ["wayfellow.web.templatetags.wayfellow"]},
            }
        )


class FormParts:
    """What `Form` and `ModelForm` have in common."""

    error_css_class = "bad"
    use_required_attribute = False
    mark_optional = True
    starts: dict[str, list[Any]] = {}
    cards: tuple[str, ...] = ()
    choice_hints: dict[str, dict[Any, Any]] = {}
    readers: dict[str, Any] = {}

    def __init__(self, data: Any = None, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("label_suffix", "")
        start: Any = super().__init__
        start(None if data is None else _clean_data(data), *args, **kwargs)
        form: Any = self
        for field in form.fields.values():
            _speak_plainly(field)

    @property
    def error_summary(self) -> list[tuple[str, str]]:
        """(id of the control or nothing, message) of every error, in the order of the fields.

        The words are those at the field; where several fields say the same, the label goes before.
        """
        form: Any = self
        found = [(bound, str(message)) for bound in form for message in bound.errors]
        times = Counter(message for _bound, message in found)
        summary = [("", str(message)) for message in form.non_field_errors()]
        for bound, message in found:
            label = str(bound.label)
            mark = "" if label.endswith((".", "?", ":")) else ":"
            words = f"{label}{mark} {message}" if times[message] > 1 else message
            summary.append(("" if bound.is_hidden else bound.target, words))
        return summary

    def refuse(self, error: DomainError) -> None:
        """Show what an action refused: beside its field when the form has it, otherwise on top."""
        form: Any = self
        field = error.field if error.field in form.fields else None
        form.add_error(field, ValidationError(str(error.message), code=error.code))


class Form(FormParts, forms.Form):
    """A form of the house."""


class ModelForm(FormParts, forms.ModelForm):
    """A form of the house for one row."""


def _clean_data(data: Any) -> Any:
    """A copy of what was sent, without invisible direction and control characters."""
    if isinstance(data, QueryDict):
        cleaned = data.copy()
        for name, values in data.lists():
            cleaned.setlist(name, [clean_text(value) if isinstance(value, str) else value for value in values])
        return cleaned
    return {name: clean_text(value) if isinstance(value, str) else value for name, value in data.items()}


def _hint_of(hints: dict[Any, Any], widget: Any) -> Any:
    value = widget.data["value"]
    return hints.get(value, hints.get(str(value), ""))


def _speak_plainly(field: forms.Field) -> None:
    """Give a field the house's error messages (where it has Django's) and its native date or time control."""
    messages = field.error_messages
    if messages.get("required") is django_fields.Field.default_error_messages["required"]:
        messages["required"] = next(text for kind, text in REQUIRED_MESSAGES if isinstance(field, kind))
    for kind, text in INVALID_MESSAGES:
        # EmailField has no "invalid" of its own: its validator's message is replaced by the field's.
        if isinstance(field, kind) and messages.get("invalid") is kind.default_error_messages.get("invalid"):
            messages["invalid"] = text
    if isinstance(field, forms.CharField):
        messages.setdefault("max_length", TOO_LONG)
        messages.setdefault("min_length", TOO_SHORT)
        messages.setdefault("null_characters_not_allowed", NUL_CHARACTER)
        if isinstance(field.widget, forms.Textarea):
            field.widget.attrs.pop("maxlength", None)  # it would cut what is pasted, without a word
            field.widget.attrs.setdefault("rows", 4)
            field.widget.attrs.pop("cols", None)
    if isinstance(field, forms.ChoiceField | forms.ModelChoiceField):
        own = type(field).default_error_messages.get("invalid_choice")
        if messages.get("invalid_choice") is own:
            messages["invalid_choice"] = NOT_A_CHOICE
    if type(field.widget) is forms.DateInput:
        field.widget = DateInput(attrs=field.widget.attrs)
    if type(field.widget) is forms.TimeInput:
        field.widget = TimeInput(attrs=field.widget.attrs)
