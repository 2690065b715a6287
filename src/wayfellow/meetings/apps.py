from wayfellow.core.registry import Subject


class MeetingsConfig(Subject):
    name = "wayfellow.meetings"
    label = "meetings"
