"""A mentor's limits, set by the mentor; joining the open network; stopping."""

from datetime import date, datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from wayfellow.audit.actions import record
from wayfellow.core import clock
from wayfellow.core.errors import InvalidInput, Refusal, enforce
from wayfellow.people.models import Member
from wayfellow.programmes.models import Cohort, Enrolment
from wayfellow.relationships.actions.leaving import Because, close_for_reason
from wayfellow.relationships.actions.locks import lock_enrolment
from wayfellow.relationships.actions.telling import tell_of_place, tell_of_request
from wayfellow.relationships.actions.waiting import close_entry, offer_freed_places
from wayfellow.relationships.models import MentoringRequest, WaitingEntry
from wayfellow.search.actions import touch

MENTOR_FIELDS = [
    "capacity",
    "takes_requests",
    "away_until",
    "waiting_list_open",
    "offer_minutes",
    "offer_every_weeks",
    "offer_months",
    "asks_of_mentee",
    "preferred_channel",
]
FIELDS = [*MENTOR_FIELDS, "allows_offers"]
BOUNDS = {"offer_minutes": (15, 240), "offer_every_weeks": (1, 26), "offer_months": (1, 24)}


@transaction.atomic
def enrol_in_network(
    member: Member,
    *,
    as_mentor: bool = False,
    as_mentee: bool = False,
    now: datetime | None = None,
    **limits: Any,
) -> Enrolment:
    """Take part in the open network as mentor, mentee or both. Doing it again changes only what is named.

    Args:
        member: who takes part.
        as_mentor: offer to mentor, with the programme's usual number of places unless `capacity` says another.
        as_mentee: be able to ask.
        limits: as `set_limits`.

    Raises:
        Refused: `guests_are_invited`, `no_open_network`.
        InvalidInput: as `set_limits`.
    """
    cohort = (
        Cohort.objects.select_related("programme")
        .filter(organisation=member.organisation_id, programme__is_open_network=True)
        .first()
    )
    if cohort is None:
        enforce(Refusal("no_open_network", _("This organisation has no open network yet.")))
        raise AssertionError
    enrolment = Enrolment.objects.filter(cohort=cohort, member=member).first()
    if enrolment is None:
        if member.is_guest:
            enforce(Refusal("guests_are_invited", _("Guests take part where they were invited to.")))
        enrolment, _created = Enrolment.objects.get_or_create(
            cohort=cohort, member=member, defaults={"organisation": cohort.organisation, "is_mentee": as_mentee}
        )
    enrolment = lock_enrolment(enrolment.pk)
    became_mentor = as_mentor and not enrolment.is_mentor
    became_mentee = as_mentee and not enrolment.is_mentee
    enrolment.is_mentor = enrolment.is_mentor or as_mentor
    enrolment.is_mentee = enrolment.is_mentee or as_mentee
    if became_mentor and "capacity" not in limits and enrolment.capacity == 0:
        limits["capacity"] = cohort.programme.default_capacity
    _apply(enrolment, limits, now or clock.now())
    touch(member)
    details = {"mentor": enrolment.is_mentor, "mentee": enrolment.is_mentee, "fields": sorted(limits)}
    verb = "network_joined" if became_mentor or became_mentee or not limits else "limits_changed"
    record(verb, actor=member, organisation=enrolment.organisation, about=enrolment, details=details)
    return enrolment


@transaction.atomic
def set_limits(actor: Member, enrolment: Enrolment, *, now: datetime | None = None, **limits: Any) -> Enrolment:
    """Change one's own limits. Places that become free go to the waiting list first.

    Args:
        actor: whose limits they are.
        enrolment: their enrolment.
        limits: any of `FIELDS`.

    Raises:
        Refused: `not_yours`.
        InvalidInput: `capacity_below_places_taken`, `capacity_above_maximum`, `away_until_past`, `out_of_bounds`,
            each at its field.
    """
    enrolment = lock_enrolment(enrolment.pk)
    if enrolment.member_id != actor.pk:
        enforce(Refusal("not_yours", _("Everybody sets their own limits.")))
    before = {name: getattr(enrolment, name) for name in limits}
    _apply(enrolment, limits, now or clock.now())
    changed = sorted(name for name, value in before.items() if getattr(enrolment, name) != value)
    record(
        "limits_changed", actor=actor, organisation=enrolment.organisation, about=enrolment, details={"fields": changed}
    )
    return enrolment


