from wayfellow.discovery.views.marks import dismiss_mentor, save_mentor, tell_me_when_back, unmark_mentor
from wayfellow.discovery.views.mentees import find_mentees
from wayfellow.discovery.views.mentors import find, mentor, recommendations, saved_mentors

__all__ = [
    "dismiss_mentor",
    "find",
    "find_mentees",
    "mentor",
    "recommendations",
    "save_mentor",
    "saved_mentors",
    "tell_me_when_back",
    "unmark_mentor",
]
