"""Who may prepare a meeting and write its notes."""

from django.utils.translation import gettext_lazy as _

from wayfellow.core.errors import Refusal
from wayfellow.meetings.models import Meeting, NoteConflict
from wayfellow.people.models import Member
from wayfellow.relationships.policy.presence import why_not_here, why_not_write

MOST_POINTS = 40


def may_read_shared_notes(role: str) -> bool:
    """Agenda and notes: the people of the relationship, whoever runs what."""
    return role in ("me", "others")


def may_read_private_notes(role: str) -> bool:
    """Their author, and nobody else."""
    return role == "me"


def why_not_note(actor: Member, meeting: Meeting) -> Refusal | None:
    """Agenda and shared notes are written by whoever is in the relationship, while it is open."""
    return why_not_write(actor, meeting.relationship)


def why_not_add_agenda_point(actor: Member, meeting: Meeting, points: int = 1) -> Refusal | None:
    """As notes, and as long as it is an agenda."""
    refusal = why_not_note(actor, meeting)
    if refusal:
        return refusal
    if meeting.agenda.on_list().count() + points > MOST_POINTS:
        words = _("An agenda has at most %(count)s points. Take one off first.") % {"count": MOST_POINTS}
        return Refusal("agenda_full", words)
    return None


def why_not_settle_conflict(actor: Member, conflict: NoteConflict) -> Refusal | None:
    """Anybody who may write the notes, once."""
    refusal = why_not_note(actor, conflict.note.meeting)
    if refusal:
        return refusal
    if conflict.settled_at is not None:
        return Refusal("settled_already", _("Somebody settled this already. Look at the notes again."))
    return None


def why_not_save_private_note(actor: Member, meeting: Meeting) -> Refusal | None:
    """What one notes for oneself asks nobody else: only that one is in it, and that it is not over."""
    refusal = why_not_here(actor, meeting.relationship)
    if refusal:
        return refusal
    if not meeting.relationship.is_open:
        return Refusal("already_ended", _("This has ended. What you wrote stays."))
    return None
