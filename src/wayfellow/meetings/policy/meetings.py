"""May I plan this, move it, answer it? Everybody in a relationship may do what any other of them may."""

from datetime import datetime, timedelta
from typing import Any

from django.utils.translation import gettext as _

from wayfellow.core.errors import Refusal
from wayfellow.core.week import zone_of
from wayfellow.meetings.models import Meeting, Proposal, Slot
from wayfellow.people.models import Member
from wayfellow.relationships.models import Relationship
from wayfellow.relationships.policy.presence import why_not_here, why_not_write

State = Meeting.State
LATEST_PLAN = timedelta(days=366)
MARKED_FOR = timedelta(days=366)


def why_not_meet(actor: Member, relationship: Relationship, now: datetime) -> Refusal | None:
    """What stands before any meeting: not being in it, its end, two people of whom one wants no contact."""
    return why_not_write(actor, relationship)


def why_not_schedule_meeting(
    actor: Member, relationship: Relationship, now: datetime, *, starts_at: datetime | None = None
) -> Refusal | None:
    """A meeting lies ahead, within a year, and not in a pause."""
    refusal = why_not_meet(actor, relationship, now)
    if refusal is not None or starts_at is None:
        return refusal
    if starts_at <= now:
        return Refusal("past", _("This time is over. Choose one that is to come, or log the meeting."))
    if starts_at > now + LATEST_PLAN:
        return Refusal("too_far", _("Choose a time within a year."))
    until = relationship.paused_until
    if relationship.state == Relationship.State.PAUSED:
        day = starts_at.astimezone(zone_of(relationship.organisation.time_zone)).date()
        if until is None:
            return Refusal("paused", _("This is paused. Take it up again first."))
        if day < until:
            words = _("This is paused until %(day)s. Choose a day from then on, or take it up again first.")
            return Refusal("paused", words % {"day": until.isoformat()})
    return None


def why_not_propose_slots(actor: Member, relationship: Relationship, now: datetime) -> Refusal | None:
    """As planning."""
    return why_not_meet(actor, relationship, now)


def why_not_pick_slot(actor: Member, slot: Slot, now: datetime) -> Refusal | None:
    """One of those who were offered it takes a time that is still to come, once."""
    proposal = slot.proposal
    refusal = why_not_schedule_meeting(actor, proposal.relationship, now, starts_at=slot.starts_at)
    if refusal is not None:
        return refusal
    if not proposal.is_open:
        return Refusal("taken_already", _("A time was taken already, or the offer was changed. Look again."))
    if proposal.created_by_id == actor.pk:
        return Refusal("your_own", _("You offered these times. Somebody else takes one of them."))
    if proposal.meeting is not None and not proposal.meeting.is_planned:
        return Refusal("meeting_closed", _("The meeting that was to be moved is not planned any more."))
    return None


def why_not_close_proposal(actor: Member, proposal: Proposal, now: datetime) -> Refusal | None:
    """Whoever offered takes it back; whoever cannot at any of the times says so."""
    refusal = why_not_here(actor, proposal.relationship)
    if refusal is not None:
        return refusal
    if not proposal.is_open:
        return Refusal("taken_already", _("A time was taken already, or the offer was changed. Look again."))
    return None


def why_not_move_meeting(
    actor: Member, meeting: Meeting, now: datetime, *, starts_at: datetime | None = None
) -> Refusal | None:
    """A planned one, until it has begun."""
    refusal = why_not_schedule_meeting(actor, meeting.relationship, now, starts_at=starts_at)
    if refusal is not None:
        return refusal
    if not meeting.is_planned:
        return Refusal("not_planned", _("This meeting is not planned any more."))
    if meeting.ends_at <= now:
        return Refusal("over_already", _("This meeting's time is over. Say whether you met, or plan another."))
    return None


def why_not_cancel_meeting(actor: Member, meeting: Meeting, now: datetime) -> Refusal | None:
    """A planned one whose time is not over, by anybody in it, also when the relationship is over or kept apart."""
    refusal = why_not_here(actor, meeting.relationship)
    if refusal is not None:
        return refusal
    if not meeting.is_planned:
        return Refusal("not_planned", _("This meeting is not planned any more."))
    if meeting.ends_at <= now:
        return Refusal("over_already", _("This meeting's time is over. Say whether you met, or plan another."))
    return None


def why_not_mark_held(actor: Member, meeting: Meeting, now: datetime) -> Refusal | None:
    """Once it has begun; also when it was marked as missed by mistake."""
    return _why_not_mark(actor, meeting, now, already=State.HELD)


def why_not_mark_missed(actor: Member, meeting: Meeting, now: datetime) -> Refusal | None:
    """Once it has begun; also when it was marked as held by mistake."""
    if meeting.logged:
        return Refusal("logged", _("This was logged as a meeting that took place."))
    return _why_not_mark(actor, meeting, now, already=State.MISSED)


def _why_not_mark(actor: Member, meeting: Meeting, now: datetime, *, already: Any) -> Refusal | None:
    refusal = why_not_here(actor, meeting.relationship)
    if refusal is not None:
        return refusal
    if not meeting.relationship.is_open:
        return Refusal("over", _("You have stopped here. What was stays as it is."))
    if meeting.state == State.CANCELLED:
        return Refusal("cancelled", _("This meeting was called off."))
    if meeting.state == already:
        return Refusal("marked_already", _("This was noted already."))
    if meeting.starts_at > now:
        return Refusal("not_yet", _("This meeting is still to come."))
    return None


def why_not_log_meeting(
    actor: Member, relationship: Relationship, now: datetime, *, starts_at: datetime | None = None
) -> Refusal | None:
    """One that took place, at most a year ago, and not before they knew each other."""
    refusal = why_not_meet(actor, relationship, now)
    if refusal is not None or starts_at is None:
        return refusal
    if starts_at > now:
        return Refusal("not_yet", _("This is still to come. Plan it instead."))
    if starts_at < max(relationship.opened_at - timedelta(days=1), now - MARKED_FOR):
        return Refusal("too_early", _("Choose a day since you began to work together, at most a year ago."))
    return None


def why_not_answer_invitation(actor: Member, meeting: Meeting, now: datetime) -> Refusal | None:
    """Whoever is invited, until it has begun."""
    refusal = why_not_here(actor, meeting.relationship)
    if refusal is not None:
        return refusal
    if not meeting.is_planned:
        return Refusal("not_planned", _("This meeting is not planned any more."))
    if meeting.starts_at <= now:
        return Refusal("over_already", _("This meeting has begun already."))
    return None


def may_read_meetings(role: str) -> bool:
    """Whether somebody in this role towards a relationship reads its meetings: what `visible_to` enforces."""
    return role in ("me", "others")


def may_read_own_calendar(role: str) -> bool:
    """Whether somebody in this role reads what is kept of a person's own calendar: nobody but that person."""
    return role == "me"
