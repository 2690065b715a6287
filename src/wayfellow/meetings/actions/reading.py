"""The jobs that read busy times: asked with no transaction open, written at the end if nothing changed meanwhile."""

from datetime import datetime, timedelta
from urllib.parse import urlsplit

from django.conf import settings
from django.db.models import F, Q

from wayfellow.core import clock
from wayfellow.jobs.running import JobContext
from wayfellow.jobs.tasks import task
from wayfellow.meetings.busy_sources import CannotRead, Where, read_caldav, read_ics
from wayfellow.meetings.models import BusyTime, PersonalCalendar
from wayfellow.meetings.sealing import SecretLost, unseal
from wayfellow.meetings.slots import Stretch

EVERY = timedelta(minutes=30)
AHEAD = timedelta(days=60)
AT_ONCE = 500


@task(takes_context=True, max_attempts=1)
def read_busy_times_job(context: JobContext, calendar_id: int) -> None:
    """Read one person’s busy times. What went wrong is kept as a code, shown to them, and tried again later."""
    rows = PersonalCalendar.objects.select_related("member__organisation")
    found = rows.filter(pk=calendar_id).exclude(source=PersonalCalendar.Source.NONE).first()
    if found is None or not found.member.is_active:
        return
    now = clock.now()
    error, busy = "", None
    try:
        busy = _read(found, now)
    except CannotRead as cannot:
        error = cannot.code
    except SecretLost:
        error = "secret_lost"
    with context.finish():
        _keep(found, busy, error, now)


def _read(found: PersonalCalendar, now: datetime) -> list[Stretch]:
    address = unseal(found.sealed_address)
    span = {"since": now, "until": now + AHEAD, "zone": found.member.zone, "own_host": own_host()}
    if found.source == PersonalCalendar.Source.CALDAV:
        return read_caldav(Where(address, found.user_name, unseal(found.sealed_password)), **span)
    return read_ics(address, **span)


def own_host() -> str:
    return urlsplit(settings.BASE_URL).hostname or "wayfellow"


def _keep(found: PersonalCalendar, busy: list[Stretch] | None, error: str, now: datetime) -> None:
    """Write down what was read, unless the person changed or took away the address meanwhile."""
    rows = PersonalCalendar.objects.select_for_update(of=("self",), no_key=True)
    fresh = rows.filter(pk=found.pk, version=found.version).first()
    if fresh is None:
        return
    fresh.tried_at, fresh.error = now, error
    if busy is not None:
        fresh.read_at = now
        BusyTime.objects.filter(member=fresh.member_id).delete()
        BusyTime.objects.bulk_create(
            BusyTime(organisation_id=fresh.organisation_id, member_id=fresh.member_id, starts_at=begins, ends_at=ends)
            for begins, ends in busy
        )
    fresh.save(update_fields=["tried_at", "error", "read_at"])


@task()
def read_all_busy_times_job() -> None:
    """Every few minutes: ask the calendars that were asked longest ago, each in a job of its own."""
    now = clock.now()
    due = PersonalCalendar.objects.exclude(source=PersonalCalendar.Source.NONE).filter(member__state="active")
    due = due.filter(Q(tried_at__isnull=True) | Q(tried_at__lte=now - EVERY))
    rows = due.select_related("organisation").order_by(F("tried_at").asc(nulls_first=True), "pk")[:AT_ONCE]
    slot = int(now.timestamp() // EVERY.total_seconds())
    for found in rows:
        job = read_busy_times_job.using(key=f"busy:{found.pk}:{slot}", organisation=found.organisation)
        job.enqueue(calendar_id=found.pk)
