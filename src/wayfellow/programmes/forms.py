"""A programme's rules, as its managers type them."""

from typing import Any

from wayfellow.core.errors import DomainError
from wayfellow.programmes.actions import RULES, check_rules
from wayfellow.programmes.models import Programme
from wayfellow.web.forms import ModelForm


class RulesForm(ModelForm):
    """All numbers of a programme."""

    class Meta:
        model = Programme
        fields = RULES

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if not self.errors:
            try:
                check_rules(Programme(**{name: cleaned[name] for name in RULES}))
            except DomainError as error:
                self.refuse(error)
        return cleaned

    def validate_constraints(self) -> None:
        """`check_rules` says the same in words, at the field."""
