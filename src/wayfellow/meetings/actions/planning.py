"""Planning a meeting or a series of them, moving and calling off."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from wayfellow.audit.actions import record
from wayfellow.core import clock
from wayfellow.core.errors import InvalidInput, NotFound, enforce
from wayfellow.core.week import zone_of
from wayfellow.meetings import policy
from wayfellow.meetings.actions.telling import tell_of_meeting
from wayfellow.meetings.local_time import moments_of_series
from wayfellow.meetings.models import Attendance, Meeting, PersonalCalendar, Series
from wayfellow.meetings.queries.overlaps import overlaps_of
from wayfellow.meetings.queries.people import people_of
from wayfellow.meetings.words import (
    MOST_TIMES,
    MOST_WEEKS,
    check_overlaps,
    checked_link,
    checked_minutes,
    checked_text,
)
from wayfellow.people.models import Member
from wayfellow.relationships.models import Relationship

Answer, By, State = Attendance.Answer, Attendance.By, Meeting.State


def lock_people(relationship: Relationship) -> Relationship:
    """The relationship, locked and read afresh: whatever is planned in it happens one after the other.

    Raises:
        NotFound: it is gone.
    """
    try:
        return Relationship.objects.select_related("organisation").lock(relationship.pk)
    except Relationship.DoesNotExist:
        raise NotFound("relationship_gone", _("This is not there any more.")) from None


def lock_meeting(meeting: Meeting) -> Meeting:
    """A meeting, its relationship locked before it, both read afresh.

    Raises:
        NotFound: it is gone.
    """
    relationship = lock_people(meeting.relationship)
    try:
        fresh = Meeting.objects.select_related("series", "organisation").lock(meeting.pk)
    except Meeting.DoesNotExist:
        raise NotFound("meeting_gone", _("This meeting is not there any more.")) from None
    fresh.relationship = relationship
    return fresh


@transaction.atomic
def schedule_meeting(
    actor: Member,
    relationship: Relationship,
    *,
    starts_at: datetime,
    minutes: int,
    title: str = "",
    video_link: str | None = None,
    place: str = "",
    every_weeks: int = 0,
    times: int = 1,
    despite_overlap: bool = False,
    now: datetime | None = None,
) -> Meeting:
    """Plan a meeting, or a series that keeps its hour on the actor's clock. All get an invitation for their calendar.

    Args:
        video_link: None for the one that the actor, or else another of them, keeps in their settings.
        every_weeks: after how many weeks it comes back; 0 for once.
        times: how often, the first included.
        despite_overlap: the second yes, when somebody has something else then.

    Returns:
        The meeting, or the first of the series.

    Raises:
        Refused: see `why_not_schedule_meeting`.
        InvalidInput: a wrong length, link, text or number of times; `overlaps`.
    """
    now = now or clock.now()
    relationship = lock_people(relationship)
    enforce(policy.why_not_schedule_meeting(actor, relationship, now, starts_at=starts_at))
    people = people_of(relationship)
    meeting = _new_meeting(actor, relationship, starts_at=starts_at, minutes=minutes, now=now)
    meeting.title = checked_text(title, most=160, field="title")
    meeting.place = checked_text(place, most=200, field="place")
    meeting.video_link = usual_link(actor, people) if video_link is None else checked_link(video_link)
    planned = _series_of(meeting, every_weeks=every_weeks, times=times) if every_weeks else [meeting]
    enforce(policy.why_not_schedule_meeting(actor, relationship, now, starts_at=planned[-1].starts_at))
    taken = overlaps_of(people, [(one.starts_at, one.ends_at) for one in planned])
    check_overlaps(actor, taken, despite=despite_overlap)
    Meeting.objects.bulk_create(planned)
    invite(actor, planned, people, now=now)
    first = planned[0]
    tell_of_meeting("meeting_planned", first, people, by=actor, **({"times": len(planned)} if first.series else {}))
    record("meeting_scheduled", actor=actor, organisation=relationship.organisation, about=first)
    return first


def _new_meeting(
    actor: Member, relationship: Relationship, *, starts_at: datetime, minutes: int, now: datetime
) -> Meeting:
    meeting = Meeting(
        organisation=relationship.organisation,
        relationship=relationship,
        zone=actor.zone,
        created_by=actor,
        created_at=now,
    )
    meeting.put_at(starts_at, checked_minutes(minutes))
    return meeting


def _series_of(first: Meeting, *, every_weeks: int, times: int) -> list[Meeting]:
    """The meetings of a series, of which this is the first; the series is kept, they are not yet."""
    if not 1 <= every_weeks <= MOST_WEEKS:
        words = _("Choose from one to %(most)d weeks.") % {"most": MOST_WEEKS}
        raise InvalidInput("rhythm_wrong", words, field="every_weeks")
    if not 2 <= times <= MOST_TIMES:
        words = _("A series has from 2 to %(most)d meetings.") % {"most": MOST_TIMES}
        raise InvalidInput("times_wrong", words, field="times")
    local = first.starts_at.astimezone(zone_of(first.zone))
    series = Series.objects.create(
        organisation=first.organisation,
        relationship=first.relationship,
        uid=first.uid,
        zone=first.zone,
        first_on=local.date(),
        last_on=local.date() + timedelta(weeks=every_weeks * (times - 1)),
        at=local.time().replace(tzinfo=None, fold=0),
        minutes=first.minutes,
        every_weeks=every_weeks,
        created_by=first.created_by,
        created_at=first.created_at,
    )
    planned = []
    for moment in moments_of(series):
        one = Meeting(
            organisation=first.organisation,
            relationship=first.relationship,
            series=series,
            recurs_at=moment,
            uid=series.uid,
            title=first.title,
            zone=first.zone,
            video_link=first.video_link,
            place=first.place,
            created_by=first.created_by,
            created_at=first.created_at,
        )
        one.put_at(moment, first.minutes)
        planned.append(one)
    return planned


def moments_of(series: Series) -> list[datetime]:
    """When a series puts its meetings."""
    return list(
        moments_of_series(
            first_on=series.first_on,
            last_on=series.last_on,
            at=series.at,
            zone=series.zone,
            every_weeks=series.every_weeks,
        )
    )


def usual_link(actor: Member, people: Sequence[Member]) -> str:
    """The video room of whoever plans, or else of the first of the others who keeps one."""
    links = dict(PersonalCalendar.objects.filter(member__in=people).values_list("member", "video_link"))
    return links.get(actor.pk) or next((links[one.pk] for one in people if links.get(one.pk)), "")


def invite(actor: Member, planned: Sequence[Meeting], people: Sequence[Member], *, now: datetime) -> None:
    """A place for everybody's answer; whoever plans has said yes by it."""
    Attendance.objects.bulk_create(
        Attendance(
            organisation=meeting.organisation,
            meeting=meeting,
            member=person,
            answer=Answer.YES if person.pk == actor.pk else Answer.WAITING,
            answered_at=now if person.pk == actor.pk else None,
            answered_by=By.APP if person.pk == actor.pk else "",
        )
        for meeting in planned
        for person in people
    )


