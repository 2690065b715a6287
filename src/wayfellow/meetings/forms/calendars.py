"""What a person says of their own calendar."""

from django import forms
from django.utils.translation import gettext_lazy as _

from wayfellow.meetings.models import PersonalCalendar
from wayfellow.web.forms import Form

Source = PersonalCalendar.Source


class VideoForm(Form):
    """The video room that goes into invitations."""

    video_link = forms.CharField(
        label=_("Address of your video room"),
        max_length=500,
        required=False,
        help_text=_("Any service. It goes into the invitations you send, and only the people you meet see it."),
    )


class BusyForm(Form):
    """Where busy times are read from."""

    source = forms.ChoiceField(
        label=_("Read from"),
        choices=[choice for choice in Source.choices if choice[0] != Source.NONE],
        widget=forms.RadioSelect,
    )
    address = forms.CharField(
        label=_("Address"), max_length=1000, help_text=_("Such as https://calendar.example.org/you/secret.ics")
    )
    user_name = forms.CharField(
        label=_("Name you sign in with there"), max_length=200, required=False, help_text=_("For CalDAV only.")
    )
    password = forms.CharField(
        label=_("Password"),
        max_length=200,
        required=False,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "off"}),
        help_text=_("For CalDAV only. Best one made for this alone. It is kept sealed and never shown again."),
    )
    mark_optional = False
