"""Quiet hours: while they last in the reader's zone, mails that can wait do."""

from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from wayfellow.notifications.models import MailWishes


def wishes_of(member: Any) -> MailWishes:
    """What a member said about their mails; the usual, not stored, for who has said nothing."""
    found = MailWishes.objects.filter(member=member).first()
    return found or MailWishes(organisation_id=member.organisation_id, member=member)


def quiet_until(wishes: MailWishes, *, zone: str, now: datetime) -> datetime | None:
    """When the quiet hours that last now are over; None when none do."""
    begins, ends = wishes.quiet_from, wishes.quiet_until
    local = now.astimezone(ZoneInfo(zone))
    clock = local.time().replace(tzinfo=None)
    over_midnight = begins > ends
    if over_midnight:
        if ends <= clock < begins:
            return None
    elif not begins <= clock < ends:
        return None
    day = local.date() + timedelta(days=1) if over_midnight and clock >= begins else local.date()
    until = datetime.combine(day, ends, tzinfo=ZoneInfo(zone)).astimezone(now.tzinfo)
    return until if until > now else None
