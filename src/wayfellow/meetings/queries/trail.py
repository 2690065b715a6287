"""Meetings as steps of the way of the people of a relationship."""

from django.utils.translation import gettext as _

from wayfellow.meetings.models import Meeting
from wayfellow.people.models import Member
from wayfellow.relationships.models import Relationship
from wayfellow.relationships.queries.trail import Step

State = Meeting.State


def steps_of(relationship: Relationship, reader: Member, most: int) -> list[Step]:
    """The newest steps, newest first; those that are planned lie in the future. One query."""
    rows = Meeting.objects.visible_to(reader).filter(relationship=relationship)
    return [Step("both", _words(one), one.starts_at) for one in rows.order_by("-starts_at", "-pk")[:most]]


def _words(meeting: Meeting) -> str:
    name = meeting.title or _("Meeting")
    if meeting.state == State.HELD:
        return _("%(meeting)s, %(minutes)d minutes") % {"meeting": name, "minutes": meeting.minutes}
    if meeting.state == State.CANCELLED:
        return _("%(meeting)s, called off") % {"meeting": name}
    if meeting.state == State.MISSED:
        return _("%(meeting)s, did not happen") % {"meeting": name}
    return name