def ask_again(actor: Member, meeting: Meeting, people: Sequence[Member], *, now: datetime) -> None:
    """After a move: what was answered was about another time. Whoever joined meanwhile is invited, too."""
    meeting.attendances.exclude(member__in=people).delete()
    meeting.attendances.update(answer=Answer.WAITING, answered_at=None, answered_by="")
    invited = set(meeting.attendances.values_list("member", flat=True))
    invite(actor, [meeting], [person for person in people if person.pk not in invited], now=now)
    meeting.attendances.filter(member=actor).update(answer=Answer.YES, answered_at=now, answered_by=By.APP)


@transaction.atomic
def move_meeting(
    actor: Member,
    meeting: Meeting,
    *,
    starts_at: datetime,
    minutes: int | None = None,
    word: str = "",
    despite_overlap: bool = False,
    now: datetime | None = None,
) -> Meeting:
    """Put one meeting at another time. Calendars change by themselves, and everybody is asked again.

    Raises:
        Refused: see `why_not_move_meeting`.
        InvalidInput: `same_time`, `overlaps`, a wrong length or word.
    """
    now = now or clock.now()
    meeting = lock_meeting(meeting)
    enforce(policy.why_not_move_meeting(actor, meeting, now, starts_at=starts_at))
    move_locked(
        actor,
        meeting,
        starts_at=starts_at,
        minutes=meeting.minutes if minutes is None else minutes,
        word=word,
        despite_overlap=despite_overlap,
        now=now,
    )
    record("meeting_moved", actor=actor, organisation=meeting.organisation, about=meeting)
    return meeting


