"""What a member says about their mails."""

from django import forms
from django.utils.translation import gettext_lazy as _

from wayfellow.web.forms import Form


class MailWishesForm(Form):
    """When mails may come, and whether they may hold the words of letters."""

    quiet_from = forms.TimeField(label=_("Quiet from"))
    quiet_until = forms.TimeField(label=_("Quiet until"), help_text=_("The same time twice means no quiet hours."))
    words_in_mail = forms.BooleanField(
        label=_("Put the words of letters into the mail"),
        help_text=_(
            "Otherwise a mail says who wrote, and the words stay here. Anybody who reads your mailbox reads them."
        ),
        required=False,
    )
