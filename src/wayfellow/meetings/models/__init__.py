from wayfellow.meetings.models.meetings import Meeting

__all__ = ["Meeting"]