def move_locked(
    actor: Member,
    meeting: Meeting,
    *,
    starts_at: datetime,
    minutes: int,
    word: str,
    despite_overlap: bool,
    now: datetime,
) -> None:
    """Move a meeting whose row the caller has locked and whose rule it has asked."""
    if starts_at == meeting.starts_at and minutes == meeting.minutes:
        raise InvalidInput("same_time", _("This is the time it has already. Choose another."), field="at")
    people = people_of(meeting.relationship)
    before = meeting.starts_at
    meeting.put_at(starts_at, checked_minutes(minutes))
    taken = overlaps_of(people, [(meeting.starts_at, meeting.ends_at)], beside=[meeting])
    check_overlaps(actor, taken, despite=despite_overlap)
    meeting.moved_from, meeting.moved_by, meeting.moved_at = before, actor, now
    meeting.word = checked_text(word, most=1000, field="word")
    meeting.sequence += 1
    meeting.save()
    ask_again(actor, meeting, people, now=now)
    close_proposals_of(meeting.relationship, meeting, now=now)
    tell_of_meeting("meeting_moved", meeting, people, by=actor, before=before, word=meeting.word)


def close_proposals_of(relationship: Relationship, meeting: Meeting, *, now: datetime) -> None:
    """Offered times for a meeting that has its time, or takes place no more, are not to be taken."""
    relationship.proposals.open().filter(meeting=meeting).update(state="closed", closed_at=now)


@transaction.atomic
def cancel_meeting(
    actor: Member, meeting: Meeting, *, word: str = "", rest: bool = False, now: datetime | None = None
) -> Meeting:
    """Call a meeting off, with a word to the others. It leaves their calendars by itself.

    Args:
        rest: those that follow in the series, too.

    Raises:
        Refused: see `why_not_cancel_meeting`.
        InvalidInput: the word is too long.
    """
    now = now or clock.now()
    meeting = lock_meeting(meeting)
    enforce(policy.why_not_cancel_meeting(actor, meeting, now))
    word = checked_text(word, most=1000, field="word")
    call_off(meeting, by=actor, word=word, rest=rest and meeting.series is not None, now=now)
    record("meeting_cancelled", actor=actor, organisation=meeting.organisation, about=meeting)
    return meeting


def call_off(meeting: Meeting, *, by: Member | None, word: str, rest: bool, now: datetime) -> None:
    """Call off a meeting whose row the caller has locked, and tell its people."""
    people = people_of(meeting.relationship)
    going = [meeting]
    if rest and meeting.series is not None and meeting.recurs_at is not None:
        later = meeting.series.meetings.filter(recurs_at__gt=meeting.recurs_at, state=State.SCHEDULED)
        going += list(later.select_for_update(of=("self",)))
        _end_series(meeting.series, before=meeting.recurs_at)
    for one in going:
        one.state, one.closed_by, one.closed_at, one.word = State.CANCELLED, by, now, word
        one.sequence += 1
    Meeting.objects.bulk_update(going, ["state", "closed_by", "closed_at", "word", "sequence"])
    close_proposals_of(meeting.relationship, meeting, now=now)
    facts = {"word": word, "rest": len(going) - 1, "ends_series": rest and meeting.series is not None}
    tell_of_meeting("meeting_cancelled", meeting, people, by=by, **facts)


def _end_series(series: Series, *, before: datetime) -> None:
    """Let a series end with the last of its meetings that lies before a moment."""
    kept = [moment for moment in moments_of(series) if moment < before]
    local = kept[-1].astimezone(zone_of(series.zone)).date() if kept else series.first_on - timedelta(days=1)
    series.last_on = min(series.last_on, local)
    series.sequence += 1
    series.save(update_fields=["last_on", "sequence"])
