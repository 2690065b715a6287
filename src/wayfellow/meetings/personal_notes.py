"""What a member takes away of agendas and notes, and what is erased when they are forgotten.

Notes that several people wrote together are the others' too: they stay, without the name of who is forgotten. What was
only theirs goes: private notes, points they added, and texts of theirs that were kept beside the notes.
"""

from typing import Any

from wayfellow.meetings.models import AgendaPoint, NoteConflict, NoteVersion, PrivateNote
from wayfellow.people.models import Member

Row = dict[str, Any]


def export_agenda(member: Member) -> list[Row]:
    """The points one put on agendas."""
    rows = AgendaPoint.objects.filter(added_by=member).order_by("pk")
    return [{"meeting": row.meeting_id, "text": row.text, "at": row.created_at, "done_at": row.done_at} for row in rows]


def erase_agenda(member: Member) -> None:
    """The points in their own words. Questions of a guide stay, without who put them there."""
    AgendaPoint.objects.filter(added_by=member, guide="").delete()
    AgendaPoint.objects.filter(added_by=member).update(added_by=None)


def export_notes(member: Member) -> list[Row]:
    """Every version of shared notes one saved."""
    rows = NoteVersion.objects.filter(author=member).select_related("note").order_by("pk")
    return [
        {
            "meeting": row.note.meeting_id,
            "number": row.number,
            "kind": row.kind,
            "text": row.text,
            "at": row.created_at,
        }
        for row in rows
    ]


def erase_notes(member: Member) -> None:
    """Texts that were only kept beside, and their name at the others."""
    NoteVersion.objects.filter(author=member, kind=NoteVersion.Kind.OFFERED).delete()
    NoteVersion.objects.filter(author=member).update(author=None)


def export_conflicts(member: Member) -> list[Row]:
    """Lines of one's own that met those of somebody else."""
    rows = NoteConflict.objects.filter(author=member).select_related("note").order_by("pk")
    return [
        {"meeting": row.note.meeting_id, "lines": row.mine, "at": row.created_at, "choice": row.choice} for row in rows
    ]


def erase_conflicts(member: Member) -> None:
    """Their lines that were kept beside, and their name at others."""
    NoteConflict.objects.filter(author=member).delete()
    NoteConflict.objects.filter(their_author=member).update(their_author=None)
    NoteConflict.objects.filter(settled_by=member).update(settled_by=None)


def export_private_notes(member: Member) -> list[Row]:
    """What one noted for oneself."""
    rows = PrivateNote.objects.visible_to(member).order_by("pk")
    return [{"meeting": row.meeting_id, "text": row.text, "at": row.updated_at} for row in rows]


def erase_private_notes(member: Member) -> None:
    """All of them."""
    PrivateNote.objects.filter(member=member).delete()
