"""The sentence of each notice, as the inbox shows it. The mails are in `templates/meetings/mail/`."""

from typing import Any

from django.utils.translation import gettext as _

from wayfellow.core.registry import NoticeKind
from wayfellow.web.templatetags.wayfellow import moment


def _facts(notice: Any) -> dict[str, Any]:
    return {**notice.facts, "when": moment(notice.facts.get("starts_at"))}


def times_proposed(notice: Any) -> str:
    if notice.facts.get("moves"):
        return _("%(who)s asks to move your meeting, and offers times.") % _facts(notice)
    return _("%(who)s offers times to meet.") % _facts(notice)


def times_declined(notice: Any) -> str:
    return _("%(who)s cannot come at any of the times you offered.") % _facts(notice)


def meeting_planned(notice: Any) -> str:
    if notice.facts.get("times"):
        return _("You meet %(names)s %(times)s times, first: %(when)s.") % _facts(notice)
    return _("You meet %(names)s: %(when)s.") % _facts(notice)


def meeting_moved(notice: Any) -> str:
    return _("Your meeting with %(names)s has a new time: %(when)s.") % _facts(notice)


def meeting_cancelled(notice: Any) -> str:
    if notice.facts.get("by_you"):
        return _("You called off your meeting with %(names)s: %(when)s.") % _facts(notice)
    return _("Your meeting with %(names)s does not take place: %(when)s.") % _facts(notice)


def meeting_declined(notice: Any) -> str:
    return _("%(who)s cannot come to your meeting: %(when)s.") % _facts(notice)


def meeting_missed(notice: Any) -> str:
    return _("You did not meet %(names)s: %(when)s. Find another time?") % _facts(notice)


def kind(function: Any, label: Any, why: Any, *, compose: str = "") -> NoticeKind:
    """A notice kind that is named as the function of its sentence."""
    return NoticeKind(
        kind=function.__name__, label=label, why=why, text=f"{__name__}.{function.__name__}", compose=compose
    )
