"""Writing the notes of a meeting, so that no word of anybody is lost, and one's own that nobody else reads.

Who saves says on which version the text is based. If somebody saved meanwhile, both are brought together by lines
(`meetings.merging`); lines that both changed are kept beside the text until somebody says which stay. Every text that
was ever sent is in the versions.
"""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from wayfellow.audit.actions import record
from wayfellow.core import clock
from wayfellow.core.errors import Conflict, InvalidInput, NotFound, enforce
from wayfellow.meetings.actions.agendas import lock_meeting_row
from wayfellow.meetings.merging import both, from_lines, join, merge, to_lines
from wayfellow.meetings.models import Meeting, NoteConflict, NoteVersion, PrivateNote, SharedNote
from wayfellow.meetings.policy import notes as policy
from wayfellow.people.models import Member

Kind = NoteVersion.Kind
LONGEST = 20_000


@transaction.atomic
def save_note(
    actor: Member, meeting: Meeting, *, text: str, based_on: int, now: datetime | None = None
) -> tuple[NoteVersion | None, list[NoteConflict]]:
    """Keep a text of the shared notes that began as version `based_on` (0: there was none yet).

    Returns:
        The version that stands now, and the conflicts this brought.

    Raises:
        InvalidInput: too long.
        Refused: see `why_not_note`.
    """
    now = now or clock.now()
    meeting = lock_meeting_row(meeting)
    enforce(policy.why_not_note(actor, meeting))
    text = from_lines(to_lines(text)).rstrip()
    if len(text) > LONGEST:
        raise InvalidInput("note_too_long", _too_long(text), field="text")
    note = _note_of(meeting)
    standing = note.versions.standing().first()
    base = note.versions.standing().filter(number=based_on).first()
    before = base.text if base is not None else ""
    if text == before or (standing is not None and standing.text == text):
        return standing, []
    if standing is None or (base is not None and base.number == standing.number):
        version = _keep(note, actor, Kind.SAVED, text, based_on=standing.number if standing else 0, now=now)
        record("note_saved", actor=actor, organisation=meeting.organisation, about=meeting)
        return version, []
    merged = merge(to_lines(before), to_lines(standing.text), to_lines(text))
    if merged.clashes:
        _keep(note, actor, Kind.OFFERED, text, based_on=based_on, now=now)
    version = standing
    if merged.text != standing.text:
        version = _keep(note, actor, Kind.MERGED, merged.text, based_on=standing.number, now=now)
    conflicts = NoteConflict.objects.bulk_create(
        NoteConflict(
            organisation_id=meeting.organisation_id,
            note=note,
            number=version.number,
            at=clash.at,
            base=list(clash.base),
            theirs=list(clash.theirs),
            mine=list(clash.mine),
            their_author_id=standing.author_id,
            their_at=standing.created_at,
            author=actor,
            created_at=now,
        )
        for clash in merged.clashes
    )
    record("note_saved", actor=actor, organisation=meeting.organisation, about=meeting)
    return version, conflicts


@transaction.atomic
def settle_conflict(actor: Member, conflict: NoteConflict, *, choice: str, now: datetime | None = None) -> NoteConflict:
    """Say which lines stay: `both`, `theirs` or `mine`. What was written meanwhile stays too.

    Raises:
        InvalidInput: another choice.
        Refused: see `why_not_settle_conflict`.
    """
    now = now or clock.now()
    if choice not in NoteConflict.Choice.values:
        raise InvalidInput("unknown_choice", _("Choose which lines stay."), field="choice")
    meeting = lock_meeting_row(conflict.note.meeting)
    try:
        conflict = NoteConflict.objects.select_related("note").lock(conflict.pk)
    except NoteConflict.DoesNotExist:
        raise NotFound("conflict_gone", _("This is not there any more.")) from None
    note = conflict.note
    note.meeting = meeting
    enforce(policy.why_not_settle_conflict(actor, conflict))
    then = to_lines(note.versions.get(number=conflict.number).text)
    standing = note.versions.standing().first()
    chosen = {
        "theirs": conflict.theirs,
        "mine": conflict.mine,
        "both": [*conflict.theirs, *conflict.mine],
    }[choice]
    wanted = [*then[: conflict.at], *chosen, *then[conflict.at + len(conflict.theirs) :]]
    text = from_lines(join(then, to_lines(standing.text), wanted))
    if text != standing.text:
        _keep(note, actor, Kind.SETTLED, text, based_on=standing.number, now=now)
    conflict.choice, conflict.settled_by, conflict.settled_at = choice, actor, now
    conflict.save(update_fields=["choice", "settled_by", "settled_at"])
    record("note_conflict_settled", actor=actor, organisation=meeting.organisation, about=meeting)
    return conflict


@transaction.atomic
def restore_note(actor: Member, version: NoteVersion, *, instead_of: int, now: datetime | None = None) -> NoteVersion:
    """Let the notes say again what a version says. The present text stays among the versions.

    Raises:
        Conflict: the text that stands is not the one that was looked at.
        Refused: see `why_not_note`.
    """
    now = now or clock.now()
    meeting = lock_meeting_row(version.note.meeting)
    enforce(policy.why_not_note(actor, meeting))
    note = _note_of(meeting)
    standing = note.versions.standing().first()
    if standing is None or standing.number != instead_of:
        raise Conflict("saved_meanwhile", _("Somebody saved the notes meanwhile. Look at them, then put this back."))
    if standing.text == version.text:
        return standing
    restored = _keep(note, actor, Kind.RESTORED, version.text, based_on=version.number, now=now)
    record("note_restored", actor=actor, organisation=meeting.organisation, about=meeting)
    return restored


@transaction.atomic
def save_private_note(
    actor: Member, meeting: Meeting, *, text: str, based_on: int, now: datetime | None = None
) -> PrivateNote:
    """Keep what somebody noted for themselves. A text that was saved meanwhile, in another window, stays above it.

    Raises:
        InvalidInput: too long.
        Refused: see `why_not_save_private_note`.
    """
    now = now or clock.now()
    meeting = lock_meeting_row(meeting)
    enforce(policy.why_not_save_private_note(actor, meeting))
    text = from_lines(to_lines(text)).rstrip()
    if len(text) > LONGEST:
        raise InvalidInput("note_too_long", _too_long(text), field="text")
    note = PrivateNote.objects.filter(meeting=meeting, member=actor).first() or PrivateNote(
        organisation_id=meeting.organisation_id, meeting=meeting, member=actor
    )
    if text == note.text:
        return note
    if based_on != note.version:
        text = from_lines(both(to_lines(note.text), to_lines(text)))
    note.text, note.version, note.updated_at = text, note.version + 1, now
    note.save()
    return note


def _note_of(meeting: Meeting) -> SharedNote:
    """The notes of a meeting whose row is locked; begun if there are none."""
    return SharedNote.objects.get_or_create(meeting=meeting, defaults={"organisation_id": meeting.organisation_id})[0]


def _keep(note: SharedNote, actor: Member, kind: Any, text: str, *, based_on: int, now: datetime) -> NoteVersion:
    note.latest += 1
    note.save(update_fields=["latest"])
    return NoteVersion.objects.create(
        organisation_id=note.organisation_id,
        note=note,
        number=note.latest,
        kind=kind,
        text=text,
        author=actor,
        based_on=based_on,
        created_at=now,
    )


def _too_long(text: str) -> str:
    words = _("Write at most %(limit)d characters. This has %(length)d.")
    return words % {"limit": LONGEST, "length": len(text)}
