"""The people of a programme: role, places, where they stand. Nothing of what they write."""

from datetime import date
from typing import Any

from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from wayfellow.programmes.models import Cohort, Enrolment
from wayfellow.relationships.models import MentoringRequest
from wayfellow.web.templatetags.wayfellow import day
from wayfellow.workspace.queries.cohort import here, named, with_mentor_now, without_heavy

SEARCHED = ("member__full_name", "member__job_title", "member__department", "member__location")


def filters(today: date) -> dict[str, tuple[Any, Q]]:
    """What the list can be narrowed to: label and condition."""
    at_home = Q(away_until__isnull=True) | Q(away_until__lte=today)
    room = Q(is_mentor=True, takes_requests=True, capacity__gt=F("places_taken") + F("places_held")) & at_home
    full = Q(is_mentor=True, capacity__lte=F("places_taken") + F("places_held"))
    return {
        "mentors": (_("Mentors"), Q(is_mentor=True)),
        "mentees": (_("Mentees"), Q(is_mentee=True)),
        "room": (_("Mentors with a free place"), room),
        "full": (_("Mentors without a free place"), full),
        "away": (_("Away"), Q(away_until__gt=today)),
        "alone": (_("Mentees without a mentor"), Q(is_mentee=True, has_mentor=False)),
    }


def people_of(cohort: Cohort, *, search: str = "", show: str = "", today: date) -> QuerySet[Enrolment]:
    """Enrolments by name, narrowed."""
    asks = MentoringRequest.objects.open().filter(mentee=OuterRef("pk"))
    rows = here(cohort).select_related("member__organisation").defer(*without_heavy("member__organisation"))
    rows = rows.annotate(has_mentor=with_mentor_now(), has_asked=Exists(asks))
    chosen = filters(today).get(show)
    if chosen is not None:
        rows = rows.filter(chosen[1])
    return named(rows, search, *SEARCHED).order_by("member__full_name", "pk")


def role_words(enrolment: Enrolment) -> str:
    """Mentor, mentee, or both, in the organisation's words where it has its own."""
    organisation = enrolment.member.organisation
    if organisation.word_mentor or organisation.word_mentee:
        words = [organisation.mentor_word] * enrolment.is_mentor + [organisation.mentee_word] * enrolment.is_mentee
        return capfirst(", ".join(words)) if words else _("Neither now")
    if enrolment.is_mentor and enrolment.is_mentee:
        return _("Mentor and mentee")
    if enrolment.is_mentor:
        return _("Mentor")
    return _("Mentee") if enrolment.is_mentee else _("Neither now")


def standing(enrolment: Any, today: date) -> list[tuple[str, str]]:
    """Where somebody stands, as mentor and as mentee: shape and words of each."""
    found = []
    if enrolment.is_mentor:
        if enrolment.is_away(today):
            found.append(("none", _("Away until %(day)s") % {"day": day(enrolment.away_until)}))
        elif not enrolment.takes_requests:
            found.append(("none", _("Takes no requests now")))
        elif enrolment.free_places > 0:
            words = ngettext("%(n)d free place", "%(n)d free places", enrolment.free_places)
            found.append(("good", words % {"n": enrolment.free_places}))
        else:
            found.append(("info", _("Full")))
    if enrolment.is_mentee:
        if enrolment.has_mentor:
            found.append(("good", _("Has a mentor")))
        elif enrolment.has_asked:
            found.append(("info", _("Has asked somebody")))
        else:
            found.append(("none", _("No mentor yet")))
    return found
