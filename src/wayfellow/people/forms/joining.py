"""Coming in: setting up, inviting, accepting, asking."""

import re
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from wayfellow.core import clock
from wayfellow.people.models import JoinRequest, Organisation
from wayfellow.web.forms import Form, ModelForm

MOST_AT_ONCE = 500
_SPLIT = re.compile(r"[,;\n\t]+")
_NAMED = re.compile(r'^"?(?P<name>[^"<>]*?)"?\s*<(?P<email>[^<>]+)>$')


class SetUpForm(Form):
    """The first organisation."""

    name = forms.CharField(
        label=_("Name of your organisation"), help_text=_("Beside the mark, and in every mail."), max_length=100
    )
    slug = forms.SlugField(
        label=_("Short name in addresses"),
        help_text=_("Small letters, digits and hyphens. It cannot be changed later."),
        max_length=40,
        error_messages={"invalid": _("Use small letters, digits and hyphens only, such as north-harbour.")},
    )
    admin_email = forms.EmailField(
        label=_("Your e-mail"), help_text=_("You become the first administrator."), max_length=254
    )


class NameForm(Form):
    """How somebody is called, asked when they come in."""

    full_name = forms.CharField(
        label=_("Your name"),
        help_text=_("As colleagues know you. You can change it later."),
        max_length=200,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )


class AskToJoinForm(ModelForm):
    """Join with a work e-mail, or ask."""

    class Meta:
        model = JoinRequest
        fields = ["full_name", "email", "message"]
        widgets = {
            "full_name": forms.TextInput(attrs={"autocomplete": "name"}),
            "email": forms.EmailInput(attrs={"autocomplete": "email"}),
        }

    def __init__(self, *args: Any, organisation: Organisation, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["full_name"].label = _("Your name")
        self.fields["email"].label = _("Work e-mail")
        if organisation.join_by_asking:
            self.fields["message"].help_text = _("Read by the administrators, if they have to decide.")
        else:
            del self.fields["message"]

    def clean_email(self) -> str:
        return self.cleaned_data["email"].lower()

    def validate_constraints(self) -> None:
        """Whether somebody has asked already is not told."""


class GuestFields(forms.Form):
    """Whether somebody comes as a guest, from where, until when."""

    as_guest = forms.BooleanField(
        label=_("As a guest"),
        help_text=_("Somebody from elsewhere, who sees only what they are invited to."),
        required=False,
    )
    guest_from = forms.CharField(label=_("Where they come from"), max_length=120, required=False)
    guest_until = forms.DateField(label=_("Their last day here"), required=False)


class InviteForm(Form, GuestFields):
    """Who to invite, to what, as what."""

    addresses = forms.CharField(
        label=_("E-mail addresses"),
        help_text=_("One a line, or with commas. A name may stand before: Jo Blake <jo.blake@example.org>."),
        max_length=50_000,
        widget=forms.Textarea(attrs={"rows": 6, "spellcheck": "false"}),
    )
    to_network = forms.BooleanField(
        label=_("Into the open network"),
        help_text=_("They can look for a mentor, or offer to be one, as soon as they join."),
        required=False,
        initial=True,
    )
    note = forms.CharField(
        label=_("A word to them"),
        help_text=_("It stands in the mail, under your name."),
        max_length=500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    field_order = ["addresses", "note", "to_network", "as_guest", "guest_from", "guest_until"]

    def __init__(self, *args: Any, organisation: Organisation, has_network: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not has_network:
            del self.fields["to_network"]
        if not organisation.join_as_guest:
            for name in GuestFields.base_fields:
                del self.fields[name]

    def clean_addresses(self) -> list[tuple[str, str]]:
        """(name or nothing, address), each address once; says which lines are none."""
        found: dict[str, str] = {}
        wrong = []
        for part in filter(None, (part.strip() for part in _SPLIT.split(self.cleaned_data["addresses"]))):
            named = _NAMED.match(part)
            name, email = (named["name"].strip(), named["email"].strip()) if named else ("", part)
            try:
                validate_email(email)
            except ValidationError:
                wrong.append(part)
                continue
            if len(email) > 254 or len(name) > 200:
                wrong.append(part)
                continue
            found.setdefault(email.lower(), name)
        if wrong:
            listed = ", ".join(part[:60] for part in wrong[:5])
            raise ValidationError(
                ngettext(
                    "%(count)d entry is not an e-mail address: %(listed)s",
                    "%(count)d entries are not e-mail addresses: %(listed)s",
                    len(wrong),
                )
                % {"count": len(wrong), "listed": listed},
                code="bad_email",
            )
        if not found:
            raise ValidationError(_("Write at least one address."), code="required")
        if len(found) > MOST_AT_ONCE:
            raise ValidationError(
                _("At most %(most)d at once, please. This has %(count)d.")
                % {"most": MOST_AT_ONCE, "count": len(found)},
                code="too_many",
            )
        return [(name, email) for email, name in found.items()]

    def clean_guest_until(self) -> Any:
        until = self.cleaned_data["guest_until"]
        if until is not None and until < clock.now().date():
            raise ValidationError(_("Choose a day that is still to come."), code="past")
        return until

    def clean(self) -> dict[str, Any]:
        found = super().clean() or self.cleaned_data
        if (found.get("guest_from") or found.get("guest_until")) and not found.get("as_guest"):
            self.add_error(
                "as_guest", ValidationError(_("Tick this, or leave the two fields below empty."), code="unclear")
            )
        return found
