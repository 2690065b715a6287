"""What an administrator types to import people: a file, and what its columns are."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from wayfellow.people.importing.words import COLUMN_LABELS, fault_in_words, fault_of
from wayfellow.people.models import MemberImport
from wayfellow.tables.errors import table_error
from wayfellow.tables.limits import MAX_FILE_BYTES
from wayfellow.web.forms import Form


class ImportForm(Form):
    """The file."""

    file = forms.FileField(
        label=_("File with people"),
        help_text=_("CSV or Excel (XLSX), at most 50 MB, one person a row and headings in the first."),
        widget=forms.FileInput(attrs={"accept": ".csv,.tsv,.txt,.xlsx"}),
        error_messages={"empty": _("This file is empty. Choose another.")},
    )

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        if file.size > MAX_FILE_BYTES:
            limit = f"{MAX_FILE_BYTES // 1024 // 1024} MB"
            fault = fault_of(table_error("file_too_large", name=file.name, limit=limit))
            raise forms.ValidationError(fault_in_words(fault), code="file_too_large")
        return file


class ColumnsForm(Form):
    """What each column of the file is read as."""

    mark_optional = False

    def __init__(self, *args: Any, member_import: MemberImport, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.columns = [column for column in member_import.columns if not column["never"]]
        self.names = {column["header"]: f"column_{at}" for at, column in enumerate(member_import.columns)}
        choices = [*COLUMN_LABELS.items(), ("", _("Leave it out"))]
        for column in self.columns:
            field = forms.ChoiceField(
                label=_("Read “%(heading)s” as") % {"heading": column["header"]},
                choices=choices,
                initial=column["field"] or "",
                required=False,
                widget=forms.Select(attrs={"class": "input s"}),
            )
            self.fields[self.names[column["header"]]] = field

    def chosen(self) -> dict[str, str | None]:
        """What the person decided: every doubtful column, and every other that they changed.

        A column that was not sent, because the page is older than the check, stays as it is.
        """
        answers: dict[str, str | None] = {}
        for column in self.columns:
            name = self.names[column["header"]]
            if self.add_prefix(name) not in self.data:
                continue
            answer = self.cleaned_data[name] or None
            if column["confidence"] == "unsure" or answer != column["field"]:
                answers[column["header"]] = answer
        return answers
