"""The agenda and notes of a meeting, as one of its people reads them."""

from dataclasses import dataclass
from typing import Any

from wayfellow.meetings.guides import GUIDES, find_guide
from wayfellow.meetings.merging import Piece, differences, from_lines
from wayfellow.meetings.models import AgendaPoint, Meeting, NoteConflict, NoteVersion, PrivateNote
from wayfellow.people.models import Member
from wayfellow.relationships.models import Participant


@dataclass(frozen=True)
class Point:
    """One point of the agenda, with what its guide says of it."""

    row: AgendaPoint
    question: Any
    guide: Any


@dataclass(frozen=True)
class ShownConflict:
    """Lines that two people changed at the same time, each beside what both began with."""

    row: NoteConflict
    theirs: list[Piece]
    mine: list[Piece]
    their_role: str
    my_role: str


@dataclass(frozen=True)
class MeetingNotes:
    """All that is written for one meeting and its reader may read."""

    points: list[Point]
    taken_off: list[AgendaPoint]
    minutes: int
    version: NoteVersion | None
    versions: int
    conflicts: list[ShownConflict]
    private: PrivateNote | None


def read_notes(meeting: Meeting, reader: Member) -> MeetingNotes:
    """A fixed number of queries, however often it was saved."""
    agenda = AgendaPoint.objects.visible_to(reader).filter(meeting=meeting).select_related("added_by")
    rows = list(agenda.order_by("position", "pk"))
    on_list = [row for row in rows if row.removed_at is None]
    versions = NoteVersion.objects.visible_to(reader).filter(note__meeting=meeting)
    rows_in_conflict = NoteConflict.objects.visible_to(reader).filter(note__meeting=meeting).open()
    conflicts = list(rows_in_conflict.select_related("author", "their_author"))
    people = Participant.objects.filter(relationship=meeting.relationship_id)
    roles = dict(people.values_list("enrolment__member", "role")) if conflicts else {}
    return MeetingNotes(
        points=[_point(row) for row in on_list],
        taken_off=[row for row in rows if row.removed_at is not None],
        minutes=sum(row.minutes or 0 for row in on_list),
        version=versions.standing().select_related("author").first(),
        versions=versions.count(),
        conflicts=[_shown(row, roles) for row in conflicts],
        private=PrivateNote.objects.visible_to(reader).filter(meeting=meeting).first(),
    )


def versions_of(meeting: Meeting, reader: Member) -> Any:
    """All versions that a reader may read, the latest first."""
    rows = NoteVersion.objects.visible_to(reader).filter(note__meeting=meeting).select_related("author", "note")
    return rows.order_by("-number")


def changes_of(version: NoteVersion, reader: Member) -> list[Piece]:
    """What a version changed against the text it began as."""
    rows = NoteVersion.objects.visible_to(reader).filter(note=version.note)
    if version.kind == NoteVersion.Kind.RESTORED:
        before = rows.standing().filter(number__lt=version.number).first()
    else:
        before = rows.filter(number=version.based_on).first()
    return differences(before.text if before else "", version.text)


def _point(row: AgendaPoint) -> Point:
    guide = find_guide(row.guide) if row.guide else None
    question = next((one for one in guide.questions if one.key == row.question), None) if guide else None
    return Point(row, question, guide)


def _shown(row: NoteConflict, roles: dict[int, str]) -> ShownConflict:
    base = from_lines(row.base)
    return ShownConflict(
        row,
        differences(base, from_lines(row.theirs)),
        differences(base, from_lines(row.mine)),
        their_role=roles.get(row.their_author_id or 0, "mentor"),
        my_role=roles.get(row.author_id or 0, "mentor"),
    )


@dataclass(frozen=True)
class NotesPanel:
    """What the page of a relationship shows of the agenda and notes of the next meeting."""

    meeting: Meeting | None
    points: list[Point]
    more: int
    version: NoteVersion | None
    conflicts: int
    is_next: bool


SHOWN = 3


def read_notes_panel(relationship: Any, reader: Member, *, now: Any) -> NotesPanel:
    """Agenda and notes of the next meeting; of the last one when none is planned. A fixed number of queries."""
    meetings = Meeting.objects.visible_to(reader).filter(relationship=relationship)
    coming = meetings.upcoming(now).order_by("starts_at", "pk").first()
    meeting = coming or meetings.exclude(state=Meeting.State.CANCELLED).order_by("-starts_at", "-pk").first()
    if meeting is None:
        return NotesPanel(None, [], 0, None, 0, False)
    found = read_notes(meeting, reader)
    return NotesPanel(
        meeting=meeting,
        points=found.points[:SHOWN],
        more=max(0, len(found.points) - SHOWN),
        version=found.version,
        conflicts=len(found.conflicts),
        is_next=coming is not None,
    )


def upcoming_meetings(reader: Member, *, now: Any, most: int = 20) -> list[Meeting]:
    """Meetings that lie ahead and can still be prepared, over all relationships: where a guide can be used."""
    rows = Meeting.objects.visible_to(reader).upcoming(now).filter(relationship__state="active")
    rows = rows.select_related("relationship").prefetch_related("relationship__participants__enrolment__member")
    return list(rows.order_by("starts_at", "pk")[:most])


def guide_choices() -> list[tuple[str, Any]]:
    """The guides by name."""
    return [(guide.key, guide.name) for guide in GUIDES]
