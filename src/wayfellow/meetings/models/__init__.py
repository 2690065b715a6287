from wayfellow.meetings.models.agendas import AgendaPoint
from wayfellow.meetings.models.calendars import BusyTime, PersonalCalendar, RevokedFeed
from wayfellow.meetings.models.meetings import Attendance, Meeting, Series
from wayfellow.meetings.models.notes import NoteConflict, NoteVersion, PrivateNote, SharedNote
from wayfellow.meetings.models.proposals import Proposal, Slot

__all__ = [
    "AgendaPoint",
    "Attendance",
    "BusyTime",
    "Meeting",
    "NoteConflict",
    "NoteVersion",
    "PersonalCalendar",
    "PrivateNote",
    "Proposal",
    "RevokedFeed",
    "Series",
    "SharedNote",
    "Slot",
]
