"""What a person types when they look back."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from wayfellow.relationships.clauses import Clause
from wayfellow.relationships.models import ReviewAnswers
from wayfellow.web.forms import Form

MOST = 600


class ReviewForm(Form):
    """A verdict on each point with a word if one likes; something on the whole; something for after the end."""

    words = forms.CharField(
        label=_("On the whole"), max_length=2000, required=False, widget=forms.Textarea(attrs={"rows": 3})
    )
    withheld = forms.CharField(
        label=_("For after the end"),
        help_text=_("What you would rather say when it is over. It stays with you until then."),
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(
        self, *args: Any, clauses: list[tuple[Clause, str]], answers: ReviewAnswers | None, withheld: str, **kwargs: Any
    ) -> None:
        initial: dict[str, Any] = {"withheld": withheld}
        if answers is not None:
            initial["words"] = answers.words
            for key, said in answers.verdicts.items():
                initial |= {f"{key}_verdict": said["verdict"], f"{key}_words": said["words"]}
        kwargs.setdefault("initial", initial)
        super().__init__(*args, **kwargs)
        self.clauses = clauses
        fields: dict[str, forms.Field] = {}
        for clause, _text in clauses:
            fields[f"{clause.key}_verdict"] = forms.ChoiceField(
                label=clause.label, choices=ReviewAnswers.Verdict, widget=forms.RadioSelect, required=False
            )
            fields[f"{clause.key}_words"] = forms.CharField(
                label=_("A word on this"),
                max_length=MOST,
                required=False,
                widget=forms.Textarea(attrs={"rows": 2}),
            )
        form: Any = self
        form.fields = fields | dict(form.fields)
        self.readers = {"withheld": _("Read by you only, and by the others once it is over")}

    @property
    def points(self) -> list[dict[str, Any]]:
        """Each point with its words in the agreement and its two fields."""
        return [
            {"text": text, "verdict": self[f"{clause.key}_verdict"], "words": self[f"{clause.key}_words"]}
            for clause, text in self.clauses
        ]

    @property
    def verdicts(self) -> dict[str, dict[str, str]]:
        """What was chosen, by point."""
        data = self.cleaned_data
        return {
            clause.key: {"verdict": data[f"{clause.key}_verdict"], "words": data[f"{clause.key}_words"]}
            for clause, _text in self.clauses
            if data[f"{clause.key}_verdict"]
        }
