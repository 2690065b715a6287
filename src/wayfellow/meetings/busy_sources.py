"""Reading when somebody is busy from a calendar elsewhere. Everything is asked through `core.outbound`.

What is kept is when, never what. Entries that their owner marked as free, or called off, are not busy.
"""

import base64
import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from urllib.parse import urljoin, urlsplit
from xml.etree import ElementTree

import recurring_ical_events
from django.conf import settings

from wayfellow.core.errors import InvalidInput
from wayfellow.core.outbound import Answer, Unreachable, fetch
from wayfellow.core.week import zone_of
from wayfellow.meetings.icalendar_parts import UNREADABLE, NotACalendar, parse
from wayfellow.meetings.slots import Stretch, joined

LARGEST = 4 * 1024 * 1024
MOST_CALENDARS = 12
MOST_ENTRIES = 5000
DAV = "{DAV:}"
CALDAV = "{urn:ietf:params:xml:ns:caldav}"
ASK_WHO = '<d:propfind xmlns:d="DAV:"><d:prop><d:resourcetype/><d:current-user-principal/></d:prop></d:propfind>'
ASK_HOME = (
    '<d:propfind xmlns:d="DAV:" xmlns:c="urn:ietf:params:xml:ns:caldav"><d:prop><c:calendar-home-set/></d:prop>'
    "</d:propfind>"
)
ASK_KINDS = '<d:propfind xmlns:d="DAV:"><d:prop><d:resourcetype/></d:prop></d:propfind>'
ASK_ENTRIES = (
    '<c:calendar-query xmlns:d="DAV:" xmlns:c="urn:ietf:params:xml:ns:caldav"><d:prop><c:calendar-data/></d:prop>'
    '<c:filter><c:comp-filter name="VCALENDAR"><c:comp-filter name="VEVENT">'
    '<c:time-range start="{since}" end="{until}"/></c:comp-filter></c:comp-filter></c:filter></c:calendar-query>'
)


