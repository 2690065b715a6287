"""Where the pages of meetings are."""

from typing import Any

from django.urls import reverse

from wayfellow.meetings.models import Meeting


def meetings_url(relationship: Any) -> str:
    """The page of all meetings of a relationship."""
    return reverse("meetings", args=[relationship.organisation.slug, relationship.pk])


def page_of(meeting: Meeting) -> str:
    """The page of one meeting."""
    return reverse("meeting", args=[meeting.organisation.slug, meeting.relationship_id, meeting.pk])


def times_url(meeting: Meeting, *, moves: bool) -> str:
    """The page on which times are offered, instead of this meeting's or after it."""
    address = reverse("propose_slots", args=[meeting.organisation.slug, meeting.relationship_id])
    return f"{address}?meeting={meeting.pk}" if moves else address
