"""What a person typed."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from wayfellow.people.models import Member
from wayfellow.safety.models import Concern, ConcernMessage
from wayfellow.safety.queries import safeguarding_leads
from wayfellow.web.forms import Form

MOST = Concern._meta.get_field("text").max_length


class ReportForm(Form):
    """What happened, and about whom. A name that only one member has is understood as that member.

    Args:
        member: who reports.
        about: the member whose page they came from, if any.
    """

    text = forms.CharField(
        label=_("What happened?"),
        help_text=_("As much or as little as you want to say. When and where helps, and who else was there."),
        max_length=MOST,
        widget=forms.Textarea(attrs={"rows": 8}),
    )
    about_words = forms.CharField(
        label=_("Who or what is it about?"), help_text=_("A name is enough."), max_length=200, required=False
    )
    kept_from = forms.ModelMultipleChoiceField(
        label=_("Keep it from"),
        help_text=_("Tick whoever it is about, or should not know of it."),
        queryset=Member.objects.none(),
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )

    def __init__(self, *args: Any, member: Member, about: Member | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.member, self.about = member, about
        leads = safeguarding_leads(member)
        self.fields["kept_from"].queryset = leads
        self.fields["kept_from"].label_from_instance = lambda lead: lead.full_name
        if about is not None:
            del self.fields["about_words"]
        if not leads:
            del self.fields["kept_from"]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        cleaned.setdefault("kept_from", [])
        cleaned["about"] = self.about or self._named(cleaned.setdefault("about_words", ""))
        return cleaned

    def _named(self, words: str) -> Member | None:
        if not words:
            return None
        rows = Member.objects.visible_to(self.member).exclude(pk=self.member.pk).filter(full_name__iexact=words)
        found = list(rows[:2])
        return found[0] if len(found) == 1 else None


class MessageForm(Form):
    """A few words about a report, to the other side."""

    text = forms.CharField(
        label=_("Your words"), max_length=ConcernMessage._meta.get_field("text").max_length, widget=forms.Textarea
    )

    def __init__(self, *args: Any, label: Any, reader: Any, required: bool = True, **kwargs: Any) -> None:
        self.readers = {"text": reader}
        super().__init__(*args, **kwargs)
        self.fields["text"].label, self.fields["text"].required = label, required