class CannotRead(Exception):
    """Why busy times could not be read: a code that `words.py` says to a person."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


@dataclass(frozen=True)
class Where:
    """A calendar server, and who asks it."""

    address: str
    user_name: str
    password: str


def read_ics(address: str, *, zone: str, since: datetime, until: datetime, own_host: str) -> list[Stretch]:
    """The busy times of a calendar that lies at an address.

    Args:
        zone: of entries that name none.
        own_host: entries this server made are left out: it knows them.

    Raises:
        CannotRead: and why.
    """
    answer = _asked(address)
    _check_status(answer)
    return _busy_in([answer.body], zone=zone, since=since, until=until, own_host=own_host)


def read_caldav(where: Where, *, zone: str, since: datetime, until: datetime, own_host: str) -> list[Stretch]:
    """The busy times of all calendars that a CalDAV server has for somebody, or of the one its address names.

    Raises:
        CannotRead: and why.
    """
    if urlsplit(where.address).scheme != "https" and not _is_inside(where.address):
        raise CannotRead("not_safe")
    objects: list[bytes] = []
    for calendar in _calendars_of(where):
        query = ASK_ENTRIES.format(since=_stamp(since), until=_stamp(until))
        tree = _dav(where, calendar, "REPORT", query, depth="1")
        objects += [(found.text or "").encode() for found in tree.iter(f"{CALDAV}calendar-data")]
    return _busy_in(objects, zone=zone, since=since, until=until, own_host=own_host)


def _calendars_of(where: Where) -> list[str]:
    """The address itself when it is a calendar; otherwise those in the home of whoever signs in (RFC 6764)."""
    tree = _dav(where, where.address, "PROPFIND", ASK_WHO, depth="0")
    if tree.find(f".//{CALDAV}calendar") is not None:
        return [where.address]
    principal = _href(tree, f"{DAV}current-user-principal")
    if not principal:
        raise CannotRead("no_calendar")
    there = _beside(where, where.address, principal)
    home = _href(_dav(where, there, "PROPFIND", ASK_HOME, depth="0"), f"{CALDAV}calendar-home-set")
    if not home:
        raise CannotRead("no_calendar")
    home = _beside(where, there, home)
    tree = _dav(where, home, "PROPFIND", ASK_KINDS, depth="1")
    found = []
    for response in tree.iter(f"{DAV}response"):
        href = response.findtext(f"{DAV}href") or ""
        if href and response.find(f".//{CALDAV}calendar") is not None:
            found.append(_beside(where, home, href))
    if not found:
        raise CannotRead("no_calendar")
    return found[:MOST_CALENDARS]


def _beside(where: Where, base: str, href: str) -> str:
    """An address that a server names, when it is on the same server: nobody else gets the password."""
    address = urljoin(base, href)
    if urlsplit(address)[:2] != urlsplit(where.address)[:2]:
        raise CannotRead("leads_elsewhere")
    return address


def _href(tree: ElementTree.Element, name: str) -> str:
    found = tree.find(f".//{name}/{DAV}href")
    return (found.text or "").strip() if found is not None else ""


def _dav(where: Where, address: str, method: str, body: str, *, depth: str) -> ElementTree.Element:
    token = base64.b64encode(f"{where.user_name}:{where.password}".encode()).decode()
    headers = {"Authorization": f"Basic {token}", "Content-Type": "application/xml; charset=utf-8", "Depth": depth}
    answer = _asked(address, method=method, headers=headers, body=body.encode())
    if 300 <= answer.status < 400:
        raise CannotRead("leads_elsewhere")
    _check_status(answer)
    return _tree_of(answer.body)


def _tree_of(body: bytes) -> ElementTree.Element:
    """The XML of an answer. A document type, with which XML can be made to grow, is not read."""
    try:
        text = body.decode("utf-8-sig")
        if re.search(r"<!(DOCTYPE|ENTITY)", text, re.IGNORECASE):
            raise CannotRead("no_calendar")
        text = re.sub(r"^\s*<\?xml[^>]*\?>", "", text)
        return ElementTree.fromstring(text)  # noqa: S314 (no document type gets here)
    except (UnicodeDecodeError, ElementTree.ParseError, ValueError):
        raise CannotRead("no_calendar") from None


def _asked(address: str, **options: Any) -> Answer:
    try:
        return fetch(address, largest=LARGEST, **options)
    except Unreachable:
        raise CannotRead("unreachable") from None
    except InvalidInput as error:
        raise CannotRead(error.code) from None


def _check_status(answer: Answer) -> None:
    if answer.status in (401, 403):
        raise CannotRead("wrong_password")
    if answer.status in (404, 410):
        raise CannotRead("not_there")
    if not 200 <= answer.status < 300:
        raise CannotRead("answered_oddly")


def _busy_in(objects: Iterable[bytes], *, zone: str, since: datetime, until: datetime, own_host: str) -> list[Stretch]:
    found: list[Stretch] = []
    for text in objects:
        try:
            calendar = parse(text)
            entries = recurring_ical_events.of(calendar, skip_bad_series=True).between(since, until)
            found += [stretch for entry in entries[:MOST_ENTRIES] for stretch in _busy_of(entry, zone, own_host)]
        except NotACalendar:
            raise CannotRead("no_calendar") from None
        except UNREADABLE:
            raise CannotRead("cannot_be_read") from None
    inside = [(max(begins, since), min(ends, until)) for begins, ends in found]
    return joined((begins, ends) for begins, ends in inside if begins < ends)


def _busy_of(entry: Any, zone: str, own_host: str) -> list[Stretch]:
    free = str(entry.get("transp", "")).upper() == "TRANSPARENT" or str(entry.get("status", "")).upper() == "CANCELLED"
    if free or str(entry.get("uid", "")).endswith(f"@{own_host}"):
        return []
    start = entry.get("dtstart")
    if start is None:
        return []
    begins, whole_day = start.dt, not isinstance(start.dt, datetime)
    end, length = entry.get("dtend"), entry.get("duration")
    if end is not None:
        ends = end.dt
    elif length is not None:
        ends = begins + length.dt
    else:
        ends = begins + (timedelta(days=1) if whole_day else timedelta())
    return [(_moment(begins, zone), _moment(ends, zone))]


def _moment(value: date, zone: str) -> datetime:
    if not isinstance(value, datetime):
        value = datetime.combine(value, time())
    if value.tzinfo is None:
        value = value.replace(tzinfo=zone_of(zone))
    return value.astimezone(UTC)


def _stamp(moment: datetime) -> str:
    return f"{moment.astimezone(UTC):%Y%m%dT%H%M%SZ}"


def _is_inside(address: str) -> bool:
    """Whether the host of this installation lists the server as one of its own, where plain http may do."""
    parts = urlsplit(address)
    host = (parts.hostname or "").lower()
    return host in settings.OUTBOUND_ALLOW or f"{host}:{parts.port or 80}" in settings.OUTBOUND_ALLOW
