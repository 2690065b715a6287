"""What an administrator types: a member's facts, the settings of the organisation."""

import re
from typing import Any
from zoneinfo import available_timezones

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from wayfellow.core.errors import InvalidInput
from wayfellow.core.languages import offered
from wayfellow.people.models import Member, Organisation
from wayfellow.web.colours import accent_passes, nearest_passing, parse_colour
from wayfellow.web.forms import Form, ModelForm
from wayfellow.web.pictures import logo

# Fields of the settings page that are no setting by themselves.
NOT_KEPT = {"logo_file", "remove_logo", "first_language"}
_DOMAIN = re.compile(r"(?=.{4,253}$)([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]{2,63}")


# The largest of those where anybody can get an address; they are written into this field by mistake.
_PUBLIC = """
gmail.com googlemail.com outlook.com hotmail.com live.com msn.com yahoo.com ymail.com icloud.com me.com aol.com gmx.com
gmx.de gmx.net gmx.at gmx.ch web.de t-online.de freenet.de posteo.de mailbox.org proton.me protonmail.com yahoo.de
yahoo.es yahoo.fr yahoo.co.uk hotmail.es hotmail.de hotmail.fr outlook.de outlook.es mail.com mail.ru yandex.ru
yandex.com qq.com 163.com orange.fr free.fr laposte.net libero.it zoho.com fastmail.com tutanota.com
"""
PUBLIC_DOMAINS = frozenset(_PUBLIC.split())


def time_zone_choices(*, blank: Any = None) -> list[tuple[str, Any]]:
    """All places with a time zone, by name."""
    places = [(name, name.replace("_", " ")) for name in sorted(available_timezones()) if "/" in name or name == "UTC"]
    return [("", blank), *places] if blank is not None else places


class MemberForm(ModelForm):
    """What the organisation knows of a member."""

    languages = forms.CharField(
        label=_("Languages"), help_text=_("Codes with commas: en, pt, de."), required=False, max_length=200
    )
    time_zone = forms.ChoiceField(
        label=_("Time zone"), choices=lambda: time_zone_choices(blank=_("As the organisation")), required=False
    )
    manager_email = forms.EmailField(
        label=_("Manager"), help_text=_("The e-mail of the person they report to."), required=False
    )

    class Meta:
        model = Member
        fields = [
            "full_name",
            "email",
            "employee_number",
            "job_title",
            "department",
            "location",
            "time_zone",
            "hire_date",
            "grade",
            "phone",
            "is_guest",
            "guest_from",
            "guest_until",
        ]

    field_order = [*Meta.fields[:7], "languages", "manager_email", *Meta.fields[7:]]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["phone"].help_text = _("Never shown to members.")
        if not self.is_bound:
            self.initial["languages"] = ", ".join(self.instance.languages)
            manager = self.instance.manager
            self.initial["manager_email"] = manager.email if manager else ""

    def clean_email(self) -> str:
        return self.cleaned_data["email"].lower()

    def clean_languages(self) -> list[str]:
        codes = [code.strip().lower() for code in self.cleaned_data["languages"].split(",") if code.strip()]
        wrong = [code for code in codes if not re.fullmatch(r"[a-z]{2,3}(-[a-z0-9]{2,8})*", code)]
        if wrong:
            raise ValidationError(_("%(code)s is not a code of a language.") % {"code": wrong[0]}, code="bad_language")
        return list(dict.fromkeys(codes))

    def clean_manager_email(self) -> Member | None:
        email = self.cleaned_data["manager_email"]
        if not email:
            return None
        manager = Member.objects.filter(organisation=self.instance.organisation_id, email__iexact=email).first()
        if manager is None:
            raise ValidationError(_("Nobody here has this address."), code="unknown_manager")
        return manager

    def validate_constraints(self) -> None:
        """The action checks them under a lock and says which field it is."""

    def values(self) -> dict[str, Any]:
        """What `change_member` takes."""
        found = dict(self.cleaned_data)
        found["manager"] = found.pop("manager_email")
        return found


