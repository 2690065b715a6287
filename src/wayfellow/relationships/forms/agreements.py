"""What a person types about an agreement: their own side, or one point of it."""

from typing import Any

from django import forms
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from wayfellow.programmes import words
from wayfellow.relationships.clauses import DAY, RHYTHM, Clause, Values, as_typed, clauses_of, text_of
from wayfellow.relationships.models import Agreement
from wayfellow.web.forms import Form

WEEKS, MINUTES = (1, 2, 3, 4, 6, 8), (15, 30, 45, 60, 90, 120)
MOST = 1000


def fields_of(clause: Clause, *, template: str, values: Values | None = None) -> dict[str, forms.Field]:
    """The fields of one point. A rhythm that is none of the usual ones stays a choice."""
    if clause.kind == RHYTHM:
        return _rhythm(clause, template, values or {})
    if clause.kind == DAY:
        return {clause.names[0]: forms.DateField(label=clause.label, help_text=clause.hint, required=False)}
    text = forms.CharField(
        label=clause.label,
        help_text=clause.hint,
        max_length=MOST,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    return {clause.key: text}


def _rhythm(clause: Clause, template: str, values: Values) -> dict[str, forms.Field]:
    minutes = sorted({*MINUTES, *([values["minutes"]] if values.get("minutes") else [])})
    weeks = sorted({*WEEKS, *([values["every_weeks"]] if values.get("every_weeks") else [])})
    fields: dict[str, forms.Field] = {}
    if template != Agreement.Template.FLASH:
        fields["every_weeks"] = forms.TypedChoiceField(
            label=clause.label,
            help_text=clause.hint,
            choices=[("", _("Leave it to the others")), *((n, capfirst(words.frequency(n))) for n in weeks)],
            coerce=int,
            empty_value="",
            required=False,
        )
    fields["minutes"] = forms.TypedChoiceField(
        label=_("How long each time"),
        choices=[("", _("Leave it to the others")), *((n, words.length(n)) for n in minutes)],
        coerce=int,
        empty_value="",
        required=False,
    )
    fields["rhythm"] = forms.CharField(
        label=_("Anything else about meeting"),
        max_length=MOST,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    return fields


class AgreementForm(Form):
    """One's own side, point by point."""

    def __init__(self, *args: Any, template: str, values: Values, names: str, **kwargs: Any) -> None:
        kwargs.setdefault("initial", as_typed(values, template))
        self.template = template
        self.base_fields = {
            name: field
            for clause in clauses_of(template)
            for name, field in fields_of(clause, template=template, values=values).items()
        }
        super().__init__(*args, **kwargs)


class TemplateForm(Form):
    """What to start from."""

    template = forms.ChoiceField(label=_("Start from the template"), choices=Agreement.Template)


class ClauseForm(Form):
    """One point."""

    mark_optional = False

    def __init__(self, *args: Any, clause: Clause, template: str, values: Values, **kwargs: Any) -> None:
        kwargs.setdefault("initial", as_typed(values, template))
        kwargs.setdefault("prefix", clause.key)
        self.clause = clause
        self.base_fields = fields_of(clause, template=template, values=values)
        super().__init__(*args, **kwargs)


class ExtendForm(Form):
    """A later end."""

    until = forms.DateField(label=_("It ends on"), help_text=_("It counts once everybody has signed."))


def template_values(template: str) -> Values:
    """What a template suggests at each point, as stored."""
    return {clause.key: None for clause in clauses_of(template) if text_of(template, clause.key)}
