"""How a rhythm of meetings is said, and a notice about a role."""

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext


def length(minutes: int) -> str:
    """45 minutes, 1 hour, 1 hour 30 minutes."""
    hours, rest = divmod(minutes, 60)
    said = []
    if hours:
        said.append(ngettext("%(n)d hour", "%(n)d hours", hours) % {"n": hours})
    if rest or not hours:
        said.append(ngettext("%(n)d minute", "%(n)d minutes", rest) % {"n": rest})
    return " ".join(said)


def frequency(every_weeks: int) -> str:
    """every week, every two weeks, once a month, every 6 weeks."""
    named = {1: _("every week"), 2: _("every two weeks"), 3: _("every three weeks"), 4: _("once a month")}
    return named.get(every_weeks) or _("every %(n)d weeks") % {"n": every_weeks}


def rhythm(minutes: int, every_weeks: int) -> str:
    """1 hour, once a month."""
    return _("%(length)s, %(frequency)s") % {"length": length(minutes), "frequency": frequency(every_weeks)}


def months(count: int) -> str:
    """6 months."""
    return ngettext("%(n)d month", "%(n)d months", count) % {"n": count}


def programme_role_changed(notice: Any) -> str:
    """The notice in the app."""
    programme = notice.facts.get("programme", "")
    if notice.facts.get("given"):
        return _("You run the programme “%(programme)s” now.") % {"programme": programme}
    return _("You do not run the programme “%(programme)s” any more.") % {"programme": programme}