@transaction.atomic
def stop_mentoring(actor: Member, enrolment: Enrolment, *, now: datetime | None = None) -> Enrolment:
    """Offer no more. Open requests and the line close kindly; relationships under way go on.

    Raises:
        Refused: `not_yours`.
    """
    now = now or clock.now()
    enrolment = lock_enrolment(enrolment.pk)
    if enrolment.member_id != actor.pk:
        enforce(Refusal("not_yours", _("Everybody sets their own limits.")))
    if not enrolment.is_mentor:
        return enrolment
    enrolment.is_mentor = False
    enrolment.save(update_fields=["is_mentor"])
    touch(actor)
    requests = MentoringRequest.objects.open().filter(mentor=enrolment).select_for_update(of=("self",), no_key=True)
    rows = requests.select_related("mentee__member__organisation", "cohort__programme", "organisation")
    for request in rows.order_by("pk"):
        request.mentor = enrolment
        close_for_reason(request, Because.STOPPED, now=now)
        tell_of_request("request_closed", request, request.mentee, because=Because.STOPPED)
    line = WaitingEntry.objects.in_line().filter(mentor=enrolment).select_for_update(of=("self",), no_key=True)
    for entry in line.select_related("mentee__member__organisation", "organisation"):
        entry.mentor = enrolment
        close_entry(entry, WaitingEntry.State.LEFT, now=now)
        tell_of_place("place_lapsed", entry, because=Because.STOPPED)
    record("mentoring_stopped", actor=actor, organisation=enrolment.organisation, about=enrolment)
    return enrolment


def _apply(enrolment: Enrolment, limits: dict[str, Any], now: datetime) -> None:
    unknown = set(limits) - set(FIELDS)
    if unknown:
        raise TypeError(f"no limit is called {sorted(unknown)}")
    capacity = enrolment.capacity
    for name, value in limits.items():
        setattr(enrolment, name, value)
    _check(enrolment, limits, now.date(), capacity)
    try:
        with transaction.atomic():
            enrolment.save()
    except IntegrityError:
        raise _below_places_taken(enrolment) from None
    offer_freed_places(enrolment, now=now)


def _check(enrolment: Enrolment, limits: dict[str, Any], today: date, capacity: int) -> None:
    if "capacity" in limits:
        most = enrolment.cohort.programme.max_capacity
        if enrolment.is_mentor and enrolment.capacity < 1 and enrolment.places_taken + enrolment.places_held == 0:
            raise InvalidInput("capacity_missing", _("A mentor has at least one place."), field="capacity")
        if enrolment.capacity < enrolment.places_taken + enrolment.places_held:
            raise _below_places_taken(enrolment)
        if enrolment.capacity > max(most, capacity):
            words = ngettext("%(n)d place is the most here.", "%(n)d places are the most here.", most)
            raise InvalidInput("capacity_above_maximum", words % {"n": most}, field="capacity")
    away = limits.get("away_until")
    if away is not None and away <= today:
        raise InvalidInput("away_until_past", _("Choose a day after today, or leave it empty."), field="away_until")
    for name, (least, most) in BOUNDS.items():
        if name in limits and not least <= limits[name] <= most:
            words = _("Write a number from %(least)d to %(most)d.") % {"least": least, "most": most}
            raise InvalidInput("out_of_bounds", words, field=name)


def _below_places_taken(enrolment: Enrolment) -> InvalidInput:
    taken = enrolment.places_taken + enrolment.places_held
    words = ngettext(
        "%(n)d place is taken or kept for somebody. Your limit cannot be lower; you can stop new requests below.",
        "%(n)d places are taken or kept for somebody. Your limit cannot be lower; you can stop new requests below.",
        taken,
    )
    return InvalidInput("capacity_below_places_taken", words % {"n": taken}, field="capacity")
