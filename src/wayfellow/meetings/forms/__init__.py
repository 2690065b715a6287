from wayfellow.meetings.forms.calendars import BusyForm, VideoForm
from wayfellow.meetings.forms.meetings import (
    CancelForm,
    LogForm,
    MoveForm,
    PickForm,
    ProposeForm,
    ScheduleForm,
    WordForm,
)

__all__ = [
    "BusyForm",
    "CancelForm",
    "LogForm",
    "MoveForm",
    "PickForm",
    "ProposeForm",
    "ScheduleForm",
    "VideoForm",
    "WordForm",
]
