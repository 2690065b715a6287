"""The sentence of each notice, as the inbox shows it."""

from typing import Any

from django.utils.translation import gettext as _


def mentor_back(notice: Any) -> str:
    return _("%(full_name)s is back.") % notice.facts
