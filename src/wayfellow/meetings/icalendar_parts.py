"""What is written into calendars: invitations, changes and cancellations (RFC 5545, 5546), and a person's feed."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from typing import Any

from icalendar import Calendar, Event, Timezone, vCalAddress, vText
from icalendar.error import BrokenCalendarProperty

from wayfellow.core.week import zone_of

UNREADABLE = (ValueError, KeyError, IndexError, TypeError, AttributeError, OverflowError, BrokenCalendarProperty)
PRODUCT = "-//Wayfellow//Meetings//EN"


@dataclass(frozen=True)
class Person:
    """Somebody in an invitation: name, address, and what they answered."""

    name: str
    email: str
    answer: str = "waiting"


@dataclass(frozen=True)
class Entry:
    """A meeting as a calendar shows it.

    Attributes:
        uid: the name of the entry, the same for a whole series.
        sequence: grows with each change.
        starts_at, ends_at: when.
        zone: whose clock it is written in.
        summary, description, location, url: words, and where to find it.
        changed_at: when it last changed.
        recurs_at: which one of a series it is, where it stands for one alone.
        every_weeks, last_on: for a series as a whole, its rule.
        cancelled: it does not take place.
        left_out: the moments of a series at which it does not take place.
    """

    uid: str
    sequence: int
    starts_at: datetime
    ends_at: datetime
    zone: str
    summary: str
    changed_at: datetime
    description: str = ""
    location: str = ""
    url: str = ""
    recurs_at: datetime | None = None
    every_weeks: int = 0
    last_on: datetime | None = None
    cancelled: bool = False
    left_out: tuple[datetime, ...] = ()
    people: tuple[Person, ...] = field(default=())


ANSWERS = {"yes": "ACCEPTED", "no": "DECLINED", "maybe": "TENTATIVE", "waiting": "NEEDS-ACTION"}
READ_ANSWERS = {"ACCEPTED": "yes", "DECLINED": "no", "TENTATIVE": "maybe"}


def invitation(entries: Sequence[Entry], *, method: str, organiser: Person) -> str:
    """A calendar object to send by mail: REQUEST for what is on, CANCEL for what is off."""
    return _written(entries, method=method, organiser=organiser, name="")


def feed(entries: Iterable[Entry], *, name: str) -> str:
    """A calendar to subscribe to. It holds times and the way to the page, and asks nobody for an answer."""
    return _written(list(entries), method="", organiser=None, name=name)


def _written(entries: Sequence[Entry], *, method: str, organiser: Person | None, name: str) -> str:
    calendar = Calendar()
    calendar.add("prodid", PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    if method:
        calendar.add("method", method)
    if name:
        calendar.add("name", name)
        calendar.add("x-wr-calname", name)
        calendar.add("refresh-interval", timedelta(hours=1))
    for zone in _zones(entries):
        calendar.add_component(zone)
    for entry in entries:
        calendar.add_component(_event(entry, organiser=organiser, asks=method == "REQUEST"))
    return calendar.to_ical().decode()


def _zones(entries: Sequence[Entry]) -> list[Any]:
    """The clocks of these entries, from the year before the first of them to the year after the last."""
    found = {}
    for entry in entries:
        if entry.zone != "UTC":
            found.setdefault(entry.zone, []).append(entry)
    zones = []
    for name in sorted(found):
        years = [moment.year for each in found[name] for moment in (each.starts_at, each.last_on or each.ends_at)]
        first, last = date(min(years) - 1, 1, 1), date(max(years) + 1, 12, 31)
        zones.append(Timezone.from_tzinfo(zone_of(name), name, first_date=first, last_date=last))
    return zones


def _event(entry: Entry, *, organiser: Person | None, asks: bool) -> Event:
    event = Event()
    place = UTC if entry.zone == "UTC" else zone_of(entry.zone)
    event.add("uid", entry.uid)
    event.add("sequence", entry.sequence)
    event.add("dtstamp", entry.changed_at.astimezone(UTC).replace(microsecond=0))
    event.add("last-modified", entry.changed_at.astimezone(UTC).replace(microsecond=0))
    event.add("dtstart", entry.starts_at.astimezone(place))
    event.add("dtend", entry.ends_at.astimezone(place))
    event.add("summary", entry.summary)
    event.add("class", "PRIVATE")
    event.add("transp", "OPAQUE")
    event.add("status", "CANCELLED" if entry.cancelled else "CONFIRMED")
    for name in ("description", "location", "url"):
        if getattr(entry, name):
            event.add(name, getattr(entry, name))
    if entry.recurs_at is not None:
        event.add("recurrence-id", entry.recurs_at.astimezone(place))
    if entry.every_weeks:
        rule: dict[str, Any] = {"freq": "weekly", "interval": entry.every_weeks}
        if entry.last_on is not None:
            rule["until"] = entry.last_on.astimezone(UTC)
        event.add("rrule", rule)
    for moment in entry.left_out:
        event.add("exdate", moment.astimezone(place))
    if organiser is not None:
        event.add("organizer", _address(organiser))
        for person in entry.people:
            event.add("attendee", _attendee(person, asks=asks))
    return event


def _address(person: Person) -> vCalAddress:
    address = vCalAddress(f"mailto:{person.email}")
    address.params["cn"] = vText(person.name)
    return address


def _attendee(person: Person, *, asks: bool) -> vCalAddress:
    address = _address(person)
    address.params["role"] = vText("REQ-PARTICIPANT")
    address.params["partstat"] = vText(ANSWERS[person.answer])
    address.params["cutype"] = vText("INDIVIDUAL")
    if asks:
        address.params["rsvp"] = vText("TRUE")
    return address


@dataclass(frozen=True)
class Reply:
    """What a calendar answers for one person: to which entry, as of which version, when."""

    uid: str
    email: str
    answer: str
    sequence: int
    at: datetime | None
    recurs_at: datetime | None


class NotACalendar(ValueError):
    """This is no calendar, or none that can be read."""


def parse(text: str | bytes) -> Calendar:
    """A calendar object.

    Raises:
        NotACalendar: it is none.
    """
    try:
        calendar = Calendar.from_ical(text)
    except UNREADABLE as error:
        raise NotACalendar(str(error)[:80]) from None
    if not isinstance(calendar, Calendar):
        raise NotACalendar("no VCALENDAR")
    return calendar


def replies_in(text: str | bytes) -> list[Reply]:
    """The answers in a calendar object of METHOD:REPLY; none in any other.

    Raises:
        NotACalendar: it cannot be read.
    """
    calendar = parse(text)
    if str(calendar.get("method", "")).upper() != "REPLY":
        return []
    try:
        return [reply for event in calendar.walk("VEVENT") for reply in _replies_of(event)]
    except UNREADABLE as error:
        raise NotACalendar(str(error)[:80]) from None


def _replies_of(event: Any) -> list[Reply]:
    found = []
    attendees = event.get("attendee") or []
    for attendee in attendees if isinstance(attendees, list) else [attendees]:
        answer = READ_ANSWERS.get(str(attendee.params.get("partstat", "")).upper())
        if answer is not None and event.get("uid"):
            found.append(
                Reply(
                    uid=str(event["uid"]),
                    email=re.sub("^mailto:", "", str(attendee), flags=re.IGNORECASE).strip().lower(),
                    answer=answer,
                    sequence=int(event.get("sequence", 0)),
                    at=_moment(event.get("dtstamp")),
                    recurs_at=_moment(event.get("recurrence-id")),
                )
            )
    return found


def _moment(value: Any) -> datetime | None:
    moment = getattr(value, "dt", None)
    if not isinstance(moment, datetime):
        return None
    return moment.astimezone(UTC) if moment.tzinfo is not None else moment.replace(tzinfo=UTC)