class SettingsForm(ModelForm):
    """The settings of the organisation, on one page."""

    logo_file = forms.FileField(
        label=_("Logo"),
        help_text=_("PNG, JPEG or WebP, at most 200 kB. Drawn again by us, so nothing hidden travels with it."),
        required=False,
        widget=forms.FileInput(attrs={"accept": ".png,.jpg,.jpeg,.webp"}),
    )
    remove_logo = forms.BooleanField(label=_("Take the logo away"), required=False)
    domains = forms.CharField(
        label=_("E-mail domains"),
        help_text=_("What stands after the @ in your work e-mails, one a line."),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 2, "spellcheck": "false"}),
    )
    languages = forms.MultipleChoiceField(
        label=_("Languages people can choose"),
        choices=settings.LANGUAGES,
        widget=forms.CheckboxSelectMultiple,
    )
    first_language = forms.ChoiceField(
        label=_("Language of invitations"),
        help_text=_("And of mails to everybody who has not chosen a language."),
        choices=settings.LANGUAGES,
    )
    time_zone = forms.ChoiceField(label=_("Time zone"), choices=time_zone_choices)
    cards = ("languages",)
    mark_optional = False

    class Meta:
        model = Organisation
        fields = [
            "name",
            "accent",
            "word_mentor",
            "word_mentee",
            "word_mentoring",
            "join_by_domain",
            "domains",
            "join_by_asking",
            "join_as_guest",
            "second_factor_required",
            "languages",
            "time_zone",
            "sender_name",
            "sender_email",
            "help_email",
            "conduct",
        ]
        widgets = {
            "accent": forms.TextInput(attrs={"class": "s", "size": "9", "spellcheck": "false"}),
            "conduct": forms.Textarea(attrs={"rows": 10}),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        organisation = self.instance
        hints = {
            "name": _("Beside the mark, and in every mail."),
            "accent": _(
                "For buttons and links. The colours for mentor, mentee, attention and errors stay as they are."
            ),
            "join_by_domain": _("Anyone with an address of the domains below."),
            "join_by_asking": _("Anyone may ask; you say yes to each."),
            "join_as_guest": _("People from elsewhere, who see only what they were invited to."),
            "second_factor_required": _(
                "From administrators, programme managers and safeguarding leads. Who has none sets one up before "
                "anything else here, you too."
            ),
            "sender_name": _("Shown in front of the address. The organisation's name, if this is empty."),
            "sender_email": _("Your mail server must be allowed to send for it. The server's own address, if empty."),
            "help_email": _("Stands in the mails and on the pages for people who are stuck."),
            "conduct": _("Leave it empty to use ours. A change asks everybody to agree again."),
        }
        for name, hint in hints.items():
            self.fields[name].help_text = hint
        self.initial["domains"] = "\n".join(organisation.domains)
        self.initial["languages"] = offered(organisation)
        self.initial["first_language"] = offered(organisation)[0]
        for name, word in (
            ("word_mentor", organisation.mentor_word),
            ("word_mentee", organisation.mentee_word),
            ("word_mentoring", organisation.mentoring_word),
        ):
            self.initial[name] = word

    def clean_accent(self) -> str:
        try:
            colour = parse_colour(self.cleaned_data["accent"])
        except InvalidInput as error:
            raise ValidationError(str(error.message), code=error.code) from None
        if not accent_passes(colour):
            raise ValidationError(
                _("Not everybody could read this colour. The nearest that works is %(nearest)s.")
                % {"nearest": nearest_passing(colour)},
                code="accent_fails",
            )
        return colour

    def clean_logo_file(self) -> bytes | None:
        file = self.cleaned_data["logo_file"]
        if not file:
            return None
        try:
            return logo(file, field="logo_file")
        except InvalidInput as error:
            raise ValidationError(str(error.message), code=error.code) from None

    def clean_domains(self) -> list[str]:
        words = re.split(r"[\s,;]+", self.cleaned_data["domains"].lower())
        domains = list(dict.fromkeys(word.removeprefix("@") for word in words if word))
        wrong = [domain for domain in domains if not _DOMAIN.fullmatch(domain)]
        if wrong:
            raise ValidationError(
                _("“%(domain)s” is not a domain like example.org.") % {"domain": wrong[0][:60]}, code="bad_domain"
            )
        public = [domain for domain in domains if domain in PUBLIC_DOMAINS]
        if public:
            raise ValidationError(
                _("Anybody can get an address at %(domain)s, so everybody could come in. Let them ask instead.")
                % {"domain": public[0]},
                code="public_domain",
            )
        return domains

    def clean(self) -> dict[str, Any]:
        found = super().clean() or self.cleaned_data
        if found.get("join_by_domain") and found.get("domains") == []:
            self.add_error("domains", ValidationError(_("Write at least one domain."), code="required"))
        languages, first = found.get("languages"), found.get("first_language")
        if languages and first and first not in languages:
            self.add_error(
                "first_language", ValidationError(_("Choose one of the languages above."), code="not_offered")
            )
        for name, default in (("word_mentor", "mentor"), ("word_mentee", "mentee"), ("word_mentoring", "mentoring")):
            if found.get(name, "").strip() == str(_(default)):
                found[name] = ""
        return found

    def values(self) -> dict[str, Any]:
        """What `change_settings` takes."""
        found = {name: value for name, value in self.cleaned_data.items() if name not in NOT_KEPT}
        found["languages"] = sorted(found["languages"], key=lambda code: code != self.cleaned_data["first_language"])
        if self.cleaned_data["logo_file"]:
            found["logo"] = self.cleaned_data["logo_file"]
        elif self.cleaned_data["remove_logo"]:
            found["logo"] = None
        return found


class LanguageForm(Form):
    """What pages and mails are written in."""

    language = forms.ChoiceField(label=_("Language"), required=False)

    def __init__(self, *args: Any, organisation: Organisation, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        known = dict(settings.LANGUAGES)
        choices = [("", _("As my browser")), *((code, known[code]) for code in offered(organisation))]
        self.fields["language"].choices = choices


class ConfirmForm(Form):
    """A word that has to be typed before something that cannot be undone."""

    word = forms.CharField(label=_("To go on, type the word forget"), max_length=20)

    def clean_word(self) -> str:
        word = self.cleaned_data["word"].strip().lower()
        if word != str(_("forget")):
            raise ValidationError(_("Type the word as it stands above."), code="not_confirmed")
        return word
