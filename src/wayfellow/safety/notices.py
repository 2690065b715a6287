"""The sentences of this subject's notices. None says what a report is about or what was written."""

from typing import Any

from django.utils.translation import gettext as _


def concern_raised(notice: Any) -> str:
    return _("A report waits for you.")


def concern_added(notice: Any) -> str:
    return _("Somebody added to a report.")


def concern_answered(notice: Any) -> str:
    what = notice.facts.get("what")
    if what == "taken_up":
        return _("Somebody looks into what you reported.")
    if what == "closed":
        return _("What you reported is closed. You can write again at any time.")
    return _("There is an answer to what you reported.")


def safeguarding_lead_wanted(notice: Any) -> str:
    return _("A report waits that nobody can read. Please name a safeguarding lead.")
