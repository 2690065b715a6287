"""The people of a programme: role, places, where they stand. Nothing of what they write."""

from datetime import date
from functools import partial
from typing import Any

from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from wayfellow.people.models import Organisation
from wayfellow.people.own_words import in_own_words
from wayfellow.programmes.models import Cohort, Enrolment
from wayfellow.relationships.models import MentoringRequest
from wayfellow.web.templatetags.wayfellow import day
from wayfellow.workspace.queries.cohort import here, named, with_mentor_now, without_heavy

SEARCHED = ("member__full_name", "member__job_title", "member__department", "member__location")


def filters(organisation: Organisation) -> list[tuple[str, str]]:
    """What the list can be narrowed to: name, and label in the organisation's words."""
    words = partial(in_own_words, organisation)
    return [
        ("mentors", words("as_mentor")),
        ("mentees", words("as_mentee")),
        ("room", words("with_a_place")),
        ("full", words("without_a_place")),
        ("away", _("Away")),
        ("alone", words("alone")),
    ]


def _conditions(today: date) -> dict[str, Q]:
    at_home = Q(away_until__isnull=True) | Q(away_until__lte=today)
    room = Q(is_mentor=True, takes_requests=True, capacity__gt=F("places_taken") + F("places_held")) & at_home
    full = Q(is_mentor=True, capacity__lte=F("places_taken") + F("places_held"))
    return {
        "mentors": Q(is_mentor=True),
        "mentees": Q(is_mentee=True),
        "room": room,
        "full": full,
        "away": Q(away_until__gt=today),
        "alone": Q(is_mentee=True, has_mentor=False),
    }


def people_of(cohort: Cohort, *, search: str = "", show: str = "", today: date) -> QuerySet[Enrolment]:
    """Enrolments by name, narrowed."""
    asks = MentoringRequest.objects.open().filter(mentee=OuterRef("pk"))
    rows = here(cohort).select_related("member__organisation").defer(*without_heavy("member__organisation"))
    rows = rows.annotate(has_mentor=with_mentor_now(), has_asked=Exists(asks))
    chosen = _conditions(today).get(show)
    if chosen is not None:
        rows = rows.filter(chosen)
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
    organisation = enrolment.member.organisation
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
            found.append(("good", in_own_words(organisation, "has_one")))
        elif enrolment.has_asked:
            found.append(("info", _("Has asked somebody")))
        else:
            found.append(("none", in_own_words(organisation, "has_none")))
    return found
