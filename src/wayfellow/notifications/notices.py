"""The sentences of this subject's own notices."""

from typing import Any

from django.utils.translation import gettext as _


def reply_not_taken(notice: Any) -> str:
    return _("Your answer by mail did not arrive: %(why)s") % notice.facts
