"""The sentence of each notice."""

from typing import Any

from django.utils.translation import gettext as _


def pulse_asked(notice: Any) -> str:
    return _("Three short questions about you and %(names)s.") % notice.facts


def pulse_reminder(notice: Any) -> str:
    return _("Three short questions about you and %(names)s still wait. This is the only reminder.") % notice.facts
