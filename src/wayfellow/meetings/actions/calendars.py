"""One's own calendar: the feed, the video room, and where busy times are read from."""

from datetime import datetime
from urllib.parse import urlsplit

from django.db import transaction
from django.utils.translation import gettext as _

from wayfellow.audit.actions import record
from wayfellow.core import clock
from wayfellow.core.errors import InvalidInput
from wayfellow.meetings.actions.reading import read_busy_times_job
from wayfellow.meetings.models import BusyTime, PersonalCalendar, RevokedFeed
from wayfellow.meetings.sealing import seal
from wayfellow.meetings.words import checked_link, checked_text
from wayfellow.people.models import Member
from wayfellow.people.tokens import new_token

Source = PersonalCalendar.Source


def lock_calendar(member: Member) -> PersonalCalendar:
    """A member's row, made when it is not there yet, locked."""
    PersonalCalendar.objects.get_or_create(member=member, defaults={"organisation": member.organisation})
    return PersonalCalendar.objects.select_for_update(of=("self",), no_key=True).get(member=member)


@transaction.atomic
def save_video_link(actor: Member, *, video_link: str) -> None:
    """Keep the video room that goes into the invitations one sends; nothing for none.

    Raises:
        InvalidInput: it is no address of a web page.
    """
    found = lock_calendar(actor)
    found.video_link = checked_link(video_link)
    found.save(update_fields=["video_link"])
    record("video_link_saved", actor=actor, organisation=actor.organisation)


@transaction.atomic
def make_feed(actor: Member, *, now: datetime | None = None) -> str:
    """A new secret address for one's feed. The one before, if there was one, is good no more.

    Returns:
        The token, which can be read nowhere again.
    """
    now = now or clock.now()
    found = lock_calendar(actor)
    _revoke(found, now)
    token, found.feed_digest = new_token()
    found.feed_made_at = now
    found.save(update_fields=["feed_digest", "feed_made_at"])
    record("feed_made", actor=actor, organisation=actor.organisation)
    return token


@transaction.atomic
def revoke_feed(actor: Member, *, now: datetime | None = None) -> None:
    """The feed's address is good no more. Doing it twice changes nothing."""
    now = now or clock.now()
    found = lock_calendar(actor)
    if found.feed_digest:
        _revoke(found, now)
        found.feed_digest = found.feed_made_at = None
        found.save(update_fields=["feed_digest", "feed_made_at"])
        record("feed_revoked", actor=actor, organisation=actor.organisation)


def _revoke(found: PersonalCalendar, now: datetime) -> None:
    if found.feed_digest:
        RevokedFeed.objects.create(
            organisation=found.organisation, member=found.member, digest=found.feed_digest, revoked_at=now
        )


@transaction.atomic
def connect_busy_times(
    actor: Member, *, source: str, address: str, user_name: str = "", password: str = "", now: datetime | None = None
) -> PersonalCalendar:
    """Read from now on when one is busy, from a calendar's address or a calendar server.

    Raises:
        InvalidInput: no address, or no name or password where one is needed.
    """
    found = lock_calendar(actor)
    address = _web_address(checked_text(address, most=1000, field="address"))
    user_name = checked_text(user_name, most=200, field="user_name")
    if source == Source.CALDAV and not user_name:
        raise InvalidInput("user_name_missing", _("Write the name you sign in with there."), field="user_name")
    if source == Source.CALDAV and not password:
        raise InvalidInput(
            "password_missing", _("Write the password; many calendars give one for this alone."), field="password"
        )
    found.source, found.host = source, (urlsplit(address).hostname or "")[:255]
    found.sealed_address = seal(address)
    found.user_name, found.sealed_password = "", ""
    if source == Source.CALDAV:
        found.user_name, found.sealed_password = user_name, seal(password)
    found.version += 1
    found.read_at = found.tried_at = None
    found.error = ""
    found.save()
    BusyTime.objects.filter(member=actor).delete()
    read_busy_times_job.using(organisation=actor.organisation).enqueue(calendar_id=found.pk)
    record("busy_times_connected", actor=actor, organisation=actor.organisation, details={"source": str(source)})
    return found


def _web_address(address: str) -> str:
    """The address as it is asked; calendars write `webcal` where they mean `https`.

    Raises:
        InvalidInput: `address_wrong`.
    """
    scheme, mark, rest = address.partition("://")
    if mark and scheme.lower() in ("webcal", "webcals"):
        address = f"https://{rest}"
    try:
        parts = urlsplit(address)
        good = parts.scheme in ("http", "https") and bool(parts.hostname) and parts.port != 0
        named = parts.username is not None or parts.password is not None
    except ValueError:
        good = named = False
    if named:
        words = _("Leave out the name and the password in this address.")
        raise InvalidInput("address_wrong", words, field="address")
    if not good or any(ord(letter) <= 32 for letter in address):
        words = _("Write a whole address, such as https://example.org/calendar.ics.")
        raise InvalidInput("address_wrong", words, field="address")
    return address


@transaction.atomic
def disconnect_busy_times(actor: Member) -> None:
    """Read no busy times any more; what was read, the address and the password are gone."""
    found = lock_calendar(actor)
    found.source, found.host, found.sealed_address = Source.NONE, "", ""
    found.user_name, found.sealed_password, found.error = "", "", ""
    found.version += 1
    found.read_at = found.tried_at = None
    found.save()
    BusyTime.objects.filter(member=actor).delete()
    record("busy_times_disconnected", actor=actor, organisation=actor.organisation)


@transaction.atomic
def read_busy_times_now(actor: Member) -> None:
    """Ask the calendar once more, now.

    Raises:
        InvalidInput: `not_connected`.
    """
    found = lock_calendar(actor)
    if found.source == Source.NONE:
        raise InvalidInput("not_connected", _("No calendar is connected."))
    read_busy_times_job.using(organisation=actor.organisation).enqueue(calendar_id=found.pk)
