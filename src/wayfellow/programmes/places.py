"""A mentor's places, counted. Every change is one conditional UPDATE: it changes a row only if the sum stays right.

Callers hold the row's lock; these hold even without it, and the CHECK constraint stands behind both.
"""

from django.db.models import F

from wayfellow.programmes.models import Enrolment


def take_place(mentor: Enrolment) -> bool:
    """Take a free place. False if there is none."""
    free = Enrolment.objects.filter(pk=mentor.pk, capacity__gt=F("places_taken") + F("places_held"))
    return _changed(mentor, free.update(places_taken=F("places_taken") + 1))


def take_held_place(mentor: Enrolment) -> bool:
    """Turn a place that is kept for somebody into a taken one. False if none is kept."""
    kept = Enrolment.objects.filter(pk=mentor.pk, places_held__gte=1)
    return _changed(mentor, kept.update(places_taken=F("places_taken") + 1, places_held=F("places_held") - 1))


def free_place(mentor: Enrolment) -> bool:
    """Give a taken place back. False if none is taken."""
    taken = Enrolment.objects.filter(pk=mentor.pk, places_taken__gte=1)
    return _changed(mentor, taken.update(places_taken=F("places_taken") - 1))


def hold_place(mentor: Enrolment) -> bool:
    """Keep a free place for somebody who waits. False if there is none."""
    free = Enrolment.objects.filter(pk=mentor.pk, capacity__gt=F("places_taken") + F("places_held"))
    return _changed(mentor, free.update(places_held=F("places_held") + 1))


def release_place(mentor: Enrolment) -> bool:
    """Stop keeping a place for somebody. False if none is kept."""
    kept = Enrolment.objects.filter(pk=mentor.pk, places_held__gte=1)
    return _changed(mentor, kept.update(places_held=F("places_held") - 1))


def _changed(mentor: Enrolment, rows: int) -> bool:
    mentor.refresh_from_db(fields=["capacity", "places_taken", "places_held"])
    return rows == 1
