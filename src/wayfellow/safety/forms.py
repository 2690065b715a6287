"""What a person typed."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from wayfellow.people.models import Member
from wayfellow.safety.models import Concern, ConcernMessage
from wayfellow.safety.policy import MOST_DAYS
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

    with_page = forms.BooleanField(
        label=_("Put a link to the page you came from into the report"),
        help_text=_("It tells the lead which one you mean. A lead cannot open what only its people can read."),
        required=False,
    )
    quote = forms.CharField(
        label=_("Words you want to quote from there"),
        help_text=_("Only what you put here is passed on, nothing else of that page."),
        max_length=Concern._meta.get_field("quote").max_length,
        widget=forms.Textarea(attrs={"rows": 3}),
        required=False,
    )

    def __init__(self, *args: Any, member: Member, about: Member | None = None, page: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.page = page
        if not page:
            del self.fields["with_page"], self.fields["quote"]
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
        cleaned["page"] = self.page if cleaned.pop("with_page", False) else ""
        cleaned.setdefault("quote", "")
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


class ReportTermsForm(Form):
    """How soon reports are looked into and closed."""

    take_up_days = forms.IntegerField(label=_("Somebody looks into it within, days"), min_value=1, max_value=MOST_DAYS)
    close_days = forms.IntegerField(label=_("It is closed within, days"), min_value=2, max_value=MOST_DAYS)
