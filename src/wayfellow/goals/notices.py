"""The sentence of each notice, as the inbox shows it. The mails are in `templates/goals/mail/`."""

from typing import Any

from django.utils.translation import gettext as _


def commitment_proposed(notice: Any) -> str:
    return _("%(name)s wrote down something for you to do, and asks for your yes.") % notice.facts
