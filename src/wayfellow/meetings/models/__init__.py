from wayfellow.meetings.models.calendars import BusyTime, PersonalCalendar, RevokedFeed
from wayfellow.meetings.models.meetings import Attendance, Meeting, Series
from wayfellow.meetings.models.proposals import Proposal, Slot

__all__ = ["Attendance", "BusyTime", "Meeting", "PersonalCalendar", "Proposal", "RevokedFeed", "Series", "Slot"]
