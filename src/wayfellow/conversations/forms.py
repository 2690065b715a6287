"""What a person typed."""

from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from wayfellow.conversations.kinds import ACCEPT, CheckedFile, allowed_kinds, check_file
from wayfellow.conversations.models import Message
from wayfellow.core.errors import InvalidInput
from wayfellow.web.forms import Form


class FilesInput(forms.ClearableFileInput):
    """The browser's own field for several files."""

    allow_multiple_selected = True
    template_name = "django/forms/widgets/file.html"


class FilesField(forms.FileField):
    """Several files, each checked by its content. All that is wrong with any of them is said."""

    def clean(self, data: Any, initial: Any = None) -> list[CheckedFile]:
        files = data if isinstance(data, list | tuple) else [data] if data else []
        found, errors = [], []
        for file in files:
            try:
                found.append(check_file(file.name, file.size, file.read))
            except InvalidInput as error:
                errors.append(ValidationError(str(error.message), code=error.code))
        if errors:
            words = _("Your words are kept here. Choose the files again, without this one.")
            raise ValidationError([*errors, ValidationError(words, code="choose_again")])
        return found


class LetterForm(Form):
    """A letter and its files."""

    mark_optional = False

    text = forms.CharField(
        label=_("Your letter"),
        max_length=Message.LONGEST,
        widget=forms.Textarea(attrs={"rows": 5}),
        required=False,
        strip=True,
    )
    files = FilesField(label=_("Files"), widget=FilesInput(attrs={"accept": ACCEPT, "multiple": True}), required=False)
    key = forms.CharField(max_length=40, widget=forms.HiddenInput, required=False)
    seen = forms.IntegerField(min_value=0, max_value=2**63 - 1, widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, label: Any = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if label is not None:
            self.fields["text"].label = label
        if settings.MOST_FILES:
            words = _("At most %(most)d, each at most %(mb)d MB: %(kinds)s.")
            facts = {"most": settings.MOST_FILES, "mb": settings.LARGEST_FILE_MB, "kinds": allowed_kinds()}
            self.fields["files"].help_text = words % facts
        else:
            del self.fields["files"]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        cleaned.setdefault("files", [])
        if not cleaned.get("text") and not cleaned["files"] and not self.errors:
            self.add_error("text", ValidationError(_("Write something here."), code="required"))
        return cleaned


class EditForm(Form):
    """A letter's words, once more."""

    text = forms.CharField(
        label=_("Your letter"),
        max_length=Message.LONGEST,
        widget=forms.Textarea(attrs={"rows": 8}),
        required=False,
    )
