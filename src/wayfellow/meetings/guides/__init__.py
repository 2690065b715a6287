"""Conversation guides for each stage, in words of our own. Usable whole or in part as the agenda of a meeting."""

from wayfellow.meetings.guides.beginning import FIRST_MEETING, GOALS
from wayfellow.meetings.guides.career import CAREER_MOVE, INDUSTRY_TRENDS
from wayfellow.meetings.guides.midway import DIFFICULT, MID_POINT
from wayfellow.meetings.guides.parting import CLOSING
from wayfellow.meetings.guides.parts import Guide, Question

GUIDES: tuple[Guide, ...] = (FIRST_MEETING, GOALS, MID_POINT, DIFFICULT, CAREER_MOVE, INDUSTRY_TRENDS, CLOSING)


def find_guide(key: str) -> Guide | None:
    """The guide of this name, if there is one."""
    return next((guide for guide in GUIDES if guide.key == key), None)


__all__ = ["GUIDES", "Guide", "Question", "find_guide"]
