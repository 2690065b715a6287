"""Which items of a goal which people may read."""

from typing import Any

from django import forms
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from wayfellow.goals.models import Goal, GoalShare
from wayfellow.goals.queries.sharing import reader_words
from wayfellow.web.forms import Form

Item = GoalShare.Item
NOTHING_YET = gettext_lazy("You have written nothing here yet.")


class ShareForm(Form):
    """One question an item: who reads it besides you."""

    mark_optional = False

    def __init__(self, *args: Any, goal: Goal, audiences: list[str], names: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [("", _("Only you"))]
        choices += [(audience, reader_words(audience, names, audiences)) for audience in audiences]
        for value, label in Item.choices:
            field = forms.ChoiceField(
                label=label,
                choices=choices,
                required=False,
                widget=forms.RadioSelect,
                help_text=words_of(goal, value) or NOTHING_YET,
            )
            self.fields[value] = field

    @property
    def items(self) -> dict[str, str]:
        """What was chosen: item to audience, without those that stay one's own."""
        return {name: audience for name, audience in self.cleaned_data.items() if audience}


def words_of(goal: Goal, item: str) -> str:
    """What an item of a goal says, in one line."""
    if item == Item.PLAN:
        if not goal.if_moment:
            return ""
        return _("If %(if_moment)s, then I will %(then_act)s") % {
            "if_moment": goal.if_moment,
            "then_act": goal.then_act,
        }
    if item == Item.SKILLS:
        words = _("%(skill)s: from %(low)s to %(high)s")
        return ", ".join(
            words % {"skill": entry.skill, "low": entry.from_level, "high": entry.to_level}
            for entry in goal.skills.all()
        )
    value = getattr(goal, item)
    return date_format(value, "DATE_FORMAT") if item == Item.BY_WHEN and value else str(value or "")
