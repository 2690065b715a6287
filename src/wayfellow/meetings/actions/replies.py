"""Answers that come from people's own calendars: a mail with a `text/calendar` part of METHOD:REPLY (RFC 5546, 3.2.3).

Who answers is known by the address it came to, which only this person's calendar was given, and by the address of the
attendee in it. What is older than what is known already is not taken.
"""

from datetime import datetime
from email.message import EmailMessage
from email.utils import getaddresses

from django.db import transaction
from django.utils.translation import gettext as _

from wayfellow.core import clock
from wayfellow.core.errors import Conflict, InvalidInput, Refused
from wayfellow.meetings.actions.answers import answer_invitation
from wayfellow.meetings.icalendar_parts import NotACalendar, Reply, replies_in
from wayfellow.meetings.models import Attendance, Meeting
from wayfellow.meetings.queries.entries import local_uid
from wayfellow.meetings.reply_addresses import member_of
from wayfellow.people.models import Member

ADDRESSED = ("To", "Cc", "Delivered-To", "X-Original-To", "Envelope-To")
LARGEST = 256 * 1024


@transaction.atomic
def read_calendar_reply(message: EmailMessage, *, now: datetime | None = None) -> Meeting:
    """Take an answer from a calendar.

    Raises:
        InvalidInput: `no_calendar_reply`: there is none in it that can be read.
        Refused: `reply_not_yours`: it did not come to the address that was made for this person and meeting.
        Conflict: `reply_outdated`: the meeting has moved since, or a later answer is known.
    """
    now = now or clock.now()
    addresses = [address for _name, address in getaddresses(_headers(message))]
    taken = None
    for reply in _replies_of(message):
        uid = local_uid(reply.uid)
        member_id = member_of(addresses, uid) if uid else None
        member = Member.objects.active().select_related("organisation", "account").filter(pk=member_id).first()
        if member is None or reply.email not in _addresses_of(member):
            continue
        taken = _take(member, uid, reply, now=now)
    if taken is None:
        raise Refused("reply_not_yours", _("This answer did not come to the address that was made for it."))
    return taken


def _headers(message: EmailMessage) -> list[str]:
    return [str(value) for name in ADDRESSED for value in message.get_all(name, [])]


def _replies_of(message: EmailMessage) -> list[Reply]:
    found: list[Reply] = []
    for part in message.walk():
        if part.get_content_type() == "text/calendar":
            content = part.get_payload(decode=True)
            if not isinstance(content, bytes) or len(content) > LARGEST:
                continue
            try:
                found += replies_in(content)
            except NotACalendar:
                continue
    if not found:
        raise InvalidInput("no_calendar_reply", _("There is no answer to an invitation in this mail."))
    return found


def _addresses_of(member: Member) -> set[str]:
    """The addresses under which a calendar knows them."""
    found = {member.email.lower()}
    if member.account is not None:
        found |= {member.account.email.lower()}
        found |= {each.lower() for each in member.account.emailaddress_set.values_list("email", flat=True)}
    return found


def _take(member: Member, uid: str, reply: Reply, *, now: datetime) -> Meeting:
    rows = Meeting.objects.select_related("relationship__organisation", "organisation", "series").filter(uid=uid)
    whole = reply.recurs_at is None
    if whole:
        meeting = rows.filter(state=Meeting.State.SCHEDULED, starts_at__gt=now).order_by("starts_at").first()
        meeting = meeting or rows.order_by("-starts_at").first()
    else:
        meeting = rows.filter(recurs_at=reply.recurs_at).first()
    if meeting is None:
        raise Refused("reply_not_yours", _("This answer is about a meeting that is not known here."))
    series = meeting.series
    of_series = whole and series is not None
    current = series.sequence if series is not None else 0
    if not of_series:
        current += meeting.sequence
    if reply.sequence < current:
        raise Conflict("reply_outdated", _("The meeting has moved since this was answered."))
    before = Attendance.objects.filter(meeting=meeting, member=member).first()
    said_at = min(reply.at, now) if reply.at is not None else now
    if before is not None and before.answered_at is not None and said_at < before.answered_at.replace(microsecond=0):
        raise Conflict("reply_outdated", _("A later answer is known already."))
    return answer_invitation(member, meeting, answer=reply.answer, by=Attendance.By.CALENDAR, series=of_series, now=now)
