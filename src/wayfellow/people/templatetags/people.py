"""Tags of the administrators' pages."""

from datetime import date
from typing import Any

from django import template
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from wayfellow.core import clock
from wayfellow.people.models import Member, Organisation
from wayfellow.web.templatetags.wayfellow import day, long_day, status

register = template.Library()


@register.simple_tag
def takes_part(person: Member, organisation: Organisation) -> str:
    """Mentee in 1, mentor of 2; from enrolments that were read with the list."""
    enrolments = list(person.enrolments.all())
    seeks = sum(1 for enrolment in enrolments if enrolment.is_mentee)
    gives = [enrolment for enrolment in enrolments if enrolment.is_mentor]
    words = []
    if seeks:
        words.append(_("%(mentee)s in %(n)d") % {"mentee": organisation.mentee_word, "n": seeks})
    if gives:
        taken = sum(enrolment.places_taken for enrolment in gives)
        name = {"mentor": organisation.mentor_word, "n": taken}
        words.append(_("%(mentor)s of %(n)d") % name if taken else organisation.mentor_word)
    text = ", ".join(words)
    return text[:1].upper() + text[1:] if text else _("Not yet")


@register.simple_tag
def member_state(person: Member, today: date) -> str:
    """Shape and word for where somebody stands."""
    if person.state == Member.State.LEFT:
        when = {"day": long_day(person.left_at)}
        return status("none", _("Left on %(day)s") % when if person.left_at else _("Left"))
    if person.state == Member.State.LISTED:
        return status("none", _("Not invited yet"))
    if person.state == Member.State.INVITED:
        return _invited(person)
    if person.is_guest and person.guest_until:
        over = person.guest_until < today
        when = {"day": day(person.guest_until)}
        return (
            status("none", _("Guest until %(day)s, over") % when)
            if over
            else status("good", _("Guest until %(day)s") % when)
        )
    away = [enrolment.away_until for enrolment in person.enrolments.all() if enrolment.away_until]
    if away and max(away) >= today:
        return status("none", _("Away until %(day)s") % {"day": day(max(away))})
    return status("good", _("Active"))


def _invited(person: Any) -> str:
    at, expires = getattr(person, "invited_at", None), getattr(person, "invitation_expires_at", None)
    if expires and expires <= clock.now():
        return status("warn", _("Invitation has run out"))
    if not at:
        return status("info", _("Invited"))
    days = (clock.now() - at).days
    if days == 0:
        return status("info", _("Invited today"))
    return status("info", ngettext("Invited %(n)d day ago", "Invited %(n)d days ago", days) % {"n": days})
